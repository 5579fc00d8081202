using System.Text.Json;

namespace Hub.EndToEnd.Support;

/// <summary>One customer on the way through one payment, step by step.</summary>
internal sealed class Journey
{
    private readonly HubUnderTest _hub;

    private Journey(HubUnderTest hub, Customer customer, JsonElement profile, JsonElement order, string payment, Phone phone, Mailbox mailbox) =>
        (_hub, Customer, Profile, Order, Payment, Phone, Mailbox) = (hub, customer, profile, order, payment, phone, mailbox);

    internal Customer Customer { get; }

    /// <summary>The customer as the merchant was shown it.</summary>
    internal JsonElement Profile { get; }

    /// <summary>The order as it was placed.</summary>
    internal JsonElement Order { get; }

    internal string OrderId => Order.Text("id")!;

    internal string Payment { get; }

    internal Phone Phone { get; }

    internal Mailbox Mailbox { get; }

    /// <summary>Everything up to the customer with a verified phone and an accepted invoice.</summary>
    /// <param name="hub">Where.</param>
    /// <param name="wish">How it goes.</param>
    internal static async Task<Journey> BeginAsync(HubUnderTest hub, JourneyWish? wish = null)
    {
        wish ??= new JourneyWish();
        var phone = new Phone(hub.Http, wish.Number ?? HubUnderTest.NewNumber());
        var mailbox = new Mailbox(hub.Http, HubUnderTest.NewMailbox());
        var profile = await hub.Merchant.CreateCustomerAsync("Ada Lovelace", phone.Number, mailbox.Address, wish.Method, wish.Fallback);
        var id = profile.Text("id")!;
        var order = await hub.Merchant.PlaceOrderAsync(id);
        var payment = (await hub.Merchant.OpenPaymentAsync(order.Text("id")!, wish.Capture)).Text("id")!;
        var customer = new Customer(hub.Http, id, await hub.Merchant.OpenSessionAsync(id, payment));
        await customer.AcceptAsync(order.Text("id")!);
        var journey = new Journey(hub, customer, profile, order, payment, phone, mailbox);
        if (wish.VerifyPhone) await journey.VerifyPhoneAsync();
        if (wish.VerifyMailbox) await journey.VerifyMailboxAsync();
        return journey;
    }

    /// <summary>Another order of the same person, accepted.</summary>
    internal async Task<Journey> BuyAgainAsync()
    {
        var order = await _hub.Merchant.PlaceOrderAsync(Customer.Id);
        var payment = (await _hub.Merchant.OpenPaymentAsync(order.Text("id")!)).Text("id")!;
        var customer = new Customer(_hub.Http, Customer.Id, await _hub.Merchant.OpenSessionAsync(Customer.Id, payment));
        await customer.AcceptAsync(order.Text("id")!);
        return new Journey(_hub, customer, Profile, order, payment, Phone, Mailbox);
    }

    /// <summary>Another payment for the same order, by the same person.</summary>
    internal async Task<Journey> AnewAsync()
    {
        var payment = (await _hub.Merchant.OpenPaymentAsync(OrderId, "automatic")).Text("id")!;
        var customer = new Customer(_hub.Http, Customer.Id, await _hub.Merchant.OpenSessionAsync(Customer.Id, payment));
        return new Journey(_hub, customer, Profile, Order, payment, Phone, Mailbox);
    }

    internal async Task VerifyPhoneAsync()
    {
        await Customer.AskForCodeAsync(AddressOf("sms"));
        await Customer.ProveAsync(AddressOf("sms"), await Phone.VerificationCodeAsync());
    }

    internal async Task VerifyMailboxAsync()
    {
        await Customer.AskForCodeAsync(AddressOf("email"));
        await Customer.ProveAsync(AddressOf("email"), Mailbox.CodeIn(await Mailbox.NextAsync("verification code")));
    }

    internal string AddressOf(string channel) => Profile.List("addresses").First(a => a.Text("channel") == channel).Text("id")!;

    /// <summary>Adds a card and pays with it.</summary>
    internal async Task<JsonElement> PayWithAsync(string card)
    {
        var instrument = (await Customer.AddCardAsync(card)).Text("id")!;
        return (await Customer.SubmitAsync(Payment, instrument)).Expect(200);
    }

    /// <summary>Pays, and waits until the customer is asked.</summary>
    internal async Task<JsonElement> PayUntilAskedAsync(string card = Cards.Approves)
    {
        await PayWithAsync(card);
        return await UntilAsync("awaiting_confirmation");
    }

    /// <summary>Pays and approves by SMS, until the money is captured or held.</summary>
    internal async Task<JsonElement> PayAndApproveAsync(string card = Cards.Approves, string until = "succeeded")
    {
        await PayUntilAskedAsync(card);
        await Phone.TypeAsync($"PAY {await Phone.ConfirmationNumberAsync()}");
        return await UntilAsync(until);
    }

    internal Task<JsonElement> SeeAsync() => _hub.Merchant.PaymentAsync(Payment);

    /// <summary>Waits until the payment has a status.</summary>
    internal Task<JsonElement> UntilAsync(string status) => UntilAsync(p => p.Text("status") == status, status);

    internal async Task<JsonElement> UntilAsync(Func<JsonElement, bool> condition, string what, TimeSpan? patience = null)
    {
        var found = await Eventually.FindAsync(
            async () => await SeeAsync() is var payment && condition(payment) ? Tuple.Create(payment) : null,
            $"the payment to be {what}",
            async () => $"It is {(await SeeAsync()).GetRawText()}",
            patience);
        return found.Item1;
    }

    /// <summary>The types of everything that happened, as the merchant reads the timeline.</summary>
    internal async Task<IReadOnlyList<string>> HappenedAsync()
    {
        await _hub.SettledAsync();
        return [.. (await _hub.Merchant.TimelineAsync(Payment)).Select(e => e.Text("type")!)];
    }
}

/// <summary>How a journey goes.</summary>
internal sealed record JourneyWish
{
    /// <summary>The phone; a new one when <c>null</c>.</summary>
    internal string? Number { get; init; }

    internal string Method { get; init; } = "sms";

    internal string[] Fallback { get; init; } = ["email"];

    internal string Capture { get; init; } = "automatic";

    internal bool VerifyPhone { get; init; } = true;

    internal bool VerifyMailbox { get; init; }
}
