using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Stripe;
using Hub.Gateways.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>One connector, and one order of each kind.</summary>
internal static class StripeFixture
{
    internal const string AuthorizeKey = "att_0b_1/authorize";

    internal const string CaptureKey = "cap_0b_1/capture";

    internal const string VoidKey = "att_0b_1/void";

    internal const string RefundKey = "rfd_0b_1/refund";

    internal const string Secret = "whsec_of_this_endpoint";

    internal static readonly InstrumentRef Card = new(FakeCardVault.Instrument, InstrumentType.Card, "visa", "4242", 12, 2031);

    internal static readonly AuthorizeOrder Authorize = new(
        AuthorizeKey, $"pay_0b/{AuthorizeKey}", new Amount(4990, Currency.Eur), Card, FakeCardVault.Code, "Blue Bottle Books", "cus_1")
    {
        ReturnUrl = "https://pay.example/checkout/pay_0b",
    };

    internal static readonly CaptureOrder Capture = new(CaptureKey, $"pay_0b/{CaptureKey}", "pi_1", new Amount(4990, Currency.Eur), Final: true, "Blue Bottle Books", "cus_1");

    internal static readonly VoidOrder Voiding = new(VoidKey, $"pay_0b/{VoidKey}", "pi_1", "cus_1");

    internal static readonly RefundOrder Refund = new(RefundKey, $"pay_0b/{RefundKey}", "pi_1", new Amount(4990, Currency.Eur), "Blue Bottle Books", "cus_1");

    internal static StripeOptions Options(Uri address) => new() { BaseAddress = address, ApiKey = "sk_test_not_a_key", WebhookSecrets = [Secret] };

    internal static StripeGateway Gateway(Uri address, FakeCardVault? vault = null, TimeProvider? time = null) =>
        Gateway(GatewayServices.BankConnection(TimeSpan.FromSeconds(20), time ?? new FakeTime()), address, vault);

    internal static StripeGateway Gateway(HttpMessageInvoker http, Uri? address = null, FakeCardVault? vault = null) =>
        new(http, vault ?? new FakeCardVault(), Options(address ?? new Uri("http://stripe.invalid")), NullLogger<StripeGateway>.Instance);

    internal static QueryOrder Ask(BankOperationKind operation, string key, string? intent = "pi_1") =>
        new(operation, key, $"pay_0b/{key}", intent, "Blue Bottle Books", "cus_1");
}
