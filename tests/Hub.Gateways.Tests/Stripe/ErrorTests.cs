using System.Text.Json.Nodes;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Tests.Support;
using static Hub.Gateways.Tests.Stripe.StripeFixture;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>Error shapes as Stripe documents them, and what each of them proves. Invariant 11.</summary>
public sealed class ErrorTests
{
    private static readonly GatewayAnswer Unexpected = new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus);

    private static readonly GatewayAnswer Conflict = new GatewayAnswer.Unknown(UnknownReason.KeyConflict);

    private static readonly GatewayAnswer Broken = new GatewayAnswer.Unknown(UnknownReason.ServerError);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, GatewayAnswer> OfAConfirmation => new()
    {
        { 402, Error("card_error", "card_declined", "insufficient_funds"), new GatewayAnswer.Declined("insufficient_funds") },
        { 402, Error("card_error", "card_declined", "generic_decline"), new GatewayAnswer.Declined("generic_decline") },
        { 402, Error("card_error", "card_declined", "fraudulent"), new GatewayAnswer.Declined("generic_decline") },
        { 402, Error("card_error", "card_declined", "lost_card"), new GatewayAnswer.Declined("generic_decline") },
        { 402, Error("card_error", "card_declined", "stolen_card"), new GatewayAnswer.Declined("generic_decline") },
        { 402, Error("card_error", "card_declined", "merchant_blacklist"), new GatewayAnswer.Declined("generic_decline") },
        { 402, Error("card_error", "expired_card"), new GatewayAnswer.Declined("expired_card") },
        { 402, Error("card_error", "incorrect_cvc"), new GatewayAnswer.Declined("incorrect_cvc") },
        { 402, Error("card_error", "processing_error"), new GatewayAnswer.Declined("processing_error") },
        { 402, Error("card_error", "card_declined", "4242 on Mr. Lovelace"), new GatewayAnswer.Declined("unrecognized") },
        { 400, Error("invalid_request_error", "parameter_invalid_integer"), new GatewayAnswer.OperationFailed("parameter_invalid_integer") },
        { 400, Error("invalid_request_error", "amount_too_small"), new GatewayAnswer.OperationFailed("amount_too_small") },
        { 400, Error("invalid_request_error", null), new GatewayAnswer.OperationFailed("unrecognized") },
        { 404, Error("invalid_request_error", "resource_missing"), new GatewayAnswer.OperationFailed("resource_missing") },
        { 400, State("requires_capture"), new GatewayAnswer.Authorized("pi_1", new(4990, Currency.Eur), null, null) },
        { 400, State("processing"), new GatewayAnswer.Pending() },
        { 400, State("canceled"), new GatewayAnswer.OperationFailed("canceled") },
        { 400, State("requires_payment_method"), new GatewayAnswer.OperationFailed("payment_intent_unexpected_state") },
        { 400, State("requires_capture", "pi_2"), new GatewayAnswer.OperationFailed("payment_intent_unexpected_state") },
        { 400, Error("idempotency_error", null), Conflict },
        { 409, Error("idempotency_error", "idempotency_key_in_use"), Conflict },
        { 409, Error("invalid_request_error", "lock_timeout"), Conflict },
        { 401, Error("invalid_request_error", null), new GatewayAnswer.NeverReached(NeverReachedReason.Unauthorized) },
        { 403, Error("invalid_request_error", null), new GatewayAnswer.NeverReached(NeverReachedReason.Unauthorized) },
        { 429, Error("invalid_request_error", "rate_limit"), new GatewayAnswer.NeverReached(NeverReachedReason.Throttled) },
        { 429, Error("invalid_request_error", "lock_timeout"), new GatewayAnswer.NeverReached(NeverReachedReason.Throttled) },
        { 500, Error("api_error", null), Broken },
        { 502, Error("api_error", null), Broken },
        { 503, Error("card_error", "card_declined"), Broken },
        { 424, Error("api_error", null), Unexpected },
        { 402, Error("api_error", null), Unexpected },
        { 402, "{}", Unexpected },
        { 402, "[]", Unexpected },
        { 403, "{}", Unexpected },
        { 302, Error("card_error", "card_declined"), Unexpected },
    };

    public static TheoryData<int, string, GatewayAnswer> OfACapture => new()
    {
        { 400, State("requires_capture"), new GatewayAnswer.OperationFailed("payment_intent_unexpected_state") },
        { 400, State("canceled"), new GatewayAnswer.OperationFailed("canceled") },
        { 400, State("succeeded"), new GatewayAnswer.Captured("pi_1", new(4990, Currency.Eur)) },
        { 400, State("succeeded", capture: "cap_0b_2/capture"), new GatewayAnswer.Unknown(UnknownReason.Mismatch) },
        { 400, Error("invalid_request_error", "amount_too_large"), new GatewayAnswer.OperationFailed("amount_too_large") },
        { 402, Error("card_error", "charge_expired_for_capture"), new GatewayAnswer.OperationFailed("charge_expired_for_capture") },
        { 500, Error("api_error", null), Broken },
    };

    public static TheoryData<string> Unreadable => new(
        "", "null", "{", "[]", "\"pi_1\"", """{"id":1}""", """{"id":"pi_1"}""", """{"id":"pi_1","status":"held"}""",
        """{"id":"pi_1","id":"pi_1","status":"processing"}""",
        """{"id":"pi_1","status":"requires_capture","amount_capturable":4990}""",
        """{"id":"pi_1","status":"requires_capture","amount_capturable":4990,"currency":"isk"}""",
        """{"id":"pi_1","status":"requires_capture","amount_capturable":49.9,"currency":"eur"}""",
        """{"id":"pi_1","status":"requires_payment_method"}""",
        """{"id":"pi_1","status":"requires_action"}""",
        """{"id":"pi_1","status":"requires_action","next_action":{"type":"use_stripe_sdk"}}""",
        """{"id":"pi_1","status":"requires_action","next_action":{"type":"redirect_to_url","redirect_to_url":{"url":"javascript:alert(1)"}}}""");

    [Theory]
    [MemberData(nameof(OfAConfirmation))]
    [Trait("Invariant", "11")]
    public async Task A_refusal_of_a_confirmation_means_what_it_proves(int status, string body, GatewayAnswer expected)
    {
        await using var stripe = await BankListener.AnswersAsync(status, body);

        Assert.Equal(expected, await Gateway(stripe.Address).AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel));
    }

    [Theory]
    [MemberData(nameof(OfACapture))]
    [Trait("Invariant", "11")]
    public async Task A_refusal_of_a_capture_means_what_it_proves(int status, string body, GatewayAnswer expected)
    {
        await using var stripe = await BankListener.AnswersAsync(status, body);

        Assert.Equal(expected, await Gateway(stripe.Address).CaptureAsync(Capture, Cancel));
    }

    [Fact]
    public async Task A_card_error_declines_an_authorization_and_fails_anything_else()
    {
        await using var stripe = await BankListener.AnswersAsync(402, Error("card_error", "card_declined", "do_not_honor"));
        var gateway = Gateway(stripe.Address);

        Assert.Equal(new GatewayAnswer.OperationFailed("card_declined"), await gateway.VoidAsync(Voiding, Cancel));
        Assert.Equal(new GatewayAnswer.OperationFailed("card_declined"), await gateway.RefundAsync(Refund, Cancel));
        Assert.Equal(new GatewayAnswer.OperationFailed("do_not_honor"), await gateway.AuthorizeAsync(Authorize, Cancel));
    }

    /// <summary>Invariant 11: a question that failed says nothing of what it was about.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(429)]
    [Trait("Invariant", "11")]
    public async Task A_query_that_is_refused_leaves_the_question_open(int status)
    {
        await using var stripe = await BankListener.AnswersAsync(status, Error("invalid_request_error", "resource_missing"));

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.QueryFailed), await Gateway(stripe.Address).QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey), Cancel));
        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.QueryFailed), await Gateway(stripe.Address).QueryAsync(Ask(BankOperationKind.Refund, RefundKey), Cancel));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_answer_that_makes_no_sense_is_unknown(string body)
    {
        await using var stripe = await BankListener.AnswersAsync(200, body);

        Assert.IsType<GatewayAnswer.Unknown>(await Gateway(stripe.Address).AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel));
        Assert.Equal(new GatewayAnswer.NeverReached(NeverReachedReason.NotPrepared), await Gateway(stripe.Address).AuthorizeAsync(Authorize, Cancel));
        Assert.IsType<GatewayAnswer.Unknown>(await Gateway(stripe.Address).RefundAsync(Refund, Cancel));
    }

    [Theory]
    [InlineData("pi_2", AuthorizeKey)]
    [InlineData("pi_1", "att_0c_1/authorize")]
    public async Task An_answer_about_another_intent_is_unknown(string id, string key)
    {
        await using var stripe = await BankListener.AnswersAsync(200, $$"""{"id":"{{id}}","status":"requires_capture","amount_capturable":4990,"currency":"eur","metadata":{"hub_key":"{{key}}"} }""");

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Mismatch), await Gateway(stripe.Address).QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey), Cancel));
    }

    [Fact]
    public async Task What_the_vault_no_longer_has_is_not_asked_for()
    {
        await using var stripe = await BankListener.AnswersAsync(200, "{}");

        Assert.Equal(new GatewayAnswer.NeverReached(NeverReachedReason.InstrumentMissing), await Gateway(stripe.Address, new FakeCardVault { Card = null }).AuthorizeAsync(Authorize, Cancel));
        Assert.Equal(
            new GatewayAnswer.NeverReached(NeverReachedReason.SecurityCodeMissing),
            await Gateway(stripe.Address, new FakeCardVault { SecurityCode = null }).AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel));
        Assert.Empty(stripe.Requests);
    }

    private static string Error(string type, string? code, string? declineCode = null) => StripeBooks.Error(type, code, declineCode).ToJsonString();

    private static string State(string status, string id = "pi_1", string capture = CaptureKey) => StripeBooks.Error("invalid_request_error", "payment_intent_unexpected_state", null, new JsonObject
    {
        ["id"] = id,
        ["status"] = status,
        ["amount"] = 4990,
        ["amount_capturable"] = 4990,
        ["amount_received"] = 4990,
        ["currency"] = "eur",
        ["metadata"] = new JsonObject { ["hub_key"] = AuthorizeKey, ["hub_capture_key"] = capture },
    }).ToJsonString();
}
