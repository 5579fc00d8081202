global using CustomerRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Customers.CustomerDecider, Hub.Domain.Customers.CustomerCommand, Hub.Domain.Customers.CustomerEvent, Hub.Domain.Customers.CustomerState>;
using Hub.Actors;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Domain.Tests.Customers;

/// <summary>Whom one may ask to confirm, and where.</summary>
public sealed class CustomerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly NewAddress Phone = new("adr_1", Channel.Sms, "key_1", new Sealed("p"));
    private static readonly NewAddress Mail = new("adr_2", Channel.Email, "key_2", new Sealed("m"));
    private static readonly Preferences Prefers = new(Channel.Email, [Channel.Sms, Channel.Email], "en");
    private static readonly InstrumentRef Card = new("ins_1", "card", "visa", "4242", 3, 2026);

    private static CustomerCommand.Register Register(params NewAddress[] addresses) => new("cus_1", "mer_1", new Sealed("n"), addresses.ToEquatableArray(), Prefers);

    private static CustomerRun Registered() => CustomerRun.Given().Do(Register(Phone, Mail), Noon);

    private static CustomerRun Asked() => Registered().Do(new CustomerCommand.RequestVerification("adr_1", "ver_1", "right"), Noon);

    private static Customer State(CustomerRun run) => Assert.IsType<Customer>(run.State);

    [Fact]
    public void An_address_a_merchant_names_may_not_confirm_until_the_customer_proved_it()
    {
        Assert.Empty(State(Registered()).ConfirmationRoutes(Noon));

        var run = Asked().When(new CustomerCommand.CheckVerification("adr_1", "right"), Noon).Then(new CustomerEvent.AddressVerified("adr_1", "ver_1", Noon));
        Assert.Equal(["adr_1"], State(run).ConfirmationRoutes(Noon).Select(r => r.AddressId));

        run = run.Do(new CustomerCommand.RequestVerification("adr_2", "ver_2", "right"), Noon).Do(new CustomerCommand.CheckVerification("adr_2", "right"), Noon);
        Assert.Equal(["adr_2", "adr_1"], State(run).ConfirmationRoutes(Noon).Select(r => r.AddressId));
        run.When(new CustomerCommand.RequestVerification("adr_1", "ver_3", "x"), Noon).ThenRejected(RejectionCode.AddressAlreadyVerified);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.VerificationExpired)]
    [InlineData(1, RejectionCode.VerificationExpired)]
    public void A_code_is_good_for_ten_minutes(long ticks, RejectionCode? rejection)
    {
        var turn = Asked().When(new CustomerCommand.CheckVerification("adr_1", "right"), Noon.AddMinutes(10).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(CustomerEvent.AddressVerified));
    }

    [Fact]
    public void After_five_wrong_codes_the_right_one_no_longer_counts()
    {
        var run = Asked();
        for (var i = 1; i <= CustomerDecider.MaxWrongCodes; i++)
        {
            run = run.When(new CustomerCommand.CheckVerification("adr_1", i % 2 == 0 ? "" : "wrong"), Noon).Then(new CustomerEvent.VerificationFailed("adr_1", "ver_1", i));
        }

        run.When(new CustomerCommand.CheckVerification("adr_1", "right"), Noon).ThenRejected(RejectionCode.VerificationExhausted);
    }

    [Theory]
    [InlineData(29, RejectionCode.ResendTooSoon)]
    [InlineData(30, null)]
    [InlineData(31, null)]
    public void A_new_code_is_sent_after_half_a_minute(long seconds, RejectionCode? rejection)
    {
        var turn = Asked().When(new CustomerCommand.RequestVerification("adr_1", "ver_2", "x"), Noon.AddSeconds(seconds));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(CustomerEvent.VerificationRequested));
    }

    [Fact]
    public void A_strangers_number_gets_ten_codes_at_most()
    {
        var run = Registered();
        for (var i = 0; i < CustomerDecider.MaxCodesSent; i++) run = run.Do(new CustomerCommand.RequestVerification("adr_1", $"ver_{i}", "x"), Noon.AddMinutes((long)i));

        run.When(new CustomerCommand.RequestVerification("adr_1", "ver_x", "x"), Noon.AddDays(1)).ThenRejected(RejectionCode.TooManyResends);
    }

    [Fact]
    public void Addresses_are_named_once()
    {
        CustomerRun.Given().When(Register(Phone, Phone), Noon).ThenRejected(RejectionCode.AlreadyExists);
        CustomerRun.Given().When(Register(Phone, Phone with { Id = "adr_9" }), Noon).ThenRejected(RejectionCode.AlreadyExists);
        Registered().When(new CustomerCommand.AddAddress(Phone with { Id = "adr_9" }), Noon).ThenRejected(RejectionCode.AlreadyExists);
        Registered().When(new CustomerCommand.AddAddress(new NewAddress("adr_3", Channel.Sms, "key_3", new Sealed("x"))), Noon).ThenTypes(typeof(CustomerEvent.AddressAdded));
        Registered().When(new CustomerCommand.RequestVerification("adr_9", "v", "x"), Noon).ThenRejected(RejectionCode.NoSuchAddress);
        Registered().When(Register(), Noon).ThenRejected(RejectionCode.AlreadyExists);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.TooManyAddresses)]
    public void A_customer_has_twenty_addresses_at_most(int fromLimit, RejectionCode? rejection)
    {
        var many = Enumerable.Range(0, CustomerDecider.MaxAddresses + fromLimit).Select(i => new NewAddress($"adr_{i}", Channel.Sms, $"key_{i}", new Sealed("x")));
        var turn = CustomerRun.Given().Do(Register([.. many]), Noon).When(new CustomerCommand.AddAddress(new NewAddress("adr_x", Channel.Sms, "key_x", new Sealed("x"))), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(CustomerEvent.AddressAdded));
    }

    [Fact]
    public void A_card_is_kept_while_it_is_good_and_given_up_once()
    {
        var run = Registered().When(new CustomerCommand.AddInstrument(Card), Noon).Then(new CustomerEvent.InstrumentAdded(Card, Noon));
        run.When(new CustomerCommand.AddInstrument(Card), Noon).ThenNothing();
        Registered().When(new CustomerCommand.AddInstrument(Card), Card.ExpiresAt.AddTicks(-1)).ThenAccepted();
        Registered().When(new CustomerCommand.AddInstrument(Card), Card.ExpiresAt).ThenRejected(RejectionCode.InstrumentExpired);
        run.Do(new CustomerCommand.RemoveInstrument("ins_1"), Noon).When(new CustomerCommand.RemoveInstrument("ins_1"), Noon).ThenRejected(RejectionCode.NoSuchInstrument);
        Registered().When(new CustomerCommand.Change(null, null), Noon).ThenNothing();
    }

    [Fact]
    public void A_forgotten_customer_is_asked_nothing_and_reached_nowhere()
    {
        var run = Asked().Do(new CustomerCommand.CheckVerification("adr_1", "right"), Noon).Do(new CustomerCommand.AddInstrument(Card), Noon)
            .When(new CustomerCommand.Erase("staff_1"), Noon).Then(new CustomerEvent.Erased("staff_1", Noon));

        Assert.Empty(State(run).ConfirmationRoutes(Noon));
        Assert.Empty(State(run).Instruments);
        run.When(new CustomerCommand.Erase("staff_1"), Noon).ThenNothing();
        run.When(new CustomerCommand.AddInstrument(Card), Noon).ThenRejected(RejectionCode.CustomerErased);
        run.When(new CustomerCommand.Change(new Sealed("x"), null), Noon).ThenRejected(RejectionCode.CustomerErased);
        CustomerRun.Given().When(new CustomerCommand.Erase("staff_1"), Noon).ThenRejected(RejectionCode.NotFound);
    }

    /// <summary>What was never set reads back as what it is, or a snapshot would not be the fold.</summary>
    [Fact]
    [Trait("Invariant", "2")]
    public void A_customer_that_has_only_just_begun_reads_back_as_it_is()
    {
        var customer = State(Registered());
        var kind = HubKinds.Customer;

        Assert.Equal(customer, kind.ReadState(kind.WriteState(customer)));
    }
}
