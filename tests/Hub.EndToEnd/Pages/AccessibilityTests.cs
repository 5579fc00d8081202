using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The pages for those who do not see well, or use no mouse.</summary>
[Collection(PageWalks.Name)]
public sealed class AccessibilityTests(PageHub hub, PageBrowser browser)
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Every_page_names_its_controls_and_can_be_read(bool phone, bool dark)
    {
        await using var visit = await browser.VisitAsync(hub, phone ? Screen.Phone : Screen.Desk, dark ? ColorScheme.Dark : ColorScheme.Light);
        foreach (var (path, sign) in new[]
        {
            ("/", "test-cards"), ("/shop", "goods"), ("/shop#orders", "orders"), ("/sandbox/phone", "phone-number"), ("/sandbox/mail", "mails"),
            ("/sandbox/bank", "bank-calls"), ("/sandbox/bank?authorization=bau_nothing", "question-unknown"), ("/sandbox/clock", "clock-freeze"), ("/support", "sign-in"), ("/checkout/pay_nothing", "no-session"),
        })
        {
            var page = await visit.OpenAsync(path);
            await page.GetByTestId(sign).WaitForAsync(new() { State = WaitForSelectorState.Attached });
            Assert.Empty((await Accessibility.FlawsOfAsync(page)).Select(flaw => $"{path}: {flaw}"));
            await page.CloseAsync();
        }

        await CheckoutAsync(visit);
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_payment_needs_nothing_but_the_keyboard()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var page = await visit.OpenAsync("/shop");
        await Keyboard.PressAsync(page, "add-ST-001");
        await Keyboard.PressAsync(page, "sample-customer");
        var shopper = new Shopper(visit, page, await page.GetByTestId("phone").InputValueAsync());
        await Keyboard.PressAsync(page, "place-order");
        await Keyboard.PressAsync(page, "accept");
        await Keyboard.PressAsync(page, "verify-send");
        await Keyboard.TypeAsync(page, "verify-code", await shopper.ReadCodeAsync("your code is"));
        await page.Keyboard.PressAsync("Enter");
        await Keyboard.TypeAsync(page, "card-number", Shopper.Approves);
        await Keyboard.TypeAsync(page, "card-expiry", "1230");
        await Keyboard.TypeAsync(page, "card-code", "123");
        await Keyboard.TypeAsync(page, "card-holder", "Ada Lovelace");
        await page.Keyboard.PressAsync("Enter");
        await Keyboard.TypeAsync(page, "confirm-code", await shopper.ReadCodeAsync("or type"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
        visit.WasQuiet();
    }

    private static async Task CheckoutAsync(Visit visit)
    {
        var shopper = await Shopper.OrderAsync(visit);
        await IsSoundAsync("review");
        await shopper.AcceptAndVerifyAsync();
        await shopper.Page.GetByTestId("pay").ClickAsync();
        await Expect(shopper.Page.GetByTestId("card-number-problem")).ToBeVisibleAsync();
        await IsSoundAsync("card");
        await shopper.PayAsync(Shopper.Declines);
        await Expect(shopper.Page.GetByTestId("last-error")).ToBeVisibleAsync();
        await IsSoundAsync("declined");
        await shopper.PayAsync(Shopper.Approves);
        await shopper.Page.GetByTestId("reject").ClickAsync();
        await IsSoundAsync("confirm");
        await shopper.Page.GetByTestId("reject-not-me").ClickAsync();
        await Expect(shopper.Page.GetByTestId("result")).ToBeVisibleAsync();
        await IsSoundAsync("result");

        async Task IsSoundAsync(string step) => Assert.Empty((await Accessibility.FlawsOfAsync(shopper.Page)).Select(flaw => $"{step}: {flaw}"));
    }
}
