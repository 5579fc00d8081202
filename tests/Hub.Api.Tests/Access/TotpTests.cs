using System.Security.Cryptography;
using System.Text;
using Hub.Api.Access.Staff;

namespace Hub.Api.Tests.Access;

public sealed class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    /// <summary>RFC 6238, appendix B.</summary>
    [Theory]
    [InlineData(59L, "SHA1", "94287082")]
    [InlineData(59L, "SHA256", "46119246")]
    [InlineData(59L, "SHA512", "90693936")]
    [InlineData(1111111109L, "SHA1", "07081804")]
    [InlineData(1111111109L, "SHA256", "68084774")]
    [InlineData(1111111109L, "SHA512", "25091201")]
    [InlineData(1111111111L, "SHA1", "14050471")]
    [InlineData(1111111111L, "SHA256", "67062674")]
    [InlineData(1111111111L, "SHA512", "99943326")]
    [InlineData(1234567890L, "SHA1", "89005924")]
    [InlineData(1234567890L, "SHA256", "91819424")]
    [InlineData(1234567890L, "SHA512", "93441116")]
    [InlineData(2000000000L, "SHA1", "69279037")]
    [InlineData(2000000000L, "SHA256", "90698825")]
    [InlineData(2000000000L, "SHA512", "38618901")]
    [InlineData(20000000000L, "SHA1", "65353130")]
    [InlineData(20000000000L, "SHA256", "77737706")]
    [InlineData(20000000000L, "SHA512", "47863826")]
    public void The_published_vectors_hold(long seconds, string algorithm, string code)
    {
        var length = algorithm switch { "SHA1" => 20, "SHA256" => 32, _ => 64 };
        var secret = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1234567890", 7))[..length]);

        var made = Totp.Code(secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), 8, new HashAlgorithmName(algorithm));

        Assert.Equal(code, made);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_counts_one_step_to_either_side(int steps, bool counts)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
        var step = Totp.StepAt(now) + steps;

        var match = Totp.Match(Secret, Totp.Code(Secret, step, Totp.Digits, HashAlgorithmName.SHA1), now);

        Assert.Equal(counts ? step : null, match);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("１２３４５６")]
    public void Anything_else_is_no_code(string typed) => Assert.Null(Totp.Match(Secret, typed, DateTimeOffset.UnixEpoch.AddYears(60)));

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_holds_its_vectors(string text, string base32) => Assert.Equal(base32, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));
}
