using Hub.Domain.Signatures;

namespace Hub.Domain.Tests.Signatures;

/// <summary>RFC 9530: the digest of exactly this body.</summary>
public sealed class ContentDigestTests
{
    // RFC 9530, appendix D, the body {"hello": "world"} and a line feed.
    private const string Published = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    private static readonly byte[] Body = "{\"hello\": \"world\"}\n"u8.ToArray();

    [Fact]
    public void The_digest_is_the_one_that_the_RFC_publishes() => Assert.Equal(Published, ContentDigest.Compute(Body));

    [Theory]
    [InlineData(Published, true)]
    [InlineData("unixsum=:AAA=:, " + Published, true)]
    [InlineData("unixsum=:AAA=:", false)]
    [InlineData(Published + ", sha-512=:AAAA:", false)]
    [InlineData(Published + ", " + Published, false)]
    [InlineData("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg= :", false)]
    [InlineData("sha-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=", false)]
    [InlineData("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8Fa:", false)]
    [InlineData("", false)]
    public void A_received_digest_must_read_well_and_match(string value, bool matches) => Assert.Equal(matches, ContentDigest.Matches(value, Body));

    [Fact]
    public void One_byte_more_is_another_body() => Assert.False(ContentDigest.Matches(Published, [.. Body, 0]));
}
