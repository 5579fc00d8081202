using System.Security.Cryptography;
using System.Text;
using Hub.Gateways.Jwe;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Jwe;

/// <summary>One vault for all of them: making an RSA key takes its time.</summary>
public sealed class KeysFixture : IDisposable
{
    private readonly OpenVault _open = new();

    public IEncryptionKeys Keys => _open.Vault.EncryptionKeys;

    public void Dispose() => _open.Dispose();
}

public sealed class CompactJweTests(KeysFixture fixture) : IClassFixture<KeysFixture>
{
    private readonly IEncryptionKeys _keys = fixture.Keys;

    public static TheoryData<string, JweProblem> Headers => new()
    {
        { """{"alg":"RSA-OAEP","enc":"A256GCM","kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA1_5","enc":"A256GCM","kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"dir","enc":"A256GCM","kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"none","enc":"A256GCM","kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"rsa-oaep-256","enc":"A256GCM","kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A128GCM","kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256CBC-HS512","kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"KID","zip":"DEF"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"KID","crit":["exp"]}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"KID","typ":"JWE"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":1}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","Kid":"KID"}""", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM"}""", JweProblem.HeaderNotAllowed },
        { "{}", JweProblem.HeaderNotAllowed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"another"}""", JweProblem.UnknownKey },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":""}""", JweProblem.UnknownKey },
        { """{"alg":"RSA-OAEP-256","alg":"RSA-OAEP-256","enc":"A256GCM","kid":"KID"}""", JweProblem.Malformed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"\ud800"}""", JweProblem.Malformed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"KID"} {}""", JweProblem.Malformed },
        { """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"KID",}""", JweProblem.Malformed },
        { "[]", JweProblem.Malformed },
        { "null", JweProblem.Malformed },
        { "", JweProblem.Malformed },
    };

    public static TheoryData<string> Shapes => new("", ".", "....", "a.b.c.d", "a.b.c.d.e.f", "not a jwe at all", "é.é.é.é.é");

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{\"holder\":\"عبد 🦉\"}")]
    public void What_a_device_encrypts_comes_out_unchanged(string plain)
    {
        Assert.Null(Decrypt(Device.Encrypt(_keys, plain), out var opened));
        Assert.Equal(plain, Encoding.UTF8.GetString(opened));
    }

    [Fact]
    public void A_message_of_a_device_that_orders_its_header_otherwise_opens() =>
        Assert.Null(Decrypt(Device.EncryptUnder(_keys, $$"""{ "kid":"{{Device.KeyId(_keys)}}", "enc":"A256GCM", "alg":"RSA-OAEP-256" }"""), out _));

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_says_exactly_which_key_and_the_pinned_algorithms(string header, JweProblem problem)
    {
        var message = Device.EncryptUnder(_keys, header.Replace("KID", Device.KeyId(_keys), StringComparison.Ordinal));

        Assert.Equal(problem, Decrypt(message, out var opened));
        Assert.Empty(opened);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_changed_character_in_any_part_is_refused(int part)
    {
        var parts = Device.Encrypt(_keys, "{\"number\":\"4242424242424242\"}").Split('.');
        // Every position of the short parts; some of the wrapped key, since each costs an RSA operation.
        for (var i = 0; i < parts[part].Length; i += part == 1 ? 37 : 1)
        {
            var changed = (string[])parts.Clone();
            var sign = parts[part][i] == 'A' ? 'B' : 'A';
            changed[part] = parts[part][..i] + sign + parts[part][(i + 1)..];

            Assert.NotNull(Decrypt(string.Join('.', changed), out var opened));
            Assert.Empty(opened);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_part_cut_short_left_out_padded_or_spaced_is_refused(int part)
    {
        var parts = Device.Encrypt(_keys, "{}").Split('.');
        foreach (var broken in (string[])[parts[part][..^1], "", parts[part] + "=", parts[part] + "==", parts[part] + " ", " " + parts[part], parts[part] + "A", parts[part] + "\n"])
        {
            var changed = (string[])parts.Clone();
            changed[part] = broken;

            Assert.NotNull(Decrypt(string.Join('.', changed), out _));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_no_message_is_malformed(string message) => Assert.Equal(JweProblem.Malformed, Decrypt(message, out _));

    [Theory]
    [InlineData(0, JweProblem.Malformed)]
    [InlineData(1, JweProblem.TooLarge)]
    public void A_message_beyond_4096_characters_is_not_even_split(int more, JweProblem problem) =>
        Assert.Equal(problem, Decrypt(new string('A', CompactJwe.MaxLength + more), out _));

    [Fact]
    public void The_same_bytes_written_otherwise_are_refused()
    {
        var parts = Device.Encrypt(_keys, "{}").Split('.');
        // Two bytes are three characters, of which the last has two spare bits.
        var last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(parts[3][^1], StringComparison.Ordinal);
        parts[3] = parts[3][..^1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last + 1];

        Assert.Equal(JweProblem.Malformed, Decrypt(string.Join('.', parts), out _));
    }

    [Fact]
    public void A_content_key_of_another_length_or_padding_is_told_like_any_other_failure()
    {
        var header = $$"""{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"{{Device.KeyId(_keys)}}"}""";

        Assert.Equal(JweProblem.NotAuthentic, Decrypt(Device.EncryptUnder(_keys, header, contentKeySize: 16), out _));
        Assert.Equal(JweProblem.NotAuthentic, Decrypt(Device.EncryptUnder(_keys, header, padding: RSAEncryptionPadding.OaepSHA1), out _));
        Assert.Equal(JweProblem.NotAuthentic, Decrypt(Device.EncryptUnder(_keys, header, padding: RSAEncryptionPadding.Pkcs1), out _));
    }

    [Fact]
    public void Every_problem_has_a_code_of_its_own() => Assert.Distinct(Enum.GetValues<JweProblem>().Select(problem => problem.Code()));

    private JweProblem? Decrypt(string message, out byte[] plain) => CompactJwe.TryDecrypt(message, _keys, new SeededRandom(2), out plain);
}
