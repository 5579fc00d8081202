using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Rotation;

/// <summary>A merchant changes the key it signs orders with, and no order in between is refused.</summary>
[Collection("journey")]
public sealed class MerchantKeyRotationTests(JourneyHub hub)
{
    [Fact]
    public async Task Two_signing_keys_are_good_at_once_until_the_old_one_is_retired()
    {
        using var old = await RegisterAsync();
        using var fresh = await RegisterAsync();
        var customer = (await hub.AdaAsync()).Id;

        foreach (var key in (Registered[])[old, fresh, old])
        {
            using var taken = await OrderAsync(customer, key);
            Assert.Equal(key.Id, (await taken.MadeAsync()).GetProperty("signature").Text("key_id"));
        }

        using var retired = await hub.Acme.Client.CallAsync("DELETE", $"/v1/merchants/signing-keys/{old.Id}", key: $"{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        using var refused = await OrderAsync(customer, old);
        Assert.Equal((HttpStatusCode.Unauthorized, "signature_invalid"), (refused.StatusCode, (await refused.JsonAsync()).Text("code")));
        using var still = await OrderAsync(customer, fresh);
        await still.MadeAsync();
    }

    [Fact]
    public async Task A_key_signs_under_its_own_id_only()
    {
        using var one = await RegisterAsync();
        using var two = await RegisterAsync();

        using var swapped = await OrderAsync((await hub.AdaAsync()).Id, one with { Id = two.Id });

        Assert.Equal((HttpStatusCode.Unauthorized, "signature_invalid"), (swapped.StatusCode, (await swapped.JsonAsync()).Text("code")));
    }

    private Task<HttpResponseMessage> OrderAsync(string customer, Registered key) =>
        hub.Acme.SendOrderAsync(Shop.OrderBody(customer), sign: (request, bytes, idempotency) => hub.Acme.Sign(request, bytes, idempotency, key.Key, key.Id));

    private async Task<Registered> RegisterAsync()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new Registered((await hub.Acme.DoAsync("/v1/merchants/signing-keys", $$"""{"public_key":{{JsonSerializer.Serialize(key.ExportSubjectPublicKeyInfoPem())}}}""")).Text("id"), key);
    }

    private sealed record Registered(string Id, ECDsa Key) : IDisposable
    {
        public void Dispose() => Key.Dispose();
    }
}
