using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <content>What the customer, the merchant and the staff ask, whether it fits or not.</content>
internal sealed partial class PaymentWalk
{
    private void PayWith()
    {
        List<GatewayChoice> choices = [];
        do
        {
            choices.Add(_luck.Of(_gateways));
        }
        while (choices.Count < 3 && _luck.OneIn(3));
        Send(Submit with { Gateways = [.. choices.Distinct()] });
    }

    private void Answer()
    {
        var number = Math.Max(1, Payment.Attempts.Count - _luck.Below(2));
        var confirmation = $"con_1_{number}";
        Send(_luck.Below(10) switch
        {
            0 => Pay("wrong"),
            1 => new PaymentCommand.AnswerConfirmation(Channel.Web, true, PageCode),
            2 => new PaymentCommand.AnswerConfirmation(Channel.Sms, true, PhoneCode, "adr_9"),
            3 => No(_luck.OneIn(3)),
            4 => new PaymentCommand.ResendConfirmation(null),
            5 => new PaymentCommand.ReportConfirmationSent(confirmation, Channel.Sms),
            6 => _luck.OneIn(4) ? new PaymentCommand.ReportConfirmationUndeliverable(confirmation) : Pay(),
            7 => Pay() with { Confirmation = confirmation },
            _ => Pay(),
        });
    }

    private void Merchant() => Send(_luck.Below(12) switch
    {
        0 => new PaymentCommand.Cancel("mer_1", "x"),
        1 => new PaymentCommand.VoidRemainder("mer_1"),
        2 => new PaymentCommand.ChangeAmount(Grant with { Amount = Eur(40_00 + _luck.Below(20_00)) }),
        3 or 4 => new PaymentCommand.Capture(null, true, "mer_1"),
        5 or 6 or 7 => new PaymentCommand.SubmitEvidence(NewestDispute, new Sealed("evidence"), "mer_1"),
        8 => new PaymentCommand.AcceptDispute(NewestDispute, "mer_1"),
        _ => new PaymentCommand.Capture(Eur(1 + _luck.Below(60_00)), _luck.OneIn(4), "mer_1"),
    });

    private void Staff() => Send(_luck.Below(9) switch
    {
        0 => new PaymentCommand.Hold("staff_1", "odd"),
        1 => new PaymentCommand.Reject("staff_1", "fraud"),
        2 => new PaymentCommand.DeclineRefund(NewestRefund, "staff_1", "x"),
        3 or 4 => new PaymentCommand.ApproveRefund(NewestRefund, "staff_2"),
        5 => new PaymentCommand.ApproveRefund(NewestRefund, "staff_1"),
        6 => new PaymentCommand.SettleCase($"cas_1_{1 + _luck.Below(Math.Max(1, Payment.Cases.Count))}", "staff_1", "seen"),
        _ => new PaymentCommand.Approve("staff_1"),
    });

    private void Refunds()
    {
        // Most refunds are asked for in time; some years later.
        if (_luck.OneIn(8) && Payment.Captured > 0) _now += TimeSpan.FromDays(100L);
        Send(new PaymentCommand.Refund(_luck.OneIn(2) ? null : Eur(1 + _luck.Below(50_00)), "x", _luck.OneIn(2) ? "mer_1" : "staff_1"));
    }

    // An operator looks the bank's books up, and says what they say.
    private void Operator()
    {
        if (Payment.Cases.FirstOrDefault(c => c is { Open: true, Operation: not null }) is not { Operation: { } key }) return;
        var told = _bank.Tell(key);
        Send(Report(key, told is BankAnswer.NotFound && _luck.OneIn(2) ? new BankAnswer.Failed("settled") : told, AnswerSource.Operator));
    }

    private string NewestRefund => Payment.Refunds.LastOrDefault(r => r.Status is Domain.Payments.Refunds.RefundStatus.RequiresReview)?.Id ?? "ref_1_1";

    private string NewestDispute => Payment.Disputes.Count == 0 ? "dsp_1_1" : Payment.Disputes[^1].Id;
}
