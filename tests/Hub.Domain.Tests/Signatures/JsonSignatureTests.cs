using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Domain.Signatures;

namespace Hub.Domain.Tests.Signatures;

/// <summary>JWS with ES256: what was signed verifies as what it is; whatever was touched, or is of another sort, does not.</summary>
public sealed class JsonSignatureTests : IDisposable
{
    private const string Type = "test+jws";

    // RFC 7515, appendix A.3: key, header with payload, signature.
    private const string X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private const string Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    private const string Signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private const string Signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static readonly byte[] Content = """{"paid":4470}"""u8.ToArray();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_key_that_the_RFC_publishes_is_read_and_its_signature_verifies()
    {
        var point = PublicKeySet.Parse($$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"a3","x":"{{X}}","y":"{{Y}}"}]}""")!.Find("a3")!.Value;
        using var key = ECDsa.Create(point);

        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes(Signed), Base64Url.DecodeFromChars(Signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    /// <summary>Its header names neither a key nor a type, and what is not said cannot be believed.</summary>
    [Fact]
    public void The_document_that_the_RFC_publishes_is_of_no_sort_that_is_accepted()
    {
        var parts = Signed.Split('.');
        Assert.Equal(JsonSignatureFault.WrongKind, new JsonSignature(parts[0], parts[1], Signature).Verify(Type, Keys("k")).Fault);
    }

    [Fact]
    public void What_was_signed_comes_back_byte_for_byte()
    {
        var (content, fault) = Sign().Verify(Type, Keys("k"));

        Assert.Null(fault);
        Assert.Equal(Content, content);
    }

    [Fact]
    public void Another_content_header_or_signature_does_not_verify()
    {
        var document = Sign();
        var other = Base64Url.EncodeToString("""{"paid":1}"""u8);
        var flipped = document.Signature[..^3] + (document.Signature[^3] == 'A' ? 'B' : 'A') + document.Signature[^2..];

        Assert.Equal(JsonSignatureFault.BadSignature, (document with { Payload = other }).Verify(Type, Keys("k")).Fault);
        Assert.Equal(JsonSignatureFault.BadSignature, (document with { Signature = flipped }).Verify(Type, Keys("k")).Fault);
        Assert.Equal(JsonSignatureFault.BadSignature, (document with { Protected = Header("""{"kid":"k","alg":"ES256","typ":"test+jws"}""") }).Verify(Type, Keys("k")).Fault);
    }

    [Fact]
    public void Of_several_keys_the_one_that_is_named_counts()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var both = PublicKeySet.Parse($$"""{"keys":[{{Jwk("k", other)}},{{Jwk("old", _key)}}]}""")!;

        Assert.Equal(2, both.Count);
        Assert.Null(Sign("old").Verify(Type, both).Fault);
        Assert.Equal(JsonSignatureFault.BadSignature, Sign("k").Verify(Type, both).Fault);
        Assert.Equal(JsonSignatureFault.UnknownKey, Sign("gone").Verify(Type, both).Fault);
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"k","typ":"test+jws"}""")]
    [InlineData("""{"alg":"HS256","kid":"k","typ":"test+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":"k","typ":"other+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":"k"}""")]
    [InlineData("""{"alg":"ES256","typ":"test+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":1,"typ":"test+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":"k","typ":"test+jws","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"none","alg":"ES256","kid":"k","typ":"test+jws"}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("ES256")]
    [InlineData("")]
    public void A_header_that_says_anything_else_is_of_the_wrong_kind_however_well_it_is_signed(string header)
    {
        var input = $"{Header(header)}.{Base64Url.EncodeToString(Content)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        Assert.Equal(JsonSignatureFault.WrongKind, JsonSignature.Of(Encoding.ASCII.GetBytes(input), signature).Verify(Type, Keys("k")).Fault);
    }

    /// <summary>Found by fuzzing: text that is none is noticed by the reader only when it is asked for it.</summary>
    [Theory]
    [InlineData("7B22616C67223A22C1227D")] // {"alg":"<half a character>"}
    [InlineData("7B22616C67223A225C7564383030227D")] // {"alg":"\ud800"}
    public void A_header_with_half_a_character_is_of_the_wrong_kind(string hex) =>
        Assert.Equal(JsonSignatureFault.WrongKind, (Sign() with { Protected = Base64Url.EncodeToString(Convert.FromHexString(hex)) }).Verify(Type, Keys("k")).Fault);

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA====")]
    [InlineData("AB")]
    [InlineData("A A=")]
    public void What_cannot_be_read_in_one_way_only_is_malformed(string part)
    {
        var document = Sign();
        foreach (var touched in (JsonSignature[])[document with { Protected = part }, document with { Payload = part }, document with { Signature = part }])
        {
            Assert.Equal(JsonSignatureFault.Malformed, touched.Verify(Type, Keys("k")).Fault);
        }
    }

    [Theory]
    [InlineData(-1, JsonSignatureFault.Malformed)]
    [InlineData(1, JsonSignatureFault.Malformed)]
    public void A_signature_has_sixty_four_bytes(int more, JsonSignatureFault fault) =>
        Assert.Equal(fault, (Sign() with { Signature = Base64Url.EncodeToString(new byte[64 + more]) }).Verify(Type, Keys("k")).Fault);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"\ud800"}]}""")]
    public void What_is_no_key_set_is_none(string json) => Assert.Null(PublicKeySet.Parse(json));

    [Theory]
    [InlineData("1")]
    [InlineData("""{"kty":"RSA","kid":"k","n":"AQAB","e":"AQAB"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-384","kid":"k","x":"{{X}}","y":"{{Y}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","kid":"k","use":"enc","x":"{{X}}","y":"{{Y}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","kid":"k","alg":"ES512","x":"{{X}}","y":"{{Y}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","kid":"k","x":"{{X}}","y":"{{X}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","kid":"k","x":"{{X}}","y":"AQAB"}""")]
    public void A_key_for_something_else_or_off_the_curve_is_passed_over(string jwk) =>
        Assert.Equal(0, PublicKeySet.Parse($$"""{"keys":[{{jwk}}]}""")!.Count);

    [Fact]
    public void Two_keys_of_one_name_are_no_key_set()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(PublicKeySet.Parse($$"""{"keys":[{{Jwk("k", _key)}},{{Jwk("k", other)}}]}"""));
    }

    private static string Header(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private JsonSignature Sign(string keyId = "k")
    {
        var input = JsonSignature.Input(Type, keyId, Content);
        return JsonSignature.Of(input, _key.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    private PublicKeySet Keys(string keyId) => PublicKeySet.Parse($$"""{"keys":[{{Jwk(keyId, _key)}}]}""")!;

    private static string Jwk(string keyId, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", kid = keyId, alg = "ES256", use = "sig", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) });
    }
}
