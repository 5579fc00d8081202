using Hub.Domain.Customers;
using Hub.Domain.Customers.Cash;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Tests.Testing;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>Stored value: nothing is spent twice, whatever order the payments come in.</summary>
public sealed class ECashTests
{
    private static CustomerCommand.HoldECash Hold(long cents, string key = "att_1") => new(key, Eur(cents));

    private static CustomerCommand.SpendECash Spend(long cents, bool final = true, string key = "cap_1") => new("att_1", key, Eur(cents), final);

    [Fact]
    public void The_first_top_up_makes_it_an_instrument()
    {
        var run = WithCash(50_00);

        Assert.Equal([new InstrumentRef("ins_1e", InstrumentType.ECash, "ecash", "", 0, 0)], run.Customer().Instruments);
        run.When(new CustomerCommand.TopUpECash("top_2", Eur(1), "mer_1"), Noon).Then(new CustomerEvent.ECashToppedUp("top_2", Eur(1), "cus_1", "mer_1", "mer_1", Noon));
        run.When(new CustomerCommand.TopUpECash("top_1", Eur(50_00), "mer_1"), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(0, RejectionCode.AmountNotPositive)]
    [InlineData(-1, RejectionCode.AmountNotPositive)]
    [InlineData(1, null)]
    [InlineData(Amount.MaxMinor - 50_00, null)]
    [InlineData(Amount.MaxMinor - 49_99, RejectionCode.AmountTooLarge)]
    public void A_balance_stays_within_what_an_amount_can_be(long cents, RejectionCode? rejection)
    {
        var turn = WithCash(50_00).When(new CustomerCommand.TopUpECash("top_2", Eur(cents), "mer_1"), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(CustomerEvent.ECashToppedUp));
    }

    [Theory]
    [InlineData(49_99, null)]
    [InlineData(50_00, null)]
    [InlineData(50_01, RejectionCode.ECashInsufficient)]
    public void A_hold_takes_at_most_what_no_other_payment_waits_for(long cents, RejectionCode? rejection)
    {
        var turn = WithCash(80_00).Do(Hold(30_00, "att_0"), Noon).When(Hold(cents), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new CustomerEvent.ECashHeld("att_1", Eur(cents)));
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void Every_key_takes_effect_once()
    {
        var spent = WithCash(50_00).Do(Hold(20_00), Noon).Do(Spend(20_00), Noon);
        spent.When(Hold(20_00), Noon).ThenNothing();
        spent.When(Spend(20_00), Noon).ThenNothing();
        spent.When(new CustomerCommand.ReleaseECash("att_1"), Noon).ThenNothing();

        var back = spent.Do(new CustomerCommand.RefundECash("cap_1", "ref_1", Eur(5_00)), Noon);
        back.When(new CustomerCommand.RefundECash("cap_1", "ref_1", Eur(5_00)), Noon).ThenNothing();
        Assert.Equal(35_00, back.Customer().Cash.Balance(Currency.Eur));
    }

    [Fact]
    public void A_final_spending_frees_the_rest_and_another_leaves_it_held()
    {
        var held = WithCash(50_00).Do(Hold(50_00), Noon);

        Assert.Equal(40_00, held.Do(Spend(10_00), Noon).Customer().Cash.Available(Currency.Eur));
        Assert.Equal(0, held.Do(Spend(10_00, final: false), Noon).Customer().Cash.Available(Currency.Eur));
        held.Do(Spend(10_00), Noon).When(Spend(1, key: "cap_2"), Noon).ThenRejected(RejectionCode.ECashInsufficient);
        held.Do(Spend(10_00, final: false), Noon).When(Spend(40_01, key: "cap_2"), Noon).ThenRejected(RejectionCode.ECashInsufficient);
        held.Do(Spend(10_00, final: false), Noon).When(Spend(40_00, key: "cap_2"), Noon).ThenAccepted();
    }

    [Theory]
    [InlineData(10_00, null)]
    [InlineData(10_01, RejectionCode.ECashInsufficient)]
    [InlineData(0, RejectionCode.ECashInsufficient)]
    public void A_refund_gives_back_at_most_what_was_spent(long cents, RejectionCode? rejection)
    {
        var turn = WithCash(50_00).Do(Hold(50_00), Noon).Do(Spend(10_00), Noon).When(new CustomerCommand.RefundECash("cap_1", "ref_1", Eur(cents)), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new CustomerEvent.ECashRefunded("att_1", "ref_1", Eur(cents), "cus_1"));
    }

    [Fact]
    public void What_was_never_held_cannot_be_spent_released_or_refunded()
    {
        WithCash(50_00).When(Spend(1), Noon).ThenRejected(RejectionCode.NoSuchHold);
        WithCash(50_00).When(new CustomerCommand.ReleaseECash("att_1"), Noon).ThenRejected(RejectionCode.NoSuchHold);
        WithCash(50_00).When(new CustomerCommand.RefundECash("cap_1", "ref_1", Eur(1)), Noon).ThenRejected(RejectionCode.NoSuchHold);
    }

    [Fact]
    public void Money_that_is_under_way_comes_to_its_end_when_the_customer_is_forgotten()
    {
        var erased = WithCash(50_00).Do(Hold(20_00), Noon).Do(new CustomerCommand.Erase("mer_1"), Noon);

        erased.When(Spend(20_00), Noon).ThenTypes(typeof(CustomerEvent.ECashSpent));
        erased.When(new CustomerCommand.ReleaseECash("att_1"), Noon).ThenTypes(typeof(CustomerEvent.ECashReleased));
        erased.When(Hold(1, "att_2"), Noon).ThenRejected(RejectionCode.CustomerErased);
    }

    [Fact]
    [Trait("Invariant", "6")]
    [Trait("Invariant", "7")]
    [Trait("Invariant", "8")]
    public void Whatever_is_asked_the_balance_is_what_the_postings_say_and_never_below_what_is_held() => Properties.Check(runs: 1_000, length: 60, numbers =>
    {
        var luck = new Luck(numbers);
        var run = Registered();
        while (!luck.IsSpent)
        {
            var amount = Eur(luck.Below(60_00));
            string Key(string kind) => $"{kind}_{luck.Below(5)}";
            CustomerCommand command = luck.Below(6) switch
            {
                0 => new CustomerCommand.TopUpECash(Key("top"), amount, "mer_1"),
                1 or 2 => new CustomerCommand.HoldECash(Key("att"), amount),
                3 => new CustomerCommand.SpendECash(Key("att"), Key("cap"), amount, luck.OneIn(2)),
                4 => new CustomerCommand.ReleaseECash(Key("att")),
                _ => new CustomerCommand.RefundECash(Key("cap"), Key("ref"), amount),
            };
            var turn = run.When(command, Noon);
            if (turn.Decision.Rejection is null) run = turn.ThenAccepted();
            var cash = run.Customer().Cash;
            var posted = -run.History.SelectMany(CustomerDecider.Postings).SelectMany(s => s.Postings).Where(p => p.Account.Name == "customer_ecash:cus_1").Sum(p => p.Minor);
            Assert.Equal(cash.Balance(Currency.Eur), posted);
            Assert.True(cash.Available(Currency.Eur) >= 0, "6: more is held than there is");
            Assert.All(cash.Holds, h => Assert.True(h.Spent.Sum(m => m.Amount.Minor) <= h.Amount.Minor && h.Refunded.Sum(m => m.Amount.Minor) <= h.Spent.Sum(m => m.Amount.Minor), "6: spent or refunded too much"));
        }
    });
}
