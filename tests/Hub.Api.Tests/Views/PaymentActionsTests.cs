using Hub.Api.Views;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Api.Tests.Views;

/// <summary>What a payment says that it would accept is what it does accept, status by status and action by action.</summary>
public sealed class PaymentActionsTests
{
    private const string Named = "submit confirm resend capture void approve reject cancel hold refund approve_refund decline_refund submit_evidence accept_dispute";

    private static readonly IReadOnlyDictionary<string, (PaymentRun Run, string Actions)> States = new Dictionary<string, (PaymentRun, string)>
    {
        ["created"] = (Created(), "submit cancel"),
        ["declined"] = (Authorizing().Bank(Authorize, new BankAnswer.Declined("no")), "submit cancel"),
        ["declined for the last time"] = (OutOfTries(), ""),
        ["not confirmed, no hold"] = (AskedFirst().Do(No(), Noon), "submit cancel"),
        ["at the bank"] = (Authorizing().Bank(Authorize, new BankAnswer.ActionRequired("b", "https://bank.example")), "cancel"),
        ["submitted"] = (Submitted(), "cancel hold"),
        ["outcome unknown"] = (Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout")), "hold"),
        ["not asked yet, no hold"] = (Unasked(), "cancel hold"),
        ["debiting"] = (Debiting(), ""),
        ["authorized"] = (Authorized(), "cancel hold"),
        ["asked"] = (Asked(), "confirm resend cancel hold"),
        ["asked as often as is allowed"] = (AskedTooOften(), "confirm cancel hold"),
        ["asked, no hold"] = (AskedFirst(), "confirm resend cancel hold"),
        ["rejected"] = (Rejected(), "hold"),
        ["releasing"] = (Rejected().Start(ReleaseKey), "hold"),
        ["held"] = (Held(Asked()), "confirm resend approve reject cancel"),
        ["held, confirmed"] = (Held(Asked()).Do(Pay(), Noon), "approve reject cancel"),
        ["held, confirmed, no hold"] = (Held(AskedFirst()).Do(Pay(), Noon), "approve reject cancel"),
        ["held, outcome unknown"] = (Held(Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout"))), "approve"),
        ["confirmed"] = (Confirmed(CaptureMode.Manual), "capture void cancel hold"),
        ["capturing"] = (Confirmed().Start(CaptureKey), ""),
        ["capture failed"] = (Confirmed().Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Failed("no")), "capture void cancel hold"),
        ["captured in part"] = (PartlyCaptured(), "capture void refund"),
        ["captured in part for good"] = (PartlyCaptured(final: true), "refund"),
        ["captured"] = (Captured(), "refund"),
        ["debited"] = (Debited(), "refund"),
        ["returned"] = (Debited().Bank(Authorize, Returned()), ""),
        ["refunded"] = (Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon), ""),
        ["paid at a bank that cannot pay back"] = (NoRefunds(), ""),
        ["late refund waits"] = (RefundWaits(), "approve_refund decline_refund"),
        ["disputed"] = (Disputed(), "submit_evidence accept_dispute"),
        ["disputed in part"] = (Disputed(20_00), "submit_evidence accept_dispute"),
        ["evidence on its way"] = (Disputed().Do(new PaymentCommand.SubmitEvidence("dsp_1_1", new Sealed("evidence"), "mer_1"), Noon), ""),
        ["under review"] = (Disputed(status: DisputeStatus.UnderReview), ""),
        ["dispute won"] = (Disputed(status: DisputeStatus.Won), "refund"),
        ["dispute lost"] = (Disputed(status: DisputeStatus.Lost), ""),
        ["dispute lost in part"] = (Disputed(20_00, DisputeStatus.Lost), "refund"),
        ["canceled"] = (Canceled(), ""),
        ["debited too late"] = (LeftTheBank().Bank(Authorize, Moved()), ""),
        ["expired"] = (Expired(), ""),
    };

    private static readonly IReadOnlyDictionary<string, Func<Payment, PaymentCommand>> Actions = new Dictionary<string, Func<Payment, PaymentCommand>>
    {
        ["submit"] = _ => Submit,
        ["confirm"] = _ => Pay(),
        ["resend"] = _ => new PaymentCommand.ResendConfirmation(null),
        ["capture"] = _ => new PaymentCommand.Capture(null, true, "mer_1"),
        ["void"] = _ => new PaymentCommand.VoidRemainder("mer_1"),
        ["approve"] = _ => new PaymentCommand.Approve("staff_1"),
        ["reject"] = _ => new PaymentCommand.Reject("staff_1", "fraud"),
        ["cancel"] = _ => new PaymentCommand.Cancel("mer_1", "x"),
        ["hold"] = _ => new PaymentCommand.Hold("staff_1", "odd"),
        ["refund"] = _ => new PaymentCommand.Refund(null, "x", "mer_1"),
        ["approve_refund"] = p => new PaymentCommand.ApproveRefund(p.Refunds.Count == 0 ? "none" : p.Refunds[^1].Id, "staff_2"),
        ["decline_refund"] = p => new PaymentCommand.DeclineRefund(p.Refunds.Count == 0 ? "none" : p.Refunds[^1].Id, "staff_1", "x"),
        ["submit_evidence"] = _ => new PaymentCommand.SubmitEvidence("dsp_1_1", new Sealed("evidence"), "mer_1"),
        ["accept_dispute"] = _ => new PaymentCommand.AcceptDispute("dsp_1_1", "mer_1"),
    };

    public static TheoryData<string> Names => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_payment_names_the_actions_of_its_state_and_no_others(string state) =>
        Assert.Equal(States[state].Actions, string.Join(' ', PaymentActions.Of(States[state].Run.Payment())));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_action_that_is_named_is_accepted_and_every_other_is_not(string state)
    {
        var run = States[state].Run;
        var named = PaymentActions.Of(run.Payment());

        Assert.Equal(Named.Split(' '), Actions.Keys);
        foreach (var (action, make) in Actions)
        {
            var decision = run.When(make(run.Payment()), action == "resend" ? Noon.AddSeconds(PaymentLimits.ResendSeconds) : Noon).Decision;
            var accepted = decision.Rejection is null && decision.Events.Any(e => e is not PaymentEvent.AnswerIgnored);
            Assert.True(accepted == named.Contains(action), $"{action} is {(accepted ? "accepted" : $"refused ({decision.Rejection})")}, and the payment says: {string.Join(' ', named)}");
        }
    }

    private static PaymentRun Held(PaymentRun run) => run.Do(new PaymentCommand.Hold("staff_1", "odd"), Noon);

    private static PaymentRun OutOfTries()
    {
        var run = Created();
        for (var attempt = 1; attempt <= PaymentLimits.Attempts; attempt++)
        {
            run = run.Do(Submit, Noon).Start($"att_1_{attempt}/authorize").Bank($"att_1_{attempt}/authorize", new BankAnswer.Declined("no"));
        }

        return run;
    }

    private static PaymentRun AskedTooOften()
    {
        var run = Asked();
        for (var resend = 1; resend <= PaymentLimits.Resends; resend++) run = run.Do(new PaymentCommand.ResendConfirmation(null), Noon.AddMinutes((long)resend));
        return run;
    }

    private static PaymentRun NoRefunds() => Created()
        .Do(SubmitTo(Choice("sandbox", GatewayTerms.Full with { Refund = false })), Noon).Start(Authorize).Bank(Authorize, AuthorizedAnswer())
        .Ask("att_1_1").Do(Pay(), Noon).Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)));
}
