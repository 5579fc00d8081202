using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;

namespace Hub.Faults.Support;

/// <summary>Customers that keep coming for as long as something goes wrong; whoever has begun goes on to the end, whatever it takes.</summary>
/// <param name="hub">Where they come to.</param>
internal sealed class Crowd(HubUnderTest hub)
{
    private const int SideBySide = 22;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

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

    private volatile bool _enough;
    private Task<IReadOnlyList<Way>[]> _walkers = null!;

    /// <summary>They begin to come.</summary>
    internal void Begin() => _walkers = Task.WhenAll(Enumerable.Range(0, SideBySide).Select(WalkOnAsync));

    /// <summary>Some time passes; a walker that fails ends the test at once, with its own words.</summary>
    internal async Task PauseAsync(int milliseconds)
    {
        if (await Task.WhenAny(_walkers, Task.Delay(milliseconds)) == _walkers) await _walkers;
    }

    /// <summary>Nobody begins any more.</summary>
    /// <returns>What those who came have done, once all are at their end.</returns>
    internal async Task<IReadOnlyList<Way>> EndAsync()
    {
        _enough = true;
        return [.. (await _walkers).SelectMany(ways => ways)];
    }

    /// <summary>At the end, the payments are what they did.</summary>
    internal static void EndedAs(IReadOnlyList<Way> walked, IReadOnlyList<System.Text.Json.JsonElement> payments)
    {
        Assert.Equal(Counted(walked, way => way.Status), Counted(payments, p => p.Text("status")!));
        Assert.Equal(Counted(walked, way => way.Refund), Counted(payments, p => p.Number("amount_refunded")));
    }

    private async Task<IReadOnlyList<Way>> WalkOnAsync(int number)
    {
        var walked = new List<Way>();
        do
        {
            var way = Ways[(number + walked.Count) % Ways.Length];
            await WalkAsync(way);
            walked.Add(way);
        }
        while (!_enough);
        return walked;
    }

    private async Task WalkAsync(Way way)
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
        // A bank of which nothing was heard for a while is passed over, and the second one takes from a hold once.
        var once = (await journey.SeeAsync()).List("attempts").Last().Text("gateway") == "sandbox_b";
        var captured = 0L;
        foreach (var amount in once && way.Captures.Length > 0 ? [way.Captures.Sum()] : way.Captures)
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

    private static SortedDictionary<T, int> Counted<TItem, T>(IEnumerable<TItem> items, Func<TItem, T> what)
        where T : notnull =>
        new(items.GroupBy(what).ToDictionary(group => group.Key, group => group.Count()));

    /// <summary>How one journey goes.</summary>
    /// <param name="Card">The card it is paid with.</param>
    /// <param name="Answer">What the customer types before the number; <c>null</c> where the bank declines.</param>
    /// <param name="Status">The payment's status at the end.</param>
    /// <param name="Refund">What is given back, in minor units.</param>
    /// <param name="Cancel">Whether the merchant cancels what was confirmed.</param>
    internal sealed record Way(string Card, string? Answer, string Status, long Refund = 0, bool Cancel = false)
    {
        /// <summary>What the merchant captures by hand, in minor units; none where the hub captures by itself.</summary>
        internal long[] Captures { get; init; } = [];

        internal bool ByHand => Captures.Length > 0 || Cancel;

        internal Way(string card, string answer, string status, long[] Captures, long Refund = 0)
            : this(card, answer, status, Refund) => this.Captures = Captures;
    }
}
