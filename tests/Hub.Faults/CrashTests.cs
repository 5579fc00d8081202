using System.Globalization;
using System.Security.Cryptography;
using Hub.EndToEnd.Support;
using Hub.Faults.Support;
using Hub.Sandbox.Bank;

namespace Hub.Faults;

/// <summary>kill -9 in the middle of many journeys, with the bank in a process of its own.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int SideBySide = 22;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A pause between two kills, in milliseconds: from before the hub has taken up its work again to well into it.
    private const int ShortestPause = 50;
    private const int LongestPause = 1_500;

    // More on request, such as HUB_FAULT_KILLS=100: a kill takes some three seconds.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("HUB_FAULT_KILLS") ?? "8", CultureInfo.InvariantCulture);

    private static readonly Way[] Ways =
    [
        new(Cards.Approves, "PAY", "succeeded"),
        new(Cards.Approves, "NO", "requires_payment_method"),
        new(Cards.Approves, "PAY", "succeeded", Refund: 4470),
        new(Cards.Approves, "PAY", "succeeded", Refund: 1000),
        new(Cards.Approves, "PAY", "succeeded", Captures: [2000, 2470]),
        new(Cards.Approves, "PAY", "canceled", Cancel: true),
        new(Cards.For(CardBehaviour.DuplicateWebhook), "PAY", "succeeded"),
        new(Cards.For(CardBehaviour.WebhookFirst), "PAY", "succeeded", Captures: [4470], Refund: 470),
        new(Cards.For(CardBehaviour.ErrorButDone), "PAY", "succeeded"),
        new(Cards.For(CardBehaviour.ErrorAndNotDone), "PAY", "succeeded"),
        new(Cards.For(CardBehaviour.Declines), null, "requires_payment_method"),
    ];

    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "4")]
    [Trait("Invariant", "6")]
    [Trait("Invariant", "7")]
    [Trait("Invariant", "8")]
    [Trait("Invariant", "9")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "24")]
    public async Task A_hub_that_is_killed_in_the_middle_of_journeys_loses_nothing_and_does_nothing_twice()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        await using var hub = new FaultyHub();
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();

        using var killed = new CancellationTokenSource();
        var walkers = Task.WhenAll(Enumerable.Range(0, SideBySide).Select(number => WalkOnAsync(hub, number, killed.Token)));
        await KillAsync(hub, new Random(seed), walkers);
        await killed.CancelAsync();
        var walked = (await walkers).SelectMany(ways => ways).ToList();
        output.WriteLine($"{Kills} kills, {walked.Count} journeys, {hub.Repeats} requests sent again, {hub.Acknowledged.Count} acknowledgments");

        await hub.KillAndRestartAsync();
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments =>
        {
            Assert.Equal(Counted(walked, way => way.Status), Counted(payments, p => p.Text("status")!));
            Assert.Equal(Counted(walked, way => way.Refund), Counted(payments, p => p.Number("amount_refunded")));
        });
    }

    // Customers keep coming for as long as the hub is killed; whoever has begun goes on to the end.
    private static async Task<IReadOnlyList<Way>> WalkOnAsync(FaultyHub hub, int number, CancellationToken killed)
    {
        var walked = new List<Way>();
        do
        {
            var way = Ways[(number + walked.Count) % Ways.Length];
            await WalkAsync(hub, way);
            walked.Add(way);
        }
        while (!killed.IsCancellationRequested);
        return walked;
    }

    private static async Task WalkAsync(FaultyHub hub, Way way)
    {
        var journey = await Journey.BeginAsync(hub, new() { VerifyPhone = false, Capture = way.ByHand ? "manual" : "automatic" });
        var merchant = hub.Merchant.Api;
        await VerifyAsync(journey);
        await journey.PayWithAsync(way.Card);
        if (way.Answer is null)
        {
            await journey.UntilAsync(p => p.Text("attempts.0.status") == "declined", "declined", Patience);
            return;
        }

        await journey.UntilAsync(p => p.Text("status") == "awaiting_confirmation", "awaiting_confirmation", Patience);
        var number = await journey.Phone.ConfirmationNumberAsync(() => journey.Customer.Api.PostAsync($"/v1/payments/{journey.Payment}/confirmation/resend"));
        await journey.Phone.TypeAsync($"{way.Answer} {number}");
        if (way.Answer == "NO")
        {
            await journey.UntilAsync(p => p.Text("attempts.0.status") == "voided", "voided", Patience);
            return;
        }

        if (way.ByHand) await journey.UntilAsync(p => p.Text("status") == "requires_capture", "requires_capture", Patience);
        var captured = 0L;
        foreach (var amount in way.Captures)
        {
            (await merchant.PostAsync($"/v1/payments/{journey.Payment}/captures", new { amount })).Expect(200);
            captured += amount;
            await journey.UntilAsync(p => p.Number("amount_captured") == captured, $"captured up to {captured}", Patience);
        }

        if (way.Cancel) (await merchant.PostAsync($"/v1/payments/{journey.Payment}/cancel", new { reason = "sold out" })).Expect(200);
        await journey.UntilAsync(p => p.Text("status") == way.Status, way.Status, Patience);
        if (way.Refund == 0) return;
        (await merchant.PostAsync($"/v1/payments/{journey.Payment}/refunds", new { amount = way.Refund })).Expect(200);
        await journey.UntilAsync(p => p.Number("amount_refunded") == way.Refund, "refunded", Patience);
    }

    // An SMS that was about to leave when the hub died is not sent again by itself, since nobody can tell; people press the button again.
    private static async Task VerifyAsync(Journey journey)
    {
        var (customer, address) = (journey.Customer, journey.AddressOf("sms"));
        var verification = $"/v1/customers/{customer.Id}/addresses/{address}/verification";
        await customer.AskForCodeAsync(address);
        Answer checkedCode;
        do
        {
            // After a second request an older code may still arrive first, and counts no more.
            var code = await journey.Phone.VerificationCodeAsync(() => customer.Api.PostAsync(verification));
            checkedCode = await customer.Api.PostAsync($"{verification}/check", new { code });
        }
        while (checkedCode.Body.Text("code") == "wrong_code");
        checkedCode.Expect(200);
    }

    private static async Task KillAsync(FaultyHub hub, Random random, Task walkers)
    {
        for (var kills = 0; kills < Kills; kills++)
        {
            // A walker that fails ends the test at once, with its own words.
            if (await Task.WhenAny(walkers, Task.Delay(random.Next(ShortestPause, LongestPause))) == walkers) await walkers;
            await hub.KillAndRestartAsync();
        }
    }

    private static SortedDictionary<T, int> Counted<TItem, T>(IEnumerable<TItem> items, Func<TItem, T> what)
        where T : notnull =>
        new(items.GroupBy(what).ToDictionary(group => group.Key, group => group.Count()));

    /// <summary>How one journey goes.</summary>
    /// <param name="Card">The card it is paid with.</param>
    /// <param name="Answer">What the customer types before the number; <c>null</c> where the bank declines.</param>
    /// <param name="Status">The payment's status at the end.</param>
    /// <param name="Refund">What is given back, in minor units.</param>
    /// <param name="Cancel">Whether the merchant cancels what was confirmed.</param>
    private sealed record Way(string Card, string? Answer, string Status, long Refund = 0, bool Cancel = false)
    {
        /// <summary>What the merchant captures by hand, in minor units; none where the hub captures by itself.</summary>
        internal long[] Captures { get; init; } = [];

        internal bool ByHand => Captures.Length > 0 || Cancel;

        internal Way(string card, string answer, string status, long[] Captures, long Refund = 0)
            : this(card, answer, status, Refund) => this.Captures = Captures;
    }
}
