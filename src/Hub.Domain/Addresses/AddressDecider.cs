using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Addresses;

/// <summary>One (sender, number or mailbox): what is open there, whether it opted out, how much was sent.</summary>
/// <param name="Who">Which; <c>null</c> before it was first heard of.</param>
public sealed record AddressState(AddressIdentity? Who) : State
{
    /// <summary>Numbers that can be answered, oldest first; ended ones stay until they expire, so that a late answer is known for what it is.</summary>
    public EquatableArray<OpenCode> Codes { get; init; } = [];

    /// <summary>Confirmations among <see cref="Codes"/> that ended.</summary>
    public EquatableArray<string> Closed { get; init; } = [];

    /// <summary>Whether the person said STOP.</summary>
    public bool OptedOut { get; init; }

    /// <summary>Whether it does not exist.</summary>
    public bool Dead { get; init; }

    /// <summary>When messages were granted, oldest first; those of the last hour.</summary>
    public EquatableArray<DateTimeOffset> Sends { get; init; } = [];

    /// <summary>What comparing a typed code was granted for, oldest first; those of the last hour.</summary>
    public EquatableArray<Guess> Guesses { get; init; } = [];

    /// <summary>Nobody watches an address: one number may serve customers of several merchants (invariant 22).</summary>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>The rules of an address.</summary>
/// <remarks>No two open confirmations at one phone share a number; nothing is sent past a STOP; sending is capped against pumping, guessing against many customers with one phone.</remarks>
public sealed class AddressDecider : IDecider<AddressCommand, AddressEvent, AddressState>
{
    /// <summary>Messages to one address in any hour.</summary>
    public const int MaxSendsPerHour = 30;

    /// <summary>Confirmations open at one address at one time.</summary>
    public const int MaxOpenCodes = 20;

    /// <summary>Typed codes compared for one address in any hour, over all customers of one merchant who name it.</summary>
    public const int MaxGuessesPerHour = 20;

    /// <summary>Typed codes compared for one address in any hour, over all merchants: one merchant's customers alone keep nobody else's out.</summary>
    public const int MaxGuessesPerHourInAll = 60;

    /// <inheritdoc/>
    public static AddressState Initial { get; } = new((AddressIdentity?)null);

    /// <inheritdoc/>
    public static Decision<AddressEvent> Decide(AddressCommand command, DateTimeOffset at, AddressState state) => command switch
    {
        AddressCommand.Open c => Named(c.Who, state, Open(c.Code, at, state)),
        AddressCommand.Close c => state.Codes.Any(x => x.Confirmation == c.Confirmation) && !state.Closed.Contains(c.Confirmation)
            ? new AddressEvent.CodeClosed(c.Confirmation)
            : Decision<AddressEvent>.Nothing,
        AddressCommand.Receive c => Named(c.Who, state, Receive(c, at, state)),
        AddressCommand.GrantSend c => Named(c.Who, state, Grant(c.Delivery, at, state)),
        AddressCommand.GrantGuess c => GrantGuess(c, at, state),
        AddressCommand.ReportDead c => state.Dead ? Decision<AddressEvent>.Nothing : new AddressEvent.Died(c.Reason),
        AddressCommand.ReportOptOut => state.OptedOut ? Decision<AddressEvent>.Nothing : new AddressEvent.OptedOut(null),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
    };

    /// <inheritdoc/>
    public static AddressState Evolve(AddressState state, AddressEvent happened) => happened switch
    {
        AddressEvent.Named e => state with { Who = e.Who },
        AddressEvent.CodeOpened e => Prune(state, e.Code),
        AddressEvent.CodeClosed e => state with { Closed = state.Closed.Add(e.Confirmation) },
        AddressEvent.Answered or AddressEvent.AnswerUnmatched or AddressEvent.Received => state,
        AddressEvent.OptedOut => state with { OptedOut = true },
        AddressEvent.OptedIn => state with { OptedOut = false },
        AddressEvent.SendGranted e => state with { Sends = state.Sends.Where(s => s > e.At.AddHours(-1)).Append(e.At).ToEquatableArray() },
        AddressEvent.GuessGranted e => state with { Guesses = state.Guesses.Where(g => g.At > e.At.AddHours(-1)).Append(new Guess(e.Merchant, e.At)).ToEquatableArray() },
        AddressEvent.Died => state with { Dead = true },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(AddressEvent happened) => [];

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(AddressEvent happened) => [];

    /// <inheritdoc/>
    public static AddressCommand OnTimer(string name) => throw new ArgumentException($"Addresses set no timer '{name}'.", nameof(name));

    private static Decision<AddressEvent> GrantGuess(AddressCommand.GrantGuess c, DateTimeOffset at, AddressState state)
    {
        var lately = state.Guesses.Where(g => g.At > at.AddHours(-1)).ToList();
        return lately.Count >= MaxGuessesPerHourInAll || lately.Count(g => g.Merchant == c.Merchant) >= MaxGuessesPerHour
            ? RejectionCode.GuessesCapped
            : new AddressEvent.GuessGranted(c.Verification, at, c.Merchant);
    }

    private static Decision<AddressEvent> Open(OpenCode code, DateTimeOffset at, AddressState state)
    {
        // Whatever has not expired keeps its number, ended or not: a late answer must not reach somebody else's payment.
        var standing = state.Codes.Where(x => x.ExpiresAt > at && x.Confirmation != code.Confirmation).ToList();
        if (standing.Any(x => x.Digest == code.Digest)) return RejectionCode.CodeTaken;
        if (standing.Count(x => !state.Closed.Contains(x.Confirmation)) >= MaxOpenCodes) return RejectionCode.SendingCapped;
        return state.Codes.Contains(code) ? Decision<AddressEvent>.Nothing : new AddressEvent.CodeOpened(code);
    }

    private static Decision<AddressEvent> Receive(AddressCommand.Receive c, DateTimeOffset at, AddressState state) => c.Kind switch
    {
        Inbound.Stop => state.OptedOut ? new AddressEvent.Received(c.Message, c.Kind) : new AddressEvent.OptedOut(c.Message),
        Inbound.Start => state.OptedOut ? new AddressEvent.OptedIn(c.Message) : new AddressEvent.Received(c.Message, c.Kind),
        Inbound.Approve or Inbound.Reject or Inbound.NotMe when c.Digest is { } digest => Answer(c, digest, at, state),
        _ => new AddressEvent.Received(c.Message, c.Kind),
    };

    private static Decision<AddressEvent> Answer(AddressCommand.Receive c, string digest, DateTimeOffset at, AddressState state)
    {
        var approves = c.Kind is Inbound.Approve;
        if (state.Codes.LastOrDefault(x => x.Digest == digest) is { } code) return new AddressEvent.Answered(c.Message, code, approves, c.Kind is Inbound.NotMe);
        var open = state.Codes.Where(x => x.ExpiresAt > at && !state.Closed.Contains(x.Confirmation)).ToEquatableArray();
        return new AddressEvent.AnswerUnmatched(c.Message, approves, digest, open);
    }

    private static Decision<AddressEvent> Grant(string delivery, DateTimeOffset at, AddressState state)
    {
        if (state.OptedOut) return RejectionCode.OptedOut;
        if (state.Dead) return RejectionCode.AddressDead;
        if (state.Sends.Count(s => s > at.AddHours(-1)) >= MaxSendsPerHour) return RejectionCode.SendingCapped;
        return new AddressEvent.SendGranted(delivery, at);
    }

    private static Decision<AddressEvent> Named(AddressIdentity who, AddressState state, Decision<AddressEvent> decision) =>
        state.Who == who || decision.Rejection is not null
            ? decision
            : new List<AddressEvent>([new AddressEvent.Named(who), .. decision.Events]);

    // Codes that expired before this one could even have been asked for tell a late answer nothing any more.
    private static AddressState Prune(AddressState state, OpenCode opened)
    {
        var horizon = opened.ExpiresAt.AddHours(-1);
        var kept = state.Codes.Where(x => x.Confirmation != opened.Confirmation && x.ExpiresAt > horizon).Append(opened).ToEquatableArray();
        return state with
        {
            Codes = kept,
            Closed = state.Closed.Where(id => id != opened.Confirmation && kept.Any(x => x.Confirmation == id)).ToEquatableArray(),
        };
    }
}

/// <summary>How an address is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AddressCommand))]
[JsonSerializable(typeof(AddressEvent))]
[JsonSerializable(typeof(AddressState))]
[JsonSerializable(typeof(OpenCode))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Guess))]
[JsonSerializable(typeof(DateTimeOffset))]
public sealed partial class AddressJson : JsonSerializerContext;
