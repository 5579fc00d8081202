using System.Security.Cryptography;
using System.Text;
using Hub.Domain.Signatures;

namespace Hub.Domain.Tests.Signatures;

/// <summary>RFC 9421: what the RFC publishes verifies, what was touched does not.</summary>
public sealed class HttpMessageSignatureTests
{
    // RFC 9421, appendix B.1.3, test-key-ecc-p256.
    private const string PublishedKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
        w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
        -----END PUBLIC KEY-----
        """;

    // RFC 9421, appendix B.2 and B.2.4.
    private const string PublishedInput = """sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256" """;
    private const string PublishedSignature = "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:";
    private const string PublishedDigest = "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";

    private static readonly DateTimeOffset Published = DateTimeOffset.FromUnixTimeSeconds(1618884473);
    private static readonly DateTimeOffset Noon = new(2026, 7, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = """{"reference":"A-1"}"""u8.ToArray();

    [Fact]
    public void The_signature_that_the_RFC_publishes_for_P256_verifies()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(PublishedKey);
        var (signature, error) = ReceivedSignature.Parse(PublishedInput.Trim(), PublishedSignature);

        Assert.Null(error);
        Assert.Null(signature!.Verify(PublishedMessage(), key, new([], TimeSpan.FromSeconds(300), false), Published));
    }

    [Fact]
    public void The_signature_base_of_the_RFC_is_built_to_the_letter()
    {
        var (signature, _) = ReceivedSignature.Parse(PublishedInput.Trim(), PublishedSignature);
        var (text, _) = HttpMessageSignature.Base(PublishedMessage(), signature!.Parameters);

        Assert.Equal(
            "\"@status\": 200\n" +
            "\"content-type\": application/json\n" +
            $"\"content-digest\": {PublishedDigest}\n" +
            "\"content-length\": 23\n" +
            "\"@signature-params\": (\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\"",
            text);
    }

    [Fact]
    public void An_order_signed_by_a_merchant_verifies_under_its_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(Check(key, Signed(key), Noon));
    }

    [Fact]
    public void Path_and_query_with_the_authority_stand_for_the_target()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(Check(key, Signed(key, ["@method", "@authority", "@path", "@query", "content-digest", "idempotency-key"]), Noon));
    }

    [Theory]
    [InlineData(-301, SignatureFault.OutsideTolerance)]
    [InlineData(-300, null)]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(301, SignatureFault.OutsideTolerance)]
    public void A_signature_is_believed_up_to_five_minutes_either_way(int seconds, SignatureFault? fault)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(fault, Check(key, Signed(key), Noon.AddSeconds(seconds))?.Fault);
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("@authority")]
    [InlineData("@target-uri")]
    [InlineData("content-digest")]
    [InlineData("idempotency-key")]
    public void Every_required_component_must_be_covered(string left)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The target names the authority too, so leaving that one out means leaving both out.
        string[] all = ["@method", "@authority", "@target-uri", "content-digest", "idempotency-key"];
        var covered = all.Where(c => c != left && !(left == "@authority" && c == "@target-uri"));

        var error = Check(key, Signed(key, covered), Noon);

        Assert.Equal(SignatureFault.NotCovered, error?.Fault);
        Assert.Contains(left, error!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "https://hub.example/v1/orders", "key-1", SignatureFault.BadSignature)]
    [InlineData("POST", "https://other.example/v1/orders", "key-1", SignatureFault.BadSignature)]
    [InlineData("POST", "https://hub.example/v1/orders?x=1", "key-1", SignatureFault.BadSignature)]
    [InlineData("POST", "http://hub.example/v1/orders", "key-1", SignatureFault.BadSignature)]
    [InlineData("POST", "https://hub.example/v1/orders", "key-2", SignatureFault.BadSignature)]
    [InlineData("POST", "https://HUB.example:443/v1/orders", "key-1", null)]
    public void Whatever_is_covered_cannot_be_changed(string method, string target, string idempotencyKey, SignatureFault? fault)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (input, signature) = Signed(key);
        Assert.Equal(fault, Check(key, (input, signature), Noon, Order(method, target, idempotencyKey, Body))?.Fault);
    }

    [Fact]
    public void A_changed_body_is_seen_through_its_digest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var touched = SignedMessage.Request("POST", "https://hub.example/v1/orders", Fields("key-1", Body), "{}"u8.ToArray());
        Assert.Equal(SignatureFault.DigestMismatch, Check(key, Signed(key), Noon, touched)?.Fault);
    }

    [Fact]
    public void Another_key_does_not_verify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal(SignatureFault.BadSignature, Check(other, Signed(key), Noon)?.Fault);
        Assert.Equal(SignatureFault.BadSignature, Check(larger, Signed(key), Noon)?.Fault);
    }

    [Theory]
    [InlineData(null, "s=:AA==:", SignatureFault.Missing)]
    [InlineData("s=();created=1;keyid=\"k\"", null, SignatureFault.Missing)]
    [InlineData("s=(\"@method\";req);created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\" \"@method\");created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\"\"@path\");created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"Content-Digest\");created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@signature-params\");created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1;created=2;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1.5;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=\"1\";keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1;keyid=k", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");keyid=\"k\"", Sixty4, SignatureFault.Missing)]
    [InlineData("s=(\"@method\");created=1", Sixty4, SignatureFault.Missing)]
    [InlineData("s=(\"@method\");created=1;keyid=\"k\", ", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1;keyid=\"k\" x", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\";created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("t=(\"@method\");created=1;keyid=\"k\"", Sixty4, SignatureFault.Missing)]
    [InlineData("s=(\"@method\");created=1;keyid=\"k\",t=(\"@method\");created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1;keyid=\"k\",s=(\"@path\");created=1;keyid=\"k\"", Sixty4, SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1;keyid=\"k\"", "s=:AA==:", SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1;keyid=\"k\"", "s=AAAA", SignatureFault.Malformed)]
    [InlineData("s=(\"@method\");created=1;keyid=\"k\"", Sixty4 + "," + Sixty4, SignatureFault.Malformed)]
    public void Fields_that_cannot_be_read_are_refused_by_name(string? input, string? signature, SignatureFault fault)
    {
        var (read, error) = ReceivedSignature.Parse(input, signature);
        Assert.Null(read);
        Assert.Equal(fault, error?.Fault);
    }

    [Fact]
    public void An_algorithm_other_than_ours_is_refused_before_any_mathematics()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (input, signature) = Signed(key);
        var swapped = input.Replace("ecdsa-p256-sha256", "hmac-sha256", StringComparison.Ordinal);
        Assert.Equal(SignatureFault.WrongAlgorithm, Check(key, (swapped, signature), Noon)?.Fault);
    }

    [Fact]
    public void A_covered_field_that_the_message_lacks_is_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (input, signature) = Signed(key);
        var touched = input.Replace("\"idempotency-key\"", "\"idempotency-key\" \"x-absent\"", StringComparison.Ordinal);
        var error = Check(key, (touched, signature), Noon);
        Assert.Equal(SignatureFault.ComponentMissing, error?.Fault);
        Assert.Contains("x-absent", error!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_in_a_covered_field_cannot_forge_another_line()
    {
        var message = SignedMessage.Request("POST", "https://hub.example/", [new("x-note", "a\n\"@method\": GET")], default);
        var (text, error) = HttpMessageSignature.Base(message, SignatureParameters.New(["x-note"], Noon, "k"));
        Assert.Null(text);
        Assert.Equal(SignatureFault.Malformed, error?.Fault);
    }

    private const string Sixty4 = "s=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==:";

    private static SignedMessage PublishedMessage() => SignedMessage.Response(
        200,
        [new("Content-Type", "application/json"), new("Content-Digest", PublishedDigest), new("Content-Length", "23")],
        Encoding.UTF8.GetBytes("""{"message": "good dog"}"""));

    private static (string Input, string Signature) Signed(ECDsa key, IEnumerable<string>? components = null) => HttpMessageSignature.Sign(
        Order("POST", "https://hub.example/v1/orders", "key-1", Body),
        SignatureParameters.New(components ?? SignaturePolicy.Order.Required, Noon, "sig_1"),
        key);

    private static SignatureError? Check(ECDsa key, (string Input, string Signature) fields, DateTimeOffset now, SignedMessage? message = null)
    {
        var (signature, error) = ReceivedSignature.Parse(fields.Input, fields.Signature);
        return error ?? signature!.Verify(message ?? Order("POST", "https://hub.example/v1/orders", "key-1", Body), key, SignaturePolicy.Order, now);
    }

    private static SignedMessage Order(string method, string target, string key, byte[] body) =>
        SignedMessage.Request(method, target, Fields(key, body), body);

    private static IEnumerable<KeyValuePair<string, string>> Fields(string key, byte[] body) =>
        [new("Idempotency-Key", key), new("Content-Digest", ContentDigest.Compute(body))];
}
