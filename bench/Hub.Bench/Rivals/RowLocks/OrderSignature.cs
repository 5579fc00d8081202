using System.Security.Cryptography;
using System.Text.Json;
using Hub.Domain.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>What every contender checks of an order before it believes it.</summary>
internal static class OrderSignature
{
    /// <summary>Whether the merchant signed this request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="pemOf">The merchant's public key by its id; <c>null</c> where there is none.</param>
    public static async Task<bool> HoldsAsync(HttpContext http, byte[] body, Func<string, Task<string?>> pemOf)
    {
        var headers = http.Request.Headers;
        var (received, _) = ReceivedSignature.Parse(headers["Signature-Input"], headers["Signature"]);
        if (received?.Parameters.KeyId is not { } keyId || await pemOf(keyId) is not { } pem) return false;
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        var target = $"{http.Request.Scheme}://{http.Request.Host}{http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}";
        var message = SignedMessage.Request(http.Request.Method, target, headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value ?? "")), body);
        return received.Verify(message, key, SignaturePolicy.Order, TimeProvider.System.GetUtcNow()) is null;
    }

    /// <summary>What the order comes to, in minor units.</summary>
    public static long Total(JsonElement order) => order.GetProperty("shipping").GetInt64() + order.GetProperty("lines").EnumerateArray()
        .Sum(line => (line.GetProperty("quantity").GetInt64() * line.GetProperty("unit_price").GetInt64()) + line.GetProperty("tax").GetInt64());
}
