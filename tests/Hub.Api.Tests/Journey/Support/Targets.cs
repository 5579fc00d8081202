using Hub.Api.Tests.Edge.Support;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>One of everything that Acme has, with an id that somebody else will try.</summary>
internal sealed record Targets(Sale Sale, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>What must show in nobody else's answers.</summary>
    internal IEnumerable<string> Ids => Names.Values;

    private static Targets? _shared;

    /// <summary>The same ones for all tests of one hub.</summary>
    internal static async Task<Targets> SharedAsync(JourneyHub hub) => _shared is { } made && made.Sale.Hub == hub ? made : _shared = await MakeAsync(hub);

    private static async Task<Targets> MakeAsync(JourneyHub hub)
    {
        var acme = hub.Acme;
        var endpoint = await acme.DoAsync("/v1/webhook-endpoints", $$"""{"url":"{{hub.Receiver.Url}}"}""");
        var payer = await (await acme.NewPayerAsync("Grace Hopper")).VerifiedAsync();
        var stopped = await (await acme.SellAsync(payer)).AwaitingConfirmationAsync();
        using (var browser = await payer.BrowserAsync())
        {
            for (var guess = 0; guess < 5; guess++)
            {
                using var wrong = await browser.SendAsync($"/v1/payments/{stopped.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await stopped.WrongCodeAsync(guess)}}"}""");
                Assert.Equal(System.Net.HttpStatusCode.Conflict, wrong.StatusCode);
            }
        }

        var sale = await (await acme.SellAsync(payer)).ConfirmedAsync();
        using var cases = await acme.Client.AskAsync("/v1/cases");
        using (var browser = await payer.BrowserAsync()) await browser.DoAsync($"/v1/customers/{payer.Id}/conversation/messages", """{"text":"Where is my parcel?"}""");
        using var deliveries = await acme.Client.AskAsync($"/v1/webhook-endpoints/{endpoint.Text("id")}/deliveries");
        return new Targets(sale, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["merchants"] = acme.Id,
            ["customers"] = payer.Id,
            ["address"] = payer.PhoneAddress,
            ["instrument"] = (await sale.StateAsync()).LastAttempt!.Instrument.Id,
            ["conversations"] = Hub.Domain.Conversations.Conversation.IdOf(payer.Id),
            ["orders"] = sale.OrderId,
            ["payments"] = sale.Payment,
            ["cases"] = (await cases.MadeAsync()).GetProperty("data")[0].Text("id"),
            ["signing-keys"] = acme.SigningKey,
            ["webhook-endpoints"] = endpoint.Text("id"),
            ["webhook"] = (await deliveries.MadeAsync()).GetProperty("data")[0].Text("id"),
        });
    }

    /// <summary>A path or body with Acme's ids in it: {id} means the id of what stands before it.</summary>
    internal string? Fill(string? text)
    {
        if (text is null) return null;
        if (text == "{order}") return Shop.OrderBody(Names["customers"]);
        var parts = text.Replace("{order_id}", Names["orders"], StringComparison.Ordinal)
            .Replace("{customer_id}", Names["customers"], StringComparison.Ordinal)
            .Replace("{address}", Names["address"], StringComparison.Ordinal)
            .Replace("{instrument}", Names["instrument"], StringComparison.Ordinal)
            .Replace("{webhook}", Names["webhook"], StringComparison.Ordinal).Split('/');
        for (var part = 1; part < parts.Length; part++)
        {
            if (parts[part] == "{id}") parts[part] = Names[parts[part - 1]];
        }

        return string.Join('/', parts);
    }
}
