using Hub.Actors.Audit;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using static Hub.Actors.Tests.Audit.Row;
using static Hub.Actors.Tests.Audit.Tape;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariants 6 to 9, 12, 13 and 18 of disputes, and of refunds that two persons have to agree to.</summary>
public sealed class DisputeAuditTests
{
    private const string Answer = "dsp_1/answer1";
    private static readonly DateTimeOffset RespondBy = Noon.AddDays(9);

    private static readonly Row[] Disputes =
    [
        Holds("a dispute that is won", t => Opened(t).Pay(Closed(DisputeStatus.Won))),
        Holds("a dispute that is lost", t => Opened(t).Pay(new PaymentEvent.DisputeUnderReview("dsp_1", AnswerSource.Webhook)).Pay(Closed(DisputeStatus.Lost))),
        Holds("evidence that the bank has", t => Contested(t).Pay(Call(1)).Pay(new PaymentEvent.DisputeUnderReview("dsp_1", AnswerSource.Response)).Pay(Closed(DisputeStatus.Won))),
        Holds("evidence that the bank refuses, and consent", t => Contested(t).Pay(Call(1)).Pay(Refused).Pay(new PaymentEvent.DisputeConceded("dsp_1", "dsp_1/answer2", "mer_1"))
            .Pay(new PaymentEvent.BankCallStarted("dsp_1/answer2", 1)).Pay(Closed(DisputeStatus.Accepted) with { Source = AnswerSource.Response })),
        Holds("a decision that overtakes the evidence", t => Contested(t).Pay(Closed(DisputeStatus.Lost)).Audit.AtRest(RespondBy)),
        Breaking(6, "a dispute of what took no money", t => t.Confirmed().Pay(CaptureOf(1, 50_00)).Pay(Dispute())),
        Breaking(13, "a dispute of a cent more than was taken", t => t.Captured().Pay(Dispute() with { Amount = Eur(50_01) })),
        Breaking(13, "a dispute in another currency", t => t.Captured().Pay(Dispute() with { Amount = new Amount(1, Currency.Usd) })),
        Holds("a second dispute over the rest", t => Opened(t, 20_00).Pay(Dispute(30_00) with { Dispute = "dsp_2", BankId = "case_2" })),
        Breaking(13, "a second dispute over a cent more than the rest", t => Opened(t, 20_00).Pay(Dispute(30_01) with { Dispute = "dsp_2", BankId = "case_2" })),
        Holds("a refund that comes through beside a dispute", t => t.Captured().Pay(RefundOf(1, 50_00)).Pay(new PaymentEvent.BankCallStarted(Refund, 1)).Pay(Dispute())
            .Pay(new PaymentEvent.RefundFailed("ref_1", Eur(50_00), "operator", "mer_1", AnswerSource.Operator)).Pay(new PaymentEvent.RefundCameLate("ref_1", Eur(50_00), "r", "sandbox", "mer_1", AnswerSource.Webhook))),
        Breaking(8, "a dispute booked for another merchant", t => t.Captured().Pay(Dispute() with { Merchant = "mer_2" })),
        Breaking(8, "a dispute booked at another gateway", t => t.Captured().Pay(Dispute() with { Gateway = "second" })),
        Breaking(12, "a dispute twice", t => Opened(t, 20_00).Pay(Dispute(30_00) with { Dispute = "dsp_2" })),
        Breaking(12, "closed twice", t => Opened(t).Pay(Closed(DisputeStatus.Lost)).Pay(Closed(DisputeStatus.Lost))),
        Breaking(12, "closed without an end", t => Opened(t).Pay(Closed(DisputeStatus.UnderReview))),
        Breaking(12, "under review after it was closed", t => Opened(t).Pay(Closed(DisputeStatus.Won)).Pay(new PaymentEvent.DisputeUnderReview("dsp_1", AnswerSource.Webhook))),
        Breaking(13, "closed with another amount", t => Opened(t).Pay(Closed(DisputeStatus.Won) with { Amount = Eur(1) })),
        Breaking(8, "closed for another merchant", t => Opened(t).Pay(Closed(DisputeStatus.Won) with { Merchant = "mer_2" })),
        Breaking(9, "closed and never opened", t => t.Captured().Pay(Closed(DisputeStatus.Won))),
        Breaking(9, "answered while an answer is out", t => Contested(t).Pay(new PaymentEvent.DisputeConceded("dsp_1", "dsp_1/answer2", "mer_1"))),
        Breaking(12, "answered after it was closed", t => Opened(t).Pay(Closed(DisputeStatus.Lost)).Pay(Evidence)),
        Breaking(9, "the bank has an answer that was never sent", t => Contested(t).Pay(new PaymentEvent.DisputeUnderReview("dsp_1", AnswerSource.Response))),
        Breaking(9, "an answer refused that was never given", t => Opened(t).Pay(Refused)),
        Breaking(12, "an answer refused twice", t => Contested(t).Pay(Call(1)).Pay(Refused).Pay(Refused)),
        Breaking(26, "evidence that nobody sends", t => Contested(t).Audit.AtRest(Noon)),
        Breaking(18, "a deadline that nobody was told of", t => Opened(t).Audit.AtRest(RespondBy.AddDays(-1))),
        Holds("a deadline a tick away", t => Asked(Opened(t)).Audit.AtRest(RespondBy.AddDays(-1).AddTicks(-1))),
        Breaking(18, "a dispute that nobody asks about", t => Opened(t).Audit.AtRest(Noon.AddDays(7))),
        Holds("a dispute that is to be asked about a tick later", t => Opened(t).Audit.AtRest(Noon.AddDays(7).AddTicks(-1))),
        Breaking(26, "a question out of turn", t => Opened(t).Pay(new PaymentEvent.DisputeQueryDue("dsp_1", 2, null))),
        Breaking(26, "a question after the end", t => Opened(t).Pay(Closed(DisputeStatus.Won)).Pay(new PaymentEvent.DisputeQueryDue("dsp_1", 1, null))),
        Breaking(9, "a question about a dispute that was never opened", t => t.Captured().Pay(new PaymentEvent.DisputeQueryDue("dsp_1", 1, null))),
        Holds("a dispute that overtook its capture", t => t.Confirmed().Pay(CaptureOf(1, 50_00)).Pay(new PaymentEvent.BankCallStarted(Capture, 1)).Pay(Unmatched).Pay(Taken(1, 50_00), Dispute())),
        Breaking(12, "a dispute that fits nothing after it was opened", t => Opened(t).Pay(Unmatched)),
        Breaking(9, "a dispute over what was never asked", t => t.Confirmed().Pay(Unmatched)),
        Breaking(8, "a dispute that is not posted", t => t.Captured().Write(t.Next("payment/pay_1", Dispute(), "posted") with { Postings = [] })),
        Breaking(8, "a dispute that is won and posted as lost", t => Opened(t).Write(t.Next("payment/pay_1", Closed(DisputeStatus.Won), "posted") with
        {
            Postings = [new BookLine(new Account("merchant_payable:mer_1"), Eur(50_00)), new BookLine(new Account("disputes:mer_1"), Eur(-50_00))],
        })),
    ];

    private static readonly Row[] Refunds =
    [
        Holds("a late refund that another person agrees to", t => Waiting(t).Pay(Agreed()).Pay(new PaymentEvent.BankCallStarted(Refund, 1)).Pay(Refunded(1, 30_00))),
        Holds("a late refund that waits", t => Waiting(t).Audit.AtRest(Noon)),
        Holds("a late refund that is withdrawn, and another", t => Waiting(t).Pay(Withdrawn).Pay(Held(2, 50_00))),
        Holds("a refund in the last moment of the third month", t => t.Captured().Later(Noon.AddMonths(3) - Noon).Pay(RefundOf(1, 50_00))),
        Breaking(6, "a refund a tick after the third month", t => t.Captured().Later(Noon.AddMonths(3) - Noon + TimeSpan.FromTicks(1)).Pay(RefundOf(1, 50_00))),
        Breaking(6, "a late refund that is called before anybody agrees", t => Waiting(t).Pay(new PaymentEvent.BankCallStarted(Refund, 1))),
        Breaking(6, "a late refund that the same person agrees to", t => Waiting(t).Pay(Agreed("staff_1"))),
        Breaking(6, "a late refund that nobody agrees to", t => Waiting(t).Pay(Agreed(""))),
        Breaking(9, "a late refund that is agreed to twice", t => Waiting(t).Pay(Agreed()).Pay(Agreed())),
        Breaking(13, "a late refund that is agreed to with another amount", t => Waiting(t).Pay(Agreed() with { Amount = Eur(30_01) })),
        Breaking(9, "a late refund that is agreed to under another key", t => Waiting(t).Pay(Agreed() with { Operation = "ref_1/again" })),
        Breaking(10, "a late refund that is called after it was withdrawn", t => Waiting(t).Pay(Withdrawn).Pay(new PaymentEvent.BankCallStarted(Refund, 1))),
        Breaking(12, "a late refund that is withdrawn after it was agreed to", t => Waiting(t).Pay(Agreed()).Pay(Withdrawn)),
        Breaking(6, "more than what waits leaves", t => Waiting(t).Pay(Held(2, 20_01))),
        Breaking(6, "a refund while a dispute is open", t => Opened(t, 1).Pay(RefundOf(1, 1))),
        Breaking(6, "a refund that leaves while a dispute is open", t => t.Captured().Pay(RefundOf(1, 1)).Pay(Dispute(1)).Pay(new PaymentEvent.BankCallStarted(Refund, 1))),
        Holds("a refund that has not left and is disputed", t => t.Captured().Pay(RefundOf(1, 1)).Pay(Dispute(1), new PaymentEvent.RefundFailed("ref_1", Eur(1), "disputed", "mer_1", AnswerSource.Webhook))),
        Breaking(6, "a late refund that is agreed to while a dispute is open", t => Waiting(t).Pay(Dispute(1)).Pay(Agreed())),
        Breaking(6, "a late refund that is agreed to after a dispute took the money", t => Waiting(t).Pay(Dispute(20_01)).Pay(Closed(DisputeStatus.Lost, 20_01)).Pay(Agreed())),
        Holds("a late refund that is agreed to after a dispute took the rest", t => Waiting(t).Pay(Dispute(20_00)).Pay(Closed(DisputeStatus.Lost, 20_00)).Pay(Agreed())),
        Breaking(6, "a refund of a cent that a dispute took", t => Opened(t, 20_00).Pay(Closed(DisputeStatus.Lost, 20_00)).Pay(RefundOf(1, 30_01))),
        Holds("a whole refund after a dispute was won", t => Opened(t).Pay(Closed(DisputeStatus.Won)).Pay(RefundOf(1, 50_00))),
    ];

    public static TheoryData<string> AllDisputes => Names(Disputes);

    public static TheoryData<string> AllRefunds => Names(Refunds);

    private static PaymentEvent.EvidenceSubmitted Evidence => new("dsp_1", new Sealed("evidence"), Answer, "mer_1");

    private static PaymentEvent.DisputeAnswerFailed Refused => new("dsp_1", "no");

    private static PaymentEvent.RefundCanceled Withdrawn => new("ref_1", "x", "staff_1");

    [Theory]
    [MemberData(nameof(AllDisputes))]
    public void A_dispute_breaks_exactly_what_it_breaks(string row) => Check(Disputes, row);

    [Theory]
    [MemberData(nameof(AllRefunds))]
    public void A_refund_breaks_exactly_what_it_breaks(string row) => Check(Refunds, row);

    /// <summary>Invariant 7: nothing stays aside once a dispute is decided, and only a lost one costs the merchant.</summary>
    [Theory]
    [InlineData(DisputeStatus.Won, -50_00)]
    [InlineData(DisputeStatus.Lost, 0)]
    [InlineData(DisputeStatus.Accepted, 0)]
    public void A_dispute_leaves_nothing_aside(DisputeStatus end, long owed)
    {
        var balances = Opened(new Tape()).Pay(Closed(end)).Audit.Balances.ToDictionary(b => b.Account.Name, b => b.Amount.Minor);

        Assert.Equal((0, owed), (balances["disputes:mer_1"], balances["merchant_payable:mer_1"]));
    }

    private static PaymentEvent.BankCallStarted Call(int number) => new(Answer, number);

    private static PaymentEvent.DisputeUnmatched Unmatched => new(Capture, "sandbox", "case_1", DisputeStatus.NeedsResponse, Eur(50_00), "not_received", RespondBy);

    private static Tape Asked(Tape t) => t.Pay(new PaymentEvent.DisputeQueryDue("dsp_1", 1, Noon.AddDays(14)));

    private static PaymentEvent.DisputeOpened Dispute(long cents = 50_00) => new("dsp_1", "cap_1", "case_1", Eur(cents), "not_received", RespondBy, "sandbox", "mer_1", Noon);

    private static PaymentEvent.DisputeClosed Closed(DisputeStatus status, long cents = 50_00) => new("dsp_1", status, Eur(cents), "sandbox", "mer_1", AnswerSource.Webhook);

    private static PaymentEvent.RefundHeldForReview Held(int number, long cents) => new($"ref_{number}", "cap_1", Eur(cents), $"ref_{number}/refund", "broken", "staff_1");

    private static PaymentEvent.RefundApproved Agreed(string by = "staff_2") => new("ref_1", Eur(30_00), "mer_1", Refund, by);

    private static Tape Opened(Tape t, long cents = 50_00) => t.Captured().Pay(Dispute(cents));

    private static Tape Contested(Tape t) => Opened(t).Pay(Evidence);

    private static Tape Waiting(Tape t) => t.Captured().Pay(Held(1, 30_00));
}
