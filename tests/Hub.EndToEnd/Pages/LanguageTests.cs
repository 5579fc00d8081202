using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The pages for customers in the three languages: by the browser, by the customer, by choice.</summary>
[Collection(PageWalks.Name)]
public sealed class LanguageTests(PageHub hub, PageBrowser browser)
{
    [Theory]
    [InlineData("de-AT", "de", "Rechnung annehmen", "39,70")]
    [InlineData("zh-Hans-CN", "zh-Hans", "接受账单", "39.70")]
    [InlineData("fr-FR", "en", "Accept the invoice", "39.70")]
    public async Task The_browser_s_language_is_spoken_where_the_pages_know_it(string locale, string spoken, string accept, string amount)
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone, locale: locale);
        var page = await visit.OpenAsync("/shop");
        await page.GetByTestId("add-BK-001").ClickAsync();
        await page.GetByTestId("add-BK-003").ClickAsync();
        await page.GetByTestId("sample-customer").ClickAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await page.GetByTestId("place-order").ClickAsync();

        await Expect(page.GetByTestId("accept")).ToHaveTextAsync(accept);
        await Expect(page.GetByTestId("invoice-total")).ToContainTextAsync(amount);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", spoken);
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_language_is_switched_in_the_middle_of_typing_and_remembered()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var page = await visit.OpenAsync("/shop");
        await page.GetByTestId("add-BK-001").ClickAsync();
        await page.GetByTestId("name").FillAsync("Ada Lovelace");

        await page.GetByTestId("language").SelectOptionAsync("de");

        await Expect(page.GetByTestId("place-order")).ToHaveTextAsync("Zur Kasse");
        await Expect(page.GetByTestId("name")).ToHaveValueAsync("Ada Lovelace");
        await Expect(page.GetByTestId("basket-sum")).ToContainTextAsync("19,90");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("place-order")).ToHaveTextAsync("Zur Kasse");
        visit.WasQuiet();
    }

    [Fact]
    public async Task The_customer_s_own_language_comes_before_the_browser_s_and_messages_are_in_it()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone, locale: "de-DE");
        var page = await visit.OpenAsync("/shop");
        await page.GetByTestId("add-BK-001").ClickAsync();
        await page.GetByTestId("add-BK-003").ClickAsync();
        await page.GetByTestId("sample-customer").ClickAsync();
        var number = await page.GetByTestId("phone").InputValueAsync();
        await page.GetByTestId("place-order").ClickAsync();
        await page.GetByTestId("accept").ClickAsync();
        await page.GetByTestId("verify-send").ClickAsync();
        await using var elsewhere = await browser.VisitAsync(hub, Screen.Desk);
        var phone = await elsewhere.OpenAsync($"/sandbox/phone?number={Uri.EscapeDataString(number)}");
        await Expect(phone.GetByTestId("message-in").Last).ToContainTextAsync("Code");

        // The same person at an English browser: what the hub knows of the customer decides.
        var account = await elsewhere.OpenAsync("/shop#account");
        await account.GetByTestId("account-phone").FillAsync(number);
        await account.GetByTestId("account-email").FillAsync($"ada.{number[^4..]}@example.com");
        await account.GetByTestId("account-open").ClickAsync();
        await Expect(account.GetByTestId("tab-settings")).ToHaveTextAsync("Einstellungen");
        await Expect(account.GetByTestId("my-total")).ToContainTextAsync("39,70");
    }
}
