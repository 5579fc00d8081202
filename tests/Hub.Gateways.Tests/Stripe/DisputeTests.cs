using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using static Hub.Gateways.Tests.Stripe.StripeFixture;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>A dispute at Stripe: how it stands, and the merchant's one answer to it. Source: Stripe's documentation, "Disputes".</summary>
public sealed class DisputeTests
{
    private const string Key = "dsp_0b_1/answer1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DisputeOrder Answer(string? evidence) => new(Key, $"pay_0b/{Key}", "du_1", evidence);

    private static QueryOrder Question { get; } = Ask(BankOperationKind.DisputeAnswer, Key) with { BankDispute = "du_1" };

    [Fact]
    public async Task Evidence_is_submitted_at_once_and_under_the_hubs_key()
    {
        await using var stripe = await DisputedAsync();

        Assert.IsType<GatewayAnswer.DisputeAnswered>(await Gateway(stripe.Address).AnswerDisputeAsync(Answer("It was delivered on Monday."), Cancel));

        var call = stripe.Calls[^1];
        Assert.Equal(("POST", "/v1/disputes/du_1", Key), (call.Method, call.Path, call.Key));
        Assert.Equal(("It was delivered on Monday.", "true"), (call.Form["evidence[uncategorized_text]"], call.Form["submit"]));
    }

    [Fact]
    public async Task Giving_in_closes_it()
    {
        await using var stripe = await DisputedAsync();

        Assert.IsType<GatewayAnswer.DisputeAnswered>(await Gateway(stripe.Address).AnswerDisputeAsync(Answer(null), Cancel));

        Assert.Equal("/v1/disputes/du_1/close", stripe.Calls[^1].Path);
        Assert.Equal(DisputeStatus.Lost, (await Gateway(stripe.Address).FindDisputeAsync("du_1", Cancel))!.Status);
    }

    [Theory]
    [InlineData(StripeFault.DroppedBefore)]
    [InlineData(StripeFault.DroppedAfter)]
    [InlineData(StripeFault.Status500After)]
    [InlineData(StripeFault.Throttled)]
    [InlineData(StripeFault.Conflict)]
    [Trait("Invariant", "10")]
    public async Task Whatever_breaks_on_the_way_it_is_answered_once(StripeFault fault)
    {
        await using var stripe = await DisputedAsync();
        var gateway = Gateway(stripe.Address);
        stripe.FailNext("/du_1", fault);

        var answer = await gateway.AnswerDisputeAsync(Answer("It was delivered."), Cancel);
        if (answer is GatewayAnswer.Unknown) answer = await gateway.QueryAsync(Question, Cancel);
        if (answer is GatewayAnswer.NotFound or GatewayAnswer.NeverReached) answer = await gateway.AnswerDisputeAsync(Answer("It was delivered."), Cancel);

        Assert.IsType<GatewayAnswer.DisputeAnswered>(answer);
        Assert.Equal(1, stripe.Books.DisputeAnswers);
    }

    [Fact]
    public async Task What_it_refuses_is_told_and_what_was_not_submitted_is_not_there()
    {
        await using var stripe = await DisputedAsync();
        var gateway = Gateway(stripe.Address);

        Assert.IsType<GatewayAnswer.NotFound>(await gateway.QueryAsync(Question, Cancel));
        Assert.IsType<GatewayAnswer.OperationFailed>(await gateway.AnswerDisputeAsync(Answer("x") with { BankDispute = "du_9" }, Cancel));
        Assert.IsType<GatewayAnswer.Unknown>(await gateway.QueryAsync(Question with { BankDispute = "du_9" }, Cancel));
        Assert.IsType<GatewayAnswer.Unknown>(await gateway.QueryAsync(Question with { BankDispute = null }, Cancel));
    }

    [Fact]
    public async Task How_it_stands_can_be_asked()
    {
        await using var stripe = await DisputedAsync();
        var gateway = Gateway(stripe.Address);

        var told = await gateway.FindDisputeAsync("du_1", Cancel);

        Assert.Equal(("du_1", DisputeStatus.NeedsResponse, new Amount(4990, Currency.Eur), "product_not_received"), (told!.BankId, told.Status, told.Amount, told.Reason));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_776_000_000), told.RespondBy);
        Assert.Null(await gateway.FindDisputeAsync("du_9", Cancel));
    }

    private static async Task<FakeStripe> DisputedAsync()
    {
        var stripe = await FakeStripe.StartAsync();
        var gateway = Gateway(stripe.Address);
        await gateway.AuthorizeAsync(Authorize, Cancel);
        await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);
        await gateway.CaptureAsync(Capture, Cancel);
        stripe.Books.Disputed("pi_1");
        return stripe;
    }
}
