using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Taking held money, and releasing what is not taken.</summary>
public sealed class CaptureTests
{
    [Theory]
    [InlineData(-1, RejectionCode.AmountNotPositive)]
    [InlineData(0, RejectionCode.AmountNotPositive)]
    [InlineData(1, null)]
    [InlineData(29_99, null)]
    [InlineData(30_00, null)]
    [InlineData(30_01, RejectionCode.CaptureExceedsAuthorized)]
    [InlineData(long.MaxValue, RejectionCode.CaptureExceedsAuthorized)]
    [Trait("Invariant", "6")]
    public void A_second_capture_may_take_exactly_what_remains(long cents, RejectionCode? rejection)
    {
        var turn = PartlyCaptured(20_00).When(new PaymentCommand.Capture(Eur(cents), false, "mer_1"), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new PaymentEvent.CaptureRequested("cap_1_2", "att_1_1", Eur(cents), cents == 30_00, "cap_1_2/capture", "mer_1"));
    }

    [Fact]
    [Trait("Invariant", "25")]
    public void Nothing_is_captured_before_a_matched_confirmation()
    {
        var capture = new PaymentCommand.Capture(null, true, "mer_1");
        Created(CaptureMode.Manual).When(capture, Noon).ThenRejected(RejectionCode.IllegalState);
        Authorizing(CaptureMode.Manual).When(capture, Noon).ThenRejected(RejectionCode.IllegalState);
        Authorized(CaptureMode.Manual).When(capture, Noon).ThenRejected(RejectionCode.ConfirmationRequired);
        Asked(CaptureMode.Manual).When(capture, Noon).ThenRejected(RejectionCode.ConfirmationRequired);
        Rejected().When(capture, Noon).ThenRejected(RejectionCode.IllegalState);
        Captured().When(capture, Noon).ThenRejected(RejectionCode.IllegalState);
    }

    [Fact]
    public void A_capture_in_another_currency_is_refused() =>
        Confirmed(CaptureMode.Manual).When(new PaymentCommand.Capture(new Amount(1, Currency.Usd), false, "mer_1"), Noon).ThenRejected(RejectionCode.CurrencyMismatch);

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.AuthorizationExpired)]
    [InlineData(1, RejectionCode.AuthorizationExpired)]
    [Trait("Invariant", "6")]
    public void Nothing_is_captured_once_the_hold_has_ended(long ticks, RejectionCode? rejection)
    {
        var turn = Confirmed(CaptureMode.Manual, HoldEnds.AddDays(1)).When(new PaymentCommand.Capture(null, true, "mer_1"), HoldEnds.AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.CaptureRequested));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.PaymentExpired)]
    [InlineData(1, RejectionCode.PaymentExpired)]
    [Trait("Invariant", "6")]
    public void Nothing_is_captured_once_the_payment_has_expired_even_when_its_timer_is_late(long ticks, RejectionCode? rejection)
    {
        var turn = Confirmed(CaptureMode.Manual).When(new PaymentCommand.Capture(null, true, "mer_1"), Deadline.AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.CaptureRequested));
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void A_capture_is_posted_when_the_bank_says_so_and_the_merchant_is_owed()
    {
        var turn = Confirmed().Start(CaptureKey).When(Report(CaptureKey, new BankAnswer.Captured("c", Eur(50_00))), Noon);
        Assert.Equal(PaymentStatus.Succeeded, turn.ThenTypes(typeof(PaymentEvent.CaptureSucceeded)).Status());

        var posted = Assert.Single(turn.Decision.Events.SelectMany(PaymentDecider.Postings));
        Assert.Equal(0, posted.Postings.Sum(p => p.Minor));
        Assert.Contains(posted.Postings, p => p is { Account.Name: "merchant_payable:mer_1", Minor: -50_00 });
    }

    [Fact]
    public void A_failed_capture_can_be_asked_for_again()
    {
        var run = Confirmed().Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Failed("try_later"));
        Assert.Equal(PaymentStatus.RequiresCapture, run.Status());

        run.When(new PaymentCommand.Capture(null, true, "mer_1"), Noon).ThenTypes(typeof(PaymentEvent.CaptureRequested));
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void An_unknown_capture_counts_as_taken_and_nothing_else_begins()
    {
        var run = Confirmed(CaptureMode.Manual).Do(new PaymentCommand.Capture(Eur(20_00), false, "mer_1"), Noon).Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Unknown("t"));

        Assert.Equal(30_00, run.Payment().Capturable);
        run.When(new PaymentCommand.Capture(Eur(1), false, "mer_1"), Noon).ThenRejected(RejectionCode.AttemptInProgress);
        run.When(new PaymentCommand.VoidRemainder("mer_1"), Noon).ThenRejected(RejectionCode.IllegalState);
        run.When(new PaymentCommand.Cancel("mer_1", "x"), Noon).ThenRejected(RejectionCode.OutcomeUnknown);
    }

    [Fact]
    public void A_final_capture_releases_the_rest_with_it_and_nothing_is_released_again_at_the_deadline()
    {
        var run = PartlyCaptured(20_00, final: true);
        Assert.Equal(PaymentStatus.Succeeded, run.Status());

        run.When(new PaymentCommand.Capture(Eur(1), false, "mer_1"), Noon).ThenRejected(RejectionCode.IllegalState);
        run.When(new PaymentCommand.VoidRemainder("mer_1"), Noon).ThenRejected(RejectionCode.IllegalState);
        run.When(new PaymentCommand.TimerDue("expiry"), Deadline).ThenNothing();
    }

    [Fact]
    public void The_remainder_is_released_and_the_payment_is_what_was_captured()
    {
        var run = PartlyCaptured().When(new PaymentCommand.VoidRemainder("mer_1"), Noon)
            .Then(new PaymentEvent.VoidRequested("att_1_1", ReleaseKey, AfterVoid.Stay, "remainder_released"));

        Assert.Equal(PaymentStatus.Succeeded, run.Status());
        Assert.Equal(PaymentStatus.Succeeded, run.Bank(ReleaseKey, new BankAnswer.Voided("v")).Status());
        run.When(new PaymentCommand.VoidRemainder("mer_1"), Noon).ThenRejected(RejectionCode.IllegalState);
    }

    [Fact]
    public void Releasing_everything_cancels()
    {
        var run = Confirmed(CaptureMode.Manual).Do(new PaymentCommand.VoidRemainder("mer_1"), Noon).Bank(ReleaseKey, new BankAnswer.Voided("v"));

        Assert.Equal(PaymentStatus.Canceled, run.Status());
    }
}
