using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Actors.Ports;
using Hub.Api.Tests.Edge.Support;
using Hub.Gateways.Jwe;
using Hub.Gateways.Vault;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>A customer: its phone, its browser, and the encryption its device does.</summary>
internal sealed partial record Payer(JourneyHub Hub, Shop Shop, string Id, string Phone, string Email, string PhoneAddress)
{
    /// <summary>A browser of this customer.</summary>
    /// <param name="payment">The only payment it is for; <c>null</c> for all.</param>
    internal async Task<HttpClient> BrowserAsync(string? payment = null) => Hub.Client(await TokenAsync(payment));

    internal async Task<string> TokenAsync(string? payment = null) =>
        (await Shop.DoAsync($"/v1/customers/{Id}/sessions", payment is null ? "{}" : $$"""{"payment":"{{payment}}"}""")).Text("token");

    /// <summary>Proves the phone with the code that arrives there.</summary>
    internal async Task<Payer> VerifiedAsync()
    {
        using var browser = await BrowserAsync();
        await browser.DoAsync($"/v1/customers/{Id}/addresses/{PhoneAddress}/verification");
        await Hub.QuietAsync();
        var code = SixDigits().Match((await MessagesAsync())[^1]).Value;
        await browser.DoAsync($"/v1/customers/{Id}/addresses/{PhoneAddress}/verification/check", $$"""{"code":"{{code}}"}""");
        return this;
    }

    /// <summary>Proves the mailbox with the code that arrives there.</summary>
    internal async Task<Payer> MailProvedAsync()
    {
        using var browser = await BrowserAsync();
        using var shown = await browser.AskAsync($"/v1/customers/{Id}");
        var address = (await shown.MadeAsync()).GetProperty("addresses").EnumerateArray().Single(a => a.Text("channel") == "email").Text("id");
        await browser.DoAsync($"/v1/customers/{Id}/addresses/{address}/verification");
        await Hub.QuietAsync();
        using var mail = await browser.AskAsync($"/sandbox/api/mail/{(await MailsAsync()).Last(m => m.Text("subject").Contains("code", StringComparison.Ordinal)).Text("id")}");
        var code = SixDigits().Match((await mail.JsonAsync()).Text("text")).Value;
        await browser.DoAsync($"/v1/customers/{Id}/addresses/{address}/verification/check", $$"""{"code":"{{code}}"}""");
        await Hub.QuietAsync();
        return this;
    }

    /// <summary>What arrived in the mailbox.</summary>
    internal async Task<IReadOnlyList<JsonElement>> MailsAsync()
    {
        using var client = Hub.Client();
        using var answer = await client.AskAsync($"/sandbox/api/mail?to={Uri.EscapeDataString(Email)}");
        return [.. (await answer.JsonAsync()).EnumerateArray()];
    }

    /// <summary>The text that holds these words, once it has arrived; the only one that does.</summary>
    internal async Task<string> TextedAsync(string words)
    {
        await JourneyHub.UntilAsync(async () => (await MessagesAsync()).Any(Holds));
        await Hub.QuietAsync();
        return Assert.Single(await MessagesAsync(), text => Holds(text));

        bool Holds(string text) => text.Contains(words, StringComparison.Ordinal);
    }

    /// <summary>Changes the customer's preferences, as the merchant may.</summary>
    /// <returns>The customer after it.</returns>
    internal async Task<JsonElement> ChangeAsync(string body)
    {
        using var answer = await Shop.Client.CallAsync("PATCH", $"/v1/customers/{Id}", body, $"{Guid.NewGuid()}");
        return await answer.MadeAsync();
    }

    /// <summary>The customer as the merchant reads it.</summary>
    internal async Task<JsonElement> ReadAsync()
    {
        using var answer = await Shop.Client.AskAsync($"/v1/customers/{Id}");
        return await answer.MadeAsync();
    }

    /// <summary>One address of theirs, as the merchant reads it.</summary>
    internal async Task<JsonElement> AddressAsync(string? id = null) =>
        (await ReadAsync()).GetProperty("addresses").EnumerateArray().Single(a => a.Text("id") == (id ?? PhoneAddress));

    /// <summary>The types and channels of their timeline, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> TimelineAsync()
    {
        using var answer = await Shop.Client.AskAsync($"/v1/customers/{Id}/timeline");
        return [.. (await answer.MadeAsync()).GetProperty("data").EnumerateArray().Select(e => $"{e.Text("type")} {e.GetProperty("channel").GetString()}".TrimEnd())];
    }

    /// <summary>What arrived on the phone, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> MessagesAsync()
    {
        using var client = Hub.Client();
        using var answer = await client.AskAsync($"/sandbox/api/phones/{Uri.EscapeDataString(Phone)}/messages");
        return [.. (await answer.JsonAsync()).EnumerateArray().Where(m => m.Text("direction") == "in").OrderBy(m => m.Text("at"), StringComparer.Ordinal).Select(m => m.Text("body"))];
    }

    /// <summary>A card as the device encrypts it.</summary>
    internal string Card(string number = "4242424242424242", int year = 2040, string? customer = null, string? jti = null, int month = 12, string holder = "Ada Lovelace") =>
        Encrypt(new { number, exp_month = month, exp_year = year, holder, customer = customer ?? Id, jti = jti ?? $"{Guid.NewGuid():N}", exp = Soon });

    /// <summary>A security code as the device encrypts it.</summary>
    internal string SecurityCode(string code = "123", string? customer = null) =>
        Encrypt(new { security_code = code, customer = customer ?? Id, jti = $"{Guid.NewGuid():N}", exp = Soon });

    /// <summary>Anything, encrypted to the hub.</summary>
    internal string Encrypt(object plain)
    {
        using var keys = JsonDocument.Parse(Hub.Get<IEncryptionKeys>().PublicJwks);
        return CompactJwe.Encrypt(JsonSerializer.SerializeToUtf8Bytes(plain), keys.RootElement.GetProperty("keys")[0], Hub.Get<IRandomSource>());
    }

    /// <summary>Adds a card to the wallet.</summary>
    /// <returns>The instrument's id.</returns>
    internal async Task<string> AddCardAsync(string number = "4242424242424242")
    {
        using var browser = await BrowserAsync();
        return (await browser.DoAsync($"/v1/customers/{Id}/instruments", $$"""{"type":"card","encrypted":"{{Card(number)}}"}""")).Text("id");
    }

    private long Soon => Hub.Clock.GetUtcNow().ToUnixTimeSeconds() + 300;

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex SixDigits();
}
