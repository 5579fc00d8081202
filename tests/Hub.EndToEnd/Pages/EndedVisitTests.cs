using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>A chat whose visit has ended, in the shop.</summary>
[Collection(PageWalks.Name)]
public sealed class EndedVisitTests(PageHub hub, PageBrowser browser)
{
    [Theory]
    [InlineData("en-GB", "Your visit has ended", "Sign in again", false)]
    [InlineData("de-DE", "Ihr Besuch ist zu Ende", "Wieder anmelden", true)]
    [InlineData("zh-CN", "本次访问已结束", "重新登录", false)]
    public async Task The_chat_says_so_and_leads_to_signing_in_again(string locale, string ended, string again, bool dark)
    {
        await using var visit = await browser.VisitAsync(hub, dark ? Screen.Desk : Screen.Phone, dark ? ColorScheme.Dark : ColorScheme.Light, locale);
        var page = await ShopAsync(visit);
        await page.GetByTestId("chat-open").ClickAsync();
        await page.GetByTestId("chat-text").FillAsync("OmniHub?");
        await page.GetByTestId("chat-send").ClickAsync();
        await Expect(page.GetByTestId("chat-customer")).ToHaveCountAsync(1);

        var customer = await page.EvaluateAsync<string>("JSON.parse(localStorage.getItem('omnihub.my')).customer");
        await hub.Part<Hub.Api.Access.ICredentials>().RevokeCustomerAsync(customer, TestContext.Current.CancellationToken);

        await Expect(page.GetByTestId("chat-ended")).ToContainTextAsync(ended);
        await Expect(page.GetByTestId("chat-offline")).ToBeEmptyAsync();
        await Expect(page.GetByTestId("chat-customer")).ToHaveCountAsync(0);
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await Expect(page.GetByTestId("chat-sign-in")).ToHaveTextAsync(again);
        await page.GetByTestId("chat-sign-in").ClickAsync();
        await Expect(page.GetByTestId("account-open")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("chat")).ToHaveCountAsync(0);
        await page.GetByTestId("account-open").ClickAsync();
        await Expect(page.GetByTestId("my-orders")).ToBeVisibleAsync();
        await page.GetByTestId("chat-open").ClickAsync();
        await Expect(page.GetByTestId("chat-customer")).ToContainTextAsync("OmniHub?");
    }

    [Theory]
    [InlineData("en-GB", "Not sent yet.", false)]
    [InlineData("de-DE", "Noch nicht gesendet.", true)]
    [InlineData("zh-CN", "尚未发送", false)]
    public async Task What_was_written_when_it_ended_is_there_again_after_signing_in_and_is_sent_once(string locale, string unsent, bool dark)
    {
        await using var visit = await browser.VisitAsync(hub, dark ? Screen.Desk : Screen.Phone, dark ? ColorScheme.Dark : ColorScheme.Light, locale);
        var page = await ShopAsync(visit);
        await page.GetByTestId("chat-open").ClickAsync();
        await page.GetByTestId("chat-text").FillAsync("OmniHub?");
        await page.GetByTestId("chat-send").ClickAsync();
        await Expect(page.GetByTestId("chat-customer")).ToHaveCountAsync(1);
        await visit.GoOfflineAsync(true);
        await page.GetByTestId("chat-text").FillAsync("Hub, omni?");
        await page.GetByTestId("chat-send").ClickAsync();
        await Expect(page.GetByTestId("chat-again")).ToBeVisibleAsync();
        await page.GetByTestId("chat-text").FillAsync("Omni");

        var customer = await page.EvaluateAsync<string>("JSON.parse(localStorage.getItem('omnihub.my')).customer");
        await hub.Part<Hub.Api.Access.ICredentials>().RevokeCustomerAsync(customer, TestContext.Current.CancellationToken);
        await visit.GoOfflineAsync(false);

        await Expect(page.GetByTestId("chat-ended")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("chat-outgoing")).ToContainTextAsync("Hub, omni?");
        await Expect(page.GetByTestId("chat-outgoing")).ToContainTextAsync(unsent);
        await Expect(page.GetByTestId("chat-customer")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("chat-send")).ToBeDisabledAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await page.GetByTestId("chat-text").PressSequentiallyAsync("hub");
        await page.GetByTestId("chat-sign-in").ClickAsync();
        await page.GetByTestId("account-open").ClickAsync();
        await Expect(page.GetByTestId("my-orders")).ToBeVisibleAsync();
        await page.GetByTestId("chat-open").ClickAsync();
        await Expect(page.GetByTestId("chat-customer")).ToContainTextAsync((string[])["OmniHub?", "Hub, omni?"]);
        await Expect(page.GetByTestId("chat-outgoing")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("chat-text")).ToHaveValueAsync("Omnihub");
    }

    [Fact]
    public async Task A_shop_that_kept_a_visit_from_before_says_that_it_has_ended_instead_of_connecting_for_ever()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var page = await visit.OpenAsync("/shop");
        await page.EvaluateAsync("localStorage.setItem('omnihub.my', JSON.stringify({ token: 'cst_ended', customer: 'cus_00000000000000000000000000' }))");
        await page.ReloadAsync();

        await page.GetByTestId("chat-open").ClickAsync();

        await Expect(page.GetByTestId("chat-ended")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByTestId("add-BK-001")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("chat-open")).ToHaveCountAsync(0);
    }

    /// <summary>The shop, by somebody who has ordered and is signed in.</summary>
    private static async Task<IPage> ShopAsync(Visit visit)
    {
        var page = await visit.OpenAsync("/shop");
        await page.GetByTestId("add-BK-001").ClickAsync();
        await page.GetByTestId("sample-customer").ClickAsync();
        await page.GetByTestId("place-order").ClickAsync();
        await Expect(page.GetByTestId("accept")).ToBeVisibleAsync();
        await page.GotoAsync("/shop#account");
        await page.GetByTestId("account-open").ClickAsync();
        await Expect(page.GetByTestId("my-orders")).ToBeVisibleAsync();
        await page.GotoAsync("/shop");
        return page;
    }
}
