using System.Security.Cryptography;
using System.Text;
using Hub.Api.Edge;
using Hub.Domain.Signatures;

namespace Hub.Fuzz;

/// <summary>The two fields of an RFC 9421 signature: a line each, and a third for <c>Content-Digest</c>.</summary>
internal sealed class HttpSignatureTarget : FuzzTarget
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly byte[] Body = "{}"u8.ToArray();

    public override string Name => "http-signature";

    public override IReadOnlyList<string> Words { get; } =
    [
        "sig1=(", "sig2=", "\"@method\"", "\"@authority\"", "\"@target-uri\"", "\"content-digest\"", "\"idempotency-key\"", ")", ";created=1772452800", ";created=\"x\"", ";expires=1", ";keyid=\"sig_1\"", ";alg=\"ecdsa-p256-sha256\"",
        ";alg=\"none\"", ";nonce=\"\\\"\\\\\"", ";tag=\"x\"", ";created=-999999999999999", ";created=9999999999999999", "\"@query-param\";name=\"x\"", ", ", "\t", "sig1=:", ":", $"{Convert.ToBase64String(new byte[64])}", "\n", $"\"{Card}\"", $"\"{GroupedCard}\"", $"{Card}=", $";keyid=\"{Card}\"", "*", "é",
    ];

    public override string Try(byte[] input)
    {
        var lines = Lines(Latin(input), 3);
        var (received, error) = SignedOrders.Read(lines[0], lines[1]);
        Must(received is null != (error is null), "It is either read or refused");
        SaysNoNumber(error?.Detail);
        if (lines[2] is { } digest) ContentDigest.Matches(digest, Body);
        Must(ContentDigest.Matches(ContentDigest.Compute(Body), Body), "Its own digest does not fit");
        if (received is null) return $"{error!.Fault} {new string([.. error.Detail.Where(char.IsAsciiLetter).Take(24)])}";

        var parameters = received.Parameters;
        Must(parameters.Components.Distinct().Count() == parameters.Components.Count, "A component is covered twice");
        Must(parameters.Parameters.Select(p => p.Name).Distinct().Count() == parameters.Parameters.Count, "A parameter comes twice");
        var (again, _) = ReceivedSignature.Parse($"x={parameters}", $"x=:{Convert.ToBase64String(new byte[64])}:");
        Must(again is not null, $"What was read is refused once it is written: {parameters}");
        Same(parameters, again!.Parameters, "Written and read again");
        return Verified(received, digest: lines[2]);
    }

    // Nobody signed it, so it holds for nobody, whatever the message holds.
    private static string Verified(ReceivedSignature received, string? digest)
    {
        var fields = new List<KeyValuePair<string, string>> { new("content-digest", digest ?? ContentDigest.Compute(Body)), new("Idempotency-Key", "k"), new("Signature-Input", received.Parameters.ToString()) };
        var message = SignedMessage.Request("POST", "https://pay.example/v1/orders?x=1", fields, Body);
        var wrong = received.Verify(message, Key, SignaturePolicy.Order, Noon.At);
        Must(wrong is not null, "A signature that nobody made holds");
        SaysNoNumber(wrong!.Detail);
        return $"read {wrong.Fault}";
    }
}

/// <summary>The headers of a Standard Webhook: lines of id, time and signature, then the body.</summary>
internal sealed class WebhookHeadersTarget : FuzzTarget
{
    private const string Secret = "whsec_YW5vdGhlci1iYW5rLXdlYmhvb2sta2V5LW9mLTMyYnl0ZXM=";

    public override string Name => "webhook-headers";

    public override IReadOnlyList<string> Words { get; } =
    [
        "msg_1", "\n", $"{Noon.Seconds}", $"{Noon.Seconds - 301}", "+", "-", "0", " ", "v1,", "v1a,", "v2,", ",", Convert.ToBase64String(new byte[32]), StandardWebhook.Sign("msg_1", Noon.At, "{}"u8, Secret), "{}", ".", "9223372036854775808", "-9223372036854775808",
    ];

    public override string Try(byte[] input)
    {
        var lines = Lines(Latin(input), 4);
        var body = Encoding.Latin1.GetBytes(lines[3] ?? "");
        var fault = StandardWebhook.Verify(lines[0], lines[1], lines[2], body, Noon.At, Secret);
        if (fault is { } why) return $"{why}";

        // What holds was signed over exactly these bytes, just now.
        var at = long.Parse(lines[1]!, System.Globalization.CultureInfo.InvariantCulture);
        Must(Math.Abs(at - Noon.Seconds) <= StandardWebhook.ToleranceSeconds, "An old webhook holds");
        Must(lines[2]!.Split(' ').Contains(StandardWebhook.Sign(lines[0]!, DateTimeOffset.FromUnixTimeSeconds(at), body, Secret)), "A signature that nobody made holds");
        return "holds";
    }
}
