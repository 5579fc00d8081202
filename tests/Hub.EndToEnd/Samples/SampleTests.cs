using System.Text.RegularExpressions;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Samples;

/// <summary>Every sample pays against a running hub, and its receipt is checked offline.</summary>
public sealed partial class SampleTests(RunningHub hub) : IClassFixture<RunningHub>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omnihub-sample-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bash curl/pay.sh")]
    [InlineData("dotnet run csharp/pay.cs")]
    [InlineData("node javascript/pay.mjs")]
    [InlineData("python3 python/pay.py")]
    public async Task A_sample_pays_and_its_receipt_is_genuine(string command)
    {
        var output = await SampleProgram.RunAsync(command, _folder, hub.Address);

        var payment = await hub.Merchant.PaymentAsync(PaymentId().Match(output).Value);
        Assert.Equal(("succeeded", 4_470), (payment.Text("status"), payment.Number("amount_captured")));
        Assert.Contains("succeeded", output, StringComparison.Ordinal);
        using var verify = HubProcess.Start("receipt", "verify", Path.Combine(_folder, "receipt.json"), "--keys", Path.Combine(_folder, "keys.json"));
        Assert.Equal((0, ""), (await verify.EndAsync(), verify.Errors));
        Assert.Contains(payment.Text("id")!, verify.Output, StringComparison.Ordinal);
        Assert.Contains("EUR 44.70  paid in total", verify.Output, StringComparison.Ordinal);
        Assert.Contains("GENUINE", verify.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("pay_[0-9a-z]{26}")]
    private static partial Regex PaymentId();
}
