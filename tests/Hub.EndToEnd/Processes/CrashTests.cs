using System.Net.Http.Headers;
using System.Security.Cryptography;
using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;

namespace Hub.EndToEnd.Processes;

/// <summary>kill -9 in the middle of many journeys, with the bank in a process of its own.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Journeys = 40;
    private const int Kills = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly (string Card, string Answer)[] Ways =
    [
        (Cards.Approves, "PAY"),
        (Cards.Approves, "NO"),
        (Cards.For(CardBehaviour.DuplicateWebhook), "PAY"),
        (Cards.For(CardBehaviour.WebhookFirst), "PAY"),
        (Cards.For(CardBehaviour.ErrorButDone), "PAY"),
        (Cards.For(CardBehaviour.ErrorAndNotDone), "PAY"),
        (Cards.Approves, "REFUND"),
        (Cards.For(CardBehaviour.Declines), "PAY"),
    ];

    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "4")]
    [Trait("Invariant", "7")]
    [Trait("Invariant", "8")]
    [Trait("Invariant", "9")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "24")]
    public async Task A_hub_that_is_killed_in_the_middle_of_journeys_loses_nothing_and_does_nothing_twice()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        await using var hub = new KilledHub();
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();

        var journeys = Task.WhenAll(Enumerable.Range(0, Journeys).Select(number => WalkAsync(hub, number)));
        var kills = KillAsync(hub, new Random(seed), journeys);
        await Task.WhenAll(journeys, kills);
        output.WriteLine($"{await kills} kills, {hub.Repeats} requests sent again, {hub.Acknowledged.Count} acknowledgments");

        await hub.KillAndRestartAsync();
        await EveryAcknowledgmentStandsAsync(hub);
        hub.Kill();

        await using var reopened = new ReopenedHub(hub);
        await reopened.InitializeAsync();
        await Truth.HoldsAsync(reopened);
        var payments = await reopened.Merchant.AllAsync("/v1/payments");
        Assert.Equal(Journeys, payments.Count);
        Assert.All(payments, p => Assert.Contains(p.Text("status"), new[] { "succeeded", "requires_payment_method" }));
    }

    private static async Task WalkAsync(KilledHub hub, int way)
    {
        var (card, answer) = Ways[way % Ways.Length];
        var journey = await Journey.BeginAsync(hub, new() { VerifyPhone = false });
        await VerifyAsync(journey);
        if (card == Cards.For(CardBehaviour.Declines))
        {
            await journey.PayWithAsync(card);
            await journey.UntilAsync(p => p.Text("attempts.0.status") == "declined", "declined", Patience);
            return;
        }

        await journey.PayWithAsync(card);
        await journey.UntilAsync(p => p.Text("status") == "awaiting_confirmation", "awaiting_confirmation", Patience);
        var number = await journey.Phone.ConfirmationNumberAsync(() => journey.Customer.Api.PostAsync($"/v1/payments/{journey.Payment}/confirmation/resend"));
        await journey.Phone.TypeAsync($"{(answer == "NO" ? "NO" : "PAY")} {number}");
        if (answer == "NO")
        {
            await journey.UntilAsync(p => p.Text("attempts.0.status") == "voided", "voided", Patience);
            return;
        }

        await journey.UntilAsync(p => p.Text("status") == "succeeded", "succeeded", Patience);
        if (answer != "REFUND") return;
        (await hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/refunds")).Expect(200);
        await journey.UntilAsync(p => p.Number("amount_refunded") == 4470, "refunded", Patience);
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

    private static async Task<int> KillAsync(KilledHub hub, Random random, Task journeys)
    {
        var kills = 0;
        while (kills < Kills && await Task.WhenAny(journeys, Task.Delay(random.Next(200, 2_500))) != journeys)
        {
            await hub.KillAndRestartAsync();
            kills++;
        }

        return kills;
    }

    /// <summary>Invariants 3 and 4: what a client was told is still so; the same request gets the same answer, byte for byte.</summary>
    private static async Task EveryAcknowledgmentStandsAsync(KilledHub hub)
    {
        using var http = new HttpClient { BaseAddress = hub.Address };
        foreach (var told in hub.Acknowledged.ToArray())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, told.Path);
            request.Content = new ByteArrayContent(told.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            foreach (var (name, value) in told.Headers) request.Headers.TryAddWithoutValidation(name, value);
            using var again = await http.SendAsync(request);
            Assert.Equal(told.Status, (int)again.StatusCode);
            Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
            Assert.Equal(told.Answer, await again.Content.ReadAsByteArrayAsync());
        }
    }
}
