using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Beginning a payment and submitting an instrument.</summary>
public sealed class SubmitTests
{
    [Theory]
    [InlineData(-1, RejectionCode.AmountNotPositive)]
    [InlineData(0, RejectionCode.AmountNotPositive)]
    [InlineData(1, null)]
    [InlineData(Amount.MaxMinor, null)]
    [InlineData(Amount.MaxMinor + 1, RejectionCode.AmountTooLarge)]
    public void A_payment_moves_a_positive_amount_of_at_most_twelve_digits(long cents, RejectionCode? rejection)
    {
        var turn = PaymentRun.Given().When(new PaymentCommand.Create("pay_1", Grant with { Amount = Eur(cents) }, CaptureMode.Automatic, Deadline), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new PaymentEvent.Created("pay_1", Grant with { Amount = Eur(cents) }, CaptureMode.Automatic, Deadline, Noon));
    }

    [Fact]
    public void A_payment_begins_once()
    {
        Created().When(new PaymentCommand.Create("pay_1", Grant, CaptureMode.Automatic, Deadline), Noon).ThenRejected(RejectionCode.AlreadyExists);
        PaymentRun.Given().When(Submit, Noon).ThenRejected(RejectionCode.NotFound);
    }

    [Fact]
    public void A_submit_journals_the_intent_and_its_key_before_any_call()
    {
        var run = Created().When(Submit, Noon)
            .Then(new PaymentEvent.Submitted("att_1_1", Card, "sandbox", Eur(50_00), [Phone], "sec_1", Authorize, Channel.Web, Noon) { Terms = GatewayTerms.Full, Reason = Only.Reason });

        Assert.Equal(PaymentStatus.Processing, run.Status());
        Assert.Equal(BankOperationProgress.Intended, run.Payment().FindOperation(Authorize)!.Progress);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.PaymentExpired)]
    [InlineData(1, RejectionCode.PaymentExpired)]
    public void Nothing_is_submitted_from_the_deadline_on(long seconds, RejectionCode? rejection) => Expect(Submit, Deadline.AddSeconds(seconds), rejection);

    [Theory]
    [InlineData(11, 2029, RejectionCode.InstrumentExpired)]
    [InlineData(2, 2026, RejectionCode.InstrumentExpired)]
    [InlineData(3, 2026, null)]
    [InlineData(4, 2026, null)]
    public void A_card_is_good_until_the_end_of_its_month(int month, int year, RejectionCode? rejection) =>
        Expect(Submit with { Instrument = Card with { ExpMonth = month, ExpYear = year == 2029 ? 2025 : year } }, Noon, rejection);

    [Fact]
    public void A_submit_needs_the_accepted_invoice_a_security_code_and_a_way_to_confirm()
    {
        Expect(Submit with { Accepted = null }, Noon, RejectionCode.InvoiceNotAccepted);
        Expect(Submit with { Accepted = new Acceptance("another", Noon) }, Noon, RejectionCode.InvoiceHashMismatch);
        Expect(Submit with { SecurityCode = null }, Noon, RejectionCode.SecurityCodeMissing);
        Expect(Submit with { Routes = [] }, Noon, RejectionCode.NoConfirmationRoute);
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void No_other_attempt_begins_while_one_is_live_or_unknown()
    {
        Submitted().When(Submit, Noon).ThenRejected(RejectionCode.AttemptInProgress);
        Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout")).When(Submit, Noon).ThenRejected(RejectionCode.AttemptInProgress);
        Asked().When(Submit, Noon).ThenRejected(RejectionCode.AttemptInProgress);
        Rejected().When(Submit, Noon).ThenRejected(RejectionCode.AttemptInProgress);
        Captured().When(Submit, Noon).ThenRejected(RejectionCode.AttemptInProgress);
    }

    [Fact]
    public void After_a_decline_another_card_pays_in_the_same_payment()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.Declined("insufficient_funds"));
        Assert.Equal(PaymentStatus.RequiresPaymentMethod, run.Status());

        run = run.Do(Submit, Noon);
        Assert.Equal("att_1_2", run.Payment().LastAttempt!.Id);
    }

    [Fact]
    public void The_fifth_decline_cancels()
    {
        var run = Created();
        for (var i = 1; i <= PaymentLimits.Attempts; i++)
        {
            Assert.Equal(PaymentStatus.RequiresPaymentMethod, run.Status());
            run = run.Do(Submit, Noon).Bank($"att_1_{i}/authorize", new BankAnswer.Declined("no"));
        }

        Assert.Equal(PaymentStatus.Canceled, run.Status());
    }

    [Fact]
    public void A_payment_without_attempts_left_is_canceled_however_the_last_one_ended()
    {
        var run = Created();
        for (var i = 1; i < PaymentLimits.Attempts; i++) run = run.Do(Submit, Noon).Bank($"att_1_{i}/authorize", new BankAnswer.Declined("no"));
        var last = run.Do(Submit, Noon).Start("att_1_5/authorize");

        var released = last.Bank("att_1_5/authorize", AuthorizedAnswer())
            .Do(new PaymentCommand.RequestConfirmation("att_1_5", Expected), Noon).Do(No(), Noon)
            .Bank("att_1_5/void", new BankAnswer.Voided("v"));
        Assert.Equal(PaymentStatus.Canceled, released.Status());

        for (var i = 1; i <= PaymentLimits.AuthorizeTries; i++)
        {
            if (i > 1) last = last.Start("att_1_5/authorize", i);
            last = last.Bank("att_1_5/authorize", new BankAnswer.NeverReached("refused"));
        }

        Assert.Equal(PaymentStatus.Canceled, last.Status());
    }

    [Fact]
    public void The_amount_changes_only_between_attempts_and_only_for_the_same_order_customer_and_merchant()
    {
        var other = Grant with { Amount = Eur(60_00), InvoiceHash = "hash2" };
        Created().When(new PaymentCommand.ChangeAmount(other), Noon).Then(new PaymentEvent.AmountChanged(other));
        Created().When(new PaymentCommand.ChangeAmount(Grant), Noon).ThenNothing();
        Authorizing().When(new PaymentCommand.ChangeAmount(other), Noon).ThenRejected(RejectionCode.AttemptInProgress);
        Asked().When(new PaymentCommand.ChangeAmount(other), Noon).ThenRejected(RejectionCode.AttemptInProgress);
        Canceled().When(new PaymentCommand.ChangeAmount(other), Noon).ThenRejected(RejectionCode.IllegalState);
        Created().When(new PaymentCommand.ChangeAmount(other with { Order = "ord_2" }), Noon).ThenRejected(RejectionCode.IllegalState);
        Created().When(new PaymentCommand.ChangeAmount(other with { Customer = "cus_2" }), Noon).ThenRejected(RejectionCode.IllegalState);
        Created().When(new PaymentCommand.ChangeAmount(other with { Merchant = "mer_2" }), Noon).ThenRejected(RejectionCode.IllegalState);
        Created().When(new PaymentCommand.ChangeAmount(other with { Amount = new Amount(1, Currency.Usd) }), Noon).ThenRejected(RejectionCode.CurrencyMismatch);
        Created().When(new PaymentCommand.ChangeAmount(other with { Amount = Eur(0) }), Noon).ThenRejected(RejectionCode.AmountNotPositive);
    }

    private static void Expect(PaymentCommand command, DateTimeOffset at, RejectionCode? rejection)
    {
        var turn = Created().When(command, at);
        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.Submitted));
    }
}
