using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;

namespace Hub.Actors.Tests;

/// <summary>A till: the smallest actor that moves money, sets timers, concerns somebody, and can break.</summary>
public sealed class Till : IDecider<TillCommand, TillEvent, TillState>
{
    public static ActorKind Kind { get; } = New();

    public static TillState Initial => new(null, 0, 0);

    public static ActorKind New(string name = "till") => new ActorKind<Till, TillCommand, TillEvent, TillState>(
        name, TillJson.Default.TillCommand, TillJson.Default.TillEvent, TillJson.Default.TillState);

    public static Decision<TillEvent> Decide(TillCommand command, DateTimeOffset at, TillState state) => command switch
    {
        TillCommand.Deposit c when c.Minor <= 0 => RejectionCode.AmountNotPositive,
        TillCommand.Deposit c => new TillEvent.Deposited(c.Minor, at),
        TillCommand.Twice c => new TillEvent[] { new TillEvent.Deposited(c.Minor, at), new TillEvent.Deposited(c.Minor, at) },
        TillCommand.Assign c when c.Customer == state.Customer => Decision<TillEvent>.Nothing,
        TillCommand.Assign c => new TillEvent.Assigned(c.Customer),
        TillCommand.SetAlarm c => new TillEvent.AlarmSet(c.Name, c.Due),
        TillCommand.ClearAlarm c => new TillEvent.AlarmCleared(c.Name),
        TillCommand.Ring { Name: "mute" } => RejectionCode.NothingToDo,
        TillCommand.Ring { Name: "again" } c => new TillEvent[] { new TillEvent.Rang(c.Name, at), new TillEvent.AlarmSet(c.Name, at.AddHours(1)) },
        TillCommand.Ring c => new TillEvent.Rang(c.Name, at),
        TillCommand.Break => throw new InvalidOperationException("The rules broke."),
        TillCommand.Poison => new TillEvent.Poisoned(),
        _ => RejectionCode.IllegalState,
    };

    public static TillState Evolve(TillState state, TillEvent happened) => happened switch
    {
        TillEvent.Deposited e => state with { Minor = state.Minor + e.Minor },
        TillEvent.Assigned e => state with { Customer = e.Customer },
        TillEvent.Rang => state with { Rung = state.Rung + 1 },
        TillEvent.AlarmSet or TillEvent.AlarmCleared => state,
        _ => throw new CorruptJournalException(state, happened),
    };

    public static IEnumerable<TimerChange> Timers(TillEvent happened) => happened switch
    {
        TillEvent.AlarmSet e => [new TimerChange.Set(e.Name, e.Due)],
        TillEvent.AlarmCleared e => [new TimerChange.Clear(e.Name)],
        _ => [],
    };

    public static IEnumerable<PostingSet> Postings(TillEvent happened) => happened is TillEvent.Deposited e
        ? [PostingSet.Move(new Amount(e.Minor, Currency.Eur), new Account("customers"), new Account("tills"))]
        : [];

    public static TillCommand OnTimer(string name) => new TillCommand.Ring(name);
}

[JsonDerivedType(typeof(Deposit), "deposit")]
[JsonDerivedType(typeof(Twice), "twice")]
[JsonDerivedType(typeof(Assign), "assign")]
[JsonDerivedType(typeof(SetAlarm), "set_alarm")]
[JsonDerivedType(typeof(ClearAlarm), "clear_alarm")]
[JsonDerivedType(typeof(Ring), "ring")]
[JsonDerivedType(typeof(Break), "break")]
[JsonDerivedType(typeof(Poison), "poison")]
public abstract record TillCommand : Command
{
    public sealed record Deposit(long Minor) : TillCommand;

    public sealed record Twice(long Minor) : TillCommand;

    public sealed record Assign(string Customer) : TillCommand;

    public sealed record SetAlarm(string Name, DateTimeOffset Due) : TillCommand;

    public sealed record ClearAlarm(string Name) : TillCommand;

    public sealed record Ring(string Name) : TillCommand;

    public sealed record Break : TillCommand;

    public sealed record Poison : TillCommand;
}

[JsonDerivedType(typeof(Deposited), "deposited")]
[JsonDerivedType(typeof(Assigned), "assigned")]
[JsonDerivedType(typeof(AlarmSet), "alarm_set")]
[JsonDerivedType(typeof(AlarmCleared), "alarm_cleared")]
[JsonDerivedType(typeof(Rang), "rang")]
[JsonDerivedType(typeof(Poisoned), "poisoned")]
public abstract record TillEvent : Event
{
    public sealed record Deposited(long Minor, DateTimeOffset At) : TillEvent;

    public sealed record Assigned(string Customer) : TillEvent;

    public sealed record AlarmSet(string Name, DateTimeOffset Due) : TillEvent;

    public sealed record AlarmCleared(string Name) : TillEvent;

    public sealed record Rang(string Name, DateTimeOffset At) : TillEvent;

    public sealed record Poisoned : TillEvent;
}

public sealed record TillState(string? Customer, long Minor, int Rung) : State
{
    [JsonIgnore]
    public override Subjects Subjects => Customer is null ? Subjects.Nobody : new Subjects(Merchant: "mer_1", Customer: Customer);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TillCommand))]
[JsonSerializable(typeof(TillEvent))]
[JsonSerializable(typeof(TillState))]
public sealed partial class TillJson : JsonSerializerContext;
