using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>One gateway, and one order of each kind.</summary>
internal static class GatewayFixture
{
    internal const string Key = "pay_1/att_1/authorize";

    internal const string Payee = "Blue Bottle Books";

    internal static readonly InstrumentRef Card = new(FakeCardVault.Instrument, InstrumentType.Card, "visa", "4242", 12, 2031);

    internal static readonly AuthorizeOrder Authorize = new(
        Key, "pay_1/att_1/authorize", new Amount(4990, Currency.Eur), Card, FakeCardVault.Code, Payee, "cus_1");

    internal static readonly CaptureOrder Capture = new("pay_1/cap_1", "pay_1/cap_1", "bau_1", new Amount(4990, Currency.Eur), Final: true, Payee, "cus_1");

    internal static readonly VoidOrder Voiding = new("pay_1/void", "pay_1/void", "bau_1", "cus_1");

    internal static readonly RefundOrder Refund = new("pay_1/ref_1", "pay_1/ref_1", "bca_1", new Amount(4990, Currency.Eur), Payee, "cus_1");

    /// <summary>The question about one of those orders.</summary>
    internal static QueryOrder Ask(BankOperationKind operation, string key = Key) => new(
        operation,
        key,
        operation switch
        {
            BankOperationKind.Capture => Capture.Reference,
            BankOperationKind.Void => Voiding.Reference,
            BankOperationKind.Refund => Refund.Reference,
            _ => Authorize.Reference,
        },
        "bau_1",
        Payee,
        "cus_1");

    internal static SandboxBankOptions Options(Uri address) => new()
    {
        BaseAddress = address,
        ApiKey = "bank_sandbox_key",
        WebhookSecrets = ["whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="],
    };

    internal static SandboxBankGateway Gateway(HttpMessageInvoker http, Uri? address = null, FakeCardVault? vault = null) =>
        new(http, vault ?? new FakeCardVault(), Options(address ?? new Uri("http://bank.invalid/v1")), NullLogger<SandboxBankGateway>.Instance);

    internal static SandboxBankGateway Gateway(Uri address, TimeProvider? time = null, FakeCardVault? vault = null) =>
        Gateway(GatewayServices.BankConnection(TimeSpan.FromSeconds(20), time ?? new FakeTime()), address, vault);

    internal static string Authorization(string status, string more = "", string reference = "pay_1/att_1/authorize") =>
        $$"""{"id":"bau_1","status":"{{status}}","amount":4990,"currency":"EUR","reference":"{{reference}}"{{more}}}""";

    internal static string OfCapture(string status, string more = "", string authorization = "bau_1") =>
        $$"""{"id":"bca_1","authorization":"{{authorization}}","status":"{{status}}","amount":4990,"currency":"EUR","reference":"pay_1/cap_1"{{more}}}""";

    internal static string OfVoid(string status, string more = "") =>
        $$"""{"id":"bvo_1","authorization":"bau_1","status":"{{status}}","reference":"pay_1/void"{{more}}}""";

    internal static string OfRefund(string status, string more = "", string capture = "bca_1") =>
        $$"""{"id":"bre_1","capture":"{{capture}}","status":"{{status}}","amount":4990,"currency":"EUR","reference":"pay_1/ref_1"{{more}}}""";
}

/// <summary>Answers, or fails, as the test says.</summary>
internal sealed class FakeHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    internal int Calls { get; private set; }

    internal static HttpMessageInvoker Throws(Exception thrown) => new(new FakeHandler((_, _) => Task.FromException<HttpResponseMessage>(thrown)));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls++;
        return answer(request, cancellationToken);
    }
}
