using System.Net;
using System.Text.RegularExpressions;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Gateways.Vault;

namespace Hub.Api.Tests.Cards;

/// <summary>What is shown of a card, to whom; and that it is gone when it was to go.</summary>
/// <remarks>Invariant 23.</remarks>
[Collection("journey")]
[Trait("Invariant", "23")]
public sealed partial class CardDisplayTests(JourneyHub hub)
{
    private const string Number = "4539578763621486";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_card_the_last_four_digits_are_shown_and_no_seven_in_a_row_anywhere()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await hub.Acme.SellAsync(payer);
        await sale.AwaitingConfirmationAsync(Number);
        using var customer = await payer.BrowserAsync();
        await customer.DoAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.PageCodeAsync()}}"}""");
        await hub.QuietAsync();
        using var support = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        string[] pages =
        [
            $"/v1/customers/{payer.Id}", $"/v1/customers/{payer.Id}/timeline", $"/v1/orders/{sale.OrderId}", $"/v1/payments/{sale.Payment}",
            $"/v1/payments/{sale.Payment}/timeline", $"/v1/payments/{sale.Payment}/receipt",
        ];

        var shown = 0;
        foreach (var client in (HttpClient[])[hub.Acme.Client, customer, support])
        {
            foreach (var page in pages)
            {
                using var answer = await client.AskAsync(page);
                await answer.MadeAsync();
                var text = await answer.TextAsync();
                Assert.All(Digits().Matches(text), run => Assert.DoesNotContain(Windows(7), part => run.Value.Contains(part, StringComparison.Ordinal)));
                if (text.Contains($"\"{Number[^4..]}\"", StringComparison.Ordinal)) shown++;
            }
        }

        // The wallet, the payment and the receipt show it, to each of the three.
        Assert.Equal(9, shown);
        Assert.All(await payer.MessagesAsync(), text => Assert.DoesNotContain(Windows(5), part => text.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_removed_card_is_gone_from_the_vault_pays_no_more_and_leaves_the_others_and_the_receipt()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var paid = await hub.Acme.SellAsync(payer);
        await paid.AwaitingConfirmationAsync();
        using var customer = await payer.BrowserAsync();
        await customer.DoAsync($"/v1/payments/{paid.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await paid.PageCodeAsync()}}"}""");
        await hub.QuietAsync();
        var (removed, kept) = ((await paid.StateAsync()).LastAttempt!.Instrument.Id, await payer.AddCardAsync(Number));

        using var answer = await customer.CallAsync("DELETE", $"/v1/customers/{payer.Id}/instruments/{removed}", key: $"{Guid.NewGuid()}");
        await hub.QuietAsync();

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Null(await hub.Get<ICardVault>().FindCardAsync(removed, Cancel));
        Assert.NotNull(await hub.Get<ICardVault>().FindCardAsync(kept, Cancel));
        var next = await (await hub.Acme.SellAsync(payer)).AcceptedAsync();
        using var refused = await customer.SendAsync($"/v1/payments/{next.Payment}/submit", next.SubmitBody(removed));
        Assert.Equal("no_such_instrument", (await refused.JsonAsync()).Text("code"));
        using var receipt = await customer.AskAsync($"/v1/payments/{paid.Payment}/receipt");
        Assert.Equal("4242", (await receipt.MadeAsync()).GetProperty("receipt").GetProperty("captures")[0].GetProperty("instrument").Text("last4"));
    }

    [Fact]
    public async Task An_erased_customers_cards_are_gone_from_the_vault_and_another_customers_stay()
    {
        var (gone, stays) = (await hub.Acme.NewPayerAsync(), await hub.Acme.NewPayerAsync());
        var (first, second, other) = (await gone.AddCardAsync(), await gone.AddCardAsync(Number), await stays.AddCardAsync(Number));

        await hub.Acme.DoAsync($"/v1/customers/{gone.Id}/erase");
        await hub.QuietAsync();

        Assert.Null(await hub.Get<ICardVault>().FindCardAsync(first, Cancel));
        Assert.Null(await hub.Get<ICardVault>().FindCardAsync(second, Cancel));
        Assert.NotNull(await hub.Get<ICardVault>().FindCardAsync(other, Cancel));
    }

    private static IEnumerable<string> Windows(int length) => Enumerable.Range(0, Number.Length - length + 1).Select(at => Number.Substring(at, length));

    [GeneratedRegex(@"\d{7,}")]
    private static partial Regex Digits();
}
