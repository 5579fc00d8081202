using System.Text;
using Hub.Simulation.Core;
using Hub.Simulation.Outside;

namespace Hub.Simulation.Tests;

/// <summary>The simulated Stripe keeps to the contract: what the hub is proven against must be as unforgiving as the real one.</summary>
public sealed class SimStripeTests
{
    private const string Payment = "pay_01";
    private const string Authorize = "att_01_1/authorize";

    private readonly List<BankEntry> _books = [];
    private readonly World _world = new(Choices.Replay([[], [], [], []]), tells: false);
    private readonly SimStripe _stripe;

    public SimStripeTests() => _stripe = new SimStripe(_world, new Mix(), _books);

    [Fact]
    public void An_intent_that_was_only_made_holds_no_money_and_a_confirmed_one_does()
    {
        var made = Post("payment_intents", $"{Authorize}/create", Create());

        Assert.Contains("\"status\":\"requires_payment_method\"", made.Body, StringComparison.Ordinal);
        Assert.Empty(_books);

        var held = Post("payment_intents/pi_1/confirm", Authorize, "");

        Assert.Contains("\"status\":\"requires_capture\"", held.Body, StringComparison.Ordinal);
        Assert.Equal(("authorization", "authorized", 1_000, Payment), (_books[0].Kind, _books[0].Status, _books[0].Amount, _books[0].Payment));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [Trait("Invariant", "9")]
    public void A_key_is_remembered_for_a_day_and_after_it_the_same_request_is_another_one(int seconds, int refunds)
    {
        Hold();
        Post("payment_intents/pi_1/capture", "cap_01_1/capture", Capture(1_000));
        var refund = $"payment_intent=pi_1&amount=300&{Words("ref_01_1/refund")}";
        Post("refunds", "ref_01_1/refund", refund);
        Wait(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(seconds));

        Post("refunds", "ref_01_1/refund", refund);

        Assert.Equal(refunds, _books.Count(entry => entry.Kind == "refund"));
    }

    [Fact]
    [Trait("Invariant", "9")]
    public void The_same_key_with_another_request_ends_the_world()
    {
        Hold();
        Post("payment_intents/pi_1/capture", "cap_01_1/capture", Capture(1_000));
        Post("payment_intents/pi_1/capture", "cap_01_1/capture", Capture(999));

        Assert.Equal(9, _world.Broken?.Invariant);
    }

    [Theory]
    [InlineData(999, 200)]
    [InlineData(1_000, 200)]
    [InlineData(1_001, 400)]
    [Trait("Invariant", "6")]
    public void No_more_is_paid_back_than_was_taken(long amount, int status)
    {
        Hold();
        Post("payment_intents/pi_1/capture", "cap_01_1/capture", Capture(1_000));

        Assert.Equal(status, Post("refunds", "ref_01_1/refund", $"payment_intent=pi_1&amount={amount}&{Words("ref_01_1/refund")}").Status);
    }

    [Fact]
    public void An_intent_is_captured_once_and_the_rest_goes_back_with_it()
    {
        Hold();
        Post("payment_intents/pi_1/capture", "cap_01_1/capture", Capture(400));

        var again = Post("payment_intents/pi_1/capture", "cap_01_2/capture", Capture(100));

        Assert.Equal(400, again.Status);
        Assert.Contains("payment_intent_unexpected_state", again.Body, StringComparison.Ordinal);
        Assert.True(_books[0].Closed);
        Assert.Single(_books, entry => entry.Kind == "capture");
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void A_hold_that_nobody_takes_lapses_after_seven_days_and_Stripe_cancels_the_intent(int seconds, bool lapsed)
    {
        Hold();
        Wait(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(seconds));

        Assert.Equal(lapsed, _books[0].Voided);
        Assert.Contains(lapsed ? "\"canceled\"" : "\"requires_capture\"", Get("payment_intents/pi_1?expand%5B%5D=latest_charge").Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refund_is_found_by_the_hubs_key_among_those_of_its_intent()
    {
        Hold();
        Post("payment_intents/pi_1/capture", "cap_01_1/capture", Capture(1_000));
        Post("refunds", "ref_01_1/refund", $"payment_intent=pi_1&amount=300&{Words("ref_01_1/refund")}");

        Assert.Contains("\"hub_key\":\"ref_01_1/refund\"", Get("refunds?payment_intent=pi_1&limit=25").Body, StringComparison.Ordinal);
        Assert.DoesNotContain("hub_key", Get("refunds?payment_intent=pi_2&limit=25").Body, StringComparison.Ordinal);
    }

    private void Hold()
    {
        Post("payment_intents", $"{Authorize}/create", Create());
        Post("payment_intents/pi_1/confirm", Authorize, "");
    }

    private Reply Post(string path, string key, string form) => _stripe.Handle(new Call(
        "POST", $"/v1/{path}", new Dictionary<string, string> { ["idempotency-key"] = key }, Encoding.UTF8.GetBytes(form)));

    private Reply Get(string path) => _stripe.Handle(new Call("GET", $"/v1/{path}", new Dictionary<string, string>(), []));

    // What is due until then happens, in its order.
    private void Wait(TimeSpan time)
    {
        var over = false;
        _world.After(time, () => over = true);
        _world.Run(() => over, 10_000);
    }

    private static string Create() => $"amount=1000&currency=eur&{Words(Authorize)}";

    private static string Capture(long amount) => $"amount_to_capture={amount}&metadata%5Bhub_capture_key%5D=cap_01_1%2Fcapture&metadata%5Bhub_capture_reference%5D={Payment}%2Fcap_01_1%2Fcapture";

    private static string Words(string key) => $"metadata%5Bhub_key%5D={Uri.EscapeDataString(key)}&metadata%5Bhub_reference%5D={Uri.EscapeDataString($"{Payment}/{key}")}";
}
