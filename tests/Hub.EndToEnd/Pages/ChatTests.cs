using Hub.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The conversation between a customer's page and the desk.</summary>
[Collection(PageWalks.Name)]
public sealed class ChatTests(DeskHub hub, PageBrowser browser) : IClassFixture<DeskHub>
{
    [Fact]
    public async Task A_customer_and_the_desk_speak_and_a_note_stays_with_the_staff()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var desk = await browser.VisitAsync(hub, Screen.Desk);
        var support = await Desk.OpenAsync(hub, desk);
        var page = (await Shopper.OrderAsync(pocket)).Page;
        await page.GetByTestId("chat-open").ClickAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await page.GetByTestId("chat-text").FillAsync("Do you deliver to Vienna?");
        await page.GetByTestId("chat-text").PressAsync("Enter");
        await Expect(page.GetByTestId("chat-customer")).ToContainTextAsync("Do you deliver to Vienna?");

        await support.GetByTestId("tab-conversations").ClickAsync();
        await support.GetByTestId("chats-waiting").ClickAsync();
        var row = support.Locator("[data-testid^=conversation-cnv_]").Filter(new() { HasText = "Do you deliver to Vienna?" });
        await row.ClickAsync();
        await support.GetByTestId("conversation-take").ClickAsync();
        await Expect(support.GetByTestId("conversation").GetByTestId("conversation-status")).ToHaveTextAsync("Yours");
        await support.GetByTestId("write-note").ClickAsync();
        await support.GetByTestId("composer-text").FillAsync("Asked before, in May.");
        await support.GetByTestId("composer-send").ClickAsync();
        await Expect(support.GetByTestId("chat-note")).ToContainTextAsync("Asked before, in May.");
        await support.GetByTestId("write-reply").ClickAsync();
        await support.GetByTestId("composer-text").PressSequentiallyAsync("Yes, in three days.");
        await Expect(page.GetByTestId("chat-typing")).ToBeVisibleAsync();
        await support.GetByTestId("composer-send").ClickAsync();

        await Expect(page.GetByTestId("chat-staff")).ToContainTextAsync("Yes, in three days.");
        await Expect(page.GetByTestId("chat-typing")).ToBeHiddenAsync();
        await Expect(support.GetByTestId("chat-read")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("chat-note")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("chat")).Not.ToContainTextAsync("support@");
        Assert.Empty(await Accessibility.FlawsOfAsync(support));
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await Pictures.TakeAsync(page, "chat");
        await Pictures.TakeAsync(support, "support-conversation");
        await support.GetByTestId("conversation-resolve").ClickAsync();
        await Expect(support.GetByTestId("conversation")).ToHaveAttributeAsync("data-status", "resolved");
        pocket.WasQuiet();
        desk.WasQuiet();
    }

    [Fact]
    public async Task What_is_said_while_the_chat_is_closed_shows_as_unread_and_what_is_written_without_a_line_goes_later()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var desk = await browser.VisitAsync(hub, Screen.Desk);
        var support = await Desk.OpenAsync(hub, desk);
        var page = (await Shopper.OrderAsync(pocket)).Page;
        await page.GetByTestId("chat-open").ClickAsync();
        await page.GetByTestId("chat-text").FillAsync("Is the lamp warm white?");
        await page.GetByTestId("chat-send").ClickAsync();
        await Expect(page.GetByTestId("chat-customer")).ToHaveCountAsync(1);
        await page.GetByTestId("chat-text").PressAsync("Escape");
        await Expect(page.GetByTestId("chat-open")).ToBeFocusedAsync();
        await support.GetByTestId("tab-conversations").ClickAsync();
        await support.Locator("[data-testid^=conversation-cnv_]").Filter(new() { HasText = "Is the lamp warm white?" }).ClickAsync();
        await support.GetByTestId("composer-text").FillAsync("It is.");
        await support.GetByTestId("composer-send").ClickAsync();
        await Expect(page.GetByTestId("chat-badge")).ToHaveTextAsync("1");
        await page.GetByTestId("chat-open").ClickAsync();
        await Expect(page.GetByTestId("chat-staff")).ToContainTextAsync("It is.");

        await pocket.GoOfflineAsync(true);
        await page.GetByTestId("chat-text").FillAsync("Then I take two.");
        await page.GetByTestId("chat-send").ClickAsync();
        await Expect(page.GetByTestId("chat-again")).ToBeVisibleAsync();
        await pocket.GoOfflineAsync(false);
        await page.GetByTestId("chat-again").ClickAsync();

        await Expect(page.GetByTestId("chat-customer")).ToHaveCountAsync(2);
        await Expect(support.GetByTestId("chat-customer")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_chat_whose_first_request_was_lost_takes_what_is_written_all_the_same()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        var page = (await Shopper.OrderAsync(pocket)).Page;
        await page.RouteAsync("**/v1/customers/*/conversation", route => route.AbortAsync(), new() { Times = 1 });
        await page.ReloadAsync();
        await page.GetByTestId("chat-open").ClickAsync();

        await page.GetByTestId("chat-text").FillAsync("Is anybody there?");
        await page.GetByTestId("chat-send").ClickAsync();

        await Expect(page.GetByTestId("chat-customer")).ToContainTextAsync("Is anybody there?");
    }

    [Fact]
    public async Task A_browser_that_was_proved_is_asked_in_the_chat_and_its_button_pays()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await Shopper.OrderAsync(pocket);
        await shopper.AcceptAndVerifyAsync();
        var my = await pocket.OpenAsync("/shop#account");
        await my.GetByTestId("account-phone").FillAsync(shopper.Number);
        await my.GetByTestId("account-email").FillAsync($"ada.{shopper.Number[^4..]}@example.com");
        await my.GetByTestId("account-open").ClickAsync();
        await my.GetByTestId("tab-settings").ClickAsync();
        await my.GetByTestId("bind-device").ClickAsync();
        var phone = await shopper.OpenPhoneAsync();
        await Expect(phone.GetByTestId("message-in").Filter(new() { HasText = "your code is" })).ToHaveCountAsync(2);
        await my.GetByTestId("device-code").FillAsync(await shopper.ReadCodeAsync("your code is"));
        await my.GetByTestId("device-check").ClickAsync();
        await Expect(my.GetByTestId("address-chat")).ToHaveAttributeAsync("data-verified", "true");
        await my.GetByTestId("set-method").SelectOptionAsync("chat");
        await my.GetByTestId("settings-save").ClickAsync();
        await Expect(my.GetByTestId("settings-saved")).ToHaveTextAsync("Saved.");
        Assert.Empty(await Accessibility.FlawsOfAsync(my));

        await shopper.Page.ReloadAsync();
        await Expect(shopper.Page.GetByTestId("chat-open")).ToBeVisibleAsync();
        await shopper.PayAsync(Shopper.Approves);
        await shopper.Page.GetByTestId("confirm-open-chat").ClickAsync();
        await Expect(shopper.Page.GetByTestId("chat-answers")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(shopper.Page));
        await Pictures.TakeAsync(shopper.Page, "chat-confirm");
        await shopper.Page.GetByTestId("chat-pay").ClickAsync();

        await Expect(shopper.Page.GetByTestId("chat-answers")).ToHaveCountAsync(0);
        await shopper.Page.GetByTestId("chat-close").ClickAsync();
        await Expect(shopper.Page.GetByTestId("answered-by")).ToHaveTextAsync("in the chat");
        await Expect(phone.GetByTestId("message-in").Filter(new() { HasText = "Reply PAY" })).ToHaveCountAsync(0);
        pocket.WasQuiet();
    }
}
