using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Stripe;
using Hub.Gateways.Tests.Support;
using static Hub.Gateways.Tests.Stripe.StripeFixture;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>A payment's whole life at a Stripe that keeps books of its own. Invariants 9 to 11.</summary>
public sealed class LifeTests
{
    private static readonly Amount Price = new(4990, Currency.Eur);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, StripeFault> Faults => new(
        from path in new[] { "/payment_intents", "/confirm", "/capture", "/refunds" }
        from fault in Enum.GetValues<StripeFault>()
        where fault is not StripeFault.Status500Before && (path, fault) is not ("/payment_intents", StripeFault.Status500After)
        select (path, fault));

    [Fact]
    public async Task An_intent_is_made_without_a_card_and_confirmed_with_one()
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);

        Assert.Equal(new GatewayAnswer.Prepared("pi_1"), await gateway.AuthorizeAsync(Authorize, Cancel));
        Assert.Equal(0, stripe.Books.Holds);
        var answer = await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);

        Assert.Equal(new GatewayAnswer.Authorized("pi_1", Price, DateTimeOffset.FromUnixTimeSeconds(StripeBooks.CaptureBefore), null), answer);
        var (create, confirm) = (stripe.Calls[0], stripe.Calls[1]);
        Assert.DoesNotContain(create.Form.Values, value => value.Contains("4242", StringComparison.Ordinal));
        Assert.Equal(("manual", "false", "eur", "4990"), (create.Form["capture_method"], create.Form["confirm"], create.Form["currency"], create.Form["amount"]));
        Assert.Equal((AuthorizeKey, $"pay_0b/{AuthorizeKey}"), (create.Form["metadata[hub_key]"], create.Form["metadata[hub_reference]"]));
        Assert.Equal((AuthorizeKey + "/create", AuthorizeKey), (create.Key, confirm.Key));
        Assert.Equal((Samples.VisaNumber, "4", "2031", "737"), (
            confirm.Form["payment_method_data[card][number]"], confirm.Form["payment_method_data[card][exp_month]"], confirm.Form["payment_method_data[card][exp_year]"], confirm.Form["payment_method_data[card][cvc]"]));
        Assert.Equal(Authorize.ReturnUrl, confirm.Form["return_url"]);
        Assert.All(stripe.Calls, call => Assert.Equal((StripeGateway.ApiVersion, "Bearer sk_test_not_a_key"), (call.Version, call.Authorization)));
    }

    /// <summary>Invariant 10: whatever breaks where, there is one hold, one capture and one refund.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Invariant", "10")]
    public async Task Whatever_breaks_on_the_way_money_moves_once(string path, StripeFault fault)
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        stripe.FailNext(path, fault);

        var prepared = await SettledAsync(gateway, () => gateway.AuthorizeAsync(Authorize, Cancel), Ask(BankOperationKind.Authorize, AuthorizeKey, null));
        var intent = Assert.IsType<GatewayAnswer.Prepared>(prepared).BankId;
        var order = Authorize with { Prepared = intent };
        Assert.IsType<GatewayAnswer.Authorized>(await SettledAsync(gateway, () => gateway.AuthorizeAsync(order, Cancel), Ask(BankOperationKind.Authorize, AuthorizeKey, intent)));
        var capture = Capture with { BankAuthorization = intent };
        Assert.Equal(new GatewayAnswer.Captured(intent, Price), await SettledAsync(gateway, () => gateway.CaptureAsync(capture, Cancel), Ask(BankOperationKind.Capture, CaptureKey, intent)));
        var refund = Refund with { BankCapture = intent };
        Assert.Equal(new GatewayAnswer.Refunded("re_1", Price), await SettledAsync(gateway, () => gateway.RefundAsync(refund, Cancel), Ask(BankOperationKind.Refund, RefundKey, intent)));

        Assert.Equal((1, 1, 1), (stripe.Books.Holds, stripe.Books.Captures, stripe.Books.Refunds.Count));
    }

    [Theory]
    [InlineData("/confirm")]
    [InlineData("/capture")]
    [InlineData("/refunds")]
    [Trait("Invariant", "11")]
    public async Task A_repeated_500_never_becomes_an_answer(string path)
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        stripe.FailNext(path, StripeFault.Status500Before);
        await gateway.AuthorizeAsync(Authorize, Cancel);
        var (call, question) = path switch
        {
            "/confirm" => ((Func<Task<GatewayAnswer>>)(() => gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel)), Ask(BankOperationKind.Authorize, AuthorizeKey)),
            "/capture" => (() => gateway.CaptureAsync(Capture, Cancel), Ask(BankOperationKind.Capture, CaptureKey)),
            _ => (() => gateway.RefundAsync(Refund, Cancel), Ask(BankOperationKind.Refund, RefundKey)),
        };
        if (path != "/confirm") await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);
        if (path == "/refunds") await gateway.CaptureAsync(Capture, Cancel);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.ServerError), await call());
            Assert.Equal(new GatewayAnswer.NotFound(), await gateway.QueryAsync(question, Cancel));
        }
    }

    [Theory]
    [InlineData(StripeFault.Status500Before)]
    [InlineData(StripeFault.Status500After)]
    [InlineData(StripeFault.DroppedBefore)]
    [InlineData(StripeFault.DroppedAfter)]
    [InlineData(StripeFault.Conflict)]
    [Trait("Invariant", "11")]
    public async Task An_intent_that_may_have_been_made_without_a_card_has_moved_nothing(StripeFault fault)
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        stripe.FailNext("/payment_intents", fault);

        Assert.Equal(new GatewayAnswer.NeverReached(NeverReachedReason.NotPrepared), await gateway.AuthorizeAsync(Authorize, Cancel));
        Assert.Equal(new GatewayAnswer.NotFound(), await gateway.QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey, null), Cancel));
        Assert.Equal(0, stripe.Books.Holds);
    }

    [Fact]
    public async Task A_declined_card_is_a_decline_when_confirmed_and_when_asked_about()
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address, new FakeCardVault { Card = Samples.Make(StripeBooks.Declines) });
        await gateway.AuthorizeAsync(Authorize, Cancel);

        Assert.Equal(new GatewayAnswer.Declined("insufficient_funds"), await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel));
        Assert.Equal(new GatewayAnswer.Declined("insufficient_funds"), await gateway.QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey), Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_customer_who_authenticates_at_the_bank_is_asked_about_afterwards(bool passed)
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address, new FakeCardVault { Card = Samples.Make(StripeBooks.Authenticates) });
        await gateway.AuthorizeAsync(Authorize, Cancel);
        var asked = new GatewayAnswer.ActionRequired("pi_1", "https://hooks.stripe.example/3ds");

        Assert.Equal(asked, await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel));
        Assert.Equal(asked, await gateway.QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey), Cancel));
        stripe.Books.Authenticated("pi_1", passed);
        var answer = await gateway.QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey), Cancel);

        if (passed) Assert.IsType<GatewayAnswer.Authorized>(answer);
        else Assert.Equal(new GatewayAnswer.Declined("payment_intent_authentication_failure"), answer);
    }

    [Fact]
    public async Task A_hold_is_given_back_once_and_what_comes_after_is_told_as_it_stands()
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        await gateway.AuthorizeAsync(Authorize, Cancel);
        await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);
        Assert.Equal(new GatewayAnswer.NotFound(), await gateway.QueryAsync(Ask(BankOperationKind.Void, VoidKey), Cancel));

        Assert.Equal(new GatewayAnswer.Voided("pi_1"), await gateway.VoidAsync(Voiding, Cancel));
        Assert.Equal(new GatewayAnswer.Voided("pi_1"), await gateway.VoidAsync(Voiding with { IdempotencyKey = VoidKey + "2" }, Cancel));
        Assert.Equal(new GatewayAnswer.Voided("pi_1"), await gateway.QueryAsync(Ask(BankOperationKind.Void, VoidKey), Cancel));
        Assert.Equal(new GatewayAnswer.OperationFailed("canceled"), await gateway.CaptureAsync(Capture, Cancel));
        Assert.Equal(new GatewayAnswer.OperationFailed("canceled"), await gateway.QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey), Cancel));
        Assert.Equal((1, 0), (stripe.Books.Cancellations, stripe.Books.Captures));
    }

    [Fact]
    public async Task A_part_may_be_captured_and_refunds_are_found_by_their_keys_over_every_page()
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        await gateway.AuthorizeAsync(Authorize, Cancel);
        await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);

        Assert.Equal(new GatewayAnswer.Captured("pi_1", new Amount(3000, Currency.Eur)), await gateway.CaptureAsync(Capture with { Amount = new Amount(3000, Currency.Eur) }, Cancel));
        for (var i = 1; i <= 5; i++)
        {
            var part = Refund with { IdempotencyKey = $"rfd_0b_{i}/refund", Amount = new Amount(600, Currency.Eur) };
            Assert.Equal(new GatewayAnswer.Refunded($"re_{i}", part.Amount), await gateway.RefundAsync(part, Cancel));
        }

        Assert.Equal(new GatewayAnswer.OperationFailed("charge_already_refunded"), await gateway.RefundAsync(Refund with { IdempotencyKey = "rfd_0b_6/refund" }, Cancel));
        Assert.Equal(new GatewayAnswer.Refunded("re_1", new Amount(600, Currency.Eur)), await gateway.QueryAsync(Ask(BankOperationKind.Refund, RefundKey), Cancel));
        Assert.Equal(new GatewayAnswer.NotFound(), await gateway.QueryAsync(Ask(BankOperationKind.Refund, "rfd_0b_6/refund"), Cancel));
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_is_an_open_question()
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        await gateway.AuthorizeAsync(Authorize, Cancel);

        await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);
        await gateway.CaptureAsync(Capture, Cancel);

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.KeyConflict), await gateway.CaptureAsync(Capture with { Amount = new Amount(4989, Currency.Eur) }, Cancel));
    }

    [Fact]
    public async Task The_key_that_took_the_money_is_found_by_the_intent()
    {
        await using var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        await gateway.AuthorizeAsync(Authorize, Cancel);
        await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);

        // Captured by another way, it has no capture's key; it is this hub's payment all the same.
        Assert.Equal(AuthorizeKey, await gateway.FindKeyAsync("pi_1", Cancel));
        await gateway.CaptureAsync(Capture, Cancel);

        Assert.Equal(CaptureKey, await gateway.FindKeyAsync("pi_1", Cancel));
        Assert.Null(await gateway.FindKeyAsync("pi_of_somebody_else", Cancel));
        stripe.FailNext("/pi_1", StripeFault.DroppedBefore);
        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.FindKeyAsync("pi_1", Cancel));
    }

    // As a payment does: what is unknown is asked about, and what was never carried out is repeated under the same key.
    private static async Task<GatewayAnswer> SettledAsync(StripeGateway gateway, Func<Task<GatewayAnswer>> call, QueryOrder question)
    {
        var answer = await call();
        for (var i = 0; i < 5 && answer is GatewayAnswer.Unknown or GatewayAnswer.NotFound or GatewayAnswer.NeverReached; i++)
        {
            if (answer is GatewayAnswer.Unknown) answer = await gateway.QueryAsync(question, Cancel);
            if (answer is GatewayAnswer.NotFound or GatewayAnswer.NeverReached) answer = await call();
        }

        return answer;
    }
}
