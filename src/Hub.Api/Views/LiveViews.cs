using System.Text.Json;
using Hub.Actors.Ports;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Conversations;
using Hub.Api.Edge.Json;
using Hub.Api.Live;
using Hub.Channels.Webhooks;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Api.Views;

/// <summary>What live watchers and webhooks are shown of a state.</summary>
internal sealed class LiveViews(IPersonalData persons, PaymentViews payments, ConversationViews conversations) : ILiveViews, IWebhookBodies
{
    public LiveUpdate? ToUpdate(TopicEntry entry, Caller caller, string? device)
    {
        if (TimelineEntryView.Of(entry, caller) is not { } line) return null;
        return new LiveUpdate(entry.Topic, entry.Sequence, line.Type, line.Time, line, View(entry, new Viewer(caller, device)));
    }

    public string Write(string id, string type, long sequence, DateTimeOffset at, State state)
    {
        object data = state switch
        {
            Payment payment => new { payment = payments.Of(payment, sequence) },
            Order order => new { order = OrderView.Of(order, sequence, persons: null) },
            _ => throw new ArgumentOutOfRangeException(nameof(state), state.GetType().Name, "No webhook speaks of this."),
        };
        return JsonSerializer.Serialize(new { id, type, sequence, created_at = at, data }, WireJson.Out);
    }

    private object? View(TopicEntry entry, Viewer viewer) => entry.State switch
    {
        Conversation conversation => Of(entry, conversation, viewer),
        Payment payment => payments.Of(payment, entry.Event.Version),
        Order order => OrderView.Of(order, entry.Event.Version, persons),
        Customer customer => CustomerView.Of(customer, entry.Event.Version, persons, viewer.Caller),
        _ => null,
    };

    // The words go to those who watch the conversation itself. Whatever a gap is replayed with, each message shows as it is now.
    private ConversationView? Of(TopicEntry entry, Conversation conversation, Viewer viewer)
    {
        if (viewer.Caller is Caller.Merchant) return null;
        var happened = (ConversationEvent)entry.Event.Body;
        var told = !entry.Topic.StartsWith("conversation:", StringComparison.Ordinal) ? null : happened switch
        {
            ConversationEvent.ConfirmationEnded e => conversation.FindOffer(e.Confirmation),
            _ when Message.Of(happened, entry.Event.Version) is { } message => conversation.Messages.FirstOrDefault(m => m.Id == message.Id) ?? message,
            _ => null,
        };
        return conversations.Of(conversation, viewer, told is null ? [] : [told]);
    }
}
