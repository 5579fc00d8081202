using System.Text;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Signatures;
using Hub.Gateways.Stripe;
using Hub.Gateways.Tests.Support;
using static Hub.Gateways.Tests.Stripe.StripeFixture;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>What Stripe tells by itself. The shapes are those of its documentation.</summary>
public sealed class WebhookTests
{
    private static readonly Amount Price = new(4990, Currency.Eur);

    private static readonly DateTimeOffset Created = DateTimeOffset.FromUnixTimeSeconds(1_774_958_000);

    private readonly FakeTime _time = new();

    private StripeWebhooks Reader => new(Options(new Uri("http://stripe.invalid")), _time);

    public static TheoryData<string, string?, BankOperationKind, string, GatewayAnswer> Intents => new()
    {
        { Intent("requires_capture"), null, BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.Authorized("pi_1", Price, null, null) },
        { Intent("processing"), null, BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.Pending() },
        {
            Intent("requires_payment_method", ""","last_payment_error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds"}"""),
            null, BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.Declined("insufficient_funds")
        },
        {
            Intent("requires_action", ""","next_action":{"type":"redirect_to_url","redirect_to_url":{"url":"https://hooks.stripe.example/3ds"}}"""),
            null, BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.ActionRequired("pi_1", "https://hooks.stripe.example/3ds")
        },
        { Intent("succeeded", captured: CaptureKey), CaptureKey, BankOperationKind.Capture, CaptureKey, new GatewayAnswer.Captured("pi_1", Price) },
        { Intent("succeeded"), null, BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.Authorized("pi_1", Price, null, null) },
        { Intent("canceled"), VoidKey, BankOperationKind.Void, VoidKey, new GatewayAnswer.Voided("pi_1") },
        { Intent("canceled"), null, BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.OperationFailed("canceled") },
        { Intent("canceled"), "7d2f5ad6-dashboard", BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.OperationFailed("canceled") },
        { Intent("canceled"), "att_0c_1/void", BankOperationKind.Authorize, AuthorizeKey, new GatewayAnswer.OperationFailed("canceled") },
    };

    [Theory]
    [MemberData(nameof(Intents))]
    [Trait("Invariant", "12")]
    public void An_intent_speaks_of_the_operation_that_its_status_and_the_hubs_words_on_it_name(
        string intent, string? calledUnder, BankOperationKind operation, string key, GatewayAnswer answer)
    {
        var told = Read(Event("payment_intent.whatever", intent, calledUnder));

        var report = Assert.IsType<BankWebhook.Reported>(told).Report;
        Assert.Equal((operation, key, answer, "evt_1", Created), (report.Operation, report.IdempotencyKey, report.Answer, report.EventId, report.CreatedAt));
    }

    [Theory]
    [InlineData("refund.updated", "succeeded")]
    [InlineData("refund.created", "pending")]
    [InlineData("charge.refund.updated", "failed")]
    [InlineData("refund.failed", "failed")]
    [InlineData("refund.updated", "canceled")]
    public void A_refund_is_known_by_the_hubs_key_on_it(string type, string status)
    {
        var refund = $$"""{"id":"re_1","object":"refund","status":"{{status}}","amount":4990,"currency":"eur","payment_intent":"pi_1","failure_reason":"expired_or_canceled_card","metadata":{"hub_key":"{{RefundKey}}","hub_reference":"pay_0b/{{RefundKey}}"} }""";

        var report = Assert.IsType<BankWebhook.Reported>(Read(Event(type, refund))).Report;

        GatewayAnswer expected = status switch
        {
            "succeeded" => new GatewayAnswer.Refunded("re_1", Price),
            "pending" => new GatewayAnswer.RefundPending("re_1", Price),
            "canceled" => new GatewayAnswer.OperationFailed("canceled"),
            _ => new GatewayAnswer.OperationFailed("expired_or_canceled_card"),
        };
        Assert.Equal((RefundKey, $"pay_0b/{RefundKey}", expected), (report.IdempotencyKey, report.Reference, report.Answer));
    }

    [Theory]
    [InlineData("needs_response", DisputeStatus.NeedsResponse)]
    [InlineData("under_review", DisputeStatus.UnderReview)]
    [InlineData("won", DisputeStatus.Won)]
    [InlineData("lost", DisputeStatus.Lost)]
    public void A_dispute_names_the_intent_and_until_when_evidence_counts(string status, DisputeStatus expected)
    {
        var report = Assert.IsType<BankWebhook.Disputed>(Read(Event("charge.dispute.updated", Dispute(status)))).Report;

        DateTimeOffset? respondBy = expected is DisputeStatus.NeedsResponse ? DateTimeOffset.FromUnixTimeSeconds(1_776_000_000) : null;
        Assert.Equal(new DisputeReport("evt_1", "", "du_1", expected, Price, "product_not_received", respondBy) { BankPayment = "pi_1" }, report);
    }

    [Theory]
    [InlineData("payment_intent.created", """{"id":"pi_1","status":"requires_payment_method","metadata":{"hub_key":"att_0b_1/authorize"}}""")]
    [InlineData("payment_intent.succeeded", """{"id":"pi_1","status":"succeeded","amount":1,"currency":"eur","metadata":{}}""")]
    [InlineData("payment_intent.succeeded", """{"id":"pi_1","status":"succeeded","amount":1,"currency":"eur","metadata":{"hub_key":"not a key"}}""")]
    [InlineData("refund.created", """{"id":"re_1","status":"succeeded","amount":1,"currency":"eur","metadata":{}}""")]
    [InlineData("charge.dispute.created", """{"id":"du_1","status":"warning_needs_response","amount":4990,"currency":"eur","payment_intent":"pi_1","reason":"general"}""")]
    [InlineData("charge.dispute.created", """{"id":"du_1","status":"needs_response","amount":4990,"currency":"eur","payment_intent":null,"reason":"general"}""")]
    [InlineData("charge.dispute.created", """{"id":"du_1","status":"needs_response","amount":4990,"currency":"isk","payment_intent":"pi_1","reason":"general"}""")]
    [InlineData("customer.created", """{"id":"cus_1"}""")]
    public void What_is_none_of_the_hubs_is_acknowledged_and_left(string type, string about) => Assert.Equal(new BankWebhook.Irrelevant("evt_1"), Read(Event(type, about)));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","created":1}""")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","created":1,"data":{"object":[]}}""")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","created":-1,"data":{"object":{}}}""")]
    [InlineData("""{"id":"evt 1","type":"payment_intent.succeeded","created":1,"data":{"object":{}}}""")]
    [InlineData("""{"id":"evt_1","type":"charge.dispute.closed","created":1,"data":{"object":{"id":"du_1","status":"odd","amount":1,"currency":"eur","payment_intent":"pi_1"}}}""")]
    public void What_is_signed_and_of_no_shape_is_unreadable(string body) => Assert.IsType<BankWebhook.Unreadable>(Read(body));

    [Theory]
    [InlineData(-301, WebhookFault.OutsideTolerance)]
    [InlineData(-300, null)]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(301, WebhookFault.OutsideTolerance)]
    public void A_time_may_lie_five_minutes_off_and_no_more(int seconds, WebhookFault? fault) =>
        Assert.Equal(fault, Fault(Signed(Body, FakeTime.Noon.AddSeconds(seconds), Secret), Body));

    [Fact]
    public void A_signature_holds_for_this_body_and_this_secret_alone()
    {
        var good = Signed(Body, FakeTime.Noon, Secret);
        var (time, mac) = (good.Split(',')[0], good.Split(',')[1]);

        Assert.Null(Fault(good, Body));
        Assert.Equal(WebhookFault.BadSignature, Fault(good, Body + " "));
        Assert.Equal(WebhookFault.BadSignature, Fault(Signed(Body, FakeTime.Noon, "whsec_of_another_endpoint"), Body));
        Assert.Equal(WebhookFault.BadSignature, Fault(good.ToUpperInvariant().Replace("T=", "t=", StringComparison.Ordinal).Replace("V1=", "v1=", StringComparison.Ordinal), Body));
        Assert.Equal(WebhookFault.BadSignature, Fault($"t={FakeTime.Noon.AddSeconds(1).ToUnixTimeSeconds()},{mac}", Body));
        Assert.Equal(WebhookFault.Malformed, Fault($"{time},{time},{mac}", Body));
        Assert.Equal(WebhookFault.Malformed, Fault($"{time},{mac.Replace("v1", "v0", StringComparison.Ordinal)}", Body));
        Assert.Equal(WebhookFault.Malformed, Fault(mac, Body));
        Assert.Equal(WebhookFault.Malformed, Fault($"t=noon,{mac}", Body));
        Assert.Equal(WebhookFault.Malformed, Fault(good + new string(' ', 5000), Body));
        Assert.Equal(WebhookFault.Malformed, Fault("", Body));
        Assert.Equal(WebhookFault.Malformed, Fault(null, Body));
    }

    [Fact]
    public void While_a_secret_is_being_replaced_either_may_sign_and_both_may_be_known()
    {
        const string old = "whsec_old";
        Assert.Null(Fault(Signed(Body, FakeTime.Noon, old, Secret), Body));
        Assert.Null(StripeSignature.Verify(Signed(Body, FakeTime.Noon, old), Encoding.UTF8.GetBytes(Body), FakeTime.Noon, Secret, old));
        Assert.Equal(WebhookFault.BadSignature, Fault(Signed(Body, FakeTime.Noon, old), Body));
    }

    // HMAC-SHA-256 of "1492774577.{}" under "whsec_test", made with OpenSSL.
    [Fact]
    public void A_signature_is_the_hex_of_a_mac_over_time_full_stop_and_body() =>
        Assert.Equal("t=1492774577,v1=0d0602f6611bd2252dd4b74b58a4528355a7380639a15e6cc21e3059d56d5b8b", StripeSignature.Sign(DateTimeOffset.FromUnixTimeSeconds(1_492_774_577), "{}"u8, "whsec_test"));

    [Fact]
    public void A_body_larger_than_any_event_is_not_even_verified() =>
        Assert.Equal(new BankWebhook.Forged(WebhookFault.Malformed), Read(new string(' ', IBankWebhooks.MaxBody + 1)));

    [Fact]
    public void Settings_never_print_a_secret() =>
        Assert.DoesNotContain("not_a_key", Options(new Uri("http://stripe.invalid")).ToString(), StringComparison.Ordinal);

    private const string Body = """{"id":"evt_1","type":"customer.created","created":1774958000,"data":{"object":{}}}""";

    private BankWebhook Read(string body) =>
        Reader.Read(name => name == StripeSignature.Header ? Signed(body, FakeTime.Noon, Secret) : null, Encoding.UTF8.GetBytes(body));

    private WebhookFault? Fault(string? header, string body) =>
        Reader.Read(name => name == StripeSignature.Header ? header : null, Encoding.UTF8.GetBytes(body)) is BankWebhook.Forged forged ? forged.Fault : null;

    private static string Signed(string body, DateTimeOffset at, params string[] secrets) => StripeSignature.Sign(at, Encoding.UTF8.GetBytes(body), secrets);

    private static string Event(string type, string about, string? calledUnder = null) =>
        $$"""{"id":"evt_1","object":"event","type":"{{type}}","created":1774958000,"livemode":false,"data":{"object":{{about}}},"request":{"id":null,"idempotency_key":{{(calledUnder is null ? "null" : $"\"{calledUnder}\"")}} } }""";

    private static string Intent(string status, string more = "", string? captured = null) =>
        $$"""{"id":"pi_1","object":"payment_intent","status":"{{status}}","amount":4990,"amount_capturable":4990,"amount_received":4990,"currency":"eur","latest_charge":"ch_1","metadata":{"hub_key":"{{AuthorizeKey}}","hub_reference":"pay_0b/{{AuthorizeKey}}"{{(captured is null ? "" : $",\"hub_capture_key\":\"{captured}\"")}} }{{more}} }""";

    private static string Dispute(string status) =>
        $$"""{"id":"du_1","object":"dispute","status":"{{status}}","amount":4990,"currency":"eur","reason":"product_not_received","payment_intent":"pi_1","metadata":{},"evidence_details":{"due_by":1776000000} }""";
}
