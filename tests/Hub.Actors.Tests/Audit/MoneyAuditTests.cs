using Hub.Actors.Audit;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Actors.Tests.Audit.Row;
using static Hub.Actors.Tests.Audit.Tape;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariants 6, 7, 8, 13, 24, 25: money.</summary>
public sealed class MoneyAuditTests
{
    private static readonly Row[] Rows =
    [
        Holds("a whole capture", t => t.Captured()),
        Holds("two captures of all that was authorized", t => t.Confirmed().Take(1, 20_00).Take(2, 30_00)),
        new("two captures of a cent more than was authorized", [6, 24], t => t.Confirmed().Take(1, 20_00).Take(2, 30_01)),
        new("a capture beside one in flight", [6, 24], t => t.Confirmed().Pay(CaptureOf(1, 20_00)).Pay(CaptureOf(2, 30_01))),
        Holds("a capture after one that failed", t => t.Confirmed().Pay(CaptureOf(1, 50_00)).Pay(new PaymentEvent.BankCallStarted(Capture, 1))
            .Pay(new PaymentEvent.CaptureFailed("cap_1", "refused", AnswerSource.Response)).Take(2, 50_00)),
        Breaking(6, "a capture of nothing", t => t.Confirmed().Pay(CaptureOf(1, 0))),
        Breaking(6, "a capture after the final one", t => t.Confirmed().Take(1, 20_00, final: true).Pay(CaptureOf(2, 1))),
        Breaking(6, "a capture after the release was asked for", t => t.Confirmed().Pay(ReleaseOf()).Pay(CaptureOf(1, 1))),
        Breaking(6, "a capture when the hold has just ended", t => t.Confirmed().Later(HoldEnds - Noon).Pay(CaptureOf(1, 1))),
        Holds("a capture a tick before the hold ends", t => t.Confirmed().Later(HoldEnds - Noon - TimeSpan.FromTicks(1)).Pay(CaptureOf(1, 1))),
        Breaking(6, "a capture while held for review", t => t.Confirmed().Pay(new PaymentEvent.HeldForReview("staff_1", "odd")).Pay(CaptureOf(1, 1))),
        Breaking(6, "a release under a capture", t => t.Confirmed().Pay(CaptureOf(1, 1)).Pay(ReleaseOf())),
        Breaking(6, "canceled although captured", t => t.Captured().Pay(new PaymentEvent.Canceled("why", "mer_1"))),
        Holds("a whole refund", t => t.Captured().Pay(RefundOf(1, 50_00))),
        Breaking(6, "a cent more than was captured", t => t.Captured().Pay(RefundOf(1, 50_01))),
        Breaking(6, "a refund beside one in flight", t => t.Captured().Pay(RefundOf(1, 20_00)).Pay(RefundOf(2, 30_01))),
        Holds("a refund again after one that failed", t => Started(t.Captured().Pay(RefundOf(1, 50_00))).Pay(Failed(1, 50_00)).Pay(RefundOf(2, 50_00))),
        Breaking(6, "a refund of what was not captured", t => t.Confirmed().Pay(CaptureOf(1, 50_00)).Pay(RefundOf(1, 1))),
        Breaking(6, "a refund that came late and no longer fits", t => Started(t.Captured().Pay(RefundOf(1, 50_00))).Pay(Failed(1, 50_00)).Pay(RefundOf(2, 1)).Pay(Late(1, 50_00))),
        Holds("a refund that came late and fits", t => Started(t.Captured().Pay(RefundOf(1, 50_00))).Pay(Failed(1, 50_00)).Pay(Late(1, 50_00))),

        Breaking(25, "a capture without any confirmation", t => t.Held().Pay(CaptureOf(1, 1))),
        Breaking(25, "a capture before the answer", t => t.Asked().Pay(CaptureOf(1, 1))),
        Breaking(25, "a capture before the bank's yes", t => t.Calling().Pay(CaptureOf(1, 1))),
        Breaking(25, "a capture nobody asked for", t => t.Confirmed().Pay(Taken(1, 1))),

        Breaking(13, "more taken than was asked for", t => t.Confirmed().Pay(CaptureOf(1, 20_00)).Pay(new PaymentEvent.BankCallStarted(Capture, 1)).Pay(Taken(1, 20_01))),
        Holds("a quarantined hold", t => t.Calling().Pay(Quarantined(50_01))),
        Breaking(13, "quarantined for the amount that was asked", t => t.Calling().Pay(Quarantined(50_00))),
        Breaking(13, "quarantined and held by one answer", t => t.Calling().Pay(Quarantined(50_01), new PaymentEvent.Authorized("att_1", "bank_1", HoldEnds, null, AnswerSource.Response))),
        Breaking(12, "quarantined twice", t => t.Calling().Pay(Quarantined(50_01)).Pay(Quarantined(50_01))),

        Breaking(8, "a capture that is not posted", t => Posted(t)),
        Breaking(8, "a capture that is posted twice", t => Posted(t, Line("merchant_payable:mer_1", -50_00), Line("gateway_clearing:sandbox", 50_00), Line("merchant_payable:mer_1", -50_00), Line("gateway_clearing:sandbox", 50_00))),
        Holds("a capture that is posted the other way round", t => Posted(t, Line("merchant_payable:mer_1", -50_00), Line("gateway_clearing:sandbox", 50_00))),
        Breaking(8, "a capture posted with a cent more", t => Posted(t, Line("merchant_payable:mer_1", -50_01), Line("gateway_clearing:sandbox", 50_01))),
        Breaking(8, "a capture posted to another merchant", t => Posted(t, Line("merchant_payable:mer_2", -50_00), Line("gateway_clearing:sandbox", 50_00))),
        new("a capture posted out of balance", [7, 8], t => Posted(t, Line("merchant_payable:mer_1", -50_00), Line("gateway_clearing:sandbox", 49_99))),
        Breaking(8, "a capture for another merchant", t => t.Confirmed().Pay(CaptureOf(1, 1)).Pay(new PaymentEvent.BankCallStarted(Capture, 1)).Pay(Taken(1, 1, merchant: "mer_2"))),
        Breaking(8, "a posting of what moves no money", t => t.Write(t.Next("payment/pay_2", new PaymentEvent.ExpiryDeferred(Noon)) with
        {
            Actor = new ActorId("order", "ord_1"),
            Body = Placed("ord_1"),
            Timers = [],
            Postings = [Line("a", 1), Line("b", -1)],
        })),

        Breaking(24, "a second payment while one is open", t => t.Created().Order(Granted("pay_2"))),
        Holds("a second payment after the first was released", t => t.Created().Pay(new PaymentEvent.Canceled("why", "mer_1")).Order(new OrderEvent.PaymentReleased("pay_1")).Order(Granted("pay_2"))),
        Breaking(24, "a payment after one has paid", t => t.Created().Order(new OrderEvent.Paid("pay_1", Noon)).Order(new OrderEvent.PaymentReleased("pay_1")).Order(Granted("pay_2"))),
        Breaking(24, "a payment no order granted", t => t.Order(Placed("ord_1")).Pay(new PaymentEvent.Created("pay_1", Grant(), CaptureMode.Manual, Deadline, Noon))),
        Breaking(24, "a payment of another amount than the invoice", t => t.Order(Placed("ord_1"), Granted("pay_1")).Pay(new PaymentEvent.Created("pay_1", Grant(50_01), CaptureMode.Manual, Deadline, Noon))),
        Breaking(24, "a grant of another amount than the invoice", t => t.Order(Placed("ord_1")).Order(Granted("pay_1", 50_01))),
        Breaking(24, "an attempt of another amount than the grant", t => t.Created().Pay(Attempt(1, 49_99))),
        Breaking(24, "an attempt on a payment that has ended", t => t.Created().Pay(new PaymentEvent.Canceled("why", "mer_1")).Pay(Attempt(1))),
        Breaking(24, "a cent more than the invoice, over two payments", Overpaid),
    ];

    public static TheoryData<string> All => Names(Rows);

    [Theory]
    [MemberData(nameof(All))]
    public void Money_breaks_exactly_what_it_breaks(string row) => Check(Rows, row);

    /// <summary>Invariant 7.</summary>
    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void The_table_of_balances_is_the_sum_of_the_postings(long off, int violations)
    {
        var tape = new Tape().Captured();

        tape.Audit.CompareBalances([.. tape.Audit.Balances.Select((b, i) => i == 0 ? b with { Amount = Eur(b.Amount.Minor + off) } : b)]);

        Assert.Equal(violations, tape.Audit.Violations.Count(v => v.Invariant == 7));
    }

    /// <summary>Invariant 7.</summary>
    [Fact]
    public void A_balance_that_is_missing_and_one_without_postings_are_found()
    {
        var tape = new Tape().Captured();

        tape.Audit.CompareBalances([.. tape.Audit.Balances.Skip(1), new Balance(new Account("nobody"), Eur(1))]);

        Assert.Equal(2, tape.Audit.Violations.Count(v => v.Invariant == 7));
    }

    private static BookLine Line(string account, long cents) => new(new Account(account), Eur(cents));

    private static Tape Posted(Tape t, params BookLine[] lines) => t.Confirmed().Pay(CaptureOf(1, 50_00)).Pay(new PaymentEvent.BankCallStarted(Capture, 1))
        .Write(t.Next("payment/pay_1", Taken(1, 50_00), "posted") with { Postings = lines });

    private static Tape Started(Tape t) => t.Pay(new PaymentEvent.BankCallStarted(Refund, 1));

    private static PaymentEvent.RefundFailed Failed(int number, long cents) => new($"ref_{number}", Eur(cents), "refused", "mer_1", AnswerSource.Response);

    private static PaymentEvent.RefundCameLate Late(int number, long cents) => new($"ref_{number}", Eur(cents), "bank_ref", "sandbox", "mer_1", AnswerSource.Webhook);

    private static PaymentEvent.Quarantined Quarantined(long cents) => new(Authorize, Eur(50_00), Eur(cents), "sandbox", Moved: false);

    // The order was wrongly told that the first payment had ended.
    private static void Overpaid(Tape t)
    {
        t.Captured(49_99);
        t.Order(new OrderEvent.PaymentReleased("pay_1")).Order(Granted("pay_2"));
        t.Turn("payment/pay_2", new PaymentEvent.Created("pay_2", Grant(), CaptureMode.Manual, Deadline, Noon));
        t.Turn("payment/pay_2", Attempt(1)).Turn("payment/pay_2", new PaymentEvent.BankCallStarted(Authorize, 1));
        t.Turn("payment/pay_2", new PaymentEvent.Authorized("att_1", "bank_2", HoldEnds, null, AnswerSource.Response));
        t.Turn("payment/pay_2", new PaymentEvent.ConfirmationRequested("con_1", "att_1", new Domain.Confirmations.Challenge(1, "a", "b"), AnswerBy, Noon));
        t.Turn("payment/pay_2", Match()).Turn("payment/pay_2", CaptureOf(1, 1));
        Assert.Empty(t.Broken);
        t.Turn("payment/pay_2", CaptureOf(2, 1));
    }
}
