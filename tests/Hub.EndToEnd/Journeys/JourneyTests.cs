using System.Text.Json;
using Hub.EndToEnd.Support;
using Hub.Sandbox;

namespace Hub.EndToEnd.Journeys;

/// <summary>The journey on SQLite and the in-process engine.</summary>
public sealed class JourneyTests : JourneyOnAnyHub<RunningHub>;

/// <summary>The journey on PostgreSQL and the in-process engine.</summary>
public sealed class JourneyOnPostgresTests : JourneyOnAnyHub<PostgresHub>;

/// <summary>The whole journey, driven from outside over every channel at once. Other journals and engines inherit it with their own hub.</summary>
/// <typeparam name="THub">Starts the hub it is driven on.</typeparam>
public abstract class JourneyOnAnyHub<THub> : IAsyncLifetime
    where THub : HubUnderTest, new()
{
    private const string Merchant = "mer_00000000000000000000acme00";

    private readonly THub _hub = new();
    private WebhookReceiver _shop = null!;
    private SignalRJsonClient _page = null!;
    private SignalRJsonClient _desk = null!;
    private Staff _staff = null!;
    private Phone _phone = null!;
    private Mailbox _mailbox = null!;
    private Customer _customer = null!;
    private string _order = "";
    private string _payment = "";
    private string _phoneAddress = "";

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_page is not null) await _page.DisposeAsync();
        if (_desk is not null) await _desk.DisposeAsync();
        if (_shop is not null) await _shop.DisposeAsync();
        await _hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Invariants 3, 7, 8, 10, 19 and 25, along the way.</summary>
    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "7")]
    [Trait("Invariant", "8")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "19")]
    [Trait("Invariant", "25")]
    public async Task A_customer_orders_pays_confirms_by_SMS_and_gets_the_goods_while_every_channel_shows_each_step()
    {
        await TheMerchantOpensAnOrderAndItsPaymentAsync();
        await TheCustomerProvesThePhoneAndAcceptsTheInvoiceAsync();
        await TheCustomerPaysAndIsAskedAsync();
        await TheCustomerAnswersAndTheMoneyIsCapturedAsync();
        await TheMerchantAndTheCustomerAreToldAsync();
        await TheGoodsAreShippedAndDeliveredAsync();
        await TheTimelineTellsItAllAsync();
        await Truth.HoldsAsync(_hub);
    }

    private async Task TheMerchantOpensAnOrderAndItsPaymentAsync()
    {
        var merchant = _hub.Merchant;
        _staff = await _hub.StaffAsync();
        _desk = await SignalRJsonClient.ConnectAsync(_hub.Address, null, _staff.Cookie);
        await _desk.WatchAsync($"queue:{Merchant}");
        _shop = await WebhookReceiver.StartAsync(_hub.Http);
        _shop.Secret = (await merchant.Api.PostAsync("/v1/webhook-endpoints", new { url = _shop.Url })).Expect(201).Text("secret")!;
        (_phone, _mailbox) = (new Phone(_hub.Http, HubUnderTest.NewNumber()), new Mailbox(_hub.Http, HubUnderTest.NewMailbox()));

        var profile = await merchant.CreateCustomerAsync("Ada Lovelace", _phone.Number, _mailbox.Address, "sms", "email");
        Assert.Equal(("sms", "email"), (profile.Text("confirmation.method"), profile.Text("confirmation.fallback.0")));
        Assert.All(profile.List("addresses"), a => Assert.False(a.IsTrue("verified")));
        _phoneAddress = profile.List("addresses").First(a => a.Text("channel") == "sms").Text("id")!;

        var order = await merchant.PlaceOrderAsync(profile.Text("id")!);
        _order = order.Text("id")!;
        Assert.Equal(("placed", 4470, "EUR"), (order.Text("status"), order.Number("total.amount"), order.Text("total.currency")));
        Assert.True(order.IsTrue("signature.verified"));

        var payment = await merchant.OpenPaymentAsync(_order);
        _payment = payment.Text("id")!;
        Assert.Equal(("requires_payment_method", 4470), (payment.Text("status"), payment.Number("amount.amount")));
        _customer = new Customer(_hub.Http, profile.Text("id")!, await merchant.OpenSessionAsync(profile.Text("id")!, _payment));
        _page = await SignalRJsonClient.ConnectAsync(_hub.Address, _customer.Token);
        await _page.WatchAsync($"payment:{_payment}");
        await BothSeeAsync("payment.created", "requires_payment_method");
    }

    private async Task TheCustomerProvesThePhoneAndAcceptsTheInvoiceAsync()
    {
        await _customer.AskForCodeAsync(_phoneAddress);
        var proven = await _customer.ProveAsync(_phoneAddress, await _phone.VerificationCodeAsync());
        Assert.True(proven.List("addresses").First(a => a.Text("channel") == "sms").IsTrue("verified"));
        Assert.DoesNotContain(_phone.Number, proven.GetRawText(), StringComparison.Ordinal);

        var accepted = await _customer.AcceptAsync(_order);
        Assert.Equal("paying", accepted.Text("status"));
        await _desk.UntilAsync("order.accepted", u => u.Text("entry.actor") == $"order/{_order}");
    }

    private async Task TheCustomerPaysAndIsAskedAsync()
    {
        var card = await _customer.AddCardAsync(Cards.Approves);
        Assert.Equal(("visa", "4242"), (card.Text("brand"), card.Text("last4")));
        var submitted = (await _customer.SubmitAsync(_payment, card.Text("id")!, wait: 30)).Expect(200);
        Assert.Equal("awaiting_confirmation", submitted.Text("status"));

        await BothSeeAsync("payment.submitted", "processing");
        await BothSeeAsync("payment.authorized", null);
        await BothSeeAsync("payment.confirmation_requested", "awaiting_confirmation");
        await BothSeeAsync("payment.confirmation_sent", "awaiting_confirmation");
        var hold = Assert.Single(await _hub.Bank.HoldsOfAsync(submitted));
        Assert.Equal(("authorized", 4470, 0, SandboxKeys.DemoMerchantName), (hold.Text("authorization.status"), hold.Number("authorization.amount"), hold.Number("captured"), hold.Text("payee")));
        await EverybodyReadsAsync("awaiting_confirmation");
        Assert.Equal(0, (await _hub.Merchant.PaymentAsync(_payment)).Number("amount_captured"));
    }

    private async Task TheCustomerAnswersAndTheMoneyIsCapturedAsync()
    {
        var request = await _phone.NextAsync("Reply PAY");
        Assert.Contains("EUR 44.70", request, StringComparison.Ordinal);
        Assert.Contains(SandboxKeys.DemoMerchantName, request, StringComparison.Ordinal);
        Assert.True(request.Length <= 160, "The request takes more than one segment.");
        await _phone.TypeAsync($"PAY {Phone.NumberIn(request)}");

        var matched = await BothSeeAsync("payment.confirmation_matched", null);
        Assert.Equal("sms", matched.Text("entry.channel"));
        await BothSeeAsync("payment.capture_succeeded", "succeeded");
        await EverybodyReadsAsync("succeeded");
        var payment = await _hub.Merchant.PaymentAsync(_payment);
        Assert.Equal((4470, "matched", "sms"), (payment.Number("amount_captured"), payment.Text("confirmation.status"), payment.Text("confirmation.answered_by")));
        var hold = Assert.Single(await _hub.Bank.HoldsOfAsync(payment));
        Assert.Equal((4470, 1), (hold.Number("captured"), hold.List("captures").Count()));
    }

    private async Task TheMerchantAndTheCustomerAreToldAsync()
    {
        var told = await _shop.FirstAsync("payment.succeeded", _payment);
        Assert.Equal(("succeeded", 4470), (told.Text("data.payment.status"), told.Number("data.payment.amount_captured")));
        Assert.DoesNotContain("Ada", told.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(_shop.Faults);

        var receipt = await _mailbox.NextAsync("Receipt");
        Assert.Contains("EUR 44.70", receipt.Text("subject"), StringComparison.Ordinal);
        foreach (var part in new[] { "Ada Lovelace", "A Room of One's Own", "EUR 39.80", "EUR 4.90", "EUR 44.70", "4242" })
        {
            Assert.Contains(part, receipt.Text("text"), StringComparison.Ordinal);
        }

        var order = await _hub.Merchant.Api.GetAsync($"/v1/orders/{_order}");
        Assert.Equal("paid", order.Text("status"));
    }

    private async Task TheGoodsAreShippedAndDeliveredAsync()
    {
        var merchant = _hub.Merchant.Api;
        var shipped = (await merchant.PostAsync($"/v1/orders/{_order}/shipments", new { carrier = "Royal Mail", tracking = "RM123" })).Expect(200);
        Assert.Equal(("shipped", "RM123"), (shipped.Text("status"), shipped.Text("shipment.tracking")));
        await BothSeeAsync("order.shipped", null);
        Assert.Contains("Royal Mail", (await _mailbox.NextAsync("Shipped")).Text("text"), StringComparison.Ordinal);

        Assert.Equal("delivered", (await merchant.PostAsync($"/v1/orders/{_order}/deliveries")).Expect(200).Text("status"));
        await BothSeeAsync("order.delivered", null);
        await _mailbox.NextAsync("Delivered");
        await _shop.FirstAsync("order.shipped", _order);
        await _shop.FirstAsync("order.delivered", _order);
        Assert.Equal("delivered", (await _customer.Api.GetAsync($"/v1/orders/{_order}")).Text("status"));
        Assert.Equal("delivered", (await _staff.Api.GetAsync($"/v1/orders/{_order}")).Text("status"));
    }

    private async Task TheTimelineTellsItAllAsync()
    {
        await _hub.SettledAsync();
        var told = await _hub.Merchant.TimelineAsync(_payment);
        var steps = new[]
        {
            "payment.created", "payment.submitted", "payment.authorized", "payment.confirmation_requested", "payment.confirmation_sent",
            "payment.confirmation_matched", "payment.capture_requested", "payment.capture_succeeded", "order.paid", "order.shipped", "order.delivered",
        };
        Assert.Equal(steps, told.Select(e => e.Text("type")!).Where(steps.Contains));
        Assert.Equal(told.Select(e => e.Number("sequence")), told.Select(e => e.Number("sequence")).Order());
        Assert.Empty(await _staff.CasesAsync(_payment));

        // Whoever comes later and asks from the start is shown the same, in the same order (invariant 19).
        await using var later = await SignalRJsonClient.ConnectAsync(_hub.Address, null, _staff.Cookie);
        await later.WatchAsync($"payment:{_payment}");
        await later.UntilAsync("order.delivered");
        Assert.Equal(steps, later.Seen.Select(u => u.Text("type")!).Where(steps.Contains));
    }

    /// <summary>The customer's page and the support desk are both told live; the page's update is returned.</summary>
    private async Task<JsonElement> BothSeeAsync(string type, string? status)
    {
        var onPage = await _page.UntilAsync(type);
        var onDesk = await _desk.UntilAsync(type, u => u.Text("entry.actor") == onPage.Text("entry.actor"));
        if (status is not null) Assert.Equal((status, status), (onPage.Text("view.status"), onDesk.Text("view.status")));
        return onPage;
    }

    private async Task EverybodyReadsAsync(string status)
    {
        Assert.Equal(status, (await _customer.PaymentAsync(_payment)).Text("status"));
        Assert.Equal(status, (await _hub.Merchant.PaymentAsync(_payment)).Text("status"));
        Assert.Equal(status, (await _staff.Api.GetAsync($"/v1/payments/{_payment}")).Text("status"));
    }
}
