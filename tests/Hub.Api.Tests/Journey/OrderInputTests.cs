using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Orders that cannot be, and orders that nobody signed: refused, and the journal stays as it was, the reference free.</summary>
[Collection("journey")]
public sealed class OrderInputTests(JourneyHub hub)
{
    /// <summary>What of a good order is replaced, by what, and the field that is then wrong.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "\"shipping\":0", "\"shipping\":0,\"discount\":1", "discount" },
        { "\"shipping\":0", "\"shipping\":0,\"shipping\":1", "shipping" },
        { "\"shipping\":0", "\"shipping\":0,\"Shipping\":1", "Shipping" },
        { "\"shipping\":0", "\"shipping\":-1", "shipping" },
        { "\"shipping\":0", "\"shipping\":1000000000000", "shipping" },
        { "\"shipping\":0", "\"shipping\":0,\"total\":4991", "total" },
        { "\"currency\":\"EUR\",", "", "currency" },
        { "\"currency\":\"EUR\"", "\"currency\":\"XXX\"", "currency" },
        { "\"currency\":\"EUR\"", "\"currency\":\"eur\"", "currency" },
        { "\"currency\":\"EUR\"", "\"currency\":\"\"", "currency" },
        { "\"currency\":\"EUR\"", "\"currency\":978", "currency" },
        { "\"unit_price\":4990", "\"unit_price\":49.90", "lines[0].unit_price" },
        { "\"unit_price\":4990", "\"unit_price\":4990.0", "lines[0].unit_price" },
        { "\"unit_price\":4990", "\"unit_price\":4e3", "lines[0].unit_price" },
        { "\"unit_price\":4990", "\"unit_price\":\"4990\"", "lines[0].unit_price" },
        { "\"unit_price\":4990", "\"unit_price\":-4990", "lines[0].unit_price" },
        { "\"unit_price\":4990", "\"unit_price\":1000000000000", "lines[0].unit_price" },
        { "\"unit_price\":4990", "\"unit_price\":9223372036854775808", "lines[0].unit_price" },
        { "\"unit_price\":4990", "\"unit_price\":NaN", "body" },
        { "\"unit_price\":4990,", "", "lines[0].unit_price" },
        { "\"quantity\":1,", "\"quantity\":0,", "lines[0].quantity" },
        { "\"quantity\":1,", "\"quantity\":-1,", "lines[0].quantity" },
        { "\"quantity\":1,", "\"quantity\":10001,", "lines[0].quantity" },
        { "\"quantity\":1,", "\"quantity\":2147483648,", "lines[0].quantity" },
        { "\"quantity\":1,", "\"quantity\":0.5,", "lines[0].quantity" },
        { "\"tax\":0", "\"tax\":-1", "lines[0].tax" },
        { "\"A book\"", "\"A book\\r\\nX\"", "lines[0].name" },
        { "\"A book\"", "\"A \\u202Ekoob\"", "lines[0].name" },
        { "\"A book\"", "\"\"", "lines[0].name" },
        { "\"A book\"", "\"4242424242424242\"", "lines[0].name" },
        { "\"SKU-1\"", "\"SKU 1\"", "lines[0].sku" },
        { "\"SKU-1\"", "\"4000-0000-0000-0002\"", "lines[0].sku" },
        { "\"Ada Lovelace\"", "\"Ada\\nLovelace\"", "consignee.name" },
        { "\"1 Main St\"", "\"1 Main St\\u2066\"", "consignee.address" },
        { "\"1 Main St\"", "\"5555 5555 5555 4444\"", "consignee.address" },
        { "\"parcel\"", "\"parcel\\u0000\"", "delivery.method" },
        { "\"parcel\"", "\"378282246310005\"", "delivery.method" },
        { "\"reference\":\"R-", "\"reference\":\"R ", "reference" },
        { "\"reference\":\"R-", "\"reference\":\"4242424242424242:", "reference" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_order_that_cannot_be_is_not_placed(string was, string becomes, string field)
    {
        var body = Shop.OrderBody((await hub.AdaAsync()).Id);
        Assert.Contains(was, body, StringComparison.Ordinal);

        using var answer = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(body.Replace(was, becomes, StringComparison.Ordinal)));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    /// <summary>What single fields allow and the whole does not: 422, and the reference stays free.</summary>
    [Theory]
    [InlineData("\"unit_price\":4990", "\"unit_price\":0", "amount_not_positive")]
    [InlineData("\"quantity\":1,\"unit_price\":4990", "\"quantity\":10000,\"unit_price\":999999999999", "amount_too_large")]
    [InlineData("\"quantity\":1,\"unit_price\":4990", "\"quantity\":2,\"unit_price\":500000000000", "amount_too_large")]
    [InlineData("\"shipping\":0", "\"shipping\":999999999999", "amount_too_large")]
    [InlineData("\"tax\":0", "\"tax\":4991", "total_mismatch")]
    public async Task An_order_whose_sums_cannot_be_leaves_its_reference_free(string was, string becomes, string code)
    {
        var ada = await hub.AdaAsync();
        var reference = $"SUM-{Guid.NewGuid():N}";
        var body = Shop.OrderBody(ada.Id, reference: reference);
        Assert.Contains(was, body, StringComparison.Ordinal);

        using var answer = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(body.Replace(was, becomes, StringComparison.Ordinal)));

        await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        using var corrected = await hub.Acme.SendOrderAsync(body);
        await corrected.MadeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task An_order_has_one_to_two_hundred_lines(int lines)
    {
        var order = JsonNode.Parse(Shop.OrderBody((await hub.AdaAsync()).Id))!;
        order["lines"] = new JsonArray([.. Enumerable.Range(0, lines).Select(_ => order["lines"]![0]!.DeepClone())]);

        using var answer = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(order.ToJsonString()));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.True(problem.GetProperty("errors").TryGetProperty("lines", out _));
    }

    [Fact]
    public async Task An_order_of_two_hundred_lines_is_placed()
    {
        var order = JsonNode.Parse(Shop.OrderBody((await hub.AdaAsync()).Id))!;
        order["lines"] = new JsonArray([.. Enumerable.Range(0, 200).Select(_ => order["lines"]![0]!.DeepClone())]);

        using var answer = await hub.Acme.SendOrderAsync(order.ToJsonString());

        await answer.MadeAsync();
    }

    [Fact]
    public async Task An_order_for_somebody_elses_customer_is_refused_like_one_for_nobody()
    {
        var stranger = await hub.Rival.NewPayerAsync();

        using var foreign = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(Shop.OrderBody(stranger.Id)));
        using var nobody = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(Shop.OrderBody("cus_00000000000000000000nobody")));

        var one = await foreign.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        var other = await nobody.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(other.Text("detail"), one.Text("detail"));
    }

    [Fact]
    public async Task A_reference_names_one_order_for_good()
    {
        var body = Shop.OrderBody((await hub.AdaAsync()).Id);
        using var first = await hub.Acme.SendOrderAsync(body);
        await first.MadeAsync();

        using var second = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(body));

        await second.ProblemAsync(HttpStatusCode.Conflict, "order_reference_taken");
    }

    /// <summary>What is wrong with the signature, and what is answered.</summary>
    public static TheoryData<string, string> Spoiled => new()
    {
        { "none", "signature_missing" },
        { "garbage", "signature_invalid" },
        { "wrong_key", "signature_invalid" },
        { "rivals_key", "signature_invalid" },
        { "rivals_key_under_own_name", "signature_invalid" },
        { "unknown_keyid", "signature_invalid" },
        { "other_body", "digest_mismatch" },
        { "other_body_and_digest", "signature_invalid" },
        { "other_idempotency_key", "signature_invalid" },
        { "other_target", "signature_invalid" },
        { "created_301_seconds_ago", "signature_expired" },
        { "created_in_301_seconds", "signature_expired" },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task An_order_that_its_merchant_did_not_sign_is_not_placed(string fault, string code)
    {
        var body = Shop.OrderBody((await hub.AdaAsync()).Id);

        using var answer = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(body, sign: Spoil(fault)));

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, code);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(299)]
    public async Task A_signature_counts_for_five_minutes(int seconds)
    {
        var body = Shop.OrderBody((await hub.AdaAsync()).Id);

        using var answer = await hub.Acme.SendOrderAsync(body, sign: (request, bytes, key) =>
            hub.Acme.Sign(request, bytes, key, created: hub.Clock.GetUtcNow().AddSeconds(seconds > 0 ? seconds : seconds + 2)));

        await answer.MadeAsync();
    }

    [Fact]
    public async Task A_retired_key_signs_nothing_any_more()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = System.Text.Json.JsonSerializer.Serialize(key.ExportSubjectPublicKeyInfoPem());
        var id = (await hub.Acme.DoAsync("/v1/merchants/signing-keys", $$"""{"public_key":{{pem}}}""")).Text("id");
        using var retired = await hub.Acme.Client.CallAsync("DELETE", $"/v1/merchants/signing-keys/{id}", key: $"{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        var body = Shop.OrderBody((await hub.AdaAsync()).Id);

        using var answer = await hub.UnchangedAsync(() => hub.Acme.SendOrderAsync(body, sign: (request, bytes, idempotency) => hub.Acme.Sign(request, bytes, idempotency, key, id)));

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "signature_invalid");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("private")]
    [InlineData("p384")]
    [InlineData("rsa")]
    [InlineData("secp256k1")]
    public async Task Only_a_public_key_on_P_256_can_be_registered(string kind)
    {
        var pem = kind switch
        {
            "private" => Pem(ECCurve.NamedCurves.nistP256, key => key.ExportPkcs8PrivateKeyPem()),
            "p384" => Pem(ECCurve.NamedCurves.nistP384, key => key.ExportSubjectPublicKeyInfoPem()),
            "secp256k1" => Pem(ECCurve.CreateFromFriendlyName("secp256k1"), key => key.ExportSubjectPublicKeyInfoPem()),
            "rsa" => Rsa(),
            _ => kind,
        };

        using var answer = await hub.UnchangedAsync(() =>
            hub.Acme.Client.SendAsync("/v1/merchants/signing-keys", $$"""{"public_key":{{System.Text.Json.JsonSerializer.Serialize(pem)}}}"""));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.True(problem.GetProperty("errors").TryGetProperty("public_key", out _));
    }

    private static string Pem(ECCurve curve, Func<ECDsa, string> write)
    {
        using var key = ECDsa.Create(curve);
        return write(key);
    }

    private static string Rsa()
    {
        using var key = RSA.Create(2048);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private Action<HttpRequestMessage, byte[], string> Spoil(string fault) => (request, body, key) =>
    {
        var (acme, now) = (hub.Acme, hub.Clock.GetUtcNow());
        byte[] other = [.. body, (byte)' '];
        switch (fault)
        {
            case "none":
                break;
            case "garbage":
                acme.Sign(request, body, key);
                request.Headers.Remove("Signature");
                request.Headers.Add("Signature", $"sig1=:{Convert.ToBase64String(new byte[64])}:");
                break;
            case "wrong_key":
                using (var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256)) acme.Sign(request, body, key, fresh);
                break;
            case "rivals_key":
                acme.Sign(request, body, key, hub.Rival.Key, hub.Rival.SigningKey);
                break;
            case "rivals_key_under_own_name":
                acme.Sign(request, body, key, hub.Rival.Key);
                break;
            case "unknown_keyid":
                acme.Sign(request, body, key, keyId: "sig_unknown");
                break;
            case "other_body":
                acme.Sign(request, other, key);
                break;
            case "other_body_and_digest":
                acme.Sign(request, other, key);
                request.Headers.Remove("Content-Digest");
                request.Headers.Add("Content-Digest", Hub.Domain.Signatures.ContentDigest.Compute(body));
                break;
            case "other_idempotency_key":
                acme.Sign(request, body, $"{Guid.NewGuid()}");
                break;
            case "other_target":
                using (var elsewhere = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, "/v1/payments")))
                {
                    acme.Sign(elsewhere, body, key);
                    foreach (var (name, values) in elsewhere.Headers) request.Headers.Add(name, values);
                }

                break;
            case "created_301_seconds_ago":
                acme.Sign(request, body, key, created: now.AddSeconds(-302));
                break;
            case "created_in_301_seconds":
                acme.Sign(request, body, key, created: now.AddSeconds(330));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    };
}
