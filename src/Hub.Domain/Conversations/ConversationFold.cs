using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Conversations;

/// <summary>What a conversation is after one more event. Refuses to fold what the rules never give, so that <c>verify</c> shows it.</summary>
internal static class ConversationFold
{
    internal static Conversation Next(Conversation c, ConversationEvent happened) => happened switch
    {
        ConversationEvent.MessageWritten or ConversationEvent.NoteWritten or ConversationEvent.ConfirmationOffered => Said(c, happened),
        ConversationEvent.ConfirmationEnded e => c with { Messages = c.Messages.Select(m => m.Offer?.Confirmation == e.Confirmation ? m with { Ended = e.Status } : m).ToEquatableArray() },
        ConversationEvent.Queued e => c with { Status = ConversationStatus.Waiting, Assignee = null, WaitingSince = e.At },
        ConversationEvent.Assigned e when c.Assignee != e.To => c with { Status = ConversationStatus.Assigned, Assignee = e.To, WaitingSince = null },
        ConversationEvent.Resolved when c.Status is not ConversationStatus.Resolved => c with { Status = ConversationStatus.Resolved, Assignee = null, WaitingSince = null },
        ConversationEvent.Read { Side: Author.Customer } e when e.Sequence > c.ReadByCustomer && e.Sequence <= c.Sequence => c with { ReadByCustomer = e.Sequence },
        ConversationEvent.Read { Side: Author.Staff } e when e.Sequence > c.ReadByStaff && e.Sequence <= c.Sequence => c with { ReadByStaff = e.Sequence },
        ConversationEvent.ReplyDue e when e.To > c.Reminded => c with { Reminded = e.To, LastReminder = c.Sequence + 1, RemindAt = null },
        _ => throw new CorruptJournalException(c, happened),
    };

    private static Conversation Said(Conversation c, ConversationEvent happened)
    {
        var message = Message.Of(happened, c.Sequence + 1)!;
        var kept = c.Messages.Count < Conversation.KeptMessages ? c.Messages : c.Messages.Skip(c.Messages.Count - Conversation.KeptMessages + 1).ToEquatableArray();
        var next = c with { Messages = kept.Add(message) };
        return happened switch
        {
            ConversationEvent.MessageWritten { Author: Author.Customer } e => next with { LastHeardOn = e.Channel, Writing = Count(c.Writing, e) },
            ConversationEvent.MessageWritten { RemindAt: { } due } => next with { RemindAt = due },
            _ => next,
        };
    }

    private static WritingHour Count(WritingHour? before, ConversationEvent.MessageWritten e)
    {
        var mails = e.Channel is Channel.Email ? 1 : 0;
        return before is { } hour && e.At < hour.Since.AddHours(1) ? hour with { Count = hour.Count + 1, Mails = hour.Mails + mails } : new WritingHour(e.At, 1, mails);
    }
}
