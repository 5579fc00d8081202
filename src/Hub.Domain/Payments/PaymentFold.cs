using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Domain.Payments;

/// <summary>Folds a payment's events.</summary>
internal static class PaymentFold
{
    internal static PaymentState Evolve(PaymentState state, PaymentEvent happened) => (state, happened) switch
    {
        (NoPayment, PaymentEvent.Created e) => new Payment(e.Id, e.Grant, e.Mode, e.ExpiresAt, e.At),
        (Payment payment, not PaymentEvent.Created) => Evolve(payment, happened),
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <summary>A payment that was begun, as it is after what a turn has decided so far.</summary>
    internal static Payment After(this Payment payment, params IEnumerable<PaymentEvent> happened) => happened.Aggregate(payment, Evolve);

    private static Payment Evolve(Payment p, PaymentEvent happened) => happened switch
    {
        PaymentEvent.AmountChanged e => p with { Grant = e.Grant },
        PaymentEvent.Submitted e => p with { Attempts = p.Attempts.Add(Begin(e)) },
        PaymentEvent.DebitRequested e => Operation(p, e.Operation, Ready),
        PaymentEvent.AttemptPrepared e => Attempt(p, e.Attempt, a => a with { BankId = e.BankId, Status = AttemptStatus.Created, Authorize = Ready(a.Authorize) }),
        PaymentEvent.BankCallStarted e => Operation(p, e.Operation, o => o with { Progress = BankOperationProgress.Started, Tries = e.Try, StartedAt = o.StartedAt ?? e.At }),
        PaymentEvent.BankCallPostponed e => Operation(p, e.Operation, o => o with { Progress = BankOperationProgress.Intended, Postponed = true, MaybeReached = o.MaybeReached || e.MaybeReached }),
        PaymentEvent.BankCallDue e => Operation(p, e.Operation, Ready),
        PaymentEvent.OutcomeUnknown e => Operation(p, e.Operation, NotKnown),
        PaymentEvent.QueryDue e => Operation(p, e.Operation, o => o with { Queries = e.Query }),
        PaymentEvent.Quarantined e => Aside(Operation(p, e.Operation, NotKnown), e),
        PaymentEvent.SuspenseReleased e => p with { Suspended = p.Suspended.Where(s => s.Operation != e.Operation).ToEquatableArray() },
        PaymentEvent.ActionRequired e => Attempt(p, e.Attempt, a => a with { Status = AttemptStatus.Authenticating, BankId = e.BankId, ActionUrl = e.Url, Authorize = NotKnown(a.Authorize) }),
        PaymentEvent.Authorized e => Attempt(p, e.Attempt, a => Authorized(a, e)),
        PaymentEvent.Declined e => Attempt(p, e.Attempt, a => a with { Status = AttemptStatus.Declined, DeclineCode = e.Code, Authorize = Ended(a.Authorize) }),
        PaymentEvent.AttemptFailed e => Attempt(p, e.Attempt, a => a with { Status = AttemptStatus.Failed, DeclineCode = e.Reason, Authorize = Ended(a.Authorize) }),
        PaymentEvent.AttemptAbandoned e => Attempt(p, e.Attempt, a => a with { Status = AttemptStatus.Abandoned }),
        PaymentEvent.ConfirmationRequested e => Attempt(p, e.Attempt, a => a with { Confirmation = new Confirmation(e.Confirmation, e.Challenge, e.At, e.ExpiresAt, ConfirmationStatus.Created) }),
        PaymentEvent.ConfirmationSent e => Confirmation(p, e.Confirmation, c => c with { Status = ConfirmationStatus.Sent, SentOn = e.Channel }),
        PaymentEvent.ConfirmationResent e => Confirmation(p, e.Confirmation, c => c with { Resends = e.Number, LastRequestedAt = e.At }),
        PaymentEvent.WrongAnswer e => p with { WrongAnswers = e.Count },
        PaymentEvent.AnswerIgnored => p,
        PaymentEvent.ConfirmationEnded e => Confirmation(p, e.Confirmation, c => c with { Status = e.Status, AnsweredOn = e.Channel }),
        _ => EvolveMoney(p, happened),
    };

    private static Payment EvolveMoney(Payment p, PaymentEvent happened) => happened switch
    {
        PaymentEvent.CaptureRequested e => p with { Captures = p.Captures.Add(new Capture(e.Capture, e.Attempt, e.Amount, e.Final, CaptureStatus.Pending, BankOperation.Intend(e.Operation, BankOperationKind.Capture))) },
        // A capture that the bank took after all leaves nothing to decide.
        PaymentEvent.CaptureSucceeded e => Capture(p, e.Capture, c => c with { Status = CaptureStatus.Succeeded, BankId = e.BankId, SucceededAt = e.At, Operation = Ended(c.Operation) }) with { InReview = false },
        PaymentEvent.CaptureFailed e => Capture(p, e.Capture, c => c with { Status = CaptureStatus.Failed, FailureCode = e.Code, Operation = Ended(c.Operation) }),
        PaymentEvent.Debited e => Debited(p, e),
        PaymentEvent.CaptureCleared e => Capture(p, e.Capture, c => c with { ClearedAt = e.At }),
        PaymentEvent.CaptureReturned e => Capture(p, e.Capture, c => c with { Status = CaptureStatus.Returned, FailureCode = e.Code, ClearedAt = null }),
        PaymentEvent.ClearingQueryDue e => Capture(p, e.Capture, c => c with { Questions = e.Question }),
        PaymentEvent.VoidRequested e => Attempt(p, e.Attempt, a => a with { Status = AttemptStatus.Voiding, AfterVoid = e.AfterVoid, VoidReason = e.Reason, Void = BankOperation.Intend(e.Operation, BankOperationKind.Void) }),
        PaymentEvent.Voided e => Attempt(p, e.Attempt, a => a with { Status = AttemptStatus.Voided, Void = a.Void is null ? null : Ended(a.Void) }),
        PaymentEvent.VoidFailed e => Attempt(p, e.Attempt, a => a with { Void = a.Void is null ? null : Ended(a.Void) }),
        PaymentEvent.HoldLapsed e => Attempt(p, e.Attempt, a => a with { Status = AttemptStatus.Expired }),
        PaymentEvent.RefundRequested e => p with { Refunds = p.Refunds.Add(new Refund(e.Refund, e.Capture, e.Amount, RefundStatus.Pending, BankOperation.Intend(e.Operation, BankOperationKind.Refund)) { RequestedBy = e.By }) },
        PaymentEvent.RefundHeldForReview e => p with { Refunds = p.Refunds.Add(new Refund(e.Refund, e.Capture, e.Amount, RefundStatus.RequiresReview, BankOperation.Await(e.Operation, BankOperationKind.Refund)) { RequestedBy = e.By }) },
        PaymentEvent.RefundApproved e => Refund(p, e.Refund, r => r with { Status = RefundStatus.Pending, Operation = Ready(r.Operation) }),
        PaymentEvent.RefundCanceled e => Refund(p, e.Refund, r => r with { Status = RefundStatus.Canceled }),
        PaymentEvent.RefundSucceeded e => Refund(p, e.Refund, r => r with { Status = RefundStatus.Succeeded, BankId = e.BankId, Operation = Ended(r.Operation) }),
        PaymentEvent.RefundFailed e => Refund(p, e.Refund, r => r with { Status = RefundStatus.Failed, FailureCode = e.Code, Operation = Ended(r.Operation) }),
        PaymentEvent.RefundReversed e => Refund(p, e.Refund, r => r with { Status = RefundStatus.Reversed, FailureCode = e.Code }),
        PaymentEvent.RefundCameLate e => Refund(p, e.Refund, r => r with { Status = RefundStatus.Succeeded, BankId = e.BankId, FailureCode = null }),
        PaymentEvent.DisputeUnmatched e => Unmatched(p, e.BankId, new UnmatchedDispute(e.Operation, e.Gateway, e.BankId, e.Status, e.Amount, e.Reason, e.RespondBy)),
        PaymentEvent.DisputeOpened e => Unmatched(p, e.BankId, null) with { Disputes = p.Disputes.Add(new Dispute(e.Dispute, e.Capture, e.BankId, e.Amount, e.Reason, e.RespondBy, DisputeStatus.NeedsResponse)) },
        PaymentEvent.DisputeQueryDue e => Dispute(p, e.Dispute, d => d with { Questions = e.Question }),
        PaymentEvent.EvidenceSubmitted e => Dispute(p, e.Dispute, d => Answering(d, e.Operation) with { Evidence = e.Evidence }),
        PaymentEvent.DisputeConceded e => Dispute(p, e.Dispute, d => Answering(d, e.Operation) with { Evidence = null }),
        PaymentEvent.DisputeAnswerFailed e => Dispute(p, e.Dispute, d => d with { Answer = Ended(d.Answer!) }),
        PaymentEvent.DisputeUnderReview e => Dispute(p, e.Dispute, d => d with { Status = DisputeStatus.UnderReview, Answer = d.Answer is null ? null : Ended(d.Answer) }),
        PaymentEvent.DisputeClosed e => Dispute(p, e.Dispute, d => d with { Status = e.Status, Answer = d.Answer is null ? null : Ended(d.Answer) }),
        PaymentEvent.HeldForReview => p with { InReview = true },
        PaymentEvent.ReviewEnded => p with { InReview = false },
        PaymentEvent.ExpiryDeferred => p with { ExpiryDeferred = true },
        PaymentEvent.Canceled e => p with { Ended = PaymentStatus.Canceled, CancelReason = e.Reason, InReview = false },
        PaymentEvent.Expired => p with { Ended = PaymentStatus.Expired, InReview = false },
        PaymentEvent.CaseOpened e => p with { Cases = p.Cases.Add(new Case(e.Case, e.Reason, e.Operation, Open: true)) },
        PaymentEvent.CaseSettled e => p with { Cases = p.Cases.Select(c => c.Id == e.Case ? c with { Open = false } : c).ToEquatableArray() },
        _ => throw new CorruptJournalException(p, happened),
    };

    // Where there is no hold, the customer confirms first.
    private static Attempt Begin(PaymentEvent.Submitted e)
    {
        var terms = e.Terms ?? GatewayTerms.Full;
        var authorize = terms.Hold ? BankOperation.Intend(e.Operation, BankOperationKind.Authorize) : BankOperation.Await(e.Operation, BankOperationKind.Authorize);
        return new Attempt(e.Attempt, e.Instrument, e.Gateway, e.Amount, AttemptStatus.Created, authorize, e.SecurityCode, e.Routes, e.At)
        {
            Terms = terms,
            Others = e.Others,
            Rerouted = e.Rerouted,
            By = e.By,
        };
    }

    private static Payment Debited(Payment p, PaymentEvent.Debited e)
    {
        var attempt = p.Attempts.First(a => a.Id == e.Attempt);
        var status = e.TooLate ? attempt.AwaitsBank ? AttemptStatus.Abandoned : attempt.Status : AttemptStatus.Authorized;
        var moved = attempt with { Status = status, BankId = attempt.BankId ?? e.BankId, Authorize = Ended(attempt.Authorize) };
        return Attempt(p, e.Attempt, _ => moved) with
        {
            Captures = p.Captures.Add(new Capture(e.Capture, e.Attempt, e.Amount, Final: true, CaptureStatus.Succeeded, moved.Authorize)
            {
                BankId = e.BankId,
                SucceededAt = e.At,
                TooLate = e.TooLate,
            }),
        };
    }

    // Money that is for something else than was asked stays aside whatever becomes of the operation.
    private static Payment Aside(Payment p, PaymentEvent.Quarantined e) =>
        e is { Moved: true, Expected.Minor: not 0, Reported.Minor: not 0 } ? p with { Suspended = p.Suspended.Add(new Suspense(e.Operation, e.Reported, e.Gateway)) } : p;

    private static Payment Unmatched(Payment p, string bankId, UnmatchedDispute? dispute) => p with
    {
        UnmatchedDisputes = p.UnmatchedDisputes.Where(d => d.BankId != bankId).Concat(dispute is null ? [] : [dispute]).ToEquatableArray(),
    };

    private static Dispute Answering(Dispute d, string operation) => d with { Answers = d.Answers + 1, Answer = BankOperation.Intend(operation, BankOperationKind.DisputeAnswer) };

    private static Attempt Authorized(Attempt a, PaymentEvent.Authorized e) => a with
    {
        Status = AttemptStatus.Authorized,
        BankId = e.BankId,
        CaptureBefore = e.CaptureBefore,
        BankCodeDigest = e.CodeDigest,
        Authorize = Ended(a.Authorize),
    };

    // What the bank has answered stays answered, whatever it says later.
    private static BankOperation NotKnown(BankOperation operation) =>
        operation.IsOpen ? operation with { Progress = BankOperationProgress.Unknown, Postponed = false, MaybeReached = true } : operation;

    private static BankOperation Ready(BankOperation operation) => operation with { Progress = BankOperationProgress.Intended, Postponed = false };

    private static BankOperation Ended(BankOperation operation) => operation with { Progress = BankOperationProgress.Ended };

    private static Payment Attempt(Payment p, string id, Func<Attempt, Attempt> change) =>
        p with { Attempts = p.Attempts.Select(a => a.Id == id ? change(a) : a).ToEquatableArray() };

    private static Payment Confirmation(Payment p, string id, Func<Confirmation, Confirmation> change) =>
        p with { Attempts = p.Attempts.Select(a => a.Confirmation?.Id == id ? a with { Confirmation = change(a.Confirmation) } : a).ToEquatableArray() };

    private static Payment Capture(Payment p, string id, Func<Capture, Capture> change) =>
        p with { Captures = p.Captures.Select(c => c.Id == id ? change(c) : c).ToEquatableArray() };

    private static Payment Refund(Payment p, string id, Func<Refund, Refund> change) =>
        p with { Refunds = p.Refunds.Select(r => r.Id == id ? change(r) : r).ToEquatableArray() };

    private static Payment Dispute(Payment p, string id, Func<Dispute, Dispute> change) =>
        p with { Disputes = p.Disputes.Select(d => d.Id == id ? change(d) : d).ToEquatableArray() };

    // An operation's progress shows in the part it belongs to.
    private static Payment Operation(Payment p, string key, Func<BankOperation, BankOperation> change) => p with
    {
        Attempts = p.Attempts.Select(a => a switch
        {
            _ when a.Authorize.Key == key => Progressed(a with { Authorize = change(a.Authorize) }),
            _ when a.Void?.Key == key => a with { Void = change(a.Void) },
            _ => a,
        }).ToEquatableArray(),
        Captures = p.Captures.Select(c => c.Operation.Key != key ? c : Progressed(c with { Operation = change(c.Operation) })).ToEquatableArray(),
        Refunds = p.Refunds.Select(r => r.Operation.Key != key ? r : Progressed(r with { Operation = change(r.Operation) })).ToEquatableArray(),
        Disputes = p.Disputes.Select(d => d.Answer?.Key != key ? d : d with { Answer = change(d.Answer) }).ToEquatableArray(),
    };

    // A customer who acts at the bank goes on doing so until another call is made or the bank decides.
    private static Attempt Progressed(Attempt a) => !a.AwaitsBank ? a : a with
    {
        Status = a.Authorize.Progress switch
        {
            BankOperationProgress.Started => AttemptStatus.Authorizing,
            _ when a.Status is AttemptStatus.Authenticating => AttemptStatus.Authenticating,
            BankOperationProgress.Unknown => AttemptStatus.Unknown,
            _ => AttemptStatus.Created,
        },
    };

    private static Capture Progressed(Capture c) => !c.InFlight ? c : c with
    {
        Status = c.Operation.Progress is BankOperationProgress.Unknown ? CaptureStatus.Unknown : CaptureStatus.Pending,
    };

    private static Refund Progressed(Refund r) => !r.InFlight ? r : r with
    {
        Status = r.Operation.Progress is BankOperationProgress.Unknown ? RefundStatus.Unknown : RefundStatus.Pending,
    };
}
