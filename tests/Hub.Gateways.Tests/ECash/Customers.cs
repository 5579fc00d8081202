using Hub.Actors;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Gateways.Tests.ECash;

/// <summary>Customers' actors without a journal: the real decider.</summary>
internal sealed class Customers : IActors
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<ActorId, CustomerState> _states = [];

    /// <summary>The ids of the customers that were sent anything, in order.</summary>
    internal List<string> Asked { get; } = [];

    /// <summary>A customer with stored value.</summary>
    internal void Add(string id, long cents)
    {
        Turn(HubKinds.Customer[id], new CustomerCommand.Register(
            id, "mer_1", new Sealed("n"), [new NewAddress($"adr_{id}", Channel.Sms, "key_1", new Sealed("p"))], new Preferences(Channel.Sms, [], "en")));
        Turn(HubKinds.Customer[id], new CustomerCommand.TopUpECash("top_1", new Amount(cents, Currency.Eur), "mer_1"));
    }

    /// <summary>What no payment waits for, in cents.</summary>
    internal long Available(string id) => ((Customer)_states[HubKinds.Customer[id]]).Cash.Available(Currency.Eur);

    public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
    {
        Asked.Add(actor.Key);
        return Task.FromResult(Turn(actor, (CustomerCommand)command.Command));
    }

    public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) => Task.FromResult(new ActorReading(1, StateOf(actor)));

    private CustomerState StateOf(ActorId actor) => _states.GetValueOrDefault(actor, CustomerDecider.Initial);

    private TurnOutcome Turn(ActorId actor, CustomerCommand command)
    {
        var decision = CustomerDecider.Decide(command, Noon, StateOf(actor));
        if (decision.Rejection is { } code) return new TurnOutcome.Rejected(code, 1, StateOf(actor));
        _states[actor] = decision.Events.Aggregate(StateOf(actor), CustomerDecider.Evolve);
        return new TurnOutcome.Committed(1, _states[actor], decision.Events.Cast<Event>().ToEquatableArray(), Repeated: false);
    }
}
