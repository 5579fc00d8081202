using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Domain.Payments.Bank;

/// <summary>What holds for every bank operation: the fence before a call, and what no answer means.</summary>
/// <remarks>Invariants 9 to 13. Facts the bank reports are never refused; what does not fit opens a case.</remarks>
internal static class BankRules
{
    /// <summary>The fence: only the next try of an operation that waits for a call may start, and not before its time has come.</summary>
    /// <remarks>
    /// Somebody who slept over his lease still holds the event that called for an earlier call. Were he let start this one, its end
    /// would be nobody's: those who own the payment now have that event behind them. After the time has come they get one of their own.
    /// </remarks>
    internal static Decision<PaymentEvent> Start(PaymentCommand.StartBankCall c, DateTimeOffset at, Payment payment)
    {
        if (payment.FindOperation(c.Operation) is not { } operation) return RejectionCode.NotFound;
        if (operation is not { Progress: BankOperationProgress.Intended, Postponed: false } || c.Try != operation.Tries + 1) return RejectionCode.Fenced;
        if (KeyEnded(operation, at, payment)) return RejectionCode.Fenced;

        // Nothing is asked for after the deadline. Its own timer ends what has not left before; what may have left is asked about.
        if (IsLate(operation, at, payment)) return RejectionCode.PaymentExpired;
        return new PaymentEvent.BankCallStarted(c.Operation, c.Try, at);
    }

    /// <summary>Whether the bank may have forgotten the key under which a call may have reached it: from then on a repeat could be a second payment.</summary>
    internal static bool KeyEnded(BankOperation operation, DateTimeOffset at, Payment payment) =>
        operation is { MaybeReached: true, StartedAt: { } first } && payment.AttemptOf(operation.Key)?.Terms.KeySeconds is { } seconds
            && at >= first.AddSeconds(seconds);

    /// <summary>Whether the payment's deadline has passed for an authorization: no call of it leaves any more.</summary>
    internal static bool IsLate(BankOperation operation, DateTimeOffset at, Payment payment) =>
        operation.Kind is BankOperationKind.Authorize && at >= payment.ExpiresAt;

    internal static Decision<PaymentEvent> Report(PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        if (payment.FindOperation(c.Operation) is not { } operation) return RejectionCode.NotFound;

        // One bank's word counts for what that bank was asked, and for nothing else.
        if (c.Gateway is { } speaker && payment.AttemptOf(c.Operation)!.Gateway != speaker) return RejectionCode.NotFound;
        var settles = c.Source is AnswerSource.Operator;
        if (settles && !operation.IsOpen && !payment.Cases.Any(x => x.Open && x.Operation == c.Operation)) return RejectionCode.IllegalState;

        var decision = Route(c, at, payment, operation);
        if (decision.Rejection is { } code) return code;

        List<PaymentEvent> events = [.. decision.Events];
        events.AddRange(Released(operation, events, payment));
        if (payment.UnmatchedDisputes.Count > 0) events.AddRange(DisputeRules.Matched(at, payment.After(events)));
        if (settles)
        {
            if (!Settles(c.Operation, events, at, payment)) return RejectionCode.IllegalState;
            events.AddRange(payment.Cases.Where(x => x.Open && x.Operation == c.Operation).Select(x => new PaymentEvent.CaseSettled(x.Id, c.By ?? "", c.Note ?? "")));
        }

        return WithDeferredExpiry(events, at, payment);
    }

    // What stood aside as another amount than was asked for is booked where the operation took money, be it that the bank had refused
    // before. Where it did not, the bank has said that it moved money all the same: that stays aside, and somebody has to see to it.
    private static IEnumerable<PaymentEvent> Released(BankOperation operation, List<PaymentEvent> events, Payment payment)
    {
        var aside = payment.Suspended.Where(x => x.Operation == operation.Key).ToList();
        if (aside.Count == 0) return [];
        var after = payment.After(events);
        if (after.FindOperation(operation.Key) is not { Progress: BankOperationProgress.Ended }) return [];
        if (after.Captures.Any(x => x.Operation.Key == operation.Key && x.Taken)) return aside.Select(x => new PaymentEvent.SuspenseReleased(x.Operation, x.Amount, x.Gateway));
        return operation.IsOpen ? [OpenCase(after, "money_in_suspense", null)] : [];
    }

    /// <summary>No answer: try again what never arrived, ask about what may have.</summary>
    internal static Decision<PaymentEvent> NoAnswer(BankOperation operation, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        if (!operation.IsOpen) return Decision<PaymentEvent>.Nothing;

        // That nobody could tell of a call which was never made leaves nothing unknown.
        if (operation.NeverLeft && c.Answer is (BankAnswer.Unknown or BankAnswer.NeverReached)) return Decision<PaymentEvent>.Nothing;
        return c.Answer switch
        {
            // A question that never arrived says nothing of the call it was about.
            BankAnswer.NeverReached n when c.Source is AnswerSource.Query => AskLater(operation, n.Reason, c.Source, at, payment),
            BankAnswer.NeverReached when c.Try is { } late && late != operation.Tries => Decision<PaymentEvent>.Nothing,
            BankAnswer.NeverReached n => NotThere(operation, n.Reason, operation.MaybeReached, n.Final, at, payment),

            // The bank knows of no call, and one was made: it may be on its way, or the bank may be slow to show it.
            BankAnswer.NotFound => NotThere(operation, "not_found", maybeReached: true, final: false, at, payment),
            BankAnswer.Pending => AskLater(operation, "pending", c.Source, at, payment),
            BankAnswer.Unknown u => AskLater(operation, u.Reason, c.Source, at, payment),
            _ => throw new ArgumentOutOfRangeException(nameof(c), c.Answer.GetType().Name, "This is an answer."),
        };
    }

    /// <summary>The customer still has to act at the bank, which is asked from time to time whether they did.</summary>
    internal static Decision<PaymentEvent> ActAtBank(Attempt attempt, BankAnswer.ActionRequired a, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        var operation = attempt.Authorize;
        if (!operation.IsOpen) return Decision<PaymentEvent>.Nothing;
        if (!attempt.AwaitsBank) return AskLater(operation, "action_required", c.Source, at, payment);
        if (attempt.Status is AttemptStatus.Authenticating && c.Source is not AnswerSource.Query) return Decision<PaymentEvent>.Nothing;
        if (operation.Queries < PaymentLimits.Queries)
        {
            return new PaymentEvent.ActionRequired(attempt.Id, operation.Key, a.BankId, a.Url, at + PaymentLimits.QueryDelay(operation.Queries));
        }

        return payment.Cases.Any(x => x.Open && x.Operation == operation.Key)
            ? Decision<PaymentEvent>.Nothing
            : new PaymentEvent[] { new PaymentEvent.ActionRequired(attempt.Id, operation.Key, a.BankId, a.Url, null), OpenCase(payment, "outcome_unknown", operation.Key) };
    }

    /// <summary>The bank reports another amount than was asked: recorded, not acted upon (invariant 13).</summary>
    internal static Decision<PaymentEvent> Quarantine(BankOperation operation, Amount expected, Amount reported, string gateway, bool moved, Payment payment)
    {
        // The same report once more changes nothing: webhooks repeat.
        if (payment.Cases.Any(x => x.Operation == operation.Key && x.Reason == "amount_mismatch")) return Decision<PaymentEvent>.Nothing;
        return new PaymentEvent[]
        {
            new PaymentEvent.Quarantined(operation.Key, expected, reported, gateway, moved),
            OpenCase(payment, "amount_mismatch", operation.Key),
        };
    }

    /// <summary>The bank contradicts what it said before.</summary>
    internal static Decision<PaymentEvent> Contradiction(BankOperation operation, Payment payment) => OpenCaseOnce(payment, "contradiction", operation.Key);

    internal static PaymentEvent OpenCase(Payment payment, string reason, string? operation) =>
        new PaymentEvent.CaseOpened(payment.PartId("cas", payment.Cases.Count), reason, operation);

    /// <summary>Somebody is told, unless somebody is looking at just this already.</summary>
    internal static Decision<PaymentEvent> OpenCaseOnce(Payment payment, string reason, string? operation) =>
        payment.Cases.Any(x => x.Open && x.Operation == operation && x.Reason == reason) ? Decision<PaymentEvent>.Nothing : OpenCase(payment, reason, operation);

    private static Decision<PaymentEvent> Route(PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment, BankOperation operation) => operation.Kind switch
    {
        BankOperationKind.Authorize => AttemptRules.Answered(payment.Attempts.First(x => x.Authorize.Key == c.Operation), c, at, payment),
        BankOperationKind.Void => AttemptRules.VoidAnswered(payment.Attempts.First(x => x.Void?.Key == c.Operation), c, at, payment),
        BankOperationKind.Capture => CaptureRules.Answered(payment.Captures.First(x => x.Operation.Key == c.Operation), c, at, payment),
        BankOperationKind.Refund => RefundRules.Answered(payment.Refunds.First(x => x.Operation.Key == c.Operation), c, at, payment),
        BankOperationKind.DisputeAnswer => DisputeRules.Answered(payment.Disputes.First(x => x.Answer?.Key == c.Operation), c, at, payment),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, "No such operation."),
    };

    // An operator's word must end the operation, send it to the bank once more, or be about one that the bank was never asked for;
    // else nobody would look again (invariant 26).
    private static bool Settles(string key, List<PaymentEvent> events, DateTimeOffset at, Payment payment) => payment.After(events).FindOperation(key) switch
    {
        { Progress: BankOperationProgress.Ended or BankOperationProgress.Waiting } => true,
        { Progress: BankOperationProgress.Intended } next => next.NeverLeft || !(KeyEnded(next, at, payment) || IsLate(next, at, payment)),
        _ => false,
    };

    private static Decision<PaymentEvent> NotThere(
        BankOperation operation, string reason, bool maybeReached, bool final, DateTimeOffset at, Payment payment)
    {
        // It waits for its call already, or for the person who has to agree to one.
        var (ended, late) = (KeyEnded(operation, at, payment), IsLate(operation, at, payment));
        if (operation.Progress is BankOperationProgress.Intended && !ended && !(late && operation.MaybeReached)) return Decision<PaymentEvent>.Nothing;

        // Nobody waits for a hold any more, so none is asked for again.
        var attempt = payment.Attempts.FirstOrDefault(a => a.Authorize.Key == operation.Key);
        if (attempt is { AwaitsBank: false }) return AttemptRules.Fail(attempt, reason, payment);

        // The customer has the money already, or may get it: what provably is not at the bank does not go there any more.
        var refund = payment.Refunds.FirstOrDefault(r => r.Operation.Key == operation.Key);
        var stopped = refund is null ? null : RefundRules.StoppedBy(refund, payment);
        if (stopped is not null && !maybeReached) return RefundRules.Stop(refund!, stopped, payment);

        // No call leaves any more, and one may be on its way: it is asked about until somebody has to look.
        if (late && maybeReached && !ended) return AskLater(operation, reason, AnswerSource.Query, at, payment);

        // Another bank's turn, and only because this one provably has nothing of it.
        if (attempt is { Others.Count: > 0 } && !maybeReached && !final && !late) return AttemptRules.Reroute(attempt, reason, at, payment);
        if (!final && !ended && !late && stopped is null && operation.Tries < TriesOf(operation, attempt))
        {
            return new PaymentEvent.BankCallPostponed(operation.Key, reason, at + PaymentLimits.RetryDelay(operation.Tries), maybeReached);
        }

        // Giving up an authorization is safe only if no call can have reached the bank (invariant 11).
        return attempt is not null && !maybeReached
            ? AttemptRules.Fail(attempt, reason, payment)
            : new PaymentEvent[] { new PaymentEvent.OutcomeUnknown(operation.Key, reason, null), OpenCase(payment, ended ? "key_ended" : stopped is null ? "bank_unreachable" : "refund_overtaken", operation.Key) };
    }

    // What was prepared took a call of its own.
    private static int TriesOf(BankOperation operation, Attempt? attempt) => attempt switch
    {
        null => PaymentLimits.SettledTries,
        { BankId: not null } => PaymentLimits.AuthorizeTries + 1,
        _ => PaymentLimits.AuthorizeTries,
    };

    private static Decision<PaymentEvent> AskLater(BankOperation operation, string reason, AnswerSource source, DateTimeOffset at, Payment payment)
    {
        // It is being asked about already; only the answer to a question sets the time of the next one, so that repeats cannot push it away.
        if (operation.Progress is BankOperationProgress.Unknown && source is not AnswerSource.Query) return Decision<PaymentEvent>.Nothing;
        if (operation.Queries < PaymentLimits.Queries)
        {
            return new PaymentEvent.OutcomeUnknown(operation.Key, reason, at + PaymentLimits.QueryDelay(operation.Queries));
        }

        return payment.Cases.Any(x => x.Open && x.Operation == operation.Key)
            ? Decision<PaymentEvent>.Nothing
            : new PaymentEvent[] { new PaymentEvent.OutcomeUnknown(operation.Key, reason, null), OpenCase(payment, "outcome_unknown", operation.Key) };
    }

    private static Decision<PaymentEvent> WithDeferredExpiry(List<PaymentEvent> events, DateTimeOffset at, Payment payment)
    {
        var after = payment.After(events);
        if (after is { ExpiryDeferred: true, AwaitsBank: false })
        {
            events.AddRange(Endings.Overdue(at, after).Events);
        }

        return events;
    }
}
