using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;

namespace Hub.Domain.Payments;

/// <summary>Everything a payment can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(Submit), "submit")]
[JsonDerivedType(typeof(StartBankCall), "start_bank_call")]
[JsonDerivedType(typeof(ReportBankAnswer), "report_bank_answer")]
[JsonDerivedType(typeof(RequestConfirmation), "request_confirmation")]
[JsonDerivedType(typeof(ReportConfirmationSent), "report_confirmation_sent")]
[JsonDerivedType(typeof(ReportConfirmationUndeliverable), "report_confirmation_undeliverable")]
[JsonDerivedType(typeof(ResendConfirmation), "resend_confirmation")]
[JsonDerivedType(typeof(AnswerConfirmation), "answer_confirmation")]
[JsonDerivedType(typeof(ChangeAmount), "change_amount")]
[JsonDerivedType(typeof(Capture), "capture")]
[JsonDerivedType(typeof(VoidRemainder), "void_remainder")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Hold), "hold")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Reject), "reject")]
[JsonDerivedType(typeof(Refund), "refund")]
[JsonDerivedType(typeof(ApproveRefund), "approve_refund")]
[JsonDerivedType(typeof(DeclineRefund), "decline_refund")]
[JsonDerivedType(typeof(ReportDispute), "report_dispute")]
[JsonDerivedType(typeof(SubmitEvidence), "submit_evidence")]
[JsonDerivedType(typeof(AcceptDispute), "accept_dispute")]
[JsonDerivedType(typeof(SettleCase), "settle_case")]
[JsonDerivedType(typeof(TimerDue), "timer_due")]
public abstract record PaymentCommand : Command
{
    /// <summary>Begins a payment for an order that granted it.</summary>
    /// <param name="Id">The payment's own id, <c>pay_…</c>.</param>
    /// <param name="Grant">What the order lets it move.</param>
    /// <param name="Mode">Who captures.</param>
    /// <param name="ExpiresAt">From this moment on nothing new begins.</param>
    public sealed record Create(string Id, OrderGrant Grant, CaptureMode Mode, DateTimeOffset ExpiresAt) : PaymentCommand;

    /// <summary>The customer pays with an instrument.</summary>
    /// <param name="Instrument">Which.</param>
    /// <param name="Gateways">The gateways that take it, best first; the next one serves where one provably cannot be reached.</param>
    /// <param name="Accepted">The customer's acceptance of the invoice; <c>null</c> when there is none.</param>
    /// <param name="Routes">The customer's verified addresses, the chosen method first.</param>
    /// <param name="SecurityCode">The vault's name for the sealed security code; <c>null</c> when none was typed.</param>
    /// <param name="By">The channel it was submitted on.</param>
    public sealed record Submit(
        InstrumentRef Instrument,
        EquatableArray<GatewayChoice> Gateways,
        Acceptance? Accepted,
        EquatableArray<Route> Routes,
        string? SecurityCode,
        Channel By) : PaymentCommand;

    /// <summary>A reaction is about to call the bank. Appended before the first byte leaves, it is also the fence.</summary>
    /// <param name="Operation">The intent's key.</param>
    /// <param name="Try">Must be the next: one more than were started.</param>
    public sealed record StartBankCall(string Operation, int Try) : PaymentCommand;

    /// <summary>What the bank said of an operation.</summary>
    /// <param name="Operation">The intent's key.</param>
    /// <param name="Answer">What it said.</param>
    /// <param name="Source">By which way.</param>
    /// <param name="By">The member of staff, when an operator settles it.</param>
    /// <param name="Note">Why, when an operator settles it.</param>
    /// <param name="Try">Which call it answers; <c>null</c> where that cannot be told. A call that never left says nothing of the one after it.</param>
    /// <param name="Gateway">Whose bank says so of its own accord; it counts only for what that gateway was asked. <c>null</c> where the hub asked.</param>
    public sealed record ReportBankAnswer(
        string Operation,
        BankAnswer Answer,
        AnswerSource Source,
        string? By = null,
        string? Note = null,
        int? Try = null,
        string? Gateway = null) : PaymentCommand;

    /// <summary>The challenge was prepared: ask the customer.</summary>
    /// <param name="Attempt">The authorized attempt.</param>
    /// <param name="Challenge">What is expected as the answer.</param>
    public sealed record RequestConfirmation(string Attempt, Challenge Challenge) : PaymentCommand;

    /// <summary>A channel took the request.</summary>
    public sealed record ReportConfirmationSent(string Confirmation, Channel Channel) : PaymentCommand;

    /// <summary>No channel could reach the customer.</summary>
    public sealed record ReportConfirmationUndeliverable(string Confirmation) : PaymentCommand;

    /// <summary>Send the same request again. Wrong answers keep counting.</summary>
    /// <param name="Channel">The channel wished for; <c>null</c> for the customer's order.</param>
    public sealed record ResendConfirmation(Channel? Channel) : PaymentCommand;

    /// <summary>The customer's yes or no, by whatever channel.</summary>
    /// <param name="Channel">Where it was given.</param>
    /// <param name="Approves">Yes or no.</param>
    /// <param name="Digest">The keyed digest of the code that was given; <c>null</c> for a no on the customer's own page.</param>
    /// <param name="AddressId">The address it came from; <c>null</c> for the customer's own page.</param>
    /// <param name="Confirmation">The request it answers, where the channel tells; <c>null</c> for the open one.</param>
    /// <param name="NotMe">The customer never ordered this.</param>
    public sealed record AnswerConfirmation(
        Channel Channel,
        bool Approves,
        string? Digest,
        string? AddressId = null,
        string? Confirmation = null,
        bool NotMe = false) : PaymentCommand;

    /// <summary>The order's total changed before anything was authorized.</summary>
    /// <param name="Grant">The new grant, with its own signature.</param>
    public sealed record ChangeAmount(OrderGrant Grant) : PaymentCommand;

    /// <summary>Takes held money.</summary>
    /// <param name="Amount">How much; <c>null</c> for all that is left.</param>
    /// <param name="Final">Whether the rest is released.</param>
    /// <param name="By">Who asked.</param>
    public sealed record Capture(Amount? Amount, bool Final, string By) : PaymentCommand;

    /// <summary>Releases what is left of the hold.</summary>
    public sealed record VoidRemainder(string By) : PaymentCommand;

    /// <summary>Ends the payment before any capture.</summary>
    public sealed record Cancel(string By, string Reason) : PaymentCommand;

    /// <summary>Holds the payment until a person decides.</summary>
    public sealed record Hold(string By, string Reason) : PaymentCommand;

    /// <summary>A person lets a held payment go on.</summary>
    public sealed record Approve(string By) : PaymentCommand;

    /// <summary>A person ends a held payment.</summary>
    public sealed record Reject(string By, string Reason) : PaymentCommand;

    /// <summary>Gives captured money back.</summary>
    /// <param name="Amount">How much; <c>null</c> for all that is left.</param>
    /// <param name="Reason">Why, in the merchant's or staff's words; no personal data.</param>
    /// <param name="By">Who asked.</param>
    public sealed record Refund(Amount? Amount, string Reason, string By) : PaymentCommand;

    /// <summary>A second person agrees to a refund after the refund window.</summary>
    /// <param name="Id">Which, <c>ref_…</c>.</param>
    /// <param name="By">Who; another than the one who asked for it.</param>
    public sealed record ApproveRefund(string Id, string By) : PaymentCommand;

    /// <summary>A refund that waits for a second person is not made.</summary>
    public sealed record DeclineRefund(string Id, string By, string Reason) : PaymentCommand;

    /// <summary>What a bank says of a dispute, of its own accord.</summary>
    /// <param name="Operation">The hub's key of the operation that took the money.</param>
    /// <param name="Gateway">Whose bank says so.</param>
    /// <param name="BankId">The bank's id of the dispute.</param>
    /// <param name="Status">Where it stands there.</param>
    /// <param name="Amount">What is disputed.</param>
    /// <param name="Reason">The bank's word for why, in snake case.</param>
    /// <param name="RespondBy">Until when evidence counts.</param>
    public sealed record ReportDispute(
        string Operation, string Gateway, string BankId, DisputeStatus Status, Amount Amount, string Reason, DateTimeOffset? RespondBy) : PaymentCommand;

    /// <summary>The merchant contests a dispute.</summary>
    /// <param name="Dispute">Which, <c>dsp_…</c>.</param>
    /// <param name="Evidence">Its words for the bank; sealed, since they speak of the customer.</param>
    /// <param name="By">Who.</param>
    public sealed record SubmitEvidence(string Dispute, Sealed Evidence, string By) : PaymentCommand;

    /// <summary>The merchant gives in to a dispute.</summary>
    public sealed record AcceptDispute(string Dispute, string By) : PaymentCommand;

    /// <summary>A person has seen to a case that no bank operation hangs on. Where one does, what the bank did must be said: <see cref="ReportBankAnswer"/>.</summary>
    /// <param name="Case">Which, <c>cas_…</c>.</param>
    /// <param name="By">Who.</param>
    /// <param name="Note">Why; nothing personal.</param>
    public sealed record SettleCase(string Case, string By, string Note) : PaymentCommand;

    /// <summary>A durable timer fired.</summary>
    public sealed record TimerDue(string Name) : PaymentCommand;
}
