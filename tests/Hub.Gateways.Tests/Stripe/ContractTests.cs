using System.Net;
using System.Text.Json;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Stripe;
using Hub.Gateways.Tests.Support;
using Hub.Testing;
using Microsoft.AspNetCore.WebUtilities;
using static Hub.Gateways.Tests.Stripe.StripeFixture;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>Prism with the slice of Stripe's document.</summary>
public sealed class StripePrism() : PrismServer("stripe_payment_intents.json");

/// <summary>Every request the connector makes, and every member it reads, against what Stripe published.</summary>
/// <remarks>
/// One thing is not in there: card numbers. Stripe takes them from accounts that were allowed to send them, and leaves them out
/// of the document on purpose, so that nobody without that permission writes them into a client.
/// </remarks>
public sealed class ContractTests(StripePrism prism) : IClassFixture<StripePrism>
{
    private const string OfAnIntent = "/v1/payment_intents/{intent}";

    private static readonly string[] NotPublished = ["number", "exp_month", "exp_year", "cvc"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prism_accepts_every_request()
    {
        Assert.SkipWhen(prism.Skip is not null, prism.Skip ?? "");
        var seen = await SeenAsync(prism.Address);

        Assert.All(seen, one => Assert.Equal((one.Path, HttpStatusCode.OK), (one.Path, one.Status)));
    }

    [Fact]
    public async Task Prism_refuses_what_does_not_fit()
    {
        Assert.SkipWhen(prism.Skip is not null, prism.Skip ?? "");
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(prism.Address, "/v1/refunds"));
        request.Headers.Add("Authorization", "Bearer sk_test_not_a_key");
        request.Content = new FormUrlEncodedContent([new("amount", "fifty")]);

        using var response = await http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Every_field_that_is_sent_was_published()
    {
        Assert.SkipWhen(PublishedSlice.Path is null, PublishedSlice.Missing);
        await using var stripe = await FakeStripe.StartAsync();
        var slice = PublishedSlice.Open();

        var seen = await SeenAsync(stripe.Address);

        Assert.Equal(StripeGateway.ApiVersion, slice.Version);
        var problems = seen.SelectMany(one => one.Form is null
            ? slice.UnknownParameters(one.Template, one.Query).Select(name => $"{one.Path}: {name} is not published")
            : slice.Problems(one.Template, "post", one.Form).Select(problem => $"{one.Path} {problem}"));
        Assert.Equal(
            NotPublished.Select(name => $"/v1/payment_intents/pi_1/confirm payment_method_data[card][{name}]: is not published"),
            problems.Distinct());
    }

    [Fact]
    public void Every_member_that_is_read_was_published()
    {
        Assert.SkipWhen(PublishedSlice.Path is null, PublishedSlice.Missing);
        var slice = PublishedSlice.Open();

        Assert.Empty(Read<StripeIntent>().Except(slice.Members("payment_intent")));
        Assert.Empty(Read<StripeRefund>().Except(slice.Members("refund")));
        Assert.Empty(Read<StripeError>().Except(slice.Members("api_errors")));
        Assert.Empty(Read<StripeNextAction>().Except(slice.Members("payment_intent_next_action")));
        Assert.Empty(Read<StripeRedirect>().Except(slice.Members("payment_intent_next_action_redirect_to_url")));
    }

    // One of each call, whatever is answered to it.
    private static async Task<IReadOnlyList<Sent>> SeenAsync(Uri address)
    {
        using var recorder = new Recorder();
        using var http = new HttpMessageInvoker(recorder);
        var gateway = Gateway(http, address);
        await gateway.AuthorizeAsync(Authorize, Cancel);
        await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1" }, Cancel);
        await gateway.AuthorizeAsync(Authorize with { Prepared = "pi_1", SecurityCode = null, ReturnUrl = null }, Cancel);
        await gateway.CaptureAsync(Capture, Cancel);
        await gateway.VoidAsync(Voiding, Cancel);
        await gateway.RefundAsync(Refund, Cancel);
        await gateway.QueryAsync(Ask(BankOperationKind.Authorize, AuthorizeKey), Cancel);
        await gateway.QueryAsync(Ask(BankOperationKind.Refund, RefundKey), Cancel);
        return recorder.Seen;
    }

    private static IEnumerable<string> Read<T>() => typeof(T).GetProperties().Select(member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name));

    private sealed record Sent(string Path, string Template, IReadOnlyDictionary<string, string>? Form, IReadOnlyList<string> Query, HttpStatusCode Status);

    private sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        internal List<Sent> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = request.Content is null ? null : Fields(await request.Content.ReadAsStringAsync(cancellationToken));
            var response = await base.SendAsync(request, cancellationToken);
            var path = request.RequestUri!.AbsolutePath;
            var template = path.Replace("/v1/payment_intents/pi_1", OfAnIntent, StringComparison.Ordinal);
            Seen.Add(new Sent(path, template, form, [.. Fields(request.RequestUri.Query).Keys], response.StatusCode));
            return response;
        }

        private static Dictionary<string, string> Fields(string text) => QueryHelpers.ParseQuery(text).ToDictionary(field => field.Key, field => field.Value.ToString());
    }
}
