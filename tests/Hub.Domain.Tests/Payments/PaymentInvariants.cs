using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Refunds;

namespace Hub.Domain.Tests.Payments;

/// <summary>What holds after every turn of a payment, whatever was asked and whatever the bank said.</summary>
internal static class PaymentInvariants
{
    internal static void Hold(Payment? before, PaymentCommand command, DateTimeOffset at, IReadOnlyList<PaymentEvent> events, Payment after, EquatableArray<PaymentEvent> history)
    {
        NothingExceeds(after);
        EveryMoneyEventIsPostedOnce(events);
        KeysAreUsedOnce(history);
        if (before is not null) CapturesAreAllowed(before, events, at);
        AnswersThatCannotCountMoveNothing(command, events, after);
    }

    /// <summary>Invariants 6 and 24.</summary>
    private static void NothingExceeds(Payment p)
    {
        foreach (var attempt in p.Attempts)
        {
            var captures = p.Captures.Where(c => c.Attempt == attempt.Id && c.Counts).ToList();
            Assert.True(captures.Sum(c => c.Amount.Minor) <= attempt.Amount.Minor, "6: captured more than was authorized");
        }

        foreach (var capture in p.Captures)
        {
            // What was asked for while the money was there may come to pass after it went back: a case tells.
            var refunded = p.Refunds.Where(r => r.Capture == capture.Id && r.Counts).Sum(r => r.Amount.Minor);
            Assert.True(refunded <= (capture.Taken ? capture.Amount.Minor : 0), "6: refunded more than was captured");
        }

        var kept = p.CapturedOrInFlight - p.Refunded - p.Returned;
        Assert.True(kept <= p.Grant.Amount.Minor, "24: kept more than the invoice");
    }

    /// <summary>Invariants 7 and 8.</summary>
    private static void EveryMoneyEventIsPostedOnce(IReadOnlyList<PaymentEvent> events)
    {
        foreach (var happened in events)
        {
            var moves = happened is PaymentEvent.Debited or PaymentEvent.CaptureReturned or PaymentEvent.RefundApproved or PaymentEvent.DisputeOpened or PaymentEvent.DisputeClosed
                or PaymentEvent.CaptureSucceeded or PaymentEvent.RefundRequested or PaymentEvent.RefundSucceeded or PaymentEvent.RefundFailed
                or PaymentEvent.RefundReversed or PaymentEvent.RefundCameLate or PaymentEvent.SuspenseReleased or PaymentEvent.Quarantined { Moved: true, Reported.Minor: not 0 };
            var sets = PaymentDecider.Postings(happened).ToList();
            Assert.True(sets.Count == (moves ? 1 : 0), $"8: {happened.GetType().Name} has {sets.Count} posting sets");
            Assert.All(sets, set => Assert.Equal(0, set.Postings.Sum(line => line.Minor)));
        }
    }

    /// <summary>Invariants 9 and 10: each key is intended once, and a call starts only when none may be out.</summary>
    private static void KeysAreUsedOnce(EquatableArray<PaymentEvent> history)
    {
        var waiting = new Dictionary<string, bool>();
        var tries = new Dictionary<string, int>();
        foreach (var happened in history)
        {
            switch (happened)
            {
                case PaymentEvent.Submitted e: waiting.Add(e.Operation, e.Terms!.Hold); break;
                case PaymentEvent.DebitRequested e: waiting[e.Operation] = true; break;
                case PaymentEvent.AttemptPrepared e: waiting[e.Operation] = true; break;
                case PaymentEvent.RefundHeldForReview e: waiting.Add(e.Operation, false); break;
                case PaymentEvent.RefundApproved e: waiting[e.Operation] = true; break;
                case PaymentEvent.EvidenceSubmitted e: waiting.Add(e.Operation, true); break;
                case PaymentEvent.DisputeConceded e: waiting.Add(e.Operation, true); break;
                case PaymentEvent.CaptureRequested e: waiting.Add(e.Operation, true); break;
                case PaymentEvent.VoidRequested e: waiting.Add(e.Operation, true); break;
                case PaymentEvent.RefundRequested e: waiting.Add(e.Operation, true); break;
                case PaymentEvent.BankCallPostponed e: waiting[e.Operation] = true; break;
                case PaymentEvent.BankCallStarted e:
                    Assert.True(waiting[e.Operation], $"10: {e.Operation} was called while a call was out");
                    Assert.Equal(tries.GetValueOrDefault(e.Operation) + 1, e.Try);
                    (waiting[e.Operation], tries[e.Operation]) = (false, e.Try);
                    break;
            }
        }
    }

    /// <summary>Invariants 6 and 25.</summary>
    private static void CapturesAreAllowed(Payment before, IReadOnlyList<PaymentEvent> events, DateTimeOffset at)
    {
        var state = before;
        foreach (var happened in events)
        {
            if (happened is PaymentEvent.CaptureRequested e)
            {
                var attempt = state.Attempts.Single(a => a.Id == e.Attempt);
                Assert.True(attempt is { Status: AttemptStatus.Authorized, Confirmation.Status: ConfirmationStatus.Matched }, "25: captured before a match");
                Assert.False(at >= attempt.CaptureBefore || at >= state.ExpiresAt, "6: captured after the end of the hold or the payment");
                Assert.True(state is { Ended: null, InReview: false }, "6: captured an ended or held payment");
            }

            DebitsAndRefundsAreAllowed(state, happened, at);

            state = (Payment)PaymentDecider.Evolve(state, happened);
        }
    }

    /// <summary>Invariants 6, 11 and 25: nothing is called that somebody has to agree to first, and no other bank while this one may have it.</summary>
    private static void DebitsAndRefundsAreAllowed(Payment state, PaymentEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case PaymentEvent.BankCallStarted e when state.Attempts.FirstOrDefault(a => a.Authorize.Key == e.Operation) is { Terms.Hold: false } debited:
                Assert.True(debited.Confirmation is { Status: ConfirmationStatus.Matched }, "25: debited before a match");
                break;
            case PaymentEvent.BankCallStarted e when state.Refunds.FirstOrDefault(r => r.Operation.Key == e.Operation) is { } refund:
                Assert.True(refund.Status is not (RefundStatus.RequiresReview or RefundStatus.Canceled), "6: a late refund was called and nobody agreed");
                break;
            case PaymentEvent.DebitRequested:
                Assert.True(state is { Ended: null, InReview: false } && at < state.ExpiresAt, "6: debited an ended or held payment");
                break;
            case PaymentEvent.Submitted { Rerouted: true }:
                Assert.True(state.LastAttempt is { Status: AttemptStatus.Failed, Authorize.MaybeReached: false }, "11: another bank was asked while the first may have it");
                break;
            case PaymentEvent.RefundApproved e:
                var agreed = state.Refunds.Single(r => r.Id == e.Refund);
                Assert.NotEqual(agreed.RequestedBy, e.By);
                Assert.True(Given(state, agreed.Capture) <= state.Captures.Single(c => c.Id == agreed.Capture).Amount.Minor, "6: a refund was agreed to that a dispute had taken");
                break;
            case PaymentEvent.RefundRequested e:
                Assert.True(Given(state, e.Capture) + e.Amount.Minor <= state.Captures.Single(c => c.Id == e.Capture).Amount.Minor, "6: refunded what a dispute had taken");
                break;
        }
    }

    private static long Given(Payment p, string capture) =>
        p.Refunds.Where(r => r.Capture == capture && r.Counts).Sum(r => r.Amount.Minor) + p.Disputes.Where(d => d.Capture == capture && d.Counts).Sum(d => d.Amount.Minor);

    /// <summary>Invariants 14 and 15.</summary>
    private static void AnswersThatCannotCountMoveNothing(PaymentCommand command, IReadOnlyList<PaymentEvent> events, Payment after)
    {
        Assert.All(after.Attempts, a => Assert.False(a.Confirmation is { IsOpen: true } && !a.IsUnasked && a.Status is not AttemptStatus.Authorized, "14: asks about a hold that is gone"));
        if (events.Any(e => e is PaymentEvent.AnswerIgnored)) Assert.Single(events);
        if (events.Any(e => e is PaymentEvent.ConfirmationEnded { Status: ConfirmationStatus.Matched }))
        {
            var answer = Assert.IsType<PaymentCommand.AnswerConfirmation>(command);
            Assert.True(answer.Approves && answer.Digest is PaymentWorld.PhoneCode or PaymentWorld.PageCode, "14: matched without the code");
        }
    }

    /// <summary>Invariant 14, over a whole life: each confirmation ends once.</summary>
    internal static void ConfirmationsEndOnce(EquatableArray<PaymentEvent> history) =>
        Assert.All(history.OfType<PaymentEvent.ConfirmationEnded>().GroupBy(e => e.Confirmation), ends => Assert.Single(ends));

    /// <summary>Invariant 26: whatever waits has a timer, somebody who owes an answer, or an open case.</summary>
    internal static void NothingWaitsForEver(Payment p, Func<string, bool> owed, IReadOnlyCollection<string> timers)
    {
        foreach (var key in OpenOperations(p))
        {
            // What has not left for the bank is withdrawn by the deadline.
            var withdrawn = timers.Contains("expiry") && p.LiveAttempt is { Authorize: { NeverLeft: true } unsent } && unsent.Key == key;
            Assert.True(owed(key) || timers.Contains("bank:" + key) || HasCase(p, key) || withdrawn, $"26: nobody will ever ask about {key}");
        }

        if (p.OpenConfirmation is not null) Assert.True(timers.Contains("confirmation"), "26: a confirmation never ends");
        var ends = p.Ended is not null || p.Status is PaymentStatus.Succeeded;
        Assert.True(ends || timers.Contains("expiry") || p.AwaitsBank || p.Cases.Any(c => c.Open), $"26: a payment that is {p.Status} never ends");
    }

    internal static IEnumerable<string> OpenOperations(Payment p) => p.Attempts.Select(a => a.Authorize).Concat(p.Attempts.Select(a => a.Void).OfType<BankOperation>())
        .Concat(p.Captures.Select(c => c.Operation)).Concat(p.Refunds.Select(r => r.Operation)).Concat(p.Disputes.Select(d => d.Answer).OfType<BankOperation>()).Where(o => o.IsOpen).Select(o => o.Key);

    internal static bool HasCase(Payment p, string key) => p.Cases.Any(c => c.Open && c.Operation == key);
}
