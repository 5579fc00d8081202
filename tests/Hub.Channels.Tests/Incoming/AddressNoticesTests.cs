using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Channels.Confirmations;
using Hub.Channels.Incoming;
using Hub.Channels.Notifications;
using Hub.Channels.Sms;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;

namespace Hub.Channels.Tests.Incoming;

/// <summary>Who is told that an address joins a customer or leaves: each once, whatever has changed when it is told again, and nobody who cannot be reached.</summary>
public sealed class AddressNoticesTests
{
    private const string CustomerId = "cus_01jd3v9h5k00000000000aaa17";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly CustomerAddress First = Proved($"adr_{CustomerId[4..]}_1", Channel.Sms, "key_1");
    private static readonly CustomerAddress Second = Proved($"adr_{CustomerId[4..]}_2", Channel.Sms, "key_2");
    private static readonly CustomerAddress Third = Proved("adr_01jd3v9h5k00000000000bbb18", Channel.Email, "key_3");
    private static readonly CustomerEvent.AddressRemoved Removed = new(Third.Id, Third.AddressKey, "customer", Noon, Noon.AddHours(24));

    [Fact]
    public async Task Each_is_told_under_an_id_of_its_own_that_goes_by_its_address()
    {
        var told = await ToldAsync(Customer([First, Second]), Removed);

        Assert.Equal([First.Id, Second.Id, Third.Id], told.Select(n => n.Recipients.Single().Route.AddressId));
        Assert.Equal(["ntf_01jd3v9h5k00000000000aaa17n1w7", "ntf_01jd3v9h5k00000000000aaa17n2w7", "ntf_01jd3v9h5k00000000000bbb18w7"], told.Select(n => n.Id));
    }

    /// <summary>A crash after the first of them: the list is another when the event is handled again, and nobody is taken for somebody who was told.</summary>
    [Fact]
    public async Task Whoever_is_no_longer_told_takes_no_others_place_when_it_is_handled_again()
    {
        var first = await ToldAsync(Customer([First, Second]), Removed);
        var again = await ToldAsync(Customer([First with { VerifiedAt = null, LostReason = "gone" }, Second]), Removed);

        Assert.Equal(first.Skip(1), again);
    }

    [Fact]
    public async Task The_same_holds_for_a_warning()
    {
        var held = Proved("adr_01jd3v9h5k00000000000ccc19", Channel.Sms, "key_4") with { HeldUntil = Noon.AddHours(24) };
        var verified = new CustomerEvent.AddressVerified(held.Id, "ver_1", Noon, held.HeldUntil);
        var first = await ToldAsync(Customer([First, Second, held]), verified);
        var again = await ToldAsync(Customer([First with { VerifiedAt = null, LostReason = "gone" }, Second, held]), verified);

        Assert.Equal([First.Id, Second.Id, Third.Id], first.Select(n => n.Recipients.Single().Route.AddressId));
        Assert.Equal(first.Skip(1), again);
    }

    /// <summary>What cannot arrive is nobody's to look into: no notification, so no case.</summary>
    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task Of_a_stopped_or_dead_address_nothing_is_asked(bool stopped, bool dead, bool told)
    {
        var state = new AddressState((AddressIdentity?)null) { OptedOut = stopped, Dead = dead };
        var asked = await ToldAsync(Customer([First]), Removed, states => states[HubKinds.Address[Third.AddressKey]] = state);

        Assert.Equal(told ? [First.Id, Third.Id] : [First.Id], asked.Select(n => n.Recipients.Single().Route.AddressId));
    }

    [Theory]
    [InlineData(-1, false, true)]
    [InlineData(0, false, false)]
    [InlineData(1, false, false)]
    [InlineData(0, true, true)]
    [InlineData(null, false, false)]
    [InlineData(null, true, true)]
    public async Task WhatsApp_is_told_within_the_day_that_somebody_wrote_and_beyond_it_in_agreed_words_only(int? ticks, bool agreed, bool told)
    {
        var chatty = Proved("adr_01jd3v9h5k00000000000ddd20", Channel.Whatsapp, "key_5");
        var heard = ticks is { } past ? Noon.AddHours(-24).AddTicks(-(long)past) : (DateTimeOffset?)null;
        var asked = await ToldAsync(
            Customer([chatty]),
            Removed,
            states => states[HubKinds.Address[chatty.AddressKey]] = new AddressState((AddressIdentity?)null) { LastHeard = heard },
            twilio => { if (agreed) twilio.WhatsAppTemplates["address_removed"] = "HX1"; });

        Assert.Equal(told ? [chatty.Id, Third.Id] : [Third.Id], asked.Select(n => n.Recipients.Single().Route.AddressId));
    }

    private static CustomerAddress Proved(string id, Channel channel, string key) => new(id, channel, key, new Sealed($"+1415555{key}")) { VerifiedAt = Noon.AddDays(-1) };

    private static Customer Customer(CustomerAddress[] addresses) =>
        new(CustomerId, "mer_1", new Sealed("n"), new Preferences(Channel.Sms, [], "en"), Noon) { Addresses = [.. addresses], Removed = [new RemovedAddress(Third, Noon, Noon.AddHours(24))] };

    private static async Task<IReadOnlyList<NotificationCommand.Request>> ToldAsync(
        Customer customer, CustomerEvent happened, Action<Dictionary<ActorId, State>>? also = null, Action<TwilioOptions>? configure = null)
    {
        var states = new Dictionary<ActorId, State> { [HubKinds.Customer[customer.Id]] = customer };
        also?.Invoke(states);
        var options = new ChannelOptions();
        configure?.Invoke(options.Twilio);
        var (actors, persons) = (new Recording(states), new Persons());
        var reaction = new HolderReaction(actors, new AddressKeys(new Keys(), persons, options), new OrderLookup(new NoOrders()), new Reach(actors, options), persons);
        await reaction.HandleAsync(new FeedEvent(1, HubKinds.Customer[customer.Id], 7, Noon, happened), TestContext.Current.CancellationToken);
        return actors.Asked;
    }

    /// <summary>Actors that stand still, and a note of what notifications were asked for.</summary>
    private sealed class Recording(Dictionary<ActorId, State> states) : IActors
    {
        public List<NotificationCommand.Request> Asked { get; } = [];

        public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
        {
            if (command.Command is NotificationCommand.Request request) Asked.Add(request);
            return Task.FromResult<TurnOutcome>(new TurnOutcome.Committed(1, new NoNotification(), [], Repeated: false));
        }

        public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) =>
            Task.FromResult(new ActorReading(1, states.GetValueOrDefault(actor) ?? new NoCustomer()));
    }

    private sealed class NoOrders : ICustomerOrders
    {
        public IReadOnlyList<Order> Newest(string customer) => [];
    }

    private sealed class Keys : IKeyring
    {
        public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => System.Security.Cryptography.SHA256.HashData(data);
    }

    private sealed class Persons : IPersonalData
    {
        public Sealed Seal(string customer, string words) => new(words);

        public string? Open(string customer, Sealed text) => text.Text;

        public bool IsErased(string customer) => false;

        public void Erase(string customer) => throw new InvalidOperationException("Telling of an address forgets nobody.");
    }
}
