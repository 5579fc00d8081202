using System.Text.Json;
using Hub.Actors.Ports;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Edge.Json;
using Hub.Api.Live;
using Hub.Channels.Webhooks;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Api.Views;

/// <summary>What live watchers and webhooks are shown of a state.</summary>
internal sealed class LiveViews(IPersonalData persons, PaymentViews payments) : ILiveViews, IWebhookBodies
{
    public LiveUpdate? ToUpdate(TopicEntry entry, Caller caller)
    {
        if (TimelineEntryView.Of(entry, caller) is not { } line) return null;
        return new LiveUpdate(entry.Topic, entry.Sequence, line.Type, line.Time, line, View(entry, caller));
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

    private object? View(TopicEntry entry, Caller caller) => entry.State switch
    {
        Payment payment => payments.Of(payment, entry.Event.Version),
        Order order => OrderView.Of(order, entry.Event.Version, persons),
        Customer customer => CustomerView.Of(customer, entry.Event.Version, persons, caller),
        _ => null,
    };
}
