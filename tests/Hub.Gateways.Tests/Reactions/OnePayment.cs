using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>One payment's actor without a journal: the real decider, and each command id once (invariant 4).</summary>
internal sealed class OnePayment : IActors
{
    internal static readonly ActorId Id = HubKinds.Payment["pay_1"];
    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, TurnOutcome.Committed> _done = new(StringComparer.Ordinal);
    private readonly List<PaymentEvent> _events = [];
    private PaymentState _state = PaymentDecider.Initial;

    /// <summary>What the order asked for, and for whom.</summary>
    internal static OrderGrant Grant(long cents = 50_00) => new("ord_1", "mer_1", "Shop", "cus_1", new Amount(cents, Currency.Eur), "hash", "sig_1");

    internal Payment Payment => (Payment)_state;

    /// <summary>The newest event of a type, as a reaction is handed it.</summary>
    internal FeedEvent Newest<T>()
    {
        var index = _events.FindLastIndex(e => e is T);
        return new FeedEvent(index + 1, Id, index + 1, Noon, _events[index]);
    }

    internal void Do(PaymentCommand command) => Assert.IsType<TurnOutcome.Committed>(Turn(new Envelope($"test:{_events.Count}", command)));

    public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel) => Task.FromResult(Turn(command));

    public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) => Task.FromResult(new ActorReading(_events.Count, _state));

    private TurnOutcome Turn(Envelope command)
    {
        if (_done.TryGetValue(command.Id, out var before)) return before with { Repeated = true };
        var decision = PaymentDecider.Decide((PaymentCommand)command.Command, Noon, _state);
        if (decision.Rejection is { } code) return new TurnOutcome.Rejected(code, _events.Count, _state);
        _state = decision.Events.Aggregate(_state, PaymentDecider.Evolve);
        _events.AddRange(decision.Events);
        TurnOutcome.Committed done = new(_events.Count, _state, decision.Events.Cast<Event>().ToEquatableArray(), Repeated: false);
        _done.Add(command.Id, done);
        return done;
    }
}
