using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Channels.Webhooks;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Webhooks;

namespace Hub.Api.Tests.Reactions;

/// <summary>Actors that are what the test says, and what a reaction asked of others.</summary>
internal sealed class WhatIsTold : IActors, IWebhookBodies
{
    private readonly Dictionary<ActorId, State> _states = [];

    private WhatIsTold(PaymentState payment)
    {
        _states[HubKinds.Payment["pay_1"]] = payment;
        _states[HubKinds.Merchant["mer_1"]] = new Merchant("mer_1", "Shop", default) { Endpoints = [new WebhookEndpoint("whe_1", "https://shop.example", [], "secret", null, null, Disabled: false, default)] };
    }

    internal List<Command> Asked { get; } = [];

    internal IEnumerable<string> Webhooks => Asked.OfType<WebhookCommand.Enqueue>().Select(c => c.Message.Type);

    /// <summary>Hands a reaction each event of a payment, with the payment as it has become meanwhile.</summary>
    internal static async Task<WhatIsTold> AllAsync(Func<WhatIsTold, IReaction> reaction, PaymentState payment, IEnumerable<PaymentEvent> events)
    {
        var told = new WhatIsTold(payment);
        foreach (var (happened, index) in events.Select((e, i) => (e, i)))
        {
            await reaction(told).HandleAsync(new FeedEvent(index + 1, HubKinds.Payment["pay_1"], index + 1, default, happened), TestContext.Current.CancellationToken);
        }

        return told;
    }

    /// <summary>Hands a reaction one event of an order.</summary>
    internal static async Task<WhatIsTold> OfOrderAsync(Func<WhatIsTold, IReaction> reaction, OrderState order, OrderEvent happened)
    {
        var told = new WhatIsTold(PaymentDecider.Initial);
        told._states[HubKinds.Order["ord_1"]] = order;
        await reaction(told).HandleAsync(new FeedEvent(1, HubKinds.Order["ord_1"], 1, default, happened), TestContext.Current.CancellationToken);
        return told;
    }

    public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
    {
        Asked.Add(command.Command);
        return Task.FromResult<TurnOutcome>(new TurnOutcome.Committed(1, _states.GetValueOrDefault(actor, PaymentDecider.Initial), [], Repeated: false));
    }

    public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) => Task.FromResult(new ActorReading(1, _states[actor]));

    public string Write(string id, string type, long sequence, DateTimeOffset at, State state) => "{}";
}
