using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>How a hold may be taken, by what its gateway can do.</summary>
public sealed class CaptureTermsTests
{
    [Theory]
    [InlineData(49_99, RejectionCode.PartialCaptureNotSupported)]
    [InlineData(50_00, null)]
    [InlineData(50_01, RejectionCode.CaptureExceedsAuthorized)]
    [Trait("Invariant", "6")]
    public void A_bank_that_captures_only_wholly_is_asked_for_all_of_it(long cents, RejectionCode? rejection)
    {
        var turn = ConfirmedAt(GatewayTerms.Full with { PartialCapture = false }).When(new PaymentCommand.Capture(Eur(cents), false, "mer_1"), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new PaymentEvent.CaptureRequested("cap_1_1", "att_1_1", Eur(cents), Final: true, CaptureKey, "mer_1"));
    }

    [Theory]
    [InlineData(false, 1, true)]
    [InlineData(false, 49_99, true)]
    [InlineData(true, 49_99, false)]
    [InlineData(true, 50_00, true)]
    [Trait("Invariant", "6")]
    public void The_first_capture_is_the_last_where_a_hold_is_taken_once(bool multi, long cents, bool final)
    {
        var run = ConfirmedAt(GatewayTerms.Full with { MultiCapture = multi }).When(new PaymentCommand.Capture(Eur(cents), false, "mer_1"), Noon)
            .Then(new PaymentEvent.CaptureRequested("cap_1_1", "att_1_1", Eur(cents), final, CaptureKey, "mer_1"))
            .Start(CaptureKey).Bank(CaptureKey, new Domain.Payments.Bank.BankAnswer.Captured("c", Eur(cents)));

        Assert.Equal(final ? PaymentStatus.Succeeded : PaymentStatus.PartiallyCaptured, run.Status());
        var more = run.When(new PaymentCommand.Capture(Eur(1), false, "mer_1"), Noon);
        if (final) more.ThenRejected(RejectionCode.IllegalState);
        else more.ThenTypes(typeof(PaymentEvent.CaptureRequested));
    }

    [Fact]
    public void A_refused_final_capture_leaves_the_hold_to_be_taken_again()
    {
        var run = ConfirmedAt(GatewayTerms.Full with { MultiCapture = false }).Do(new PaymentCommand.Capture(Eur(10_00), false, "mer_1"), Noon)
            .Start(CaptureKey).Bank(CaptureKey, new Domain.Payments.Bank.BankAnswer.Failed("no"));

        run.When(new PaymentCommand.Capture(null, false, "mer_1"), Noon).ThenTypes(typeof(PaymentEvent.CaptureRequested));
    }

    [Fact]
    public void Money_of_a_bank_that_cannot_pay_back_is_not_refunded()
    {
        var run = ConfirmedAt(GatewayTerms.Full with { Refund = false }).Do(new PaymentCommand.Capture(null, true, "mer_1"), Noon)
            .Start(CaptureKey).Bank(CaptureKey, new Domain.Payments.Bank.BankAnswer.Captured("c", Eur(50_00)));

        run.When(new PaymentCommand.Refund(Eur(1), "x", "mer_1"), Noon).ThenRejected(RejectionCode.RefundNotSupported);
    }

    private static PaymentRun ConfirmedAt(GatewayTerms terms) => Created(CaptureMode.Manual).Do(SubmitTo(Choice("sandbox", terms)), Noon)
        .Start(Authorize).Bank(Authorize, AuthorizedAnswer()).Ask("att_1_1").Do(Pay(), Noon);
}
