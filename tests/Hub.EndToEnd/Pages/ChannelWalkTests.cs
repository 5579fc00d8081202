using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The ways beside the page and the text message: WhatsApp on the phone, and an answer by mail.</summary>
[Collection(PageWalks.Name)]
public sealed class ChannelWalkTests(DeskHub hub, PageBrowser browser) : IClassFixture<DeskHub>
{
    [Fact]
    public async Task A_customer_with_WhatsApp_is_asked_there_and_the_page_shows_the_answer()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await Shopper.OrderAsync(visit);
        await shopper.AcceptAndVerifyAsync();
        var my = await SettingsAsync(shopper);
        await my.GetByTestId("address-add").ClickAsync();
        await my.GetByTestId("address-channel").SelectOptionAsync("whatsapp");
        await my.GetByTestId("address-value").FillAsync(shopper.Number);
        await my.GetByTestId("address-save").ClickAsync();
        await my.GetByTestId("verify-whatsapp").ClickAsync();
        await my.GetByTestId("address-code").FillAsync(await shopper.ReadCodeAsync("code"));
        await my.GetByTestId("address-check").ClickAsync();
        await Expect(my.GetByTestId("address-whatsapp")).ToHaveAttributeAsync("data-verified", "true");
        await my.GetByTestId("set-method").SelectOptionAsync("whatsapp");
        await my.GetByTestId("settings-save").ClickAsync();
        await Expect(my.GetByTestId("settings-saved")).ToHaveTextAsync("Saved.");

        await shopper.Page.ReloadAsync();
        await shopper.PayAsync(Shopper.Approves);
        await Expect(shopper.Page.GetByTestId("confirm-code")).ToBeVisibleAsync();
        var phone = await shopper.OpenPhoneAsync();
        await Expect(phone.GetByTestId("app-whatsapp")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(phone.GetByTestId("message-in").Last).ToContainTextAsync("39.70");
        Assert.Empty(await Accessibility.FlawsOfAsync(phone));
        await phone.GetByTestId("reply-pay").ClickAsync();

        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
        await Expect(shopper.Page.GetByTestId("answered-by")).ToContainTextAsync("WhatsApp");
        await phone.GetByTestId("app-sms").ClickAsync();
        await Expect(phone.GetByTestId("message-in").Filter(new() { HasText = "Reply PAY" })).ToHaveCountAsync(0);
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_reply_to_a_mail_lands_in_the_conversation_and_the_staff_s_answer_reaches_the_customer()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var support = await Desk.OpenAsync(hub, office);
        var shopper = await Shopper.OrderAsync(pocket, "email");
        var mailbox = $"ada.{shopper.Number[^4..]}@example.com";
        await shopper.Page.GetByTestId("accept").ClickAsync();
        await shopper.Page.GetByTestId("verify-send").ClickAsync();
        await shopper.Page.GetByTestId("verify-code").FillAsync(await CodeInAsync(pocket, mailbox));
        await shopper.Page.GetByTestId("verify-check").ClickAsync();
        await shopper.PayAsync(Shopper.Approves);
        await Expect(shopper.Page.GetByTestId("confirm-code")).ToBeVisibleAsync();

        var mail = await OpenMailAsync(pocket, mailbox, "39.70");
        await mail.GetByTestId("mail-reply").FillAsync("Could you wrap it as a present?");
        await mail.GetByTestId("mail-reply-send").ClickAsync();
        await Expect(mail.GetByTestId("mail-reply-sent")).ToContainTextAsync("Sent.");

        await Desk.OpenConversationAsync(support, "Could you wrap it as a present?");
        await Expect(support.GetByTestId("chat-customer")).ToContainTextAsync("by e-mail");
        await support.GetByTestId("composer-text").FillAsync("Of course: in red paper.");
        await support.GetByTestId("composer-send").ClickAsync();
        await Expect(support.GetByTestId("chat-staff")).ToContainTextAsync("in red paper");

        // Nobody reads it in the chat: after a minute it goes where the customer wrote from.
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        await new Hub.EndToEnd.Support.SandboxClock(http).AdvanceAsync(TimeSpan.FromSeconds(61));
        var answer = await OpenMailAsync(pocket, mailbox, "wrote to you");
        await Expect(answer.FrameLocator("[data-testid=mail-html]").Locator("body")).ToContainTextAsync("in red paper");
        office.WasQuiet();
    }

    private static async Task<IPage> SettingsAsync(Shopper shopper)
    {
        var page = await shopper.Visit.OpenAsync("/shop#account");
        await page.GetByTestId("account-phone").FillAsync(shopper.Number);
        await page.GetByTestId("account-email").FillAsync($"ada.{shopper.Number[^4..]}@example.com");
        await page.GetByTestId("account-open").ClickAsync();
        await page.GetByTestId("tab-settings").ClickAsync();
        await Expect(page.GetByTestId("addresses")).ToBeVisibleAsync();
        return page;
    }

    private static async Task<string> CodeInAsync(Visit visit, string mailbox)
    {
        var page = await OpenMailAsync(visit, mailbox, "code");
        await page.GetByTestId("mail-plain").ClickAsync();
        var text = await page.GetByTestId("mail-text").TextContentAsync() ?? "";
        await page.CloseAsync();
        return System.Text.RegularExpressions.Regex.Match(text, @"\b\d{6}\b").Value;
    }

    /// <summary>The newest mail in a mailbox that has these words in its subject.</summary>
    private static async Task<IPage> OpenMailAsync(Visit visit, string mailbox, string words)
    {
        var page = await visit.OpenAsync("/sandbox/mail");
        var mine = page.Locator("[data-testid^=mail-]").Filter(new() { HasText = mailbox }).And(page.Locator("button"));
        await mine.Filter(new() { HasText = words }).First.ClickAsync();
        return page;
    }
}
