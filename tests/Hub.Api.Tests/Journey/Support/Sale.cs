using System.Text.Json;
using Hub.Actors;
using Hub.Api.Tests.Edge.Support;
using Hub.Channels.Confirmations;
using Hub.Domain.Payments;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>One payment for one order, driven from step to step.</summary>
internal sealed partial record Sale(JourneyHub Hub, Shop Shop, Payer Payer, JsonElement Order, string Payment)
{
    internal string OrderId => Order.Text("id");

    /// <summary>The payment as the merchant reads it.</summary>
    internal async Task<JsonElement> ReadAsync()
    {
        using var answer = await Shop.Client.AskAsync($"/v1/payments/{Payment}");
        return await answer.MadeAsync();
    }

    internal async Task<string> StatusAsync() => (await ReadAsync()).Text("status");

    /// <summary>The customer accepts the invoice.</summary>
    internal async Task<Sale> AcceptedAsync()
    {
        using var browser = await Payer.BrowserAsync();
        await browser.DoAsync($"/v1/orders/{OrderId}/accept", $$"""{"invoice_hash":"{{Order.Text("invoice_hash")}}"}""");
        return this;
    }

    /// <summary>The body of a submit.</summary>
    internal string SubmitBody(string instrument, string code = "123") =>
        $$"""{"instrument":"{{instrument}}","security_code":"{{Payer.SecurityCode(code)}}"}""";

    /// <summary>Accepted, submitted with a card, authorized, and the confirmation on its way.</summary>
    internal async Task<Sale> AwaitingConfirmationAsync(string number = "4242424242424242")
    {
        await AcceptedAsync();
        var card = await Hub.CardAsync(Payer, number);
        using var browser = await Payer.BrowserAsync();
        await browser.DoAsync($"/v1/payments/{Payment}/submit", SubmitBody(card));
        await Hub.QuietAsync();
        Assert.Equal("awaiting_confirmation", await StatusAsync());
        return this;
    }

    /// <summary>Confirmed on the page, and all that follows done.</summary>
    internal async Task<Sale> ConfirmedAsync()
    {
        await AwaitingConfirmationAsync();
        using var browser = await Payer.BrowserAsync();
        await browser.DoAsync($"/v1/payments/{Payment}/confirmation", $$"""{"answer":"approve","code":"{{await PageCodeAsync()}}"}""");
        await Hub.QuietAsync();
        return this;
    }

    /// <summary>The six digits the page expects now.</summary>
    internal async Task<string> PageCodeAsync()
    {
        var asked = (await StateAsync()).LastAttempt!.Confirmation!;
        return Hub.Get<Codes>().ForPage(asked.Id, asked.Challenge.Generation);
    }

    /// <summary>The four digits of the newest request that arrived on the phone.</summary>
    internal async Task<string> PhoneDigitsAsync() =>
        (await Payer.MessagesAsync()).Select(m => PhoneDigits().Match(m)).Last(m => m.Success).Groups[1].Value;

    /// <summary>Six digits that the page does not expect; a different one for each number.</summary>
    internal async Task<string> WrongCodeAsync(int number = 0) => $"{(int.Parse(await PageCodeAsync(), System.Globalization.CultureInfo.InvariantCulture) + 1 + number) % 1_000_000:000000}";

    [System.Text.RegularExpressions.GeneratedRegex(@"PAY (\d{4})")]
    private static partial System.Text.RegularExpressions.Regex PhoneDigits();

    internal async Task<Payment> StateAsync() =>
        (Payment)(await Hub.Get<IActors>().ReadAsync(HubKinds.Payment[Payment], TestContext.Current.CancellationToken)).State;
}
