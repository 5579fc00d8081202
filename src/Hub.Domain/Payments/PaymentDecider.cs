using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Domain.Payments;

/// <summary>The payment machine: one amount for one order, moved at most once.</summary>
/// <remarks>Invariants 6, 9 to 15, 24 and 25. The table of commands and states is in the README beside this file.</remarks>
public sealed class PaymentDecider : IDecider<PaymentCommand, PaymentEvent, PaymentState>
{
    /// <inheritdoc/>
    public static PaymentState Initial { get; } = new NoPayment();

    /// <inheritdoc/>
    public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state) =>
        (command, state) switch
        {
            (PaymentCommand.Create c, NoPayment) => Create(c, at),
            (PaymentCommand.Create, _) => RejectionCode.AlreadyExists,
            (_, Payment payment) => Decide(command, at, payment),
            _ => RejectionCode.NotFound,
        };

    /// <inheritdoc/>
    public static PaymentState Evolve(PaymentState state, PaymentEvent happened) => PaymentFold.Evolve(state, happened);

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(PaymentEvent happened) => PaymentTimers.Of(happened);

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(PaymentEvent happened) => PaymentPostings.Of(happened);

    /// <inheritdoc/>
    public static PaymentCommand OnTimer(string name) => new PaymentCommand.TimerDue(name);

    private static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, Payment payment) => command switch
    {
        PaymentCommand.Submit c => AttemptRules.Submit(c, at, payment),
        PaymentCommand.StartBankCall c => BankRules.Start(c, at, payment),
        PaymentCommand.ReportBankAnswer c => BankRules.Report(c, at, payment),
        PaymentCommand.RequestConfirmation c => ConfirmationRules.Request(c, at, payment),
        PaymentCommand.ReportConfirmationSent c => ConfirmationRules.Sent(c, payment),
        PaymentCommand.ReportConfirmationUndeliverable c => ConfirmationRules.Undeliverable(c, at, payment),
        PaymentCommand.ResendConfirmation c => ConfirmationRules.Resend(c, at, payment),
        PaymentCommand.AnswerConfirmation c => ConfirmationRules.Answer(c, at, payment),
        PaymentCommand.ChangeAmount c => ChangeAmount(c, payment),
        PaymentCommand.Capture c => CaptureRules.Capture(c, at, payment),
        PaymentCommand.VoidRemainder => CaptureRules.VoidRemainder(payment),
        PaymentCommand.Cancel c => Endings.Cancel(c.Reason, c.By, at, payment),
        PaymentCommand.Hold c => Hold(c, payment),
        PaymentCommand.Approve c => Approve(c, at, payment),
        PaymentCommand.Reject c => Reject(c, at, payment),
        PaymentCommand.Refund c => RefundRules.Refund(c, at, payment),
        PaymentCommand.ApproveRefund c => RefundRules.Approve(c, at, payment),
        PaymentCommand.DeclineRefund c => RefundRules.Decline(c, payment),
        PaymentCommand.ReportDispute c => DisputeRules.Report(c, at, payment),
        PaymentCommand.SubmitEvidence c => DisputeRules.Evidence(c, at, payment),
        PaymentCommand.AcceptDispute c => DisputeRules.Accept(c, at, payment),
        PaymentCommand.SettleCase c => SettleCase(c, payment),
        PaymentCommand.TimerDue c => PaymentTimers.Due(c.Name, at, payment),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
    };

    private static Decision<PaymentEvent> Create(PaymentCommand.Create c, DateTimeOffset at)
    {
        if (c.Grant.Amount.Minor <= 0) return RejectionCode.AmountNotPositive;
        if (c.Grant.Amount.Minor > Amount.MaxMinor) return RejectionCode.AmountTooLarge;
        if (at >= c.ExpiresAt) return RejectionCode.PaymentExpired;
        return new PaymentEvent.Created(c.Id, c.Grant, c.Mode, c.ExpiresAt, at);
    }

    private static Decision<PaymentEvent> ChangeAmount(PaymentCommand.ChangeAmount c, Payment payment)
    {
        if (payment.Ended is not null || payment.Captures.Any(x => !x.TooLate)) return RejectionCode.IllegalState;
        if (payment.LiveAttempt is not null) return RejectionCode.AttemptInProgress;
        if (c.Grant == payment.Grant) return Decision<PaymentEvent>.Nothing;
        if (c.Grant.Order != payment.Grant.Order || c.Grant.Customer != payment.Grant.Customer || c.Grant.Merchant != payment.Grant.Merchant) return RejectionCode.IllegalState;
        if (c.Grant.Amount.Minor <= 0) return RejectionCode.AmountNotPositive;
        if (c.Grant.Amount.Minor > Amount.MaxMinor) return RejectionCode.AmountTooLarge;
        if (c.Grant.Amount.Currency != payment.Grant.Amount.Currency) return RejectionCode.CurrencyMismatch;
        return new PaymentEvent.AmountChanged(c.Grant);
    }

    private static Decision<PaymentEvent> Hold(PaymentCommand.Hold c, Payment payment)
    {
        var holdable = payment.Status is PaymentStatus.Processing or PaymentStatus.AwaitingConfirmation or PaymentStatus.RequiresCapture;
        if (!holdable || payment.CapturedOrInFlight > 0) return RejectionCode.IllegalState;

        // Money that moves at once is past holding when the bank has been asked for it.
        if (payment.LastAttempt is { AwaitsBank: true, Terms.Hold: false }) return RejectionCode.IllegalState;
        return new PaymentEvent.HeldForReview(c.By, c.Reason);
    }

    private static Decision<PaymentEvent> Approve(PaymentCommand.Approve c, DateTimeOffset at, Payment payment)
    {
        if (payment.Status is not PaymentStatus.RequiresReview) return RejectionCode.IllegalState;
        List<PaymentEvent> events = [new PaymentEvent.ReviewEnded(Approved: true, c.By)];
        var confirmed = payment.LastAttempt is { Confirmation.Status: ConfirmationStatus.Matched };
        var held = payment.LastAttempt is { Status: AttemptStatus.Authorized };
        var inTime = at < payment.ExpiresAt && !(at >= payment.LastAttempt?.CaptureBefore);
        if (confirmed && inTime && payment.LastAttempt is { IsUnasked: true } unasked)
        {
            events.Add(DebitRules.Request(unasked));
        }
        else if (confirmed && held && inTime && payment.Mode is CaptureMode.Automatic && payment.CapturedOrInFlight == 0)
        {
            events.Add(CaptureRules.Request(payment, payment.Capturable, final: true, c.By));
        }

        return events;
    }

    private static Decision<PaymentEvent> Reject(PaymentCommand.Reject c, DateTimeOffset at, Payment payment)
    {
        if (payment.Status is not PaymentStatus.RequiresReview) return RejectionCode.IllegalState;
        var ending = Endings.Cancel(c.Reason, c.By, at, payment with { InReview = false });
        if (ending.Rejection is { } code) return code;
        List<PaymentEvent> events = [new PaymentEvent.ReviewEnded(Approved: false, c.By), .. ending.Events];
        return events;
    }

    private static Decision<PaymentEvent> SettleCase(PaymentCommand.SettleCase c, Payment payment) => payment.Cases.FirstOrDefault(x => x.Id == c.Case) switch
    {
        null => RejectionCode.NotFound,
        { Open: false } => Decision<PaymentEvent>.Nothing,
        { Operation: { } key } when payment.FindOperation(key) is not null => RejectionCode.IllegalState,
        _ => new PaymentEvent.CaseSettled(c.Case, c.By, c.Note),
    };
}
