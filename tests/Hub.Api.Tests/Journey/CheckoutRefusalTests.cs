using System.Net;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Steps out of order, by the wrong person, or over the amount: refused with a code, and the journal stays as it was.</summary>
[Collection("journey")]
public sealed class CheckoutRefusalTests(JourneyHub hub)
{
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    [InlineData("4242424242424242")]
    public async Task Only_the_invoice_that_was_shown_can_be_accepted(string hash)
    {
        var sale = await SaleAsync();
        using var browser = await sale.Payer.BrowserAsync();

        using var answer = await hub.UnchangedAsync(() => browser.SendAsync($"/v1/orders/{sale.OrderId}/accept", $$"""{"invoice_hash":"{{hash}}"}"""));

        await answer.ProblemAsync(HttpStatusCode.Conflict, "invoice_hash_mismatch");
    }

    [Fact]
    public async Task Nothing_is_paid_before_the_invoice_was_accepted()
    {
        var sale = await SaleAsync();
        var card = await hub.CardAsync(sale.Payer, "4242424242424242");

        using var answer = await hub.UnchangedAsync(() => SubmitAsync(sale, sale.SubmitBody(card)));

        var problem = await answer.ProblemAsync(HttpStatusCode.Conflict, "invoice_not_accepted");
        Assert.Equal("requires_payment_method", problem.Text("status_of"));
        Assert.Contains("submit", problem.GetProperty("allowed_actions").EnumerateArray().Select(a => a.GetString()));
    }

    /// <summary>Invariant 25 needs somebody who can confirm.</summary>
    [Fact]
    [Trait("Invariant", "25")]
    public async Task Nothing_is_paid_without_a_verified_address()
    {
        var payer = await hub.Acme.NewPayerAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AcceptedAsync();
        var card = await payer.AddCardAsync();

        using var answer = await hub.UnchangedAsync(() => SubmitAsync(sale, sale.SubmitBody(card)));

        await answer.ProblemAsync(HttpStatusCode.Conflict, "no_confirmation_route");
    }

    [Fact]
    public async Task A_card_is_not_charged_without_its_security_code()
    {
        var sale = await (await SaleAsync()).AcceptedAsync();
        var card = await hub.CardAsync(sale.Payer, "4242424242424242");

        using var missing = await hub.UnchangedAsync(() => SubmitAsync(sale, $$"""{"instrument":"{{card}}"}"""));
        using var malformed = await hub.UnchangedAsync(() => SubmitAsync(sale, sale.SubmitBody(card, "12")));
        using var inTheClear = await hub.UnchangedAsync(() => SubmitAsync(sale, $$"""{"instrument":"{{card}}","security_code":"123"}"""));
        using var foreign = await hub.UnchangedAsync(() =>
            SubmitAsync(sale, $$"""{"instrument":"{{card}}","security_code":"{{sale.Payer.SecurityCode(customer: "cus_other")}}"}"""));

        await missing.ProblemAsync(HttpStatusCode.UnprocessableEntity, "security_code_missing");
        await malformed.ProblemAsync(HttpStatusCode.UnprocessableEntity, "security_code_malformed");
        await inTheClear.ProblemAsync(HttpStatusCode.UnprocessableEntity, "encrypted_malformed");
        await foreign.ProblemAsync(HttpStatusCode.UnprocessableEntity, "encrypted_wrong_customer");
    }

    [Fact]
    public async Task Nobody_pays_with_somebody_elses_card()
    {
        var sale = await (await SaleAsync()).AcceptedAsync();
        var card = await (await hub.Acme.NewPayerAsync("Bob")).AddCardAsync();

        using var answer = await hub.UnchangedAsync(() => SubmitAsync(sale, sale.SubmitBody(card)));

        await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "no_such_instrument");
    }

    [Fact]
    public async Task An_order_has_one_payment_at_a_time()
    {
        var sale = await SaleAsync();

        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync("/v1/payments", $$"""{"order":"{{sale.OrderId}}"}"""));

        await answer.ProblemAsync(HttpStatusCode.Conflict, "order_has_open_payment");
    }

    [Fact]
    public async Task Confirming_is_the_customers_alone()
    {
        var sale = await (await SaleAsync()).AwaitingConfirmationAsync();
        var approval = $$"""{"answer":"approve","code":"{{await sale.PageCodeAsync()}}"}""";
        var admin = await hub.StaffAsync(StaffRole.Admin);

        using var merchant = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync($"/v1/payments/{sale.Payment}/confirmation", approval));
        using var staff = await hub.UnchangedAsync(() => admin.SendAsync($"/v1/payments/{sale.Payment}/confirmation", approval));

        await merchant.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await staff.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("""{"answer":"approve"}""", "code")]
    [InlineData("""{"answer":"approve","code":""}""", "code")]
    [InlineData("""{"answer":"approve","code":"12345"}""", "code")]
    [InlineData("""{"answer":"approve","code":"1234567"}""", "code")]
    [InlineData("""{"answer":"approve","code":"12345٦"}""", "code")]
    [InlineData("""{"answer":"approve","code":123456}""", "code")]
    [InlineData("""{"answer":"maybe","code":"123456"}""", "answer")]
    [InlineData("""{"answer":0,"code":"123456"}""", "answer")]
    [InlineData("""{"answer":"reject","reason":"because"}""", "reason")]
    public async Task An_answer_that_cannot_be_read_is_not_counted(string body, string field)
    {
        var sale = await (await SaleAsync()).AwaitingConfirmationAsync();
        using var browser = await sale.Payer.BrowserAsync();

        using var answer = await hub.UnchangedAsync(() => browser.SendAsync($"/v1/payments/{sale.Payment}/confirmation", body));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
        Assert.DoesNotContain("123456", problem.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Invariant 6, at the edge: nothing, a negative, one more than is held, and what no integer holds.</summary>
    [Fact]
    [Trait("Invariant", "6")]
    public async Task No_more_is_captured_than_was_authorized_and_no_more_refunded_than_was_captured()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync(), capture: "manual")).ConfirmedAsync();
        var (captures, refunds) = ($"/v1/payments/{sale.Payment}/captures", $"/v1/payments/{sale.Payment}/refunds");

        await RefusedAsync(refunds, """{"amount":1}""", HttpStatusCode.Conflict, "nothing_captured");
        await RefusedAsync(captures, """{"amount":4991}""", HttpStatusCode.UnprocessableEntity, "capture_exceeds_authorized");
        await RefusedAsync(captures, """{"amount":9223372036854775807}""", HttpStatusCode.UnprocessableEntity, "capture_exceeds_authorized");
        await CannotBeAsync(captures);
        await hub.Acme.DoAsync(captures, """{"amount":4990}""");
        await hub.QuietAsync();

        Assert.Equal("succeeded", await sale.StatusAsync());
        await RefusedAsync(captures, """{"amount":1}""", HttpStatusCode.Conflict, "illegal_state");
        await RefusedAsync($"/v1/payments/{sale.Payment}/cancel", "{}", HttpStatusCode.Conflict, "illegal_state");
        await RefusedAsync(refunds, """{"amount":4991}""", HttpStatusCode.UnprocessableEntity, "refund_exceeds_captured");
        await CannotBeAsync(refunds);
        await hub.Acme.DoAsync(refunds, """{"amount":4990,"reason":"returned"}""");
        await hub.QuietAsync();
        await RefusedAsync(refunds, """{"amount":1}""", HttpStatusCode.UnprocessableEntity, "refund_exceeds_captured");
    }

    [Theory]
    [InlineData("/cancel", """{"reason":"a\r\nb"}""", "reason")]
    [InlineData("/cancel", """{"reason":"4242 4242 4242 4242"}""", "reason")]
    [InlineData("/refunds", """{"reason":"\u202Eabc"}""", "reason")]
    [InlineData("/refunds", """{"reason":"4242424242424242"}""", "reason")]
    [InlineData("/refunds", """{"amount":1,"amount":2}""", "amount")]
    [InlineData("/captures", """{"amount":1,"AMOUNT":2}""", "AMOUNT")]
    [InlineData("/captures", """{"final":"yes"}""", "final")]
    [InlineData("/confirmation/resend", """{"channel":"fax"}""", "channel")]
    public async Task What_cannot_be_is_refused_whatever_the_state(string route, string body, string field)
    {
        var sale = await SaleAsync();

        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync($"/v1/payments/{sale.Payment}{route}", body));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("/shipments", """{"carrier":"DHL\n","tracking":"1"}""", "carrier")]
    [InlineData("/shipments", """{"carrier":"DHL","tracking":"4242424242424242"}""", "tracking")]
    [InlineData("/shipments", """{"carrier":"DHL"}""", "tracking")]
    [InlineData("/deliveries", """{"at":"now"}""", "at")]
    [InlineData("/cancel", """{"reason":"a\u0007b"}""", "reason")]
    [InlineData("/cancel", """{"reason":"card 4000000000000002"}""", "reason")]
    public async Task What_an_order_cannot_be_told_is_refused(string route, string body, string field)
    {
        var order = await hub.Acme.OrderAsync(await hub.AdaAsync());

        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync($"/v1/orders/{order.Text("id")}{route}", body));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Nothing_is_shipped_before_it_was_paid_nor_delivered_before_it_was_shipped()
    {
        var order = (await hub.Acme.OrderAsync(await hub.AdaAsync())).Text("id");

        await RefusedAsync($"/v1/orders/{order}/shipments", """{"carrier":"DHL","tracking":"1"}""", HttpStatusCode.Conflict, "order_not_paid");
        await RefusedAsync($"/v1/orders/{order}/deliveries", "{}", HttpStatusCode.Conflict, "order_not_shipped");
    }

    private async Task<Sale> SaleAsync() => await hub.Acme.SellAsync(await hub.AdaAsync());

    private static async Task<HttpResponseMessage> SubmitAsync(Sale sale, string body)
    {
        using var browser = await sale.Payer.BrowserAsync();
        return await browser.SendAsync($"/v1/payments/{sale.Payment}/submit", body);
    }

    private async Task CannotBeAsync(string path)
    {
        await RefusedAsync(path, """{"amount":0}""", HttpStatusCode.UnprocessableEntity, "amount_not_positive");
        await RefusedAsync(path, """{"amount":-1}""", HttpStatusCode.UnprocessableEntity, "amount_not_positive");
        await RefusedAsync(path, """{"amount":9223372036854775808}""", HttpStatusCode.BadRequest, "invalid_request");
        await RefusedAsync(path, """{"amount":49.90}""", HttpStatusCode.BadRequest, "invalid_request");
        await RefusedAsync(path, """{"amount":{"amount":4990,"currency":"USD"}}""", HttpStatusCode.BadRequest, "invalid_request");
    }

    private async Task RefusedAsync(string path, string body, HttpStatusCode status, string code)
    {
        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync(path, body));
        await answer.ProblemAsync(status, code);
    }
}
