using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hub.Api.Edge;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Edge;

public sealed class SignedOrdersTests : IDisposable
{
    private const string Order = """{"reference":"r1","amount":4990,"currency":"EUR"}""";
    private static readonly string[] Covered = ["@method", "@authority", "@target-uri", "content-digest", "idempotency-key"];

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task A_signed_order_gives_its_proof()
    {
        await using var hub = await StartAsync();

        using var answer = await SendAsync(hub, Order, Sign(hub, Order, Covered));

        var proof = await answer.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("sig_1", proof.GetProperty("key_id").GetString());
        Assert.Equal(ContentDigest.Compute(Encoding.UTF8.GetBytes(Order)), proof.GetProperty("content_digest").GetString());
        Assert.Equal(hub.Time.GetUtcNow(), proof.GetProperty("created").GetDateTimeOffset());
    }

    [Fact]
    public async Task An_order_without_a_signature_is_401()
    {
        await using var hub = await StartAsync();

        using var answer = await SendAsync(hub, Order, []);

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "signature_missing");
    }

    [Fact]
    public async Task Another_body_under_the_signature_is_a_digest_mismatch()
    {
        await using var hub = await StartAsync();

        using var answer = await SendAsync(hub, Order.Replace("4990", "4991", StringComparison.Ordinal), Sign(hub, Order, Covered));

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "digest_mismatch");
    }

    [Theory]
    [InlineData(-301, "signature_expired")]
    [InlineData(-300, null)]
    [InlineData(300, null)]
    [InlineData(301, "signature_expired")]
    public async Task A_signature_counts_within_300_seconds(int seconds, string? code)
    {
        await using var hub = await StartAsync();

        using var answer = await SendAsync(hub, Order, Sign(hub, Order, Covered, created: hub.Time.GetUtcNow().AddSeconds(seconds)));

        if (code is null) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else await answer.ProblemAsync(HttpStatusCode.Unauthorized, code);
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("content-digest")]
    [InlineData("idempotency-key")]
    public async Task A_signature_that_leaves_something_out_is_refused(string left)
    {
        await using var hub = await StartAsync();

        using var answer = await SendAsync(hub, Order, Sign(hub, Order, [.. Covered.Where(name => name != left)]));

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "signature_invalid");
    }

    [Fact]
    public async Task Another_idempotency_key_or_an_unknown_key_is_refused()
    {
        await using var hub = await StartAsync();

        using var replayed = await SendAsync(hub, Order, Sign(hub, Order, Covered, signedKey: "other"));
        using var unknown = await SendAsync(hub, Order, Sign(hub, Order, Covered, keyId: "sig_2"));

        await replayed.ProblemAsync(HttpStatusCode.Unauthorized, "signature_invalid");
        await unknown.ProblemAsync(HttpStatusCode.Unauthorized, "signature_invalid");
    }

    [Fact]
    public async Task Behind_a_proxy_the_signature_is_checked_against_the_public_address()
    {
        await using var hub = await StartAsync(new EdgeOptions { PublicUrl = new Uri("https://pay.example") });

        using var publicly = await SendAsync(hub, Order, Sign(hub, Order, Covered, root: "https://pay.example"));
        using var inside = await SendAsync(hub, Order, Sign(hub, Order, Covered));

        Assert.Equal(HttpStatusCode.OK, publicly.StatusCode);
        await inside.ProblemAsync(HttpStatusCode.Unauthorized, "signature_invalid");
    }

    public void Dispose() => _key.Dispose();

    private Task<TestHub> StartAsync(EdgeOptions? edge = null) => TestHub.StartAsync(
        routes => routes.MapPost("/v1/orders", async Task<IResult> (Body<OrderBody> body, SignedOrders signed, HttpContext http) =>
            await signed.VerifyAsync(http, id => id == "sig_1" ? _key : null) switch
            {
                SignatureCheck.Proven proven => Results.Ok(proven.Proof),
                SignatureCheck.Refused refused => refused.Problem,
                var other => throw new InvalidOperationException($"{other}"),
            }),
        edge: edge);

    private (string Name, string Value)[] Sign(
        TestHub hub, string body, string[] components, DateTimeOffset? created = null, string keyId = "sig_1", string signedKey = "k", string? root = null)
    {
        var digest = ContentDigest.Compute(Encoding.UTF8.GetBytes(body));
        var fields = new Dictionary<string, string> { ["content-digest"] = digest, ["idempotency-key"] = signedKey };
        var target = $"{root ?? hub.Address.GetLeftPart(UriPartial.Authority)}/v1/orders";
        var message = SignedMessage.Request("POST", target, fields, Encoding.UTF8.GetBytes(body));
        var (input, signature) = HttpMessageSignature.Sign(message, SignatureParameters.New(components, created ?? hub.Time.GetUtcNow(), keyId), _key);
        return [("Content-Digest", digest), ("Signature-Input", input), ("Signature", signature)];
    }

    private static Task<HttpResponseMessage> SendAsync(TestHub hub, string body, (string Name, string Value)[] headers) =>
        hub.Client.PostAsync("/v1/orders", body, "k", headers);
}
