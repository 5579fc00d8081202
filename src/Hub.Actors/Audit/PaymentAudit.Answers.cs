using Hub.Domain.Confirmations;
using Hub.Domain.Payments;

namespace Hub.Actors.Audit;

/// <content>Invariants 14 to 16: what the customer was asked and answered.</content>
internal sealed partial class PaymentAudit
{
    // DESIGN 9, not the hub's own constant: at most five wrong answers per payment, across all channels.
    private const int WrongAnswersAllowed = 5;

    // Pages and the chat are the customer's own session; everything else must be a route of the attempt.
    private const int OwnSession = (1 << (int)Channel.Web) | (1 << (int)Channel.Mobile) | (1 << (int)Channel.Chat);

    private IntentTrack? _quarantinedInTurn;
    private bool _ignoredInTurn;
    private bool _wrongInTurn;
    private bool _movedInTurn;
    private int _eventsInTurn;
    private int _wrongAnswers;

    // An answer that cannot count is recorded, and its turn does nothing else.
    private void NoteTurn(PaymentEvent happened, bool begins)
    {
        if (begins)
        {
            (_ignoredInTurn, _wrongInTurn, _movedInTurn, _eventsInTurn, _quarantinedInTurn) = (false, false, false, 0, null);
        }

        _eventsInTurn++;
        _ignoredInTurn |= happened is PaymentEvent.AnswerIgnored;
        _wrongInTurn |= happened is PaymentEvent.WrongAnswer;
        _movedInTurn |= happened is PaymentEvent.CaptureRequested or PaymentEvent.DebitRequested or PaymentEvent.Debited or PaymentEvent.RefundApproved or PaymentEvent.CaptureSucceeded or PaymentEvent.RefundRequested
            or PaymentEvent.RefundSucceeded or PaymentEvent.ConfirmationEnded { Status: ConfirmationStatus.Matched };
        if ((_ignoredInTurn && _eventsInTurn > 1) || (_wrongInTurn && _movedInTurn))
        {
            findings.Report(15, $"an answer that cannot count led to {Words.NameOf(happened)}");
        }
    }

    private void Answers(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.ConfirmationRequested e: Asked(e); break;
            case PaymentEvent.ConfirmationSent or PaymentEvent.ConfirmationResent: break;
            case PaymentEvent.AnswerIgnored: findings.Looked(15); break;
            case PaymentEvent.WrongAnswer e: Wrong(e); break;
            case PaymentEvent.ConfirmationEnded e: ConfirmationEnded(e); break;
            default: findings.Report(2, $"the audit knows no {Words.NameOf(happened)}"); break;
        }
    }

    private void Asked(PaymentEvent.ConfirmationRequested e)
    {
        findings.Looked(14);
        if (Attempt(e.Attempt) is not { } a || a != _attempts[^1] || !a.AwaitsCustomer)
        {
            findings.Report(14, $"{e.Confirmation} asks for {e.Attempt}, which holds nothing and waits for nobody, or is not the newest");
            return;
        }

        if (a.Confirmation is not null) findings.Report(14, $"{a.Id} is to be confirmed twice, by {a.Confirmation.Id} and {e.Confirmation}");
        if (a.Amount != _grant!.Amount) findings.Report(14, $"{e.Confirmation} asks for {a.Amount}; {_grant.Amount} was granted");
        a.Confirmation = new ConfirmationTrack(e.Confirmation, e.ExpiresAt);
    }

    private void Wrong(PaymentEvent.WrongAnswer e)
    {
        findings.Looked(15);
        if (e.Count != _wrongAnswers + 1) findings.Report(15, $"wrong answer {e.Count} follows wrong answer {_wrongAnswers}");
        if (e.Count > WrongAnswersAllowed) findings.Report(15, $"{e.Count} wrong answers were tried; {WrongAnswersAllowed} are allowed");
        if (Confirmation(e.Confirmation) is not { Ended: false }) findings.Report(15, $"a wrong answer was counted for {e.Confirmation}, which is not open");
        _wrongAnswers = Math.Max(_wrongAnswers, e.Count);
    }

    private void ConfirmationEnded(PaymentEvent.ConfirmationEnded e)
    {
        findings.Looked(16);
        if (Confirmation(e.Confirmation) is not { } asked)
        {
            findings.Report(14, $"{e.Confirmation} ended and was never asked for");
            return;
        }

        if (asked.Ended) findings.Report(e.Status is ConfirmationStatus.Matched && asked.Matched ? 14 : 16, $"{e.Confirmation} ended twice");
        if (e.Status is ConfirmationStatus.Matched) Matched(e, asked);
        asked.Ended = true;
    }

    private void Matched(PaymentEvent.ConfirmationEnded e, ConfirmationTrack asked)
    {
        findings.Looked(14);
        findings.Looked(15);
        var a = _attempts.Find(x => x.Confirmation == asked)!;
        if (asked.Ended && !asked.Matched) findings.Report(15, $"{asked.Id} was approved after it had ended");
        if (_at >= asked.ExpiresAt) findings.Report(15, $"{asked.Id} was approved at {_at:O}; it expired at {asked.ExpiresAt:O}");
        if (_wrongAnswers >= WrongAnswersAllowed) findings.Report(15, $"{asked.Id} was approved after {_wrongAnswers} wrong answers");
        if (e.NotMe) findings.Report(15, $"{asked.Id} was approved by somebody who never ordered");
        if (e.Channel is not { } channel || ((a.Channels | OwnSession) & (1 << (int)channel)) == 0)
        {
            findings.Report(15, $"{asked.Id} was approved over {(e.Channel is { } other ? $"{other}, where it was never asked" : "no channel")}");
        }

        if (a != _attempts[^1] || !a.AwaitsCustomer || a.Amount != _grant!.Amount) findings.Report(14, $"{asked.Id} was approved for a hold that is gone, or for another amount");
        asked.Matched = true;
    }

    private ConfirmationTrack? Confirmation(string id) => _attempts.Find(a => a.Confirmation?.Id == id)?.Confirmation;
}
