using System.Security.Cryptography;
using System.Text;
using Hub.Domain.Signatures;

namespace Hub.Domain.Tests.Signatures;

/// <summary>The messages of RFC 9421 (appendix B.2 and section 4.3) and of RFC 9530, byte for byte; what other algorithms signed is refused by name.</summary>
public sealed class PublishedVectorTests
{
    // RFC 9421, appendix B.1.3.
    private const string KeyOfTheRfc = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
        w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
        -----END PUBLIC KEY-----
        """;

    private const string Digest = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    private const string Client = """("@method" "@authority" "@path" "content-digest" "content-type" "content-length");created=1618884475;keyid="test-key-ecc-p256" """;
    private const string ClientSignature = "X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==";
    private const string Proxy = """("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540""";

    private static readonly byte[] Body = "{\"hello\": \"world\"}"u8.ToArray();
    private static readonly string Zeros = Convert.ToBase64String(new byte[HttpMessageSignature.SignatureLength]);

    /// <summary>Signature input and base of B.2.1, B.2.3, B.2.5, B.2.6 and of the client in section 4.3.</summary>
    public static TheoryData<string, string[]> Bases => new()
    {
        { """();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd" """, [] },
        {
            """("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss" """,
            [
                "\"date\": Tue, 20 Apr 2021 02:07:55 GMT", "\"@method\": POST", "\"@path\": /foo", "\"@query\": ?param=Value&Pet=dog", "\"@authority\": example.com",
                "\"content-type\": application/json", $"\"content-digest\": {Digest}", "\"content-length\": 18",
            ]
        },
        {
            """("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret" """,
            ["\"date\": Tue, 20 Apr 2021 02:07:55 GMT", "\"@authority\": example.com", "\"content-type\": application/json"]
        },
        {
            """("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519" """,
            [
                "\"date\": Tue, 20 Apr 2021 02:07:55 GMT", "\"@method\": POST", "\"@path\": /foo", "\"@authority\": example.com", "\"content-type\": application/json",
                "\"content-length\": 18",
            ]
        },
        {
            Client,
            [
                "\"@method\": POST", "\"@authority\": example.com", "\"@path\": /foo", $"\"content-digest\": {Digest}", "\"content-type\": application/json",
                "\"content-length\": 18",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Bases))]
    public void The_signature_base_is_the_published_one_whatever_the_algorithm(string input, string[] lines)
    {
        var (signature, error) = ReceivedSignature.Parse($"sig={input.Trim()}", $"sig=:{Zeros}:");
        Assert.Null(error);

        var (text, _) = HttpMessageSignature.Base(Request(), signature!.Parameters);

        Assert.Equal(string.Join('\n', [.. lines, $"\"@signature-params\": {input.Trim()}"]), text);
    }

    [Fact]
    public void The_request_of_section_4_3_verifies_under_the_published_key()
    {
        var (signature, _) = ReceivedSignature.Parse($"sig1={Client.Trim()}", $"sig1=:{ClientSignature}:");

        Assert.Null(signature!.Verify(Request(), Key(), Anything, DateTimeOffset.FromUnixTimeSeconds(1618884475)));
    }

    [Fact]
    public void Beside_the_proxys_signature_the_clients_is_found_by_its_label_and_stands()
    {
        var inputs = $"sig1={Client.Trim()}, proxy_sig={Proxy}";
        var signatures = $"sig1=:{ClientSignature}:, proxy_sig=:{Convert.ToBase64String(new byte[256])}:";

        var (signature, error) = ReceivedSignature.Parse(inputs, signatures, "sig1");

        Assert.Null(error);
        Assert.Null(signature!.Verify(Request(), Key(), Anything, DateTimeOffset.FromUnixTimeSeconds(1618884475)));
        Assert.Equal(SignatureFault.Malformed, ReceivedSignature.Parse(inputs, signatures).Error?.Fault);
        Assert.Equal(SignatureFault.Malformed, ReceivedSignature.Parse(inputs, signatures, "proxy_sig").Error?.Fault);
    }

    /// <summary>B.2.2 (a component with a parameter), B.2.5 (an HMAC, 32 bytes) and the label <c>reqres</c> of section 2.4.</summary>
    [Theory]
    [InlineData("""sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example" """, "sig-b22=:" + ClientSignature + ":")]
    [InlineData("""sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret" """, "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:")]
    [InlineData("""reqres=("@status" "signature";req;key="sig1");created=1618884479;keyid="test-key-ecc-p256" """, "reqres=:" + ClientSignature + ":")]
    public void Published_signatures_that_the_hub_does_not_speak_are_malformed_to_it(string input, string signature) =>
        Assert.Equal(SignatureFault.Malformed, ReceivedSignature.Parse(input.Trim(), signature).Error?.Fault);

    [Fact]
    public void The_published_ed25519_signature_has_the_right_length_and_still_does_not_verify()
    {
        var (signature, _) = ReceivedSignature.Parse(
            """sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519" """.Trim(),
            "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:");

        var error = signature!.Verify(Request(), Key(), Anything, DateTimeOffset.FromUnixTimeSeconds(1618884473));

        Assert.Equal(SignatureFault.BadSignature, error?.Fault);
    }

    [Theory]
    [InlineData(Digest, "{\"hello\": \"world\"}", true)]
    [InlineData("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", "{\"hello\": \"world\"}", true)]
    [InlineData("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, " + Digest, "{\"hello\": \"world\"}", true)]
    [InlineData(Digest, "{\"hello\":\"world\"}", false)]
    public void Both_active_algorithms_of_RFC_9530_are_read(string digest, string body, bool matches) =>
        Assert.Equal(matches, ContentDigest.Matches(digest, Encoding.UTF8.GetBytes(body)));

    private static SignaturePolicy Anything { get; } = new([], TimeSpan.FromSeconds(300), RequireAlgorithm: false);

    private static ECDsa Key()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(KeyOfTheRfc);
        return key;
    }

    private static SignedMessage Request() => SignedMessage.Request(
        "POST",
        "https://example.com/foo?param=Value&Pet=dog",
        [
            new("Date", "Tue, 20 Apr 2021 02:07:55 GMT"), new("Content-Type", "application/json"), new("Content-Digest", Digest), new("Content-Length", "18"),
        ],
        Body);
}
