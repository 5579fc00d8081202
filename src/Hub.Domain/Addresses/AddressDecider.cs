using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Addresses;

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

    /// <summary>Answers to what somebody wrote from one address in any hour: whoever writes without end makes the hub send no end of messages, elsewhere too, where a sender is forged.</summary>
    public const int MaxRepliesPerHour = 10;

    /// <summary>The most customers who may hold one address; whoever comes later is told nothing by it until another leaves.</summary>
    public const int MaxHolders = 50;

    /// <summary>Messages in a row that did not reach a phone, after which it is taken to have changed hands, in so many days at least.</summary>
    public const int MaxNotReached = 3;

    /// <summary>How long a phone is unreachable at least before it is taken to have changed hands, in days: phones are off for a night, and for a journey.</summary>
    public const int NotReachedDays = 3;

    /// <summary>After so many days of silence, a START may come from whoever was given the number since.</summary>
    /// <remarks>Source: the FCC lets numbers be given out again after 45 days at the earliest (47 CFR 52.15); other countries after a month or more.</remarks>
    public const int StrangeDays = 30;

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
        AddressCommand.GrantSend c => Named(c.Who, state, Grant(c, at, state)),
        AddressCommand.GrantGuess c => GrantGuess(c, at, state),
        AddressCommand.ReportDead c => state.Dead ? Decision<AddressEvent>.Nothing : new AddressEvent.Died(c.Reason),
        AddressCommand.ReportOptOut => state.OptedOut ? Decision<AddressEvent>.Nothing : new AddressEvent.OptedOut(null, at),
        AddressCommand.ReportUnreachable c => Reached(c.Reached, at, state),
        AddressCommand.Join c => Named(c.Who, state, Join(c.By, state)),
        AddressCommand.Leave c => state.Holders.Any(h => h.Customer == c.Customer) ? new AddressEvent.Left(c.Customer, c.ObjectsUntil) : Decision<AddressEvent>.Nothing,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
    };

    /// <inheritdoc/>
    public static AddressState Evolve(AddressState state, AddressEvent happened) => happened switch
    {
        AddressEvent.Named e => state with { Who = e.Who },
        AddressEvent.CodeOpened e => Prune(state, e.Code),
        AddressEvent.CodeClosed e => state with { Closed = state.Closed.Add(e.Confirmation) },
        AddressEvent.Answered e => Heard(state, e.At, answered: false),
        AddressEvent.AnswerUnmatched e => Heard(state, e.At, answered: !e.Silent),
        AddressEvent.Received e => Heard(state, e.At, answered: !e.Silent && IsAnswered(e.Kind)),
        AddressEvent.OptedOut e => Heard(state, e.Message is null ? null : e.At, answered: e.Owed) with { OptedOut = true, OwesFarewell = e.Owed, OptedOutAt = e.At, StopUnheard = e.Message is null },
        AddressEvent.OptedIn e => Heard(state, e.At, answered: e.Owed) with { OptedOut = false, OwesFarewell = false, OptedOutAt = null, StopUnheard = false },

        // What goes to somebody who said STOP can only be the farewell.
        AddressEvent.SendGranted e => state with { Sends = Lately(state.Sends, e.At).Append(e.At).ToEquatableArray(), OwesFarewell = state.OwesFarewell && !state.OptedOut },
        AddressEvent.GuessGranted e => state with { Guesses = state.Guesses.Where(g => g.At > e.At.AddHours(-1)).Append(new Guess(e.Merchant, e.At)).ToEquatableArray() },
        AddressEvent.Died => state with { Dead = true },
        AddressEvent.NotReached e => state with { NotReached = e.Times, NotReachedSince = e.Since },
        AddressEvent.ReachedAgain => state with { NotReached = 0, NotReachedSince = null, Dead = false },
        AddressEvent.Joined e => state with
        {
            Holders = state.Holders.Where(h => h.Customer != e.By.Customer).Append(e.By).ToEquatableArray(),
            Former = state.Former.Where(f => f.Holder.Customer != e.By.Customer).ToEquatableArray(),
        },
        AddressEvent.Left e => Left(state, e),
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

    private static Decision<AddressEvent> Receive(AddressCommand.Receive c, DateTimeOffset at, AddressState state)
    {
        var silent = c.Answered || Lately(state.Replies, at).Count() >= MaxRepliesPerHour;
        return c.Kind switch
        {
            Inbound.Stop when !state.OptedOut => new AddressEvent.OptedOut(c.Message, at, Owed: !silent),

            // The provider's refusal came before the STOP itself: now it is heard whose it was.
            Inbound.Stop when state.StopUnheard => new AddressEvent.OptedOut(c.Message, at),
            Inbound.Start when state.OptedOut => new AddressEvent.OptedIn(c.Message, at, Owed: !silent, Strange: state.StopUnheard || at >= state.OptedOutAt?.AddDays((long)StrangeDays)),
            Inbound.Approve or Inbound.Reject or Inbound.NotMe when c.Digest is { } digest => Answer(c, digest, at, silent, state),

            // What a stranger writes is nobody's to read.
            _ => new AddressEvent.Received(c.Message, c.Kind, at, silent || state.OptedOut, c.Reference, state.Holders.Count > 0 ? c.Text : null),
        };
    }

    private static Decision<AddressEvent> Answer(AddressCommand.Receive c, string digest, DateTimeOffset at, bool silent, AddressState state)
    {
        var approves = c.Kind is Inbound.Approve;
        if (state.Codes.LastOrDefault(x => x.Digest == digest) is { } code) return new AddressEvent.Answered(c.Message, code, approves, c.Kind is Inbound.NotMe, at);
        var open = state.Codes.Where(x => x.ExpiresAt > at && !state.Closed.Contains(x.Confirmation)).ToEquatableArray();
        return new AddressEvent.AnswerUnmatched(c.Message, approves, digest, open, at, silent || state.OptedOut);
    }

    private static Decision<AddressEvent> Grant(AddressCommand.GrantSend c, DateTimeOffset at, AddressState state)
    {
        if (state.OptedOut && !(c.Farewell && state.OwesFarewell)) return RejectionCode.OptedOut;
        if (state.Dead && !c.Proof) return RejectionCode.AddressDead;
        if (Lately(state.Sends, at).Count() >= MaxSendsPerHour) return RejectionCode.SendingCapped;
        return new AddressEvent.SendGranted(c.Delivery, at);
    }

    private static AddressState Left(AddressState state, AddressEvent.Left e)
    {
        var left = state with { Holders = state.Holders.Where(h => h.Customer != e.Customer).ToEquatableArray() };
        if (e.ObjectsUntil is not { } until || state.Holders.FirstOrDefault(h => h.Customer == e.Customer) is not { } holder) return left;
        var others = state.Former.Where(f => f.Holder.Customer != e.Customer);
        return left with { Former = others.Append(new FormerHolder(holder, until)).TakeLast(MaxHolders).ToEquatableArray() };
    }

    private static Decision<AddressEvent> Join(Holder by, AddressState state)
    {
        if (state.Holders.Contains(by)) return Decision<AddressEvent>.Nothing;
        return state.Holders.Count(h => h.Customer != by.Customer) >= MaxHolders ? RejectionCode.TooManyAddresses : new AddressEvent.Joined(by);
    }

    // One phone that is off says nothing. Three in a row over days say that nobody has it any more, or somebody else.
    private static Decision<AddressEvent> Reached(bool reached, DateTimeOffset at, AddressState state)
    {
        if (reached) return state is { NotReached: 0, Dead: false } ? Decision<AddressEvent>.Nothing : new AddressEvent.ReachedAgain();
        if (state.Dead) return Decision<AddressEvent>.Nothing;
        var (times, since) = (state.NotReached + 1, state.NotReachedSince ?? at);
        return new AddressEvent.NotReached(times, since, times >= MaxNotReached && at >= since.AddDays((long)NotReachedDays));
    }

    private static AddressState Heard(AddressState state, DateTimeOffset? at, bool answered)
    {
        if (at is not { } heard) return state;
        return state with
        {
            LastHeard = heard,

            // Whoever writes is there, whatever a provider said before.
            Dead = false,
            Replies = answered ? Lately(state.Replies, heard).Append(heard).ToEquatableArray() : state.Replies,
        };
    }

    // Other words are for a person, whose answer is no reply of the hub's.
    private static bool IsAnswered(Inbound kind) => kind is not Inbound.Other and not Inbound.Stop and not Inbound.Start;

    private static IEnumerable<DateTimeOffset> Lately(EquatableArray<DateTimeOffset> times, DateTimeOffset at) => times.Where(t => t > at.AddHours(-1));

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
