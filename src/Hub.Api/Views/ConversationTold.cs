using Hub.Api.Edge.Json;
using Hub.Domain.Conversations;
using Hub.Domain.Notifications;

namespace Hub.Api.Views;

/// <summary>What a timeline says of a conversation: that something was said and by which channel, never what.</summary>
internal static class ConversationTold
{
    internal static EventWords? Of(ConversationEvent happened) => happened switch
    {
        ConversationEvent.Begun => new("conversation.begun", null, "A conversation began."),
        ConversationEvent.MessageWritten { Author: Author.Customer } e => new("conversation.message", Notification.NameOf(e.Channel), e.Wish switch
        {
            Wish.Person => "The customer asks for a person.",
            Wish.Refund => "The customer asks for money back.",
            _ => $"The customer wrote by {TimelineWords.Said(e.Channel)}.",
        }),
        ConversationEvent.MessageWritten { Author: Author.Staff } e => new("conversation.message", Notification.NameOf(e.Channel), "Staff answered."),
        ConversationEvent.MessageWritten e => new("conversation.message", Notification.NameOf(e.Channel), "The hub answered."),
        ConversationEvent.NoteWritten => new("conversation.note", null, "Staff wrote a note.", StaffOnly: true),
        ConversationEvent.ConfirmationOffered => new("conversation.confirmation", "chat", "The request to confirm is shown in the chat."),
        ConversationEvent.ConfirmationEnded e => new("conversation.confirmation_ended", "chat", $"The request to confirm in the chat is over ({WireJson.Snake(e.Status.ToString())})."),
        ConversationEvent.Queued => new("conversation.queued", null, "The conversation waits for staff."),
        ConversationEvent.Assigned => new("conversation.assigned", null, "Somebody of the staff has the conversation."),
        ConversationEvent.Resolved => new("conversation.resolved", null, "The conversation is resolved."),
        ConversationEvent.Read { Side: Author.Customer } => new("conversation.read", "chat", "The customer read the conversation."),
        ConversationEvent.Read => new("conversation.read", null, "Staff read the conversation."),
        ConversationEvent.ReplyDue => new("conversation.reply_due", null, "The answer was not read; the customer is told elsewhere.", StaffOnly: true),
        _ => null,
    };
}
