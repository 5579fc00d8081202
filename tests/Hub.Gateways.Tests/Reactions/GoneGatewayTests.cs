using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.SandboxBank;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>A gateway that the settings no longer have ends in the payment's own rules, and stops nothing else (invariant 26).</summary>
[Trait("Invariant", "26")]
public sealed class GoneGatewayTests
{
    private const string Authorize = "att_1_1/authorize";
    private const string Capture = "cap_1_1/capture";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_authorization_is_tried_three_times_and_then_failed()
    {
        var payment = OnePayment.Submitted(49_90, "gone");
        var reaction = payment.At();

        await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);
        for (var next = 2; next <= PaymentLimits.AuthorizeTries; next++) await reaction.HandleAsync(payment.Due(Authorize), Cancel);

        var attempt = Assert.Single(payment.Payment.Attempts);
        Assert.Equal((AttemptStatus.Failed, PaymentStatus.RequiresPaymentMethod), (attempt.Status, payment.Payment.Status));
        Assert.Equal("gateway_not_configured", Assert.IsType<PaymentEvent.AttemptFailed>(payment.Newest<PaymentEvent.AttemptFailed>().Body).Reason);
    }

    [Fact]
    public async Task Another_gateway_that_may_take_it_does()
    {
        await using var bank = await BankListener.AnswersAsync(201, GatewayFixture.Authorization("authorized", reference: "pay_1/att_1_2/authorize"));
        var payment = OnePayment.Submitted(49_90, "gone", SandboxBankGateway.GatewayName);
        var reaction = payment.At(GatewayFixture.Gateway(bank.Address));

        await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);
        await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);

        Assert.Equal([AttemptStatus.Failed, AttemptStatus.Authorized], payment.Payment.Attempts.Select(a => a.Status));
    }

    [Fact]
    public async Task A_capture_is_tried_ten_times_and_then_a_case()
    {
        var payment = OnePayment.Confirmed(49_90, "gone");
        var reaction = payment.At();

        await reaction.HandleAsync(payment.Newest<PaymentEvent.CaptureRequested>(), Cancel);
        for (var next = 2; next <= PaymentLimits.SettledTries; next++) await reaction.HandleAsync(payment.Due(Capture), Cancel);

        Assert.Equal(BankOperationProgress.Unknown, payment.Payment.FindOperation(Capture)!.Progress);
        Assert.Equal(("bank_unreachable", true), Assert.Single(payment.Payment.Cases.Select(x => (x.Reason, x.Open))));
        Assert.Equal("gateway_not_configured", Assert.IsType<PaymentEvent.OutcomeUnknown>(payment.Newest<PaymentEvent.OutcomeUnknown>().Body).Reason);
    }

    /// <summary>A call left before the settings changed: nobody can be asked what became of it.</summary>
    [Fact]
    public async Task A_call_that_was_made_is_asked_about_eight_times_and_then_a_case()
    {
        var payment = OnePayment.Submitted(49_90, "gone");
        var reaction = payment.At();
        payment.Do(new PaymentCommand.StartBankCall(Authorize, 1));

        await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);
        for (var query = 1; query <= PaymentLimits.Queries; query++) await reaction.HandleAsync(payment.Due(Authorize), Cancel);

        Assert.Equal(BankOperationProgress.Unknown, payment.Payment.FindOperation(Authorize)!.Progress);
        Assert.Equal(("outcome_unknown", true), Assert.Single(payment.Payment.Cases.Select(x => (x.Reason, x.Open))));
    }
}
