using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Reactions;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>Money that a bank reports unasked is for the payment's own payee, or is none of its money (invariant 13).</summary>
[Trait("Invariant", "13")]
public sealed class BankReportsTests
{
    private static readonly GatewayAnswer Taken = new GatewayAnswer.Captured("bno_1", new Amount(50_00, Currency.Eur));
    private static readonly GatewayAnswer Invalid = new GatewayAnswer.Unknown(UnknownReason.SignatureInvalid);

    [Theory]
    [InlineData("att_1_1/authorize", "Shop", true)]
    [InlineData("att_1_1/authorize", null, true)]
    [InlineData("att_1_1/authorize", "shop", false)]
    [InlineData("att_1_1/authorize", "Another shop", false)]
    [InlineData("cap_1_1/capture", "Another shop", false)]
    [InlineData("k1", "Another shop", true)]
    public async Task A_report_for_another_payee_than_the_payments_is_no_answer(string key, string? payee, bool taken)
    {
        var payment = new OnePayment();
        payment.Do(new PaymentCommand.Create("pay_1", OnePayment.Grant(), CaptureMode.Automatic, OnePayment.Noon.AddHours(1)));

        var report = await payment.AsAskedAsync(Report(key, payee), TestContext.Current.CancellationToken);

        Assert.Equal(Report(key, payee) with { Answer = taken ? Taken : Invalid }, report);
    }

    /// <summary>That there is no such payment, the payment's own turn says, and it is counted there.</summary>
    [Fact]
    public async Task A_report_about_no_payment_of_this_hub_stays_as_it_is() =>
        Assert.Equal(Report("att_1_1/authorize", "Shop"), await new OnePayment().AsAskedAsync(Report("att_1_1/authorize", "Shop"), TestContext.Current.CancellationToken));

    private static BankReport Report(string key, string? payee) =>
        new("bev_1", BankOperationKind.Authorize, key, $"pay_1/{key}", Taken, FakeTime.Noon) { Payee = payee };
}
