using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Actors.Tests.Audit.Row;
using static Hub.Actors.Tests.Audit.Tape;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariants 6, 8 to 13 and 25 of money that moves at once, of prepared calls, of other banks, and of keys that end.</summary>
public sealed class DebitAuditTests
{
    private const string Second = "att_2/authorize";

    private static readonly GatewayTerms AtOnce = GatewayTerms.Full with { Hold = false };

    private static readonly Row[] Debits =
    [
        Holds("a debit that clears", t => Debited(t).Pay(Cleared)),
        Holds("a debit that clears and goes back", t => Debited(t).Pay(Cleared).Pay(Back())),
        Breaking(25, "a call before the customer is asked", t => Unasked(t).Pay(Call(1))),
        Breaking(25, "a call before the customer confirms", t => AskedFirst(t).Pay(Call(1))),
        Breaking(25, "a call after a yes that nobody acted upon", t => AskedFirst(t).Pay(Match()).Pay(Call(1))),
        Breaking(25, "a debit that is asked for before the customer confirms", t => AskedFirst(t).Pay(Request)),
        Breaking(25, "a debit that is asked for after a no", t => AskedFirst(t).Pay(No, new PaymentEvent.AttemptAbandoned("att_1")).Pay(Request)),
        Breaking(25, "a debit where a hold was asked for", t => t.Calling().Pay(Taken())),
        Breaking(25, "a capture where there is no hold", t => Agreed(t).Pay(CaptureOf(1, 50_00, final: true))),
        Breaking(9, "a debit that is asked for twice", t => Agreed(t).Pay(Request)),
        Breaking(9, "a debit without a call", t => Agreed(t).Pay(Taken())),
        Breaking(6, "a debit of a payment held for review", t => AskedFirst(t).Pay(Match(), new PaymentEvent.HeldForReview("staff_1", "odd")).Pay(Request)),
        Breaking(6, "a debit that is asked for at the deadline", t => AskedFirst(t).Pay(Match()).Later(Deadline - Noon).Pay(Request)),
        Breaking(15, "a wrong answer that debits", t => AskedFirst(t).Pay(Match()).Pay(new PaymentEvent.AnswerIgnored("con_1", Channel.Sms, RejectionCode.AlreadyAnswered), Request)),
        Breaking(14, "asked after the bank was called", t => Calling(t).Pay(new PaymentEvent.ConfirmationRequested("con_2", "att_1", new Challenge(1, "a", "b"), AnswerBy, Noon))),
        new("money that moves twice", [6, 10, 24], t => Debited(t).Pay(Taken(2))),
        Breaking(10, "a call after the money moved", t => Debited(t).Pay(Call(2))),
        new("a cent more than was asked for", [6, 13, 24], t => Calling(t).Pay(Taken() with { Amount = Eur(50_01) })),
        Breaking(8, "a debit booked for another merchant", t => Calling(t).Pay(Taken() with { Merchant = "mer_2" })),
        Breaking(8, "a debit booked for another gateway", t => Calling(t).Pay(Taken() with { Gateway = "second" })),
        Breaking(11, "another attempt beside money that moved", t => Debited(t).Pay(Attempt(2))),
        Breaking(6, "canceled although the money moved", t => Debited(t).Pay(new PaymentEvent.Canceled("why", "mer_1"))),
        Breaking(6, "called late though it was waited for", t => Calling(t).Pay(Taken() with { TooLate = true })),
        Breaking(6, "called in time though nobody waited", t => Left(t).Pay(Taken())),
        Holds("another attempt after one that was never asked for", t => AskedFirst(t).Pay(No, new PaymentEvent.AttemptAbandoned("att_1")).Pay(Attempt(2))),
        Breaking(12, "cleared twice", t => Debited(t).Pay(Cleared).Pay(Cleared)),
        Breaking(12, "cleared after it went back", t => Debited(t).Pay(Back()).Pay(Cleared)),
        Breaking(12, "back twice", t => Debited(t).Pay(Back()).Pay(Back())),
        Breaking(13, "back with another amount", t => Debited(t).Pay(Back() with { Amount = Eur(49_99) })),
        Breaking(8, "back to another gateway", t => Debited(t).Pay(Back() with { Gateway = "second" })),
        Breaking(9, "back from a hold", t => t.Captured().Pay(Back())),
        Breaking(6, "a refund of what went back", t => Debited(t).Pay(Back()).Pay(RefundOf(1, 1))),
        Holds("a refund that had not left when the money went back", t => Debited(t).Pay(RefundOf(1, 50_00)).Pay(Back(), NotMade)),
        Breaking(9, "a refund that failed without a call", t => Debited(t).Pay(RefundOf(1, 50_00)).Pay(NotMade)),
    ];

    private static readonly Row[] Late =
    [
        Holds("late money that is given back", t => Left(t).Pay(Taken() with { TooLate = true }, GivenBack).Pay(new PaymentEvent.BankCallStarted(Refund, 1)).Pay(Refunded(1, 50_00) with { Gateway = "sandbox" }).Audit.AtRest(Noon)),
        Breaking(10, "late money that nobody gives back", t => Left(t).Pay(Taken() with { TooLate = true }).Audit.AtRest(Noon)),
        Holds("late money with a case", t => Left(t).Pay(Taken() with { TooLate = true }, new PaymentEvent.CaseOpened("cas_1", "debited_too_late", null)).Audit.AtRest(Noon)),
        Holds("late money that went back by itself", t => Left(t).Pay(Taken() with { TooLate = true }, Back()).Audit.AtRest(Noon)),
        Holds("late money beside the attempt that pays", t => Paid(Calling(t).Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Response)).Pay(Taken() with { TooLate = true }, GivenBack))),
        Holds("a payment that waits for its customer", t => AskedFirst(t).Audit.AtRest(Noon)),
        Breaking(18, "a payment that nobody confirmed and that was to expire by now", t => Unasked(t).Audit.AtRest(Deadline)),
        Holds("a debited payment at its deadline", t => Asked(Debited(t)).Audit.AtRest(Deadline)),
        Breaking(18, "money that nobody asks about", t => Debited(t).Audit.AtRest(Noon.AddDays(1))),
        Holds("money that is to be asked about a tick later", t => Debited(t).Audit.AtRest(Noon.AddDays(1).AddTicks(-1))),
        Breaking(26, "a question out of turn", t => Debited(t).Pay(new PaymentEvent.ClearingQueryDue("cap_1", Authorize, 2, null))),
        Breaking(26, "a question about another operation", t => Debited(t).Pay(new PaymentEvent.ClearingQueryDue("cap_1", "att_2/authorize", 1, null))),
        Breaking(26, "a question about money that went back", t => Debited(t).Pay(Back()).Pay(new PaymentEvent.ClearingQueryDue("cap_1", Authorize, 1, null))),
        Breaking(6, "a refund that leaves after the money went back", t => Debited(t).Pay(GivenBack).Pay(Back()).Pay(new PaymentEvent.BankCallStarted(Refund, 1))),
        Holds("another amount that leaves suspense with the end", t => Calling(t).Pay(Aside()).Pay(Taken(), Released())),
        Breaking(8, "another amount that stays in suspense", t => Calling(t).Pay(Aside()).Pay(Taken()).Audit.AtRest(Noon)),
        Breaking(13, "another amount that nobody is told of", t => Calling(t).Pay(Aside()).Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Operator)).Audit.AtRest(Noon)),
        Holds("another amount that somebody was told of", t => Calling(t).Pay(Aside()).Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Operator), new PaymentEvent.CaseOpened("cas_1", "money_in_suspense", null)).Audit.AtRest(Noon)),
        Breaking(8, "another amount that leaves suspense and was not booked", t => Calling(t).Pay(Aside()).Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Operator), Released())),
        Breaking(6, "a call after the deadline of one that may have left", t => Calling(t).Pay(new PaymentEvent.BankCallPostponed(Authorize, "not_found", Noon, MaybeReached: true)).Pay(Due).Later(Deadline - Noon).Pay(Call(2))),
        Breaking(8, "suspense that is left before the end", t => Calling(t).Pay(Aside()).Pay(Released())),
        Breaking(8, "suspense that is left with another amount", t => Calling(t).Pay(Aside()).Pay(Taken(), Released(1))),
        Breaking(6, "a first call after the deadline", t => Agreed(t).Later(Deadline - Noon).Pay(Call(1))),
        Holds("a returned payment at its deadline", t => Debited(t).Pay(Back()).Audit.AtRest(Deadline)),
    ];

    private static readonly Row[] Routes =
    [
        Holds("another bank after a call that never arrived", t => t.Calling().Pay(Failed, Other)),
        Breaking(11, "another bank after a timeout", t => t.Calling().Pay(Unknown).Pay(Failed, Other)),
        Breaking(11, "another bank after a call that the first may show later", t => t.Calling().Pay(new PaymentEvent.BankCallPostponed(Authorize, "not_found", Noon, MaybeReached: true)).Pay(Failed, Other)),
        Breaking(11, "another bank beside the first", t => t.Calling().Pay(Other)),
        Breaking(11, "another bank before the first was called", t => t.Submitted().Pay(Failed, Other)),
        Breaking(11, "another bank after a decline", t => t.Calling().Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Response)).Pay(Other)),
        Breaking(11, "an attempt that is given up after a timeout", t => t.Calling().Pay(Unknown).Pay(Failed)),
        Breaking(24, "another bank when the payment has ended", t => t.Calling().Pay(Failed, new PaymentEvent.Canceled("why", "mer_1")).Pay(Other)),

        Holds("a prepared call and the one that carries it out", t => Prepared(t).Pay(Call(2)).Pay(new PaymentEvent.Authorized("att_1", "place", HoldEnds, null, AnswerSource.Response))),
        Breaking(9, "prepared without a call", t => t.Submitted().Pay(Place)),
        Breaking(12, "prepared twice", t => Prepared(t).Pay(Place)),
        Breaking(12, "prepared after the bank's yes", t => t.Held().Pay(Place)),
        Breaking(26, "prepared, and nobody called again", t => Prepared(t).Audit.AtRest(Noon)),

        Holds("a call again a tick before the key ends", t => NotThere(t).Later(TimeSpan.FromSeconds(60L) - TimeSpan.FromTicks(1)).Pay(Call(2))),
        Breaking(10, "a call again when the key has just ended", t => NotThere(t).Later(TimeSpan.FromSeconds(60L)).Pay(Call(2))),
        Breaking(10, "a call again after the key ended", t => NotThere(t).Later(TimeSpan.FromSeconds(61L)).Pay(Call(2))),
        Holds("a call again that never arrived before", t => Keyed(t).Pay(Call(1) with { At = Noon }).Pay(new PaymentEvent.BankCallPostponed(Authorize, "refused", Noon)).Pay(Due).Later(TimeSpan.FromSeconds(61L)).Pay(Call(2))),

        Breaking(6, "part of a hold that is taken wholly or not at all", t => Taking(t, GatewayTerms.Full with { PartialCapture = false }, CaptureOf(1, 49_99, final: true))),
        Breaking(6, "a part that leaves a rest of a hold that is taken once", t => Taking(t, GatewayTerms.Full with { MultiCapture = false }, CaptureOf(1, 49_99))),
        Holds("a part that is all of a hold that is taken once", t => Taking(t, GatewayTerms.Full with { MultiCapture = false }, CaptureOf(1, 49_99, final: true))),
        Breaking(6, "a refund of a bank that pays nothing back", t => Taking(t, GatewayTerms.Full with { Refund = false }, CaptureOf(1, 50_00)).Pay(new PaymentEvent.BankCallStarted(Capture, 1)).Pay(Tape.Taken(1, 50_00)).Pay(RefundOf(1, 1))),
    ];

    public static TheoryData<string> AllDebits => Names(Debits);

    public static TheoryData<string> AllLate => Names(Late);

    public static TheoryData<string> AllRoutes => Names(Routes);

    private static PaymentEvent.DebitRequested Request => new("att_1", Authorize);

    private static PaymentEvent.CaptureCleared Cleared => new("cap_1", AnswerSource.Webhook, Noon);

    private static PaymentEvent.ConfirmationEnded No => new("con_1", ConfirmationStatus.Rejected, Channel.Sms);

    private static PaymentEvent.RefundFailed NotMade => new("ref_1", Eur(50_00), "returned", "mer_1", AnswerSource.Webhook);

    private static PaymentEvent.RefundRequested GivenBack => RefundOf(1, 50_00) with { By = "hub" };

    private static PaymentEvent.OutcomeUnknown Unknown => new(Authorize, "timeout", Noon.AddSeconds(2));

    private static PaymentEvent.AttemptFailed Failed => new("att_1", "refused");

    private static PaymentEvent.AttemptPrepared Place => new("att_1", Authorize, "place");

    private static PaymentEvent.Submitted Other => Attempt(2) with { Gateway = "second", Rerouted = true };

    [Theory]
    [MemberData(nameof(AllDebits))]
    public void A_debit_breaks_exactly_what_it_breaks(string row) => Check(Debits, row);

    [Theory]
    [MemberData(nameof(AllLate))]
    public void At_rest_exactly_what_a_debit_left_over_is_found(string row) => Check(Late, row);

    [Theory]
    [MemberData(nameof(AllRoutes))]
    public void A_gateway_that_cannot_do_everything_is_held_to_what_it_can(string row) => Check(Routes, row);

    /// <summary>Invariant 24: what went back no longer pays, so another payment of the order may.</summary>
    [Fact]
    public void What_was_returned_counts_no_more_against_the_invoice()
    {
        var tape = Debited(new Tape()).Pay(Back());
        tape.Order(new OrderEvent.PaymentReleased("pay_1")).Order(Granted("pay_2"));
        tape.Turn("payment/pay_2", new PaymentEvent.Created("pay_2", Grant(), CaptureMode.Automatic, Deadline, Noon));
        tape.Turn("payment/pay_2", Attempt(1) with { Terms = AtOnce });
        tape.Turn("payment/pay_2", new PaymentEvent.ConfirmationRequested("con_1", "att_1", new Challenge(1, "a", "b"), AnswerBy, Noon));
        tape.Turn("payment/pay_2", Match(), Request).Turn("payment/pay_2", Call(1)).Turn("payment/pay_2", Taken());

        Assert.Empty(tape.Broken);
    }

    private static PaymentEvent.BankCallDue Due => new(Authorize);

    private static PaymentEvent.BankCallStarted Call(int number) => new(Authorize, number);

    private static PaymentEvent.Debited Taken(int number = 1) =>
        new("att_1", $"cap_{number}", Eur(50_00), $"move_{number}", "sandbox", "mer_1", AnswerSource.Response, Noon, TooLate: false);

    private static Tape Asked(Tape t) => t.Pay(new PaymentEvent.ClearingQueryDue("cap_1", Authorize, 1, Deadline.AddTicks(1)));

    private static PaymentEvent.Quarantined Aside() => new(Authorize, Eur(50_00), Eur(49_00), "sandbox", Moved: true);

    private static PaymentEvent.SuspenseReleased Released(long cents = 49_00) => new(Authorize, Eur(cents), "sandbox");

    private static PaymentEvent.CaptureReturned Back() => new("cap_1", Eur(50_00), "account_closed", "sandbox", "mer_1", AnswerSource.Webhook);

    private static Tape Unasked(Tape t) => t.Created(CaptureMode.Automatic).Pay(Attempt(1) with { Terms = AtOnce });

    private static Tape AskedFirst(Tape t) => Unasked(t).Pay(new PaymentEvent.ConfirmationRequested("con_1", "att_1", new Challenge(1, "a", "b"), AnswerBy, Noon));

    private static Tape Agreed(Tape t) => AskedFirst(t).Pay(Match(), Request);

    private static Tape Calling(Tape t) => Agreed(t).Pay(Call(1));

    private static Tape Debited(Tape t) => Calling(t).Pay(Taken());

    private static Tape Left(Tape t) => Calling(t).Pay(new PaymentEvent.ActionRequired("att_1", Authorize, "page", null, Noon.AddSeconds(2)))
        .Pay(new PaymentEvent.AttemptAbandoned("att_1"), new PaymentEvent.Canceled("left", "mer_1"));

    private static Tape Paid(Tape t) => t.Pay(Attempt(2)).Pay(new PaymentEvent.BankCallStarted(Second, 1))
        .Pay(new PaymentEvent.Authorized("att_2", "bank_2", HoldEnds, null, AnswerSource.Response))
        .Pay(new PaymentEvent.ConfirmationRequested("con_2", "att_2", new Challenge(1, "a", "b"), AnswerBy, Noon))
        .Pay(new PaymentEvent.ConfirmationEnded("con_2", ConfirmationStatus.Matched, Channel.Sms))
        .Take(2, 50_00, attempt: "att_2");

    private static Tape Prepared(Tape t) => t.Calling().Pay(Place);

    private static Tape Keyed(Tape t) => t.Created().Pay(Attempt(1) with { Terms = GatewayTerms.Full with { KeySeconds = 60 } });

    private static Tape NotThere(Tape t) => Keyed(t).Pay(Call(1) with { At = Noon }).Pay(new PaymentEvent.BankCallPostponed(Authorize, "not_found", Noon, MaybeReached: true)).Pay(Due);

    private static Tape Taking(Tape t, GatewayTerms terms, PaymentEvent.CaptureRequested capture) => t.Created().Pay(Attempt(1) with { Terms = terms })
        .Pay(Call(1)).Pay(new PaymentEvent.Authorized("att_1", "bank_1", HoldEnds, null, AnswerSource.Response))
        .Pay(new PaymentEvent.ConfirmationRequested("con_1", "att_1", new Challenge(1, "a", "b"), AnswerBy, Noon)).Pay(Match()).Pay(capture);
}
