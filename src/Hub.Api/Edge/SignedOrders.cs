using System.Security.Cryptography;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Json;
using Hub.Api.Edge.Requests;
using Hub.Domain.Kernel;
using Hub.Domain.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Api.Edge;

/// <summary>Verifies that a merchant signed the order it sends.</summary>
/// <remarks>Source: RFC 9421 with <c>ecdsa-p256-sha256</c>, RFC 9530; what must be covered stands in <see cref="SignaturePolicy.Order"/>.</remarks>
public sealed class SignedOrders(TimeProvider time, EdgeOptions options)
{
    /// <summary>Checks the signature of a request over its method, target, authority, body and idempotency key.</summary>
    /// <param name="http">The request; its body may have been read by <see cref="Body{T}"/>.</param>
    /// <param name="keyOf">A registered public key of this merchant by its id, or <c>null</c>. The caller keeps the key.</param>
    /// <returns>The proof, or a 401 whose code is <c>signature_missing</c>, <c>signature_invalid</c>, <c>signature_expired</c> or <c>digest_mismatch</c>.</returns>
    public async Task<SignatureCheck> VerifyAsync(HttpContext http, Func<string, ECDsa?> keyOf)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(keyOf);
        var headers = http.Request.Headers;
        var (received, unreadable) = Read(Value(headers, "Signature-Input"), Value(headers, "Signature"));
        if (received is null) return Refuse(unreadable!);
        var keyId = received.Parameters.KeyId!;
        if (keyOf(keyId) is not { } key) return Refuse(new SignatureError(SignatureFault.BadSignature, "No signing key of this merchant has that keyid. Register it, or name one that is registered."));
        var body = await RawBody.ReadAsync(http, BodyLimits.Default.Bytes);
        var message = SignedMessage.Request(http.Request.Method, Target(http), Fields(headers), body);
        if (received.Verify(message, key, SignaturePolicy.Order, time.GetUtcNow()) is { } wrong) return Refuse(wrong);
        return new SignatureCheck.Proven(new SignatureProof(
            keyId,
            Value(headers, "Signature")!,
            Value(headers, "Signature-Input")!,
            DateTimeOffset.FromUnixTimeSeconds(received.Parameters.Created!.Value),
            message.Component("content-digest")!,
            received.Parameters.Components));
    }

    /// <summary>Reads the two fields. What is wrong with them names components, so a card number is looked for first (invariant 23).</summary>
    internal static (ReceivedSignature? Signature, SignatureError? Error) Read(string? input, string? signature)
    {
        if (CardNumbers.AreIn(input ?? "") || CardNumbers.AreIn(signature ?? ""))
        {
            return (null, new SignatureError(SignatureFault.Malformed, "Signature-Input and Signature must not hold a card number."));
        }

        return ReceivedSignature.Parse(input, signature);
    }

    private string Target(HttpContext http)
    {
        var request = http.Request;
        var root = options.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";
        return root + http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHeaderDictionary headers) =>
        headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value ?? ""));

    private static string? Value(IHeaderDictionary headers, string name) => headers.TryGetValue(name, out var value) ? value.ToString() : null;

    private static SignatureCheck.Refused Refuse(SignatureError error)
    {
        var code = error.Fault switch
        {
            SignatureFault.Missing => "signature_missing",
            SignatureFault.OutsideTolerance => "signature_expired",
            SignatureFault.DigestMismatch => "digest_mismatch",
            _ => "signature_invalid",
        };
        return new SignatureCheck.Refused(Problems.Of(StatusCodes.Status401Unauthorized, code, error.Detail));
    }
}

/// <summary>What became of a signature.</summary>
public abstract record SignatureCheck
{
    private SignatureCheck()
    {
    }

    /// <summary>The merchant signed exactly this.</summary>
    public sealed record Proven(SignatureProof Proof) : SignatureCheck;

    /// <summary>It did not, or not so that it counts.</summary>
    public sealed record Refused(Problem Problem) : SignatureCheck;
}

/// <summary>That a merchant signed a request, with what is needed to check it again later.</summary>
/// <param name="KeyId">The registered key.</param>
/// <param name="Signature">The field as it came: label and base 64.</param>
/// <param name="SignatureInput">The field as it came: what was covered, and when.</param>
/// <param name="Created">When it was signed, by the signer's clock.</param>
/// <param name="ContentDigest">The digest of the body, as signed.</param>
/// <param name="Components">What was covered, in order.</param>
public sealed record SignatureProof(
    string KeyId,
    string Signature,
    string SignatureInput,
    DateTimeOffset Created,
    string ContentDigest,
    EquatableArray<string> Components);
