using Hub.EndToEnd.Support;
using Hub.Faults.Support;
using Hub.Sandbox;

namespace Hub.Faults;

/// <summary>A disk that is full: the hub says so, refuses what it cannot make durable, and goes on by itself once there is space.</summary>
[Trait("Invariant", "3")]
[Trait("Invariant", "4")]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Megabytes = 24;

    // The space that is left decides which file, and which step of a request, meets the end first.
    private static readonly long[] Rests = [0, 4_096, 16_384, 65_536, 131_072];

    [Fact]
    public async Task A_hub_on_a_full_disk_says_so_refuses_and_resumes_without_a_restart()
    {
        await using var disk = await SmallDisk.MountAsync(Megabytes);
        Assert.SkipWhen(disk is null, SmallDisk.Need);
        await using var hub = new FaultyHub(data: Path.Combine(disk!.Folder, "hub"));
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();
        using var straight = new HttpClient { BaseAddress = hub.Own };
        var process = hub.Process;

        foreach (var rest in Rests)
        {
            var open = await Journey.BeginAsync(hub);
            await open.PayUntilAskedAsync();
            var number = await open.Phone.ConfirmationNumberAsync();
            disk.Fill(rest);
            var first = await UntilRefusedAsync(straight);
            await NotReadyAsync(straight);

            // Acts that wait for the disk: a new customer's journey, and the answer to a payment under way.
            var during = Journey.BeginAsync(hub);
            var answered = open.Phone.TypeAsync($"PAY {number}");
            var last = await UntilRefusedAsync(straight);
            disk.Empty();

            await hub.Process.ReadyAsync(hub.Own, "/health/ready");
            await TakenAtOnceAsync(straight, first);
            await TakenAtOnceAsync(straight, last);
            await answered;
            await open.UntilAsync("succeeded");
            await (await during).PayAndApproveAsync();
            output.WriteLine($"{rest} bytes left: refused and resumed; {hub.Repeats} requests sent again so far");
        }

        Assert.False(process.HasEnded);
        Assert.Same(process, hub.Process);
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.KillAndRestartAsync();
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments =>
        {
            Assert.Equal(2 * Rests.Length, payments.Count);
            Assert.All(payments, p => Assert.Equal("succeeded", p.Text("status")));
        });
    }

    // Whatever is refused is refused alike: 503, a problem that says what to do, and when.
    private static Task<string> UntilRefusedAsync(HttpClient http) => Eventually.FindAsync(
        async () =>
        {
            var key = EndToEnd.Support.Api.NewKey();
            var answer = await CreateCustomerAsync(http, key);
            if (answer.Status == 201) return null;
            Assert.Equal(("unavailable", "later"), (answer.Expect(503).Text("code"), answer.Body.Text("retry")));
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
            return key;
        },
        "a write to be refused");

    // The client was told to send the same request again, so it must not be told that it is still being carried out.
    private static async Task TakenAtOnceAsync(HttpClient http, string key) => (await CreateCustomerAsync(http, key)).Expect(201);

    private static Task<Answer> CreateCustomerAsync(HttpClient http, string key) =>
        new EndToEnd.Support.Api(http, SandboxKeys.DemoMerchantApiKey).PostAsync(
            "/v1/customers",
            new { name = "Ada Lovelace", phone = "+14155550000", email = "ada@example.com", confirmation = new { method = "sms", fallback = Array.Empty<string>() }, locale = "en" },
            key);

    private static async Task NotReadyAsync(HttpClient http)
    {
        using var ready = await http.GetAsync("/health/ready");
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.Contains("\"disk\":\"unhealthy\"", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var live = await http.GetAsync("/health/live");
        Assert.Equal(200, (int)live.StatusCode);
    }
}
