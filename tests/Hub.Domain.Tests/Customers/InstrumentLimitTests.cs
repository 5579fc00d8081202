using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>How many instruments are kept: a checkout link gets about, so nothing that is sent through one may bar the customer.</summary>
public sealed class InstrumentLimitTests
{
    private static InstrumentRef Card(string id, string type = InstrumentType.Card) => new(id, type, "visa", "4242", 12, 2040);

    private static CustomerCommand.AddInstrument Add(string id, string? payment = null) => new(Card(id), null, payment);

    private static CustomerRun Fill(CustomerRun run, int cards, Func<int, string?> payment)
    {
        for (var i = 0; i < cards; i++) run = run.Do(Add($"ins_{payment(i) ?? "own"}_{i}", payment(i)), Noon);
        return run;
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.TooManyInstruments)]
    public void Twenty_are_the_customers_own(int fromLimit, RejectionCode? rejection)
    {
        var turn = Fill(Registered(), CustomerDecider.MaxInstruments + fromLimit, _ => null).When(Add("ins_x"), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new CustomerEvent.InstrumentAdded(Card("ins_x"), Noon));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void The_oldest_of_five_that_came_with_a_payment_makes_room_for_the_next(int fromLimit, bool leaves)
    {
        var run = Fill(Registered(), 1, _ => "pay_0");
        var turn = Fill(run, CustomerDecider.MaxInstrumentsOfPayment + fromLimit, _ => "pay_1").When(Add("ins_x", "pay_1"), Noon);

        var added = new CustomerEvent.InstrumentAdded(Card("ins_x"), Noon, "pay_1");
        if (leaves) turn.Then(new CustomerEvent.InstrumentRemoved("ins_pay_1_0"), added);
        else turn.Then(added);
    }

    [Fact]
    public void However_much_a_link_sends_the_customer_adds_the_next_card_and_pays_with_it()
    {
        var run = Fill(Registered(), CustomerDecider.MaxInstruments - 1, _ => null);
        run = Fill(run, 100, _ => "pay_1");
        Assert.Equal(CustomerDecider.MaxInstruments - 1 + CustomerDecider.MaxInstrumentsOfPayment, run.Customer().Instruments.Count);

        run.When(Add("ins_x"), Noon).ThenAccepted();
        run.When(Add("ins_x", "pay_2"), Noon).Then(new CustomerEvent.InstrumentAdded(Card("ins_x"), Noon, "pay_2"));
    }

    [Fact]
    public void Links_of_many_payments_keep_twenty_between_them_and_take_nothing_of_the_customers_own()
    {
        var run = Fill(Registered(), 3, _ => null);
        run = Fill(run, 10 * CustomerDecider.MaxInstruments, i => $"pay_{i}");

        Assert.Equal(3 + CustomerDecider.MaxInstruments, run.Customer().Instruments.Count);
        Assert.Equal(CustomerDecider.MaxInstruments, run.Customer().Passing.Count);
        Assert.Equal(["ins_own_0", "ins_own_1", "ins_own_2"], run.Customer().Instruments.Take(3).Select(i => i.Id));
    }

    [Fact]
    public void A_card_in_the_wallet_is_the_customers_own_wherever_it_was_put_in()
    {
        var run = WithWallet().Do(new CustomerCommand.OpenWallet("secret_1", Fits: true, "token", "guess"), Noon)
            .When(new CustomerCommand.AddInstrument(Card("ins_w", InstrumentType.WalletCard), "token", "pay_1"), Noon)
            .Then(new CustomerEvent.InstrumentAdded(Card("ins_w", InstrumentType.WalletCard), Noon));

        Assert.Contains(Fill(run, 50, _ => "pay_1").Customer().Instruments, i => i.Id == "ins_w");
    }

    [Fact]
    public void What_was_removed_or_forgotten_takes_no_place_any_more()
    {
        var run = Fill(Registered(), CustomerDecider.MaxInstrumentsOfPayment, _ => "pay_1").Do(new CustomerCommand.RemoveInstrument("ins_pay_1_2"), Noon);

        run.When(Add("ins_x", "pay_1"), Noon).Then(new CustomerEvent.InstrumentAdded(Card("ins_x"), Noon, "pay_1"));
        Assert.Empty(run.Do(new CustomerCommand.Erase("staff_1"), Noon).Customer().Passing);
    }
}
