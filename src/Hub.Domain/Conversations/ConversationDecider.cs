using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Conversations;

/// <summary>One thread between a customer and a merchant's staff, over every channel: written by both, in at most one person's hands.</summary>
/// <remarks>Decision 0021. Reading only moves forward; of two who take a conversation at once, one has it and the other is told who.</remarks>
public sealed class ConversationDecider : IDecider<ConversationCommand, ConversationEvent, ConversationState>
{
    /// <summary>How long a reply of staff's waits to be read before the customer is told elsewhere, in seconds.</summary>
    public const int ReminderSeconds = 60;

    /// <summary>Messages of one customer in one hour.</summary>
    public const int MaxPerHour = 120;

    /// <summary>Of these, mails: a mailbox that answers by itself must not keep the customer from writing elsewhere.</summary>
    public const int MaxMailsPerHour = 20;

    /// <summary>Answers to confirmations beyond <see cref="MaxPerHour"/>, in the same hour; a confirmation bears five wrong ones.</summary>
    public const int MaxAnswersBeyond = 20;

    private const string ReplyTimer = "reply";

    /// <inheritdoc/>
    public static ConversationState Initial { get; } = new NoConversation();

    /// <inheritdoc/>
    public static Decision<ConversationEvent> Decide(ConversationCommand command, DateTimeOffset at, ConversationState state) => (command, state) switch
    {
        (ConversationCommand.Begin c, _) => Begin(c.Parties, at, state, []),
        (ConversationCommand.Write c, _) => Has(state, c.Draft.Id) ? Decision<ConversationEvent>.Nothing : Write(c, at, state),
        (ConversationCommand.Say c, _) => Has(state, c.Draft.Id) ? Decision<ConversationEvent>.Nothing : Begin(c.Parties, at, state, [Written(c.Draft, Author.Hub, null, at)]),
        (ConversationCommand.Reply c, _) => Has(state, c.Draft.Id) ? Decision<ConversationEvent>.Nothing : Reply(c, at, state),
        (ConversationCommand.TakeNote c, _) => Has(state, c.Draft.Id)
            ? Decision<ConversationEvent>.Nothing
            : Begin(c.Parties, at, state, [new ConversationEvent.NoteWritten(c.Draft.Id, c.By, c.Draft.Text, at)]),
        (ConversationCommand.OfferConfirmation c, _) => Has(state, c.Id)
            ? Decision<ConversationEvent>.Nothing
            : Begin(c.Parties, at, state, [new ConversationEvent.ConfirmationOffered(c.Id, c.Offer, at)]),
        (ConversationCommand.EndConfirmation, NoConversation) => Decision<ConversationEvent>.Nothing,
        (ConversationCommand.EndConfirmation c, Conversation conversation) => conversation.FindOffer(c.Confirmation) is { Ended: null }
            ? new ConversationEvent.ConfirmationEnded(c.Confirmation, c.Status, at)
            : Decision<ConversationEvent>.Nothing,
        (ConversationCommand.Assign c, Conversation conversation) => Assign(c, at, conversation),
        (ConversationCommand.Release c, Conversation conversation) => Release(c, at, conversation),
        (ConversationCommand.Resolve c, Conversation conversation) => Resolve(c, at, conversation),
        (ConversationCommand.MarkRead c, Conversation conversation) => MarkRead(c, at, conversation),
        (ConversationCommand.TimerDue, Conversation conversation) => Remind(at, conversation),
        _ => RejectionCode.NotFound,
    };

    /// <inheritdoc/>
    public static ConversationState Evolve(ConversationState state, ConversationEvent happened) => (state, happened) switch
    {
        (NoConversation, ConversationEvent.Begun e) => new Conversation(e.Id, e.Merchant, e.Customer, e.At) { Sequence = 1 },
        (Conversation c, not ConversationEvent.Begun) => ConversationFold.Next(c, happened) with { Sequence = c.Sequence + 1 },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(ConversationEvent happened) => happened switch
    {
        ConversationEvent.MessageWritten { RemindAt: { } at } => [new TimerChange.Set(ReplyTimer, at)],
        _ => [],
    };

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(ConversationEvent happened) => [];

    /// <inheritdoc/>
    public static ConversationCommand OnTimer(string name) => new ConversationCommand.TimerDue(name);

    private static Decision<ConversationEvent> Write(ConversationCommand.Write c, DateTimeOffset at, ConversationState state)
    {
        var known = state as Conversation;
        if (known?.Writing is { } hour && at < hour.Since.AddHours(1) && IsCapped(c, hour)) return RejectionCode.MessagesCapped;
        List<ConversationEvent> events = [Written(c.Draft, Author.Customer, null, at) with { Wish = c.Wish }];
        if (c.ForStaff && (known is null or { Status: ConversationStatus.Resolved })) events.Add(new ConversationEvent.Queued(null, at));
        return Begin(c.Parties, at, state, events);
    }

    private static bool IsCapped(ConversationCommand.Write c, WritingHour hour) =>
        hour.Count >= (c.Answers ? MaxPerHour + MaxAnswersBeyond : MaxPerHour)
        || (c.Draft.Channel is Channel.Email && hour.Mails >= MaxMailsPerHour);

    private static Decision<ConversationEvent> Reply(ConversationCommand.Reply c, DateTimeOffset at, ConversationState state)
    {
        var known = state as Conversation;
        if (known?.Assignee is { } other && other != c.By) return RejectionCode.ConversationTaken;

        // What is due is not put off by what is written meanwhile.
        var remindAt = known?.RemindAt is { } due && due > at ? due : at.AddSeconds((long)ReminderSeconds);

        // An answer speaks of what was asked about: who asked in a session for one payment reads it there.
        var draft = c.Draft with { Payment = c.Draft.Payment ?? known?.Messages.LastOrDefault(m => m.Author is Author.Customer)?.Payment };
        List<ConversationEvent> events = [Written(draft, Author.Staff, c.By, at) with { RemindAt = remindAt }];
        if (known?.Assignee is null) events.Insert(0, new ConversationEvent.Assigned(c.By, c.By, at));
        return Begin(c.Parties, at, state, events);
    }

    private static Decision<ConversationEvent> Assign(ConversationCommand.Assign c, DateTimeOffset at, Conversation conversation)
    {
        if (conversation.Assignee == c.To) return Decision<ConversationEvent>.Nothing;
        if (IsAnothers(conversation, c.By, c.Overrules)) return RejectionCode.ConversationTaken;
        return new ConversationEvent.Assigned(c.To, c.By, at);
    }

    private static Decision<ConversationEvent> Release(ConversationCommand.Release c, DateTimeOffset at, Conversation conversation)
    {
        if (conversation.Assignee is null) return Decision<ConversationEvent>.Nothing;
        if (IsAnothers(conversation, c.By, c.Overrules)) return RejectionCode.ConversationTaken;
        return new ConversationEvent.Queued(c.By, at);
    }

    private static Decision<ConversationEvent> Resolve(ConversationCommand.Resolve c, DateTimeOffset at, Conversation conversation)
    {
        if (conversation.Status is ConversationStatus.Resolved) return Decision<ConversationEvent>.Nothing;
        if (IsAnothers(conversation, c.By, c.Overrules)) return RejectionCode.ConversationTaken;
        return new ConversationEvent.Resolved(c.By, at);
    }

    private static Decision<ConversationEvent> MarkRead(ConversationCommand.MarkRead c, DateTimeOffset at, Conversation conversation)
    {
        var sequence = Math.Min(c.Sequence, conversation.Sequence);
        var before = c.Side is Author.Customer ? conversation.ReadByCustomer : conversation.ReadByStaff;
        return sequence > before ? new ConversationEvent.Read(c.Side, sequence, at) : Decision<ConversationEvent>.Nothing;
    }

    private static Decision<ConversationEvent> Remind(DateTimeOffset at, Conversation conversation)
    {
        var untold = conversation.Untold.ToList();
        if (untold.Count == 0) return Decision<ConversationEvent>.Nothing;
        var heardOn = conversation.LastHeardOn is Channel.Sms or Channel.Whatsapp or Channel.Email ? conversation.LastHeardOn : null;
        return new ConversationEvent.ReplyDue(untold[0].Sequence, untold[^1].Sequence, heardOn, at);
    }

    private static bool IsAnothers(Conversation conversation, string by, bool overrules) => conversation.Assignee is { } has && has != by && !overrules;

    private static bool Has(ConversationState state, string id) => state is Conversation known && known.Messages.Any(m => m.Id == id);

    private static ConversationEvent.MessageWritten Written(Draft draft, Author author, string? by, DateTimeOffset at) =>
        new(draft.Id, author, by, draft.Channel, draft.Text, at, Order: draft.Order, Payment: draft.Payment);

    private static Decision<ConversationEvent> Begin(Parties parties, DateTimeOffset at, ConversationState state, IReadOnlyList<ConversationEvent> events)
    {
        List<ConversationEvent> all = state is NoConversation ? [new ConversationEvent.Begun(parties.Id, parties.Merchant, parties.Customer, at), .. events] : [.. events];
        return all.Count == 0 ? Decision<ConversationEvent>.Nothing : all;
    }
}
