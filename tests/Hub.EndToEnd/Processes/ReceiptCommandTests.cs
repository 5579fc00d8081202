using System.Security.Cryptography;
using Hub.EndToEnd.Support;
using Hub.Gateways.Vault;

namespace Hub.EndToEnd.Processes;

/// <summary>A hub with one receipt, as files that somebody kept.</summary>
public sealed class ReceiptHub : RunningHub
{
    private readonly string _kept = Directory.CreateTempSubdirectory("omnihub-receipt-").FullName;

    internal string Receipt => Path.Combine(_kept, "receipt.json");

    internal string Keys => Path.Combine(_kept, "keys.json");

    /// <summary>A file beside those, with something in it.</summary>
    internal string Keep(string content)
    {
        var path = Path.Combine(_kept, $"{Guid.NewGuid():n}.json");
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Pays, refunds a part and keeps the receipt and the keys, once; then the hub signs with another key.</summary>
    internal async Task PaidAsync()
    {
        if (File.Exists(Receipt)) return;
        var journey = await Journey.BeginAsync(this);
        await journey.PayAndApproveAsync();
        (await Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/refunds", new { amount = 470 })).Expect(200);
        await journey.UntilAsync(p => p.Number("amount_refunded") == 470, "refunded");
        File.WriteAllText(Keys, (await Merchant.Api.GetAsync("/v1/keys/signing")).GetRawText());
        File.WriteAllText(Receipt, (await Merchant.Api.GetAsync($"/v1/payments/{journey.Payment}/receipt")).GetRawText());
        Part<ISigningKeys>().Rotate();
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        await base.StopAsync();
        Directory.Delete(_kept, recursive: true);
    }
}

/// <summary><c>receipt verify</c>, as a process, with nothing but two files.</summary>
public sealed class ReceiptCommandTests(ReceiptHub hub) : IClassFixture<ReceiptHub>
{
    [Fact]
    public async Task A_genuine_receipt_is_printed_and_called_so()
    {
        await hub.PaidAsync();

        using var verify = HubProcess.Start("receipt", "verify", hub.Receipt, $"--keys={hub.Keys}");

        Assert.Equal((0, ""), (await verify.EndAsync(), verify.Errors));
        Assert.Matches("^Receipt of ACME Books", verify.Output);
        Assert.Matches(@"EUR 39\.80  2 x A Room of One's Own \(BOOK-1\) at EUR 19\.90", verify.Output);
        Assert.Matches(@"EUR 4\.90  shipping\n +EUR 44\.70  invoiced, of which tax EUR 2\.60", verify.Output);
        Assert.Matches(@"EUR 44\.70  taken on [-: 0-9]+ UTC, card visa ending in 4242\n +EUR -4\.70  given back on [-: 0-9]+ UTC\n +EUR 40\.00  paid in total", verify.Output);
        Assert.EndsWith("GENUINE: the hub of these keys signed exactly this.\n", verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_genuine_too_under_the_keys_that_are_published_after_a_rotation()
    {
        await hub.PaidAsync();
        var now = (await hub.Merchant.Api.GetAsync("/v1/keys/signing")).GetRawText();
        Assert.NotEqual(File.ReadAllText(hub.Keys), now);

        using var verify = HubProcess.Start("receipt", "verify", $"--keys={hub.Keep(now)}", hub.Receipt);

        Assert.Equal((0, ""), (await verify.EndAsync(), verify.Errors));
    }

    [Theory]
    [InlineData("\"amount_paid\": 4000", "\"amount_paid\": 1", "NOT GENUINE: The content was changed")]
    [InlineData("\"payload\": \"ey", "\"payload\": \"fy", "NOT GENUINE: The content or the signature was changed")]
    [InlineData("\"payload\"", "\"pay load\"", "NOT GENUINE: This is not a receipt of OmniHub")]
    public async Task A_receipt_that_was_touched_is_not_and_nothing_of_it_is_printed(string what, string with, string expected)
    {
        await hub.PaidAsync();
        var touched = File.ReadAllText(hub.Receipt).Replace(what, with, StringComparison.Ordinal);
        Assert.NotEqual(File.ReadAllText(hub.Receipt), touched);

        await CannotAsync(expected, hub.Keep(touched), $"--keys={hub.Keys}");
    }

    [Fact]
    public async Task Whatever_else_is_wrong_is_one_clear_line()
    {
        await hub.PaidAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = other.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (System.Buffers.Text.Base64Url.EncodeToString(point.X), System.Buffers.Text.Base64Url.EncodeToString(point.Y));
        var strangers = hub.Keep($$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"other","x":"{{x}}","y":"{{y}}"}]}""");

        await CannotAsync("There is no file elsewhere.json", "elsewhere.json", $"--keys={hub.Keys}");
        await CannotAsync("There is no file nokeys.json", hub.Receipt, "--keys=nokeys.json");
        await CannotAsync("holds no signing keys", hub.Receipt, $"--keys={hub.Receipt}");
        await CannotAsync("holds no signing keys", hub.Receipt, $"--keys={hub.Keep("{\"keys\":[]}")}");
        await CannotAsync("not among these keys", hub.Receipt, $"--keys={strangers}");
        await CannotAsync("This is not a receipt", hub.Keys, $"--keys={hub.Keys}");
        await CannotAsync("larger than any receipt", hub.Keep(new string(' ', (1 << 20) + 1)), $"--keys={hub.Keys}");
        await CannotAsync("Name a receipt and the keys: receipt verify FILE --keys=", hub.Receipt);
        await CannotAsync("'--key=x' is nothing this command knows", hub.Receipt, "--key=x");
    }

    private static async Task CannotAsync(string expected, params string[] arguments)
    {
        using var verify = HubProcess.Start(["receipt", "verify", .. arguments]);
        Assert.Equal(1, await verify.EndAsync());
        Assert.Contains(expected, Assert.Single(verify.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("", verify.Output);
    }
}
