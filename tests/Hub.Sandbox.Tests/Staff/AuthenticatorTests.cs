using System.Net.Http.Json;
using System.Text.Json;
using Hub.Sandbox.Clock;
using Hub.Sandbox.Staff;
using Hub.Sandbox.Tests.Bank;

namespace Hub.Sandbox.Tests.Staff;

/// <summary>The demo staff user's second factor.</summary>
public sealed class AuthenticatorTests
{
    // RFC 6238, appendix B, the SHA-1 rows.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_that_the_RFC_publishes(long seconds, string code) =>
        Assert.Equal(code, Totp.Code("12345678901234567890"u8.ToArray(), seconds / 30, 8));

    [Fact]
    public void The_secret_is_read_as_base32() =>
        Assert.Equal(Totp.Code("omnihub-sandbox-totp"u8.ToArray(), 2, 6), Totp.At(SandboxKeys.StaffTotpSecret, DateTimeOffset.FromUnixTimeSeconds(89)).Code);

    [Theory]
    [InlineData(60, 30)]
    [InlineData(61, 29)]
    [InlineData(89, 1)]
    [InlineData(90, 30)]
    public void A_code_says_how_long_it_holds(long seconds, int left) =>
        Assert.Equal(left, Totp.At(SandboxKeys.StaffTotpSecret, DateTimeOffset.FromUnixTimeSeconds(seconds)).SecondsLeft);

    [Fact]
    public async Task The_page_shows_the_code_of_the_sandboxs_time()
    {
        var clock = new SandboxClock();
        clock.Freeze();
        await using var sandbox = await SandboxFixture.StartAsync(time: clock);
        var shown = await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/authenticator", TestContext.Current.CancellationToken);
        var (code, left) = Totp.At(SandboxKeys.StaffTotpSecret, clock.GetUtcNow());
        Assert.Equal(code, shown.Text("code"));
        Assert.Equal(left, shown.GetProperty("seconds_left").GetInt32());
    }
}
