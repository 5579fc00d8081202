using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Domain.Signatures;
using Hub.Sandbox.Tests.Bank;

namespace Hub.Sandbox.Tests.Shop;

/// <summary>The demo shop is a merchant like any other: it signs its orders and believes nothing that is not signed.</summary>
public sealed class DemoShopTests
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private const string Basket = """
        {"lines":[{"sku":"BK-001","quantity":2},{"sku":"ST-001","quantity":1}],
         "customer":{"name":"Ada","phone":"+4915112345678","email":"ada@example.com","address":"Somewhere 1"},
         "confirmation":{"method":"sms","fallback":["email"]}}
        """;

    private const string Account = """{"phone":"+4915112345678","email":"ada@example.com"}""";

    [Fact]
    public async Task A_checkout_places_a_signed_order_and_answers_where_to_pay()
    {
        await using var sandbox = await StartAsync();
        var answer = await CheckoutAsync(sandbox);
        Assert.Equal("/checkout/pay_1#token=cst_1", answer.Text("checkout_url"));

        var calls = new List<Received>();
        while (sandbox.Hub.HasMore) calls.Add(await sandbox.Hub.NextAsync());
        Assert.Equal(
            ["/v1/merchants/signing-keys", "/v1/webhook-endpoints", "/v1/customers", "/v1/customers/cus_1/ecash/top-ups", "/v1/orders", "/v1/payments", "/v1/customers/cus_1/sessions"],
            calls.Select(c => c.Target));
        Assert.All(calls, c => Assert.Equal($"Bearer {SandboxKeys.DemoMerchantApiKey}", c.Headers["Authorization"]));
        Assert.All(calls, c => Assert.NotEmpty(c.Headers["Idempotency-Key"]));

        using var key = ECDsa.Create();
        key.ImportFromPem(calls[0].Json.Text("public_key")!);
        var order = calls[4];
        var (signature, error) = ReceivedSignature.Parse(order.Headers["Signature-Input"], order.Headers["Signature"]);
        Assert.Null(error);
        Assert.Equal("sig_1", signature!.Parameters.KeyId);
        var message = SignedMessage.Request("POST", $"{sandbox.Hub.Url}v1/orders", order.Headers, order.Body);
        Assert.Null(signature.Verify(message, key, SignaturePolicy.Order, TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public async Task An_invoice_line_names_the_tax_contained_in_it()
    {
        await using var sandbox = await StartAsync();
        await CheckoutAsync(sandbox);
        Received order;
        do order = await sandbox.Hub.NextAsync();
        while (order.Target != "/v1/orders");

        var lines = order.Json.GetProperty("lines").EnumerateArray().ToArray();
        // 39.80 with 7 % holds 2.60; 12.50 with 19 % holds 2.00.
        Assert.Equal([260, 200], lines.Select(l => l.GetProperty("tax").GetInt64()));
        Assert.Equal([1990, 1250], lines.Select(l => l.GetProperty("unit_price").GetInt64()));
        Assert.Equal(490, order.Json.GetProperty("shipping").GetInt64());
    }

    [Fact]
    public async Task A_customer_who_comes_back_is_the_same_customer()
    {
        await using var sandbox = await StartAsync();
        await CheckoutAsync(sandbox);
        await CheckoutAsync(sandbox);
        var targets = new List<string>();
        while (sandbox.Hub.HasMore) targets.Add((await sandbox.Hub.NextAsync()).Target);
        Assert.Single(targets, "/v1/customers");
        Assert.Single(targets, "/v1/merchants/signing-keys");
        Assert.Equal(2, targets.Count(t => t == "/v1/orders"));
    }

    [Fact]
    public async Task A_hub_that_began_anew_is_registered_at_again()
    {
        await using var sandbox = await StartAsync();
        await CheckoutAsync(sandbox);
        var refusals = 0;
        var usual = sandbox.Hub.Answer;
        sandbox.Hub.Answer = r => r.Target == "/v1/orders" && refusals++ == 0 ? (401, """{"code":"signature_invalid"}""") : usual(r);
        Assert.Equal("ord_1", (await CheckoutAsync(sandbox)).Text("order"));
        var targets = new List<string>();
        while (sandbox.Hub.HasMore) targets.Add((await sandbox.Hub.NextAsync()).Target);
        Assert.Equal(2, targets.Count(t => t == "/v1/merchants/signing-keys"));
    }

    [Fact]
    public async Task A_refusal_of_the_hub_is_passed_on()
    {
        await using var sandbox = await StartAsync();
        sandbox.Hub.Answer = _ => (409, """{"code":"order_taken"}""");
        var response = await PostAsync(sandbox, "checkout", Basket);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("""{"lines":[],"customer":{"name":"A","phone":"+4915112345678","email":null,"address":"x"}}""")]
    [InlineData("""{"lines":[{"sku":"none","quantity":1}],"customer":{"name":"A","phone":"+4915112345678","email":null,"address":"x"}}""")]
    [InlineData("""{"lines":[{"sku":"BK-001","quantity":0}],"customer":{"name":"A","phone":"+4915112345678","email":null,"address":"x"}}""")]
    [InlineData("""{"lines":[{"sku":"BK-001","quantity":100}],"customer":{"name":"A","phone":"+4915112345678","email":null,"address":"x"}}""")]
    [InlineData("""{"lines":[{"sku":"BK-001","quantity":1}],"customer":{"name":"A","phone":null,"email":null,"address":"x"}}""")]
    [InlineData("not json")]
    public async Task A_basket_that_makes_no_sense_never_reaches_the_hub(string basket)
    {
        await using var sandbox = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(sandbox, "checkout", basket)).StatusCode);
        Assert.False(sandbox.Hub.HasMore);
    }

    [Fact]
    public async Task A_verified_webhook_changes_the_order_and_a_forged_one_does_not()
    {
        await using var sandbox = await StartAsync();
        await CheckoutAsync(sandbox);
        Assert.Equal(HttpStatusCode.OK, await HookAsync(sandbox, "evt_2", "payment.succeeded", "succeeded", 5, Secret));
        Assert.Equal(HttpStatusCode.OK, await HookAsync(sandbox, "evt_2", "payment.succeeded", "succeeded", 5, Secret));
        Assert.Equal(HttpStatusCode.OK, await HookAsync(sandbox, "evt_1", "payment.created", "processing", 4, Secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await HookAsync(sandbox, "evt_3", "payment.canceled", "canceled", 9, SandboxKeys.BankWebhookSecret));

        var order = Assert.Single((await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/shop/orders", TestContext.Current.CancellationToken)).EnumerateArray());
        Assert.Equal("paid", order.Text("status"));
        Assert.Equal("pay_1", order.Text("payment"));
        Assert.Equal(["payment.succeeded", "payment.created"], order.GetProperty("webhooks").EnumerateArray().Select(h => h.Text("type")!));
    }

    [Fact]
    public async Task A_checkout_that_is_repeated_uses_the_same_keys_at_the_hub()
    {
        await using var sandbox = await StartAsync();
        sandbox.Http.DefaultRequestHeaders.Add("Idempotency-Key", "page-1");
        await CheckoutAsync(sandbox);
        await CheckoutAsync(sandbox);
        var orders = new List<Received>();
        while (sandbox.Hub.HasMore) orders.Add(await sandbox.Hub.NextAsync());
        orders.RemoveAll(c => c.Target != "/v1/orders");
        Assert.Equal(2, orders.Count);
        Assert.Equal(orders[0].Headers["Idempotency-Key"], orders[1].Headers["Idempotency-Key"]);
        Assert.Equal(orders[0].Body, orders[1].Body);
    }

    [Fact]
    public async Task Shipping_and_delivering_go_to_the_hub()
    {
        await using var sandbox = await StartAsync();
        await PostAsync(sandbox, "orders/ord_1/ship", "{}");
        await PostAsync(sandbox, "orders/ord_1/deliver", "{}");
        var ship = await sandbox.Hub.NextAsync();
        Assert.Equal("/v1/orders/ord_1/shipments", ship.Target);
        Assert.Equal("Sandbox Post", ship.Json.Text("carrier"));
        Assert.Equal("/v1/orders/ord_1/deliveries", (await sandbox.Hub.NextAsync()).Target);
    }

    [Fact]
    public async Task An_order_whose_payment_ended_gets_another_one_and_what_the_first_still_tells_changes_nothing()
    {
        await using var sandbox = await StartAsync();
        await CheckoutAsync(sandbox);
        await HookAsync(sandbox, "evt_1", "payment.canceled", "canceled", 5, Secret);
        var usual = sandbox.Hub.Answer;
        sandbox.Hub.Answer = r => r.Target == "/v1/payments" ? (201, """{"id":"pay_2","customer":"cus_1"}""") : usual(r);

        var answer = await PostAsync(sandbox, "orders/ord_1/pay", "{}");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/checkout/pay_2#token=cst_1", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).Text("checkout_url"));
        await HookAsync(sandbox, "evt_2", "payment.canceled", "canceled", 6, Secret);
        var order = await OnlyOrderAsync(sandbox);
        Assert.Equal("paying", order.Text("status"));
        Assert.Equal("pay_2", order.Text("payment"));
        await HookAsync(sandbox, "evt_3", "payment.succeeded", "succeeded", 2, Secret, "pay_2");
        Assert.Equal("paid", (await OnlyOrderAsync(sandbox)).Text("status"));
    }

    [Fact]
    public async Task Paying_again_twice_asks_for_one_payment_and_for_none_of_an_order_nobody_knows()
    {
        await using var sandbox = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(sandbox, "orders/ord_9/pay", "{}")).StatusCode);
        Assert.False(sandbox.Hub.HasMore);
        await CheckoutAsync(sandbox);
        var usual = sandbox.Hub.Answer;
        sandbox.Hub.Answer = r => r.Target == "/v1/payments" ? (409, """{"code":"order_has_open_payment"}""") : usual(r);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(sandbox, "orders/ord_1/pay", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(sandbox, "orders/ord_1/pay", "{}")).StatusCode);

        var keys = new List<string>();
        while (sandbox.Hub.HasMore)
        {
            if (await sandbox.Hub.NextAsync() is { Target: "/v1/payments" } asked) keys.Add(asked.Headers["Idempotency-Key"]);
        }

        Assert.Equal(["shop-again-pay_1", "shop-again-pay_1"], keys.Skip(1));
    }

    [Fact]
    public async Task A_known_customer_is_signed_in_at_their_own_page_and_a_stranger_is_not()
    {
        await using var sandbox = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(sandbox, "account", Account)).StatusCode);
        await CheckoutAsync(sandbox);

        var answer = await PostAsync(sandbox, "account", Account);

        Assert.Equal("/my#token=cst_1&customer=cus_1", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).Text("url"));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(sandbox, "account", "not json")).StatusCode);
    }

    [Theory]
    [InlineData("", "en")]
    [InlineData(",\"locale\":\"zh-CN\"", "zh-CN")]
    public async Task The_hub_is_told_the_language_of_the_shop_s_page(string member, string locale)
    {
        await using var sandbox = await StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(sandbox, "checkout", Basket.TrimEnd()[..^1] + member + "}")).StatusCode);
        Received customer;
        do customer = await sandbox.Hub.NextAsync();
        while (customer.Target != "/v1/customers");
        Assert.Equal(locale, customer.Json.Text("locale"));
    }

    [Fact]
    public async Task Another_language_at_the_next_order_is_told_to_the_hub()
    {
        await using var sandbox = await StartAsync();
        await CheckoutAsync(sandbox);
        await PostAsync(sandbox, "checkout", Basket.TrimEnd()[..^1] + ",\"locale\":\"de\"}");
        var calls = new List<Received>();
        while (sandbox.Hub.HasMore) calls.Add(await sandbox.Hub.NextAsync());
        Assert.Equal("de", Assert.Single(calls, c => c.Target == "/v1/customers/cus_1").Json.Text("locale"));
    }

    [Fact]
    public async Task The_shelf_has_six_goods()
    {
        await using var sandbox = await StartAsync();
        var goods = await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/shop/goods", TestContext.Current.CancellationToken);
        Assert.Equal(6, goods.GetArrayLength());
        Assert.All(goods.EnumerateArray(), g => Assert.True(g.GetProperty("unit_price").GetProperty("amount").GetInt64() > 0));
    }

    private static async Task<JsonElement> OnlyOrderAsync(SandboxFixture sandbox) =>
        Assert.Single((await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/shop/orders", TestContext.Current.CancellationToken)).EnumerateArray());

    private static async Task<SandboxFixture> StartAsync()
    {
        var sandbox = await SandboxFixture.StartAsync();
        sandbox.Hub.Answer = r => (201, r.Target switch
        {
            "/v1/merchants/signing-keys" => """{"id":"sig_1"}""",
            "/v1/webhook-endpoints" => $$"""{"id":"whe_1","secret":"{{Secret}}"}""",
            "/v1/customers" => """{"id":"cus_1"}""",
            "/v1/orders" => """{"id":"ord_1","status":"placed","total":{"amount":5720,"currency":"EUR"}}""",
            "/v1/payments" => """{"id":"pay_1"}""",
            "/v1/customers/cus_1/sessions" => """{"token":"cst_1"}""",
            _ => "{}",
        });
        return sandbox;
    }

    private static async Task<JsonElement> CheckoutAsync(SandboxFixture sandbox)
    {
        var response = await PostAsync(sandbox, "checkout", Basket);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> PostAsync(SandboxFixture sandbox, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return await sandbox.Http.PostAsync($"/sandbox/api/shop/{path}", body, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> HookAsync(SandboxFixture sandbox, string id, string type, string status, int sequence, string secret, string payment = "pay_1")
    {
        var now = TimeProvider.System.GetUtcNow();
        var body = Encoding.UTF8.GetBytes($$$$"""{"id":"{{{{id}}}}","type":"{{{{type}}}}","sequence":{{{{sequence}}}},"created_at":"2026-07-25T12:00:00Z","data":{"payment":{"id":"{{{{payment}}}}","order":"ord_1","status":"{{{{status}}}}"}}}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/api/shop/webhooks");
        request.Content = new ByteArrayContent(body);
        request.Headers.Add(StandardWebhook.IdHeader, id);
        request.Headers.Add(StandardWebhook.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhook.SignatureHeader, StandardWebhook.Sign(id, now, body, secret));
        using var response = await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
