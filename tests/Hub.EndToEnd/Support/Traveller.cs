using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd.Support;

/// <summary>One customer with every way there is to reach the hub: browser, installed page, text message, WhatsApp, chat and mailbox.</summary>
internal sealed partial class Traveller : IAsyncDisposable
{
    private const string Secret = "kZ3vQ9xY7wT1rB5nM8cL2pD6fG4hJ0sAaEeIiOoUuXyZ";

    private readonly HubUnderTest _hub;
    private readonly Customer _customer;
    private readonly JsonElement _profile;
    private readonly Phone _phone;
    private readonly Phone _whatsApp;
    private readonly Mailbox _mailbox;
    private SignalRJsonClient? _openPage;

    private Traveller(HubUnderTest hub, Customer customer, JsonElement profile, string number, string mailbox)
    {
        (_hub, _customer, _profile) = (hub, customer, profile);
        (_phone, _whatsApp, _mailbox) = (new Phone(hub.Http, number), new Phone(hub.Http, number, "whatsapp"), new Mailbox(hub.Http, mailbox));
    }

    internal string Id => _customer.Id;

    internal Mailbox Mailbox => _mailbox;

    private string Thread => $"/v1/customers/{Id}/conversation";

    /// <summary>A customer whose phone and mailbox are proved, who has proved what else the ways need.</summary>
    internal static async Task<Traveller> ArriveAsync(HubUnderTest hub, params string[] ways)
    {
        var (number, mailbox) = (HubUnderTest.NewNumber(), HubUnderTest.NewMailbox());
        var profile = await hub.Merchant.CreateCustomerAsync("Ada Lovelace", number, mailbox, "sms", "email");
        var id = profile.Text("id")!;
        var customer = new Customer(hub.Http, id, await hub.Merchant.OpenSessionAsync(id, null));
        var traveller = new Traveller(hub, customer, profile, number, mailbox);
        await customer.AskForCodeAsync(traveller.AddressOf("sms"));
        await customer.ProveAsync(traveller.AddressOf("sms"), await traveller._phone.VerificationCodeAsync());
        await customer.AskForCodeAsync(traveller.AddressOf("email"));
        await customer.ProveAsync(traveller.AddressOf("email"), Mailbox.CodeIn(await traveller._mailbox.NextAsync("verification code")));
        if (ways.Contains("whatsapp")) await traveller.JoinWhatsAppAsync(number);
        if (ways.Contains("chat")) await traveller.BindBrowserAsync();
        return traveller;
    }

    /// <summary>Where requests to confirm are to come first.</summary>
    internal async Task PreferAsync(string method) =>
        (await _customer.Api.SendAsync(HttpMethod.Patch, $"/v1/customers/{Id}", Api.Write(new { confirmation = new { method, fallback = method == "sms" ? new[] { "email" } : ["sms"] } }), Api.NewKey())).Expect(200);

    /// <summary>Asks how the order stands where one can write; what is answered there.</summary>
    internal async Task<string> AskAsync(string way, string reference)
    {
        if (way != "chat")
        {
            var phone = way == "sms" ? _phone : _whatsApp;
            await phone.TypeAsync($"STATUS {reference}");
            return await phone.NextAsync($"order {reference}");
        }

        (await _customer.Api.PostAsync($"{Thread}/messages", new { text = $"STATUS {reference}" })).Expect(201);
        return await Eventually.FindAsync(
            async () => (await _customer.Api.GetAsync(Thread)).List("messages").LastOrDefault() is { } last && last.Text("author") == "hub" ? last.Text("text") : null,
            "an answer in the chat");
    }

    internal async Task AcceptAsync(string page, string order)
    {
        var shown = await _customer.Api.GetAsync($"/v1/orders/{order}");
        await ActAsync(page, $"/v1/orders/{order}/accept", new { invoice_hash = shown.Text("invoice_hash") });
    }

    internal async Task SubmitAsync(string page, string payment)
    {
        var instrument = (await _customer.AddCardAsync(Cards.Approves)).Text("id");
        await ActAsync(page, $"/v1/payments/{payment}/submit", new { instrument, security_code = await _customer.EncryptedAsync(new { security_code = "123" }) });
    }

    /// <summary>Says yes on one channel, with what came there.</summary>
    internal async Task ConfirmAsync(string way, string payment)
    {
        switch (way)
        {
            case "sms": await _phone.TypeAsync($"PAY {await _phone.ConfirmationNumberAsync()}"); break;
            case "whatsapp": await _whatsApp.TypeAsync($"PAY {await _whatsApp.ConfirmationNumberAsync()}"); break;
            case "chat": await PressAsync(); break;
            case "email": await TypeAsync("web", payment, Mailbox.CodeIn(await _mailbox.NextAsync("confirm EUR 44.70"))); break;
            default: await TypeAsync(way, payment, PageCode().Match(await _phone.NextAsync("Reply PAY")).Groups[1].Value); break;
        }
    }

    internal Task<JsonElement> SeeAsync(string payment) => _customer.PaymentAsync(payment);

    internal async Task<IReadOnlyList<JsonElement>> TimelineAsync() => [.. (await _customer.Api.GetAsync($"/v1/customers/{Id}/timeline?limit=100")).List("data")];

    public async ValueTask DisposeAsync()
    {
        if (_openPage is not null) await _openPage.DisposeAsync();
    }

    private string AddressOf(string channel) => _profile.List("addresses").First(a => a.Text("channel") == channel).Text("id")!;

    private Task TypeAsync(string page, string payment, string code) => ActAsync(page, $"/v1/payments/{payment}/confirmation", new { answer = "approve", code });

    private async Task ActAsync(string page, string path, object body) =>
        (await _customer.Api.SendAsync(HttpMethod.Post, path, Api.Write(body), Api.NewKey(), prepare: request => request.Headers.Add("OmniHub-Channel", page))).Expect(200);

    private async Task JoinWhatsAppAsync(string number)
    {
        var joined = (await _customer.Api.PostAsync($"/v1/customers/{Id}/addresses", new { channel = "whatsapp", address = number })).Expect(201);
        var address = joined.List("addresses").First(a => a.Text("channel") == "whatsapp").Text("id")!;
        await _customer.AskForCodeAsync(address);
        await _customer.ProveAsync(address, await _whatsApp.VerificationCodeAsync());
    }

    // The browser that keeps the secret is open all the while: elsewhere nothing is shown in the chat.
    private async Task BindBrowserAsync()
    {
        var device = (await _customer.Api.PostAsync($"/v1/customers/{Id}/devices", new { secret = Secret, via = AddressOf("sms") })).Expect(202);
        await _customer.ProveAsync(device.Text("id")!, await _phone.VerificationCodeAsync());
        _openPage = await SignalRJsonClient.ConnectAsync(_hub.Address, _customer.Token);
        await _openPage.AttachAsync(Secret);
        (await _customer.Api.PostAsync("/v1/conversations", new { customer = Id })).Expect(201);
        await _openPage.WatchAsync($"conversation:cnv_{Id[4..]}");
    }

    private async Task PressAsync()
    {
        var pay = await Eventually.FindAsync(
            async () => (await SendAsync(HttpMethod.Get, Thread, null)).Expect(200).List("messages")
                .SelectMany(m => m.List("buttons")).Select(button => button.Text("command")).FirstOrDefault(),
            "a button in the chat");
        (await SendAsync(HttpMethod.Post, $"{Thread}/messages", new { text = pay })).Expect(201);
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, object? body) => _customer.Api.SendAsync(
        method, path, body is null ? null : Api.Write(body), body is null ? null : Api.NewKey(), prepare: request => request.Headers.Add("OmniHub-Device", Secret));

    [GeneratedRegex(@"type (\d{6}) on the page")]
    private static partial Regex PageCode();
}
