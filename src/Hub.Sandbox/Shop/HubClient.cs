using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Domain.Signatures;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Shop;

/// <summary>The shop's calls to the hub's public API, with the merchant's secret key; any merchant would make the same.</summary>
internal sealed class HubClient(SandboxHttp http, IOptions<SandboxOptions> options, TimeProvider time) : IDisposable
{
    private readonly ECDsa _key = MerchantKey();

    /// <summary>The public half of the merchant's key, PEM.</summary>
    internal string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    internal Task<JsonElement> PostAsync(string path, object body, string idempotencyKey, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, body, idempotencyKey, null, cancel);

    internal Task<JsonElement> PatchAsync(string path, object body, CancellationToken cancel) => SendAsync(HttpMethod.Patch, path, body, null, null, cancel);

    /// <summary>Posts a body that the merchant signs.</summary>
    internal Task<JsonElement> PostSignedAsync(string path, object body, string idempotencyKey, string signingKey, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, body, idempotencyKey, signingKey, cancel);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object body, string? idempotencyKey, string? signingKey, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(SandboxJson.Write(body));
        var target = options.Value.HubUrl.ToString().TrimEnd('/') + path;
        using var request = new HttpRequestMessage(method, target);
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", SandboxKeys.DemoMerchantApiKey);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (signingKey is not null) Sign(request, target, bytes, idempotencyKey!, signingKey);

        using var response = await http.Client.SendAsync(request, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        if (!response.IsSuccessStatusCode) throw new HubRefusedException((int)response.StatusCode, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private void Sign(HttpRequestMessage request, string target, byte[] body, string idempotencyKey, string signingKey)
    {
        var digest = ContentDigest.Compute(body);
        var message = SignedMessage.Request(request.Method.Method, target, [new("content-digest", digest), new("idempotency-key", idempotencyKey)], body);
        var parameters = SignatureParameters.New(SignaturePolicy.Order.Required, time.GetUtcNow(), signingKey);
        var (input, signature) = HttpMessageSignature.Sign(message, parameters, _key);
        request.Headers.Add("Content-Digest", digest);
        request.Headers.Add("Signature-Input", input);
        request.Headers.Add("Signature", signature);
    }

    private static ECDsa MerchantKey()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(SandboxKeys.DemoMerchantSigningKey);
        return key;
    }
}
