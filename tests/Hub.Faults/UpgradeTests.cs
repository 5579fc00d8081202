using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Hub.EndToEnd.Support;
using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>What an earlier version left behind is opened by this one, and goes on. OldJournals/README.md says how one is recorded.</summary>
[Trait("Invariant", "2")]
[Trait("Invariant", "3")]
[Trait("Invariant", "10")]
[Trait("Invariant", "20")]
public sealed class UpgradeTests
{
    private const string RecordAs = "HUB_RECORD_JOURNAL";
    private const int ReadAtOnce = 1_000;

    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "OldJournals");

    public static TheoryData<string> Versions => [.. Directory.GetFiles(Recorded, "data.zip", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file))!).Order()];

    [Theory]
    [MemberData(nameof(Versions))]
    public Task A_journal_of_an_older_version_is_opened_and_its_journeys_go_on(string version) => GoesOnAsync(Path.Combine(Recorded, version, "data.zip"));

    /// <summary>So that the next recording is known to be good before it is released. With HUB_RECORD_JOURNAL=1.2 it is kept as that version's.</summary>
    [Fact]
    public async Task A_journal_of_this_version_is_recorded_and_opened_again()
    {
        var folder = Directory.CreateTempSubdirectory("omnihub-recorded-");
        var archive = Path.Combine(folder.FullName, "data.zip");
        await using (var hub = new RecordedHub())
        {
            await hub.InitializeAsync();
            await hub.RecordAsync(archive);
        }

        await GoesOnAsync(archive);
        if (Environment.GetEnvironmentVariable(RecordAs) is { Length: > 0 } version) Keep(archive, version);
        folder.Delete(recursive: true);
    }

    private static async Task GoesOnAsync(string archive)
    {
        await using var hub = new OldHub(archive);
        await hub.InitializeAsync();

        await EverythingIsThereAsync(hub);
        await EveryActorFoldsAsync(hub);
        await EveryAnswerStandsAsync(hub);
        await EveryJourneyEndsAsync(hub);
        await Truth.HoldsAsync(hub);
    }

    // The views are made anew from the journal; what is at rest looks as it did.
    private static async Task EverythingIsThereAsync(OldHub hub)
    {
        var payments = await hub.Merchant.AllAsync("/v1/payments");
        Assert.Equal(hub.Payments.Select(p => p.Text("id")), payments.Select(p => p.Text("id")));
        Assert.Equal(payments.Count, (await hub.Merchant.AllAsync("/v1/orders")).Count);
        Assert.Equal(payments.Count, (await hub.Merchant.AllAsync("/v1/customers")).Count);
        foreach (var then in hub.Payments.Where(p => p.Text("status") != "processing"))
        {
            var now = await hub.Merchant.PaymentAsync(then.Text("id")!);
            foreach (var field in (string[])["status", "order", "customer", "amount.amount", "amount_captured", "amount_refunded", "attempts.0.id", "attempts.0.status"])
            {
                Assert.Equal(then.Text(field), now.Text(field));
            }
        }
    }

    private static async Task EveryActorFoldsAsync(OldHub hub)
    {
        var (store, actors) = (hub.Part<IJournalStore>(), hub.Part<IActors>());
        var streams = new HashSet<string>();
        for (var at = 0L; store.ReadFeed(at, ReadAtOnce) is { Count: > 0 } page; at = page[^1].Position) streams.UnionWith(page.Select(e => e.Stream));
        Assert.NotEmpty(streams);
        foreach (var stream in streams)
        {
            var read = await actors.ReadAsync(ActorId.Parse(stream), TestContext.Current.CancellationToken);
            Assert.True(read.Version > 0, $"{stream} is empty.");
        }
    }

    private static async Task EveryAnswerStandsAsync(OldHub hub)
    {
        var told = hub.Told;
        Assert.NotEmpty(told);
        foreach (var one in told) await one.StandsAsync(hub.Address);
    }

    private static async Task EveryJourneyEndsAsync(OldHub hub)
    {
        foreach (var then in hub.Payments)
        {
            var id = then.Text("id")!;
            switch (then.Text("status"))
            {
                case "requires_capture":
                    (await hub.Merchant.Api.PostAsync($"/v1/payments/{id}/captures")).Expect(200);
                    break;
                case "awaiting_confirmation":
                    await ApproveAsync(hub, id);
                    break;
                case "processing":
                    await UntilAsync(hub, id, "awaiting_confirmation");
                    await ApproveAsync(hub, id);
                    break;
                case "requires_payment_method":
                    var customer = then.Text("customer")!;
                    var browser = new Customer(hub.Http, customer, await hub.Merchant.OpenSessionAsync(customer, id));
                    (await browser.SubmitAsync(id, (await browser.AddCardAsync(Cards.Approves)).Text("id")!)).Expect(200);
                    await UntilAsync(hub, id, "awaiting_confirmation");
                    await ApproveAsync(hub, id);
                    break;
            }

            await UntilAsync(hub, id, then.Text("status") == "canceled" ? "canceled" : "succeeded");
        }
    }

    private static async Task ApproveAsync(OldHub hub, string payment)
    {
        var customer = (await hub.Merchant.PaymentAsync(payment)).Text("customer")!;
        var number = (await hub.Merchant.Api.GetAsync($"/v1/customers/{customer}")).List("addresses").First(a => a.Text("channel") == "sms").Text("address")!;
        var phone = new Phone(hub.Http, number);
        await phone.TypeAsync($"PAY {await phone.ConfirmationNumberAsync()}");
    }

    private static Task UntilAsync(OldHub hub, string payment, string status) => Eventually.HoldsAsync(
        async () => (await hub.Merchant.PaymentAsync(payment)).Text("status") == status,
        $"{payment} to be {status}",
        async () => $"It is {(await hub.Merchant.PaymentAsync(payment)).GetRawText()}");

    private static void Keep(string archive, string version)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "OmniHub.sln"))) folder = folder.Parent;
        var kept = Directory.CreateDirectory(Path.Combine(folder.FullName, "tests", "Hub.Faults", "OldJournals", version));
        File.Copy(archive, Path.Combine(kept.FullName, "data.zip"), overwrite: false);
    }
}
