using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Cases;

/// <summary>Everything a case can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Settle), "settle")]
public abstract record CaseCommand : Command
{
    /// <summary>Something a person has to look at.</summary>
    public sealed record Open(CaseMatter Matter) : CaseCommand;

    /// <summary>Somebody looked.</summary>
    public sealed record Settle(string By, string Note) : CaseCommand;
}

/// <summary>What a case is about.</summary>
/// <param name="Id">Such as <c>cas_…_1</c>.</param>
/// <param name="Reason">In snake case, such as <c>amount_mismatch</c>.</param>
/// <param name="Merchant">Whose it is.</param>
/// <param name="Customer">About which customer.</param>
/// <param name="Order">About which order.</param>
/// <param name="Payment">About which payment.</param>
/// <param name="Operation">About which bank operation.</param>
public sealed record CaseMatter(string Id, string Reason, string Merchant, string? Customer, string? Order, string? Payment, string? Operation);

/// <summary>Everything that can have happened to a case. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Opened), "case.opened")]
[JsonDerivedType(typeof(Settled), "case.settled")]
public abstract record CaseEvent : Event
{
    /// <summary>Waits for a person.</summary>
    public sealed record Opened(CaseMatter Matter, DateTimeOffset At) : CaseEvent;

    /// <summary>A person has dealt with it.</summary>
    public sealed record Settled(string By, string Note, DateTimeOffset At) : CaseEvent;
}

/// <summary>Something a person has to look at, as lists show it. What it is about keeps its own record of it.</summary>
/// <param name="Matter">What it is about; <c>null</c> before it is opened.</param>
public sealed record CaseState(CaseMatter? Matter) : State
{
    /// <summary>Since when.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When somebody dealt with it.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Who dealt with it.</summary>
    public string? SettledBy { get; init; }

    /// <summary>What they said.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Matter is null ? Subjects.Nobody : new Subjects(Matter.Merchant, null, Matter.Order, Matter.Payment);
}

/// <summary>The rules of a case: opened once, settled once.</summary>
public sealed class CaseDecider : IDecider<CaseCommand, CaseEvent, CaseState>
{
    /// <inheritdoc/>
    public static CaseState Initial { get; } = new((CaseMatter?)null);

    /// <inheritdoc/>
    public static Decision<CaseEvent> Decide(CaseCommand command, DateTimeOffset at, CaseState state) => command switch
    {
        CaseCommand.Open c => state.Matter is null ? new CaseEvent.Opened(c.Matter, at) : Decision<CaseEvent>.Nothing,
        CaseCommand.Settle when state.Matter is null => RejectionCode.NotFound,
        CaseCommand.Settle c => state.SettledAt is null ? new CaseEvent.Settled(c.By, c.Note, at) : RejectionCode.NothingToDo,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
    };

    /// <inheritdoc/>
    public static CaseState Evolve(CaseState state, CaseEvent happened) => happened switch
    {
        CaseEvent.Opened e when state.Matter is null => new CaseState(e.Matter) { OpenedAt = e.At },
        CaseEvent.Settled e when state.Matter is not null => state with { SettledAt = e.At, SettledBy = e.By, Note = e.Note },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(CaseEvent happened) => [];

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(CaseEvent happened) => [];

    /// <inheritdoc/>
    public static CaseCommand OnTimer(string name) => throw new ArgumentException($"Cases set no timer '{name}'.", nameof(name));
}

/// <summary>How a case is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CaseCommand))]
[JsonSerializable(typeof(CaseEvent))]
[JsonSerializable(typeof(CaseState))]
public sealed partial class CaseJson : JsonSerializerContext;
