using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Api.Views;

/// <summary>The routes below a payment that it would accept now. The rules themselves are asked, so that the two never differ.</summary>
/// <remarks>
/// Deadlines are left out: a view is a function of the state, and what is too late (evidence, a refund after thirteen months) is refused with
/// its own code. Who may do it is the caller's role to say: a customer
/// confirms, staff hold.
/// </remarks>
internal static class PaymentActions
{
    private const string Somebody = "somebody";

    // A submit with which nothing is wrong; whether this customer's would be like it is not the payment's to say.
    private static readonly InstrumentRef Anything = new("ins_any", InstrumentType.ECash, "", "", 0, 0);
    private static readonly EquatableArray<GatewayChoice> Anywhere = [new GatewayChoice("any", GatewayTerms.Full, "")];
    private static readonly EquatableArray<Route> Anyhow = [new Route(Channel.Web, "adr_any", "any", default)];

    internal static IReadOnlyList<string> Of(Payment payment)
    {
        List<string> names = [];
        foreach (var (name, command, at) in Probes(payment))
        {
            if (!names.Contains(name) && Accepts(command, at, payment)) names.Add(name);
        }

        return names;
    }

    // Only what can be accepted at all is asked about: views are made by the thousand.
    private static IEnumerable<(string Name, PaymentCommand Command, DateTimeOffset At)> Probes(Payment payment) =>
        (payment.Ended is null ? WhileOpen(payment) : []).Concat(payment.Captures.Count > 0 ? OnceCaptured(payment) : []);

    private static IEnumerable<(string Name, PaymentCommand Command, DateTimeOffset At)> WhileOpen(Payment payment)
    {
        var at = payment.CreatedAt;
        if (payment.LiveAttempt is null) yield return ("submit", new PaymentCommand.Submit(Anything, Anywhere, new Acceptance(payment.Grant.InvoiceHash, at), Anyhow, null, Channel.Web), at);
        if (payment.OpenConfirmation is { } open)
        {
            yield return ("confirm", new PaymentCommand.AnswerConfirmation(Channel.Web, Approves: false, null, Confirmation: open.Id), at);
            yield return ("resend", new PaymentCommand.ResendConfirmation(null), open.LastRequestedAt.AddSeconds(PaymentLimits.ResendSeconds));
        }

        if (payment.Capturable > 0)
        {
            yield return ("capture", new PaymentCommand.Capture(null, false, Somebody), at);
            yield return ("void", new PaymentCommand.VoidRemainder(Somebody), at);
        }

        if (payment.InReview)
        {
            yield return ("approve", new PaymentCommand.Approve(Somebody), at);
            yield return ("reject", new PaymentCommand.Reject(Somebody, ""), at);
        }

        if (payment.Captured > 0) yield break;
        yield return ("cancel", new PaymentCommand.Cancel(Somebody, ""), at);
        if (payment.LiveAttempt is not null) yield return ("hold", new PaymentCommand.Hold(Somebody, ""), at);
    }

    private static IEnumerable<(string Name, PaymentCommand Command, DateTimeOffset At)> OnceCaptured(Payment payment)
    {
        var at = payment.CreatedAt;
        yield return ("refund", new PaymentCommand.Refund(null, "", Somebody), at);
        foreach (var refund in payment.Refunds.Where(r => r.Status is RefundStatus.RequiresReview))
        {
            yield return ("approve_refund", new PaymentCommand.ApproveRefund(refund.Id, Somebody), at);
            yield return ("decline_refund", new PaymentCommand.DeclineRefund(refund.Id, Somebody, ""), at);
        }

        foreach (var dispute in payment.Disputes.Where(d => d.Status is DisputeStatus.NeedsResponse))
        {
            yield return ("submit_evidence", new PaymentCommand.SubmitEvidence(dispute.Id, default, Somebody), at);
            yield return ("accept_dispute", new PaymentCommand.AcceptDispute(dispute.Id, Somebody), at);
        }
    }

    // An answer that comes too late is recorded, and does nothing.
    private static bool Accepts(PaymentCommand command, DateTimeOffset at, Payment payment) =>
        PaymentDecider.Decide(command, at, payment) is { Rejection: null, Events: { Count: > 0 } events } && !events.Any(e => e is PaymentEvent.AnswerIgnored);
}
