using Hub.Actors.Journal;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Simulation.Checks;
using Hub.Simulation.Core;
using Hub.Simulation.Outside;

namespace Hub.Simulation.Tests;

/// <summary>The checks see what they are for: value moved twice, unasked or beyond what there is, and refunds out of their time.</summary>
public sealed class BooksTests
{
    private const string Customer = "cus_01";
    private const string Hold = "att_01_1/authorize";

    private static readonly Currency Euro = Currency.Parse("EUR");

    private readonly World _world = new(Choices.Replay([[], [], [], []]), tells: false);
    private readonly ECashBooks _purses;
    private readonly RefundWindows _windows;
    private readonly SimBanks _banks;
    private long _position;

    public BooksTests()
    {
        _banks = new SimBanks(_world, new Mix());
        _purses = new ECashBooks(_world, _banks);
        _windows = new RefundWindows(_world);
    }

    [Theory]
    [InlineData(999, null)]
    [InlineData(1_000, null)]
    [InlineData(1_001, 10)]
    [Trait("Invariant", "10")]
    public void No_more_value_is_held_than_there_is(long held, int? broken)
    {
        Happens(ToppedUp(1_000));
        Begins(Hold);
        Happens(new CustomerEvent.ECashHeld(Hold, Eur(held)));

        Assert.Equal(broken, _world.Broken?.Invariant);
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void The_same_operation_moves_value_once()
    {
        Happens(ToppedUp(1_000));
        Begins(Hold);
        Happens(new CustomerEvent.ECashHeld(Hold, Eur(100)));
        Assert.Null(_world.Broken);

        Happens(new CustomerEvent.ECashHeld(Hold, Eur(100)));

        Assert.Equal(10, _world.Broken?.Invariant);
    }

    [Fact]
    [Trait("Invariant", "9")]
    public void Value_moves_only_for_what_a_payment_has_begun()
    {
        Happens(ToppedUp(1_000));
        Happens(new CustomerEvent.ECashHeld(Hold, Eur(100)));

        Assert.Equal(9, _world.Broken?.Invariant);
    }

    [Fact]
    public void What_is_held_spent_released_and_given_back_stands_in_the_banks_books()
    {
        Happens(ToppedUp(1_000));
        Begins(Hold, "cap_01_1/capture", "ref_01_1/refund");
        Happens(new CustomerEvent.ECashHeld(Hold, Eur(500)));
        Happens(new CustomerEvent.ECashSpent(Hold, "cap_01_1/capture", Eur(300), Final: true, Customer));
        Happens(new CustomerEvent.ECashRefunded(Hold, "ref_01_1/refund", Eur(100), Customer));

        Assert.Null(_world.Broken);
        Assert.Equal(["authorization 500", "capture 300", "refund 100"], _banks.Entries.Select(entry => $"{entry.Kind} {entry.Amount}"));
        Assert.True(_banks.Entries[0].Closed);
    }

    [Theory]
    [InlineData(new long[] { 700 }, new long[] { 700 }, null)]
    [InlineData(new long[] { 700 }, new long[] { }, null)]
    [InlineData(new long[] { 700, 700 }, new long[] { 700 }, 10)]
    [InlineData(new long[] { }, new long[] { 700 }, 10)]
    [Trait("Invariant", "10")]
    public void What_the_hub_said_it_had_added_it_added_once(long[] added, long[] acknowledged, int? broken)
    {
        foreach (var amount in added)
        {
            Happens(ToppedUp(amount));
        }

        _purses.CompareTopUps(Customer, 1, acknowledged);

        Assert.Equal(broken, _world.Broken?.Invariant);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, 6)]
    [Trait("Invariant", "6")]
    public void One_person_refunds_within_three_months_and_not_after(int seconds, int? broken)
    {
        Captured();
        Refunds(new PaymentEvent.RefundRequested("ref_01_1", "cap_01_1", Eur(1), "mer_01", "ref_01_1/refund", "", "one"), World.Beginning.AddMonths(3).AddSeconds(seconds));

        Assert.Equal(broken, _world.Broken?.Invariant);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, 6)]
    [Trait("Invariant", "6")]
    public void Two_persons_refund_within_thirteen_months_and_not_after(int seconds, int? broken)
    {
        Captured();
        Refunds(new PaymentEvent.RefundHeldForReview("ref_01_1", "cap_01_1", Eur(1), "ref_01_1/refund", "", "one"), World.Beginning.AddMonths(4));
        Refunds(new PaymentEvent.RefundApproved("ref_01_1", Eur(1), "mer_01", "ref_01_1/refund", "two"), World.Beginning.AddMonths(13).AddSeconds(seconds));

        Assert.Equal(broken, _world.Broken?.Invariant);
    }

    private void Captured() => Refunds(
        new PaymentEvent.CaptureSucceeded("cap_01_1", Eur(5), "ca_1", "sandbox", "mer_01", AnswerSource.Response, World.Beginning), World.Beginning);

    private void Begins(params string[] operations)
    {
        foreach (var operation in operations)
        {
            Happens(new PaymentEvent.BankCallStarted(operation, 1, World.Beginning));
        }
    }

    private void Happens(Event happened) =>
        _purses.Durable([Append(happened, World.Beginning)], [new WriteResult.Appended(1, ++_position)]);

    private void Refunds(PaymentEvent happened, DateTimeOffset at) => _windows.Durable([Append(happened, at)], [new WriteResult.Appended(1, ++_position)]);

    private static JournalWrite.Append Append(Event happened, DateTimeOffset at) => new(
        happened is CustomerEvent ? $"customer/{Customer}" : "payment/pay_01", 0, 0, [new EventWrite(happened, "", [], [], [])], "ecash:att_01_1/void", [], at);

    private static CustomerEvent.ECashToppedUp ToppedUp(long minor) => new("top_01", Eur(minor), Customer, "mer_01", "merchant:mer_01", World.Beginning);

    private static Amount Eur(long minor) => new(minor, Euro);
}
