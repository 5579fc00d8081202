using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;

namespace Hub.Domain.Payments;

/// <summary>Everything that can have happened to a payment. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Created), "payment.created")]
[JsonDerivedType(typeof(AmountChanged), "payment.amount_changed")]
[JsonDerivedType(typeof(Submitted), "payment.submitted")]
[JsonDerivedType(typeof(DebitRequested), "payment.debit_requested")]
[JsonDerivedType(typeof(AttemptPrepared), "payment.attempt_prepared")]
[JsonDerivedType(typeof(BankCallStarted), "payment.bank_call_started")]
[JsonDerivedType(typeof(BankCallPostponed), "payment.bank_call_postponed")]
[JsonDerivedType(typeof(BankCallDue), "payment.bank_call_due")]
[JsonDerivedType(typeof(OutcomeUnknown), "payment.outcome_unknown")]
[JsonDerivedType(typeof(QueryDue), "payment.query_due")]
[JsonDerivedType(typeof(Quarantined), "payment.quarantined")]
[JsonDerivedType(typeof(SuspenseReleased), "payment.suspense_released")]
[JsonDerivedType(typeof(ActionRequired), "payment.action_required")]
[JsonDerivedType(typeof(Authorized), "payment.authorized")]
[JsonDerivedType(typeof(Declined), "payment.declined")]
[JsonDerivedType(typeof(AttemptFailed), "payment.attempt_failed")]
[JsonDerivedType(typeof(AttemptAbandoned), "payment.attempt_abandoned")]
[JsonDerivedType(typeof(ConfirmationRequested), "payment.confirmation_requested")]
[JsonDerivedType(typeof(ConfirmationSent), "payment.confirmation_sent")]
[JsonDerivedType(typeof(ConfirmationResent), "payment.confirmation_resent")]
[JsonDerivedType(typeof(WrongAnswer), "payment.wrong_answer")]
[JsonDerivedType(typeof(AnswerIgnored), "payment.answer_ignored")]
[JsonDerivedType(typeof(ConfirmationEnded), "payment.confirmation_ended")]
[JsonDerivedType(typeof(CaptureRequested), "payment.capture_requested")]
[JsonDerivedType(typeof(CaptureSucceeded), "payment.capture_succeeded")]
[JsonDerivedType(typeof(CaptureFailed), "payment.capture_failed")]
[JsonDerivedType(typeof(Debited), "payment.debited")]
[JsonDerivedType(typeof(CaptureCleared), "payment.capture_cleared")]
[JsonDerivedType(typeof(CaptureReturned), "payment.capture_returned")]
[JsonDerivedType(typeof(ClearingQueryDue), "payment.clearing_query_due")]
[JsonDerivedType(typeof(VoidRequested), "payment.void_requested")]
[JsonDerivedType(typeof(Voided), "payment.voided")]
[JsonDerivedType(typeof(VoidFailed), "payment.void_failed")]
[JsonDerivedType(typeof(HoldLapsed), "payment.hold_lapsed")]
[JsonDerivedType(typeof(RefundRequested), "payment.refund_requested")]
[JsonDerivedType(typeof(RefundHeldForReview), "payment.refund_held_for_review")]
[JsonDerivedType(typeof(RefundApproved), "payment.refund_approved")]
[JsonDerivedType(typeof(RefundCanceled), "payment.refund_canceled")]
[JsonDerivedType(typeof(RefundSucceeded), "payment.refund_succeeded")]
[JsonDerivedType(typeof(RefundFailed), "payment.refund_failed")]
[JsonDerivedType(typeof(RefundReversed), "payment.refund_reversed")]
[JsonDerivedType(typeof(RefundCameLate), "payment.refund_came_late")]
[JsonDerivedType(typeof(DisputeOpened), "payment.dispute_opened")]
[JsonDerivedType(typeof(EvidenceSubmitted), "payment.evidence_submitted")]
[JsonDerivedType(typeof(DisputeConceded), "payment.dispute_conceded")]
[JsonDerivedType(typeof(DisputeAnswerFailed), "payment.dispute_answer_failed")]
[JsonDerivedType(typeof(DisputeUnderReview), "payment.dispute_under_review")]
[JsonDerivedType(typeof(DisputeClosed), "payment.dispute_closed")]
[JsonDerivedType(typeof(DisputeQueryDue), "payment.dispute_query_due")]
[JsonDerivedType(typeof(DisputeUnmatched), "payment.dispute_unmatched")]
[JsonDerivedType(typeof(HeldForReview), "payment.held_for_review")]
[JsonDerivedType(typeof(ReviewEnded), "payment.review_ended")]
[JsonDerivedType(typeof(ExpiryDeferred), "payment.expiry_deferred")]
[JsonDerivedType(typeof(Canceled), "payment.canceled")]
[JsonDerivedType(typeof(Expired), "payment.expired")]
[JsonDerivedType(typeof(CaseOpened), "payment.case_opened")]
[JsonDerivedType(typeof(CaseSettled), "payment.case_settled")]
public abstract record PaymentEvent : Event
{
    /// <summary>Began.</summary>
    public sealed record Created(string Id, OrderGrant Grant, CaptureMode Mode, DateTimeOffset ExpiresAt, DateTimeOffset At) : PaymentEvent;

    /// <summary>The order's total changed.</summary>
    public sealed record AmountChanged(OrderGrant Grant) : PaymentEvent;

    /// <summary>A new attempt, with the intent to authorize.</summary>
    public sealed record Submitted(
        string Attempt,
        InstrumentRef Instrument,
        string Gateway,
        Amount Amount,
        EquatableArray<Route> Routes,
        string? SecurityCode,
        string Operation,
        Channel By,
        DateTimeOffset At) : PaymentEvent
    {
        /// <summary>What its gateway can do; <c>null</c> for everything.</summary>
        public GatewayTerms? Terms { get; init; }

        /// <summary>Why this gateway.</summary>
        public string? Reason { get; init; }

        /// <summary>The gateways that come after it, best first.</summary>
        public EquatableArray<GatewayChoice> Others { get; init; } = [];

        /// <summary>Whether it follows an attempt whose gateway could not be reached.</summary>
        public bool Rerouted { get; init; }
    }

    /// <summary>The customer confirmed: the bank is to move the money at once. Only where there is no hold.</summary>
    public sealed record DebitRequested(string Attempt, string Operation) : PaymentEvent;

    /// <summary>The bank made a place for an authorization under its own id; now it is to carry it out.</summary>
    public sealed record AttemptPrepared(string Attempt, string Operation, string BankId) : PaymentEvent;

    /// <summary>A call to the bank is about to leave.</summary>
    /// <param name="Operation">The intent's key.</param>
    /// <param name="Try">Which call of it.</param>
    /// <param name="At">When; <c>null</c> in journals from before banks' keys could end.</param>
    public sealed record BankCallStarted(string Operation, int Try, DateTimeOffset? At = null) : PaymentEvent;

    /// <summary>The bank has nothing of the call; the same intent is tried again at a time.</summary>
    /// <param name="Operation">The intent's key.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Until">When it is tried again.</param>
    /// <param name="MaybeReached">Whether that is only what the bank knows now: a call left, and may still turn up there.</param>
    public sealed record BankCallPostponed(string Operation, string Reason, DateTimeOffset Until, bool MaybeReached = false) : PaymentEvent;

    /// <summary>A postponed call's time has come.</summary>
    public sealed record BankCallDue(string Operation) : PaymentEvent;

    /// <summary>Nobody knows what the bank did; it is asked at a time, or no more: then a case is open.</summary>
    public sealed record OutcomeUnknown(string Operation, string Reason, DateTimeOffset? AskAt) : PaymentEvent;

    /// <summary>The bank is to be asked what became of an operation, for the n-th time.</summary>
    public sealed record QueryDue(string Operation, int Query) : PaymentEvent;

    /// <summary>The bank's answer has another amount or currency than what was asked. It is not acted upon.</summary>
    /// <param name="Operation">The intent's key.</param>
    /// <param name="Expected">What was asked.</param>
    /// <param name="Reported">What the bank said.</param>
    /// <param name="Gateway">Which bank.</param>
    /// <param name="Moved">Whether the bank says that money moved: then it stands in suspense.</param>
    public sealed record Quarantined(string Operation, Amount Expected, Amount Reported, string Gateway, bool Moved) : PaymentEvent;

    /// <summary>What stood in suspense for an operation leaves it: the operation's end says what moved.</summary>
    public sealed record SuspenseReleased(string Operation, Amount Amount, string Gateway) : PaymentEvent;

    /// <summary>The customer has to act at the bank. The bank is asked at a time whether they did, or no more: then a case is open.</summary>
    public sealed record ActionRequired(string Attempt, string Operation, string BankId, string? Url, DateTimeOffset? AskAt) : PaymentEvent;

    /// <summary>The bank holds the money.</summary>
    public sealed record Authorized(string Attempt, string BankId, DateTimeOffset? CaptureBefore, string? CodeDigest, AnswerSource Source) : PaymentEvent;

    /// <summary>The bank said no.</summary>
    public sealed record Declined(string Attempt, string Code, AnswerSource Source) : PaymentEvent;

    /// <summary>The attempt provably never reached the bank.</summary>
    public sealed record AttemptFailed(string Attempt, string Reason) : PaymentEvent;

    /// <summary>The customer left before the bank decided.</summary>
    public sealed record AttemptAbandoned(string Attempt) : PaymentEvent;

    /// <summary>The customer is asked.</summary>
    public sealed record ConfirmationRequested(string Confirmation, string Attempt, Challenge Challenge, DateTimeOffset ExpiresAt, DateTimeOffset At) : PaymentEvent;

    /// <summary>A channel took the request.</summary>
    public sealed record ConfirmationSent(string Confirmation, Channel Channel) : PaymentEvent;

    /// <summary>The request goes out once more, for the <paramref name="Number"/>th time after the first.</summary>
    public sealed record ConfirmationResent(string Confirmation, int Number, Channel? Channel, DateTimeOffset At) : PaymentEvent;

    /// <summary>An answer did not match; they count across all channels.</summary>
    public sealed record WrongAnswer(string Confirmation, Channel Channel, int Count) : PaymentEvent;

    /// <summary>An answer came that cannot count: recorded, and moves no money (invariant 15).</summary>
    public sealed record AnswerIgnored(string Confirmation, Channel Channel, RejectionCode Reason) : PaymentEvent;

    /// <summary>The request ended: matched, rejected, exhausted, expired or superseded.</summary>
    /// <param name="Confirmation">Which.</param>
    /// <param name="Status">How.</param>
    /// <param name="Channel">By which channel; <c>null</c> when by time or change.</param>
    /// <param name="NotMe">The customer never ordered this.</param>
    public sealed record ConfirmationEnded(string Confirmation, ConfirmationStatus Status, Channel? Channel, bool NotMe = false) : PaymentEvent;

    /// <summary>Held money is to be taken.</summary>
    public sealed record CaptureRequested(string Capture, string Attempt, Amount Amount, bool Final, string Operation, string By) : PaymentEvent;

    /// <summary>The money is taken.</summary>
    public sealed record CaptureSucceeded(string Capture, Amount Amount, string BankId, string Gateway, string Merchant, AnswerSource Source, DateTimeOffset At) : PaymentEvent;

    /// <summary>The bank refused a capture.</summary>
    public sealed record CaptureFailed(string Capture, string Code, AnswerSource Source) : PaymentEvent;

    /// <summary>The bank moved the money at once, without a hold.</summary>
    /// <param name="TooLate">Whether nobody waited for it any more: it is paid back.</param>
    public sealed record Debited(
        string Attempt, string Capture, Amount Amount, string BankId, string Gateway, string Merchant, AnswerSource Source, DateTimeOffset At, bool TooLate) : PaymentEvent;

    /// <summary>Money that had moved without a hold has cleared.</summary>
    public sealed record CaptureCleared(string Capture, AnswerSource Source, DateTimeOffset At) : PaymentEvent;

    /// <summary>Money that had moved went back to the customer's bank: the merchant has it no more.</summary>
    public sealed record CaptureReturned(string Capture, Amount Amount, string Code, string Gateway, string Merchant, AnswerSource Source) : PaymentEvent;

    /// <summary>The bank is to be asked whether money that moved has cleared or went back.</summary>
    /// <param name="Capture">Which money.</param>
    /// <param name="Operation">The key of the operation that moved it.</param>
    /// <param name="Question">For the n-th time.</param>
    /// <param name="Next">When it is asked again; <c>null</c> when this was the last time.</param>
    public sealed record ClearingQueryDue(string Capture, string Operation, int Question, DateTimeOffset? Next) : PaymentEvent;

    /// <summary>A hold is to be released.</summary>
    public sealed record VoidRequested(string Attempt, string Operation, AfterVoid AfterVoid, string Reason) : PaymentEvent;

    /// <summary>A hold was released.</summary>
    public sealed record Voided(string Attempt, AnswerSource Source) : PaymentEvent;

    /// <summary>The bank refused to release a hold; a case is open until somebody settles it.</summary>
    public sealed record VoidFailed(string Attempt, string Code) : PaymentEvent;

    /// <summary>The bank's own deadline for a hold has passed.</summary>
    public sealed record HoldLapsed(string Attempt) : PaymentEvent;

    /// <summary>Captured money is to be given back; it no longer belongs to the merchant.</summary>
    public sealed record RefundRequested(string Refund, string Capture, Amount Amount, string Merchant, string Operation, string Reason, string By) : PaymentEvent;

    /// <summary>A refund after the refund window waits for a second person.</summary>
    public sealed record RefundHeldForReview(string Refund, string Capture, Amount Amount, string Operation, string Reason, string By) : PaymentEvent;

    /// <summary>A second person agreed: the money is to be given back; it no longer belongs to the merchant.</summary>
    public sealed record RefundApproved(string Refund, Amount Amount, string Merchant, string Operation, string By) : PaymentEvent;

    /// <summary>A refund that waited for a second person is not made.</summary>
    public sealed record RefundCanceled(string Refund, string Reason, string By) : PaymentEvent;

    /// <summary>The customer asked the bank for the money back; the bank took it until it has decided.</summary>
    public sealed record DisputeOpened(
        string Dispute, string Capture, string BankId, Amount Amount, string Reason, DateTimeOffset? RespondBy, string Gateway, string Merchant, DateTimeOffset At) : PaymentEvent;

    /// <summary>The merchant contests: the evidence is to go to the bank.</summary>
    public sealed record EvidenceSubmitted(string Dispute, Sealed Evidence, string Operation, string By) : PaymentEvent;

    /// <summary>The merchant gives in: the bank is to be told.</summary>
    public sealed record DisputeConceded(string Dispute, string Operation, string By) : PaymentEvent;

    /// <summary>The bank did not take the merchant's answer; it may be given again while there is time.</summary>
    public sealed record DisputeAnswerFailed(string Dispute, string Code) : PaymentEvent;

    /// <summary>The bank has the evidence and thinks about it.</summary>
    public sealed record DisputeUnderReview(string Dispute, AnswerSource Source) : PaymentEvent;

    /// <summary>The dispute ended: won, lost or accepted.</summary>
    public sealed record DisputeClosed(string Dispute, DisputeStatus Status, Amount Amount, string Gateway, string Merchant, AnswerSource Source) : PaymentEvent;

    /// <summary>The bank is to be asked how a dispute stands.</summary>
    /// <param name="Dispute">Which.</param>
    /// <param name="Question">For the n-th time.</param>
    /// <param name="Next">When it is asked again; <c>null</c> when this was the last time.</param>
    public sealed record DisputeQueryDue(string Dispute, int Question, DateTimeOffset? Next) : PaymentEvent;

    /// <summary>The bank told of a dispute that fits no money this payment knows of, yet; kept until it fits.</summary>
    public sealed record DisputeUnmatched(
        string Operation, string Gateway, string BankId, DisputeStatus Status, Amount Amount, string Reason, DateTimeOffset? RespondBy) : PaymentEvent;

    /// <summary>The money is back with the customer.</summary>
    public sealed record RefundSucceeded(string Refund, Amount Amount, string BankId, string Gateway, string Merchant, AnswerSource Source) : PaymentEvent;

    /// <summary>The bank refused; the merchant has the amount again.</summary>
    public sealed record RefundFailed(string Refund, Amount Amount, string Code, string Merchant, AnswerSource Source) : PaymentEvent;

    /// <summary>A refund that had succeeded came back; the merchant has the amount again.</summary>
    public sealed record RefundReversed(string Refund, Amount Amount, string Code, string Gateway, string Merchant, AnswerSource Source) : PaymentEvent;

    /// <summary>A refund that had failed was paid after all; the amount is the merchant's no more.</summary>
    public sealed record RefundCameLate(string Refund, Amount Amount, string BankId, string Gateway, string Merchant, AnswerSource Source) : PaymentEvent;

    /// <summary>A person has to decide.</summary>
    public sealed record HeldForReview(string By, string Reason) : PaymentEvent;

    /// <summary>A person decided.</summary>
    public sealed record ReviewEnded(bool Approved, string By) : PaymentEvent;

    /// <summary>The deadline passed while something was unknown; expiry waits for it.</summary>
    public sealed record ExpiryDeferred(DateTimeOffset At) : PaymentEvent;

    /// <summary>Ended by decision, without money moved.</summary>
    public sealed record Canceled(string Reason, string By) : PaymentEvent;

    /// <summary>Ended by time, without money moved.</summary>
    public sealed record Expired(DateTimeOffset At) : PaymentEvent;

    /// <summary>Somebody has to look at this.</summary>
    public sealed record CaseOpened(string Case, string Reason, string? Operation) : PaymentEvent;

    /// <summary>Somebody looked, and said what is to hold.</summary>
    public sealed record CaseSettled(string Case, string By, string Note) : PaymentEvent;
}
