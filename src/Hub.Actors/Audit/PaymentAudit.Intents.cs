using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;

namespace Hub.Actors.Audit;

/// <content>Invariants 9 to 13: intents, their calls and their outcomes.</content>
internal sealed partial class PaymentAudit
{
    private bool Intents(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.BankCallStarted e: Started(e); break;
            case PaymentEvent.BankCallPostponed e: Postponed(e); break;
            case PaymentEvent.BankCallDue e: Due(e); break;
            case PaymentEvent.QueryDue e: _ = Known(e.Operation, happened); break;
            case PaymentEvent.OutcomeUnknown e: NotKnown(e); break;
            case PaymentEvent.ActionRequired e when Known(e.Operation, happened) is { } intent:
                CheckStarted(intent, AnswerSource.Response, happened);
                if (intent.Step is IntentStep.Ended) findings.Report(12, $"{e.Operation} was answered before and waits for the customer again");
                else (intent.Step, intent.MaybeReached) = (IntentStep.Unknown, true);
                break;
            case PaymentEvent.ActionRequired: break;
            case PaymentEvent.AttemptPrepared e: Prepared(e); break;
            case PaymentEvent.Quarantined e: Quarantined(e); break;
            case PaymentEvent.SuspenseReleased e when Known(e.Operation, happened) is { } intent:
                findings.Looked(8);
                if (intent.Suspended != e.Amount || !HasTaken(intent)) findings.Report(8, $"{e.Amount} leaves suspense for {e.Operation}, where {(intent.Suspended is { } aside ? $"{aside}" : "nothing")} stands, or which has taken no money");
                intent.Suspended = null;
                break;
            case PaymentEvent.SuspenseReleased: break;
            default: return false;
        }

        return true;
    }

    private bool HasTaken(IntentTrack intent) => _captures.Exists(c => c.Intent == intent && c.Step is MoveStep.Succeeded or MoveStep.Reversed);

    private IntentTrack? Find(string key) => _intents.Find(i => i.Key == key);

    private IntentTrack Intend(string key, string part, Amount asked, GatewayTerms? terms, bool waits = false)
    {
        findings.Looked(9);
        if (Find(key) is not null) findings.Report(9, $"{key} is intended twice");
        var intent = new IntentTrack(key, part, asked, terms?.KeySeconds) { Step = waits ? IntentStep.Waiting : IntentStep.Intended };
        _intents.Add(intent);
        return intent;
    }

    private IntentTrack? Known(string key, PaymentEvent happened)
    {
        findings.Looked(9);
        var intent = Find(key);
        if (intent is null) findings.Report(9, $"{Words.NameOf(happened)} for {key}, which was never intended");
        return intent;
    }

    private void Started(PaymentEvent.BankCallStarted e)
    {
        findings.Looked(10);
        if (Known(e.Operation, e) is not { } intent) return;
        if (e.Try != intent.Tries + 1) findings.Report(9, $"call {e.Try} of {e.Operation} follows call {intent.Tries}");
        switch (intent.Step)
        {
            case IntentStep.Postponed: findings.Report(9, $"call {e.Try} of {e.Operation} left before its time had come"); break;
            case IntentStep.Started: findings.Report(9, $"call {e.Try} of {e.Operation} left while another was out"); break;
            case IntentStep.Unknown: findings.Report(11, $"call {e.Try} of {e.Operation} left while nobody knew what the last one did"); break;
            case IntentStep.Ended: findings.Report(10, $"call {e.Try} of {e.Operation} left after the bank had answered"); break;
            case IntentStep.Waiting: findings.Report(_refunds.Exists(r => r.Intent == intent) ? 6 : 25, $"call {e.Try} of {e.Operation} left before somebody agreed to it"); break;
        }

        // Asked of the attempt, not of the intent: what was requested must not hide what was confirmed.
        if (_attempts.Find(a => a.Authorize == intent) is { Terms.Hold: false, Confirmation: not { Matched: true } }) findings.Report(25, $"call {e.Try} of {e.Operation} left before the customer confirmed");
        if (_attempts.Exists(a => a.Authorize == intent) && _at >= _expiresAt) findings.Report(6, $"call {e.Try} of {e.Operation} left after the payment's end");
        if (_refunds.Find(r => r.Intent == intent)?.Capture is { } given && (given.Step is MoveStep.Reversed || _disputes.Exists(d => d.Capture == given && !d.Closed)))
        {
            findings.Report(6, $"call {e.Try} of {e.Operation} left after the bank had taken the money of {given.Id}, or while a dispute has it");
        }

        if (intent.MaybeReached && _at >= intent.KeyEndsAt) findings.Report(10, $"call {e.Try} of {e.Operation} left when the bank may have forgotten the one before");
        intent.FirstCallAt ??= e.At ?? _at;
        intent.Tries = Math.Max(intent.Tries, e.Try);
        intent.Step = IntentStep.Started;
    }

    private void Postponed(PaymentEvent.BankCallPostponed e)
    {
        findings.Looked(10);
        if (Known(e.Operation, e) is not { } intent) return;
        if (intent.Step is IntentStep.Ended) findings.Report(10, $"{e.Operation} is to be called again after the bank had answered");
        else if (intent.Tries == 0) findings.Report(9, $"{e.Operation} is put off and was never called");
        intent.MaybeReached |= e.MaybeReached;
        intent.Step = IntentStep.Postponed;
    }

    private void Due(PaymentEvent.BankCallDue e)
    {
        if (Known(e.Operation, e) is { Step: IntentStep.Postponed } intent) intent.Step = IntentStep.Intended;
    }

    private void NotKnown(PaymentEvent.OutcomeUnknown e)
    {
        findings.Looked(12);
        if (Known(e.Operation, e) is not { } intent) return;
        if (intent.Step is IntentStep.Ended) findings.Report(12, $"{e.Operation} was answered before and is unknown now");
        else if (intent.Step is IntentStep.Waiting) findings.Report(9, $"{e.Operation} is unknown and nobody agreed to a call");
        else (intent.Step, intent.MaybeReached) = (IntentStep.Unknown, true);
    }

    // The bank made a place under its own id. Nothing was asked of the money: the next call does.
    private void Prepared(PaymentEvent.AttemptPrepared e)
    {
        findings.Looked(12);
        if (Known(e.Operation, e) is not { } intent) return;
        CheckStarted(intent, AnswerSource.Response, e);
        if (Attempt(e.Attempt) is not { } a || a.Authorize != intent)
        {
            findings.Report(9, $"{e.Operation} was prepared for {e.Attempt}, which it is not of");
            return;
        }

        if (a.Place is { } place) findings.Report(12, $"{e.Attempt} was prepared twice, as {place} and {e.BankId}");
        if (intent.Step is IntentStep.Ended) findings.Report(12, $"{e.Operation} was answered before and is prepared now");
        a.Place = e.BankId;
        intent.Step = IntentStep.Intended;
    }

    private void Quarantined(PaymentEvent.Quarantined e)
    {
        findings.Looked(13);
        if (Known(e.Operation, e) is not { } intent) return;
        if (e.Expected == e.Reported) findings.Report(13, $"{e.Operation} was quarantined for the amount that was expected");
        if (e.Expected != intent.Asked && e.Expected.Minor != 0) findings.Report(13, $"{e.Operation} expected {e.Expected} and had asked for {intent.Asked}");
        if (intent.Quarantined) findings.Report(12, $"{e.Operation} was quarantined twice");
        _quarantinedInTurn = intent;
        intent.Quarantined = true;
        if (e is { Moved: true, Expected.Minor: not 0, Reported.Minor: not 0 }) intent.Suspended = e.Reported;
        if (intent.Step is not (IntentStep.Ended or IntentStep.Waiting)) (intent.Step, intent.MaybeReached) = (IntentStep.Unknown, true);
    }

    // The bank cannot have answered a call that was never started; an operator may say what is to hold.
    private void CheckStarted(IntentTrack intent, AnswerSource source, PaymentEvent happened)
    {
        findings.Looked(9);
        if (intent.Tries == 0 && source is not AnswerSource.Operator) findings.Report(9, $"{Words.NameOf(happened)} for {intent.Key}, which was never started");
    }

    /// <summary>The bank, or an operator, ended an intent as it was asked.</summary>
    private void EndIntent(IntentTrack intent, AnswerSource source, PaymentEvent happened)
    {
        findings.Looked(13);
        CheckStarted(intent, source, happened);
        if (_quarantinedInTurn == intent) findings.Report(13, $"{intent.Key} was quarantined and booked by one answer");
        intent.Step = IntentStep.Ended;
    }

    private void EndOnce(IntentTrack intent, AnswerSource source, PaymentEvent happened)
    {
        findings.Looked(12);
        if (intent.Step is IntentStep.Ended) findings.Report(12, $"{Words.NameOf(happened)} for {intent.Key}, which had ended");
        EndIntent(intent, source, happened);
    }
}
