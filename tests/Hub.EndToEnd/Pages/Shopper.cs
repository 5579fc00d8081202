using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>A customer at the pages: in the shop, at the checkout and on the phone.</summary>
/// <param name="Visit">Their browser.</param>
/// <param name="Page">The tab with the shop, then the checkout.</param>
/// <param name="Number">Their mobile number.</param>
internal sealed partial record Shopper(Visit Visit, IPage Page, string Number)
{
    private const int MostLooks = 300;
    private const int LookMilliseconds = 100;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    internal const string Approves = "4242424242424242";
    internal const string Declines = "4000000000000002";
    internal const string Amex = "378282246310005";
    internal const string Disputed = "4000000000000259";
    internal const string AnswersAnotherAmount = "4000000000007049";
    internal const string AsksAtTheBank = "4000000000003220";

    /// <summary>Fills a basket and goes to the checkout, where the invoice is shown.</summary>
    /// <param name="visit">The shopper's browser.</param>
    /// <param name="method"><c>sms</c> or <c>email</c>: how they want to be asked.</param>
    internal static async Task<Shopper> OrderAsync(Visit visit, string method = "sms")
    {
        var page = await visit.OpenAsync("/shop");
        await page.GetByTestId("add-BK-001").ClickAsync();
        await page.GetByTestId("add-BK-003").ClickAsync();
        await Expect(page.GetByTestId("basket-sum")).ToHaveTextAsync("€34.80");
        await page.GetByTestId("sample-customer").ClickAsync();
        await page.GetByTestId($"method-{method}").CheckAsync();
        var number = await page.GetByTestId("phone").InputValueAsync();
        await page.GetByTestId("place-order").ClickAsync();
        await Expect(page.GetByTestId("invoice-total")).ToHaveTextAsync("€39.70");
        return new(visit, page, number);
    }

    /// <summary>Accepts the invoice, and proves the number with the code that arrives on the phone.</summary>
    internal async Task AcceptAndVerifyAsync()
    {
        await Page.GetByTestId("accept").ClickAsync();
        await Page.GetByTestId("verify-send").ClickAsync();
        await Page.GetByTestId("verify-code").FillAsync(await ReadCodeAsync("your code is"));
        await Page.GetByTestId("verify-check").ClickAsync();
        await Expect(Page.GetByTestId("pay")).ToBeVisibleAsync();
    }

    /// <summary>Types a card and pays; the page encrypts it with the hub's key.</summary>
    internal async Task PayAsync(string card, string code = "123")
    {
        await Page.GetByTestId("card-number").FillAsync(card);
        await Page.GetByTestId("card-expiry").FillAsync("1230");
        await Page.GetByTestId("card-code").FillAsync(code);
        await Page.GetByTestId("card-holder").FillAsync("Ada Lovelace");
        await Page.GetByTestId("pay").ClickAsync();
    }

    /// <summary>The phone of the sandbox, in a tab of its own.</summary>
    internal Task<IPage> OpenPhoneAsync() => Visit.OpenAsync($"/sandbox/phone?number={Uri.EscapeDataString(Number)}");

    /// <summary>The six digits of the newest message on the phone that holds these words; waits for digits that were not read before.</summary>
    internal async Task<string> ReadCodeAsync(string words)
    {
        for (var look = 0; look < MostLooks; look++)
        {
            var messages = await (await Page.Context.APIRequest.GetAsync($"/sandbox/api/phones/{Uri.EscapeDataString(Number)}/messages")).JsonAsync();
            var newest = messages!.Value.EnumerateArray()
                .Where(message => message.GetProperty("direction").GetString() == "in")
                .OrderBy(message => message.GetProperty("at").GetString(), StringComparer.Ordinal)
                .Select(message => message.GetProperty("body").GetString()!)
                .LastOrDefault(body => body.Contains(words, StringComparison.OrdinalIgnoreCase));
            if (newest is not null && SixDigits().Match(newest) is { Success: true, Value: var code } && _read.Add(code)) return code;
            await Task.Delay(LookMilliseconds);
        }

        throw new TimeoutException($"No new code came to {Number} with \"{words}\".");
    }

    /// <summary>The six digits that prove that the new wallet is the shopper's; the message says what they are for.</summary>
    internal async Task<string> ReadWalletCodeAsync()
    {
        await Expect(Page.GetByTestId("wallet-sent-to")).ToContainTextAsync("we sent six digits");
        return await ReadCodeAsync("sets the password of your wallet");
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
