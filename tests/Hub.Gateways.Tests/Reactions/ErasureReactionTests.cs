using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Gateways.Reactions;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>What is forgotten with a customer, and what is not.</summary>
public sealed class ErasureReactionTests
{
    private const string Number = "address_key";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erasure_that_is_delivered_twice_leaves_the_numbers_next_owner_alone()
    {
        using var vault = new OpenVault();
        var persons = vault.Vault.Persons;
        var (first, mine) = (persons.AddressOwner(Number), persons.Seal("cus_1", "Ada"));
        var sealedFirst = persons.Seal(first, "+14155550100");
        var reaction = new ErasureReaction(new OneCustomer(mine), vault.Vault.Cards, vault.Vault.Secrets, persons);

        await reaction.HandleAsync(OneCustomer.Erased, Cancel);
        Assert.Null(persons.Open(first, sealedFirst));
        Assert.Null(persons.Open("cus_1", mine));

        var next = persons.AddressOwner(Number);
        var sealedNext = persons.Seal(next, "+14155550100");
        await reaction.HandleAsync(OneCustomer.Erased, Cancel);
        Assert.Equal("+14155550100", persons.Open(next, sealedNext));
    }

    /// <summary>An erased customer with one number.</summary>
    private sealed class OneCustomer(Sealed name) : IActors
    {
        private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

        internal static FeedEvent Erased { get; } = new(9, HubKinds.Customer["cus_1"], 9, Noon, new CustomerEvent.Erased("mer_1", Noon));

        public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) => Task.FromResult(new ActorReading(9, new Customer("cus_1", "mer_1", name, new Preferences(Channel.Sms, [], "en"), Noon)
        {
            Addresses = [new CustomerAddress("adr_1", Channel.Sms, Number, name)],
            Erased = true,
        }));

        public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel) => throw new NotSupportedException();
    }
}
