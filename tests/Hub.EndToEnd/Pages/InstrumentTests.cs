using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>Every way to pay but a bare card, as the customer walks it.</summary>
[Collection(PageWalks.Name)]
public sealed class InstrumentTests(PageHub hub, PageBrowser browser)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_wallet_stays_open_over_a_decline_and_its_other_card_pays()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtPayingAsync(visit, "wallet");
        var page = shopper.Page;
        await page.GetByTestId("wallet-new-password").FillAsync("short");
        await page.GetByTestId("wallet-create").ClickAsync();
        await Expect(page.GetByTestId("wallet-new-password-problem")).ToHaveTextAsync("Use at least 8 characters.");
        await page.GetByTestId("wallet-new-password").FillAsync(Password);
        await page.GetByTestId("wallet-new-again").FillAsync(Password);
        await page.GetByTestId("wallet-create").ClickAsync();
        await page.GetByTestId("wallet-code").FillAsync("000000");
        await page.GetByTestId("wallet-prove").ClickAsync();
        await Expect(page.GetByTestId("wallet-code-problem")).ToContainTextAsync("That code does not match.");
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await page.GetByTestId("wallet-code").FillAsync(await shopper.ReadWalletCodeAsync());
        await page.GetByTestId("wallet-prove").ClickAsync();
        await Expect(page.GetByTestId("wallet-open")).ToBeVisibleAsync();

        await shopper.PayAsync(Shopper.Declines);
        await Expect(page.GetByTestId("last-error")).ToContainTextAsync("Pick another card of your wallet.");
        await Expect(page.GetByTestId("wallet-open")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("saved-cards")).ToContainTextAsync("Declined for this payment");
        await Pictures.TakeAsync(page, "checkout-wallet");
        await shopper.PayAsync(Shopper.Amex, "1234");
        await ConfirmAsync(shopper);

        await Expect(page.GetByTestId("paid-with")).ToHaveTextAsync("American Express •••• 0005, from the wallet");
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_wallet_opens_with_its_own_password_alone_and_asks_for_the_code_each_time()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await AtPayingAsync(visit, "wallet");
        var page = shopper.Page;
        await CreateWalletAsync(shopper);
        await shopper.PayAsync(Shopper.Approves);
        await ConfirmAsync(shopper);

        await OrderAgainAsync(page, "wallet");
        await page.GetByTestId("wallet-password").FillAsync("wrong horse battery");
        await page.GetByTestId("wallet-unlock").ClickAsync();
        await Expect(page.GetByTestId("wallet-password-problem")).ToContainTextAsync("That is not the password of your wallet.");
        await page.GetByTestId("wallet-password").FillAsync(Password);
        await page.GetByTestId("wallet-unlock").ClickAsync();
        await page.GetByTestId("card-4242").CheckAsync();
        await page.GetByTestId("pay").ClickAsync();
        await Expect(page.GetByTestId("card-code-problem")).ToBeVisibleAsync();
        await page.GetByTestId("card-code").FillAsync("123");
        await page.GetByTestId("pay").ClickAsync();
        await ConfirmAsync(shopper);

        await Expect(page.GetByTestId("paid-with")).ToHaveTextAsync("Visa •••• 4242, from the wallet");
        visit.WasQuiet();
    }

    [Theory]
    [InlineData("approve", "result-title")]
    [InlineData("deny", "last-error")]
    public async Task Net_banking_pays_on_the_banks_own_page_after_the_confirmation(string answer, string then)
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtPayingAsync(visit, "net_banking");
        var page = shopper.Page;
        await Expect(page.GetByTestId("bank-dogwood")).ToBeDisabledAsync();
        await Expect(page.GetByTestId("banks")).ToContainTextAsync("Not available now");
        await page.GetByTestId("pay").ClickAsync();
        await Expect(page.GetByTestId("bank-problem")).ToHaveTextAsync("Pick your bank first.");
        await page.GetByTestId("bank-aster").CheckAsync();
        await Pictures.TakeAsync(page, "checkout-net-banking", fromTop: true);
        await page.GetByTestId("pay").ClickAsync();
        await TypeCodeAsync(shopper);

        await AtTheBankAsync(page, "10002001", "aster-garden");
        await Pictures.TakeAsync(page, "bank-net-banking");
        await page.GetByTestId($"order-{answer}").ClickAsync();

        await Expect(page.GetByTestId(then)).ToContainTextAsync(answer == "approve" ? "Thank you, it is paid" : "Aster Bank did not make the payment");
        if (answer == "approve") await Expect(page.GetByTestId("paid-with")).ToHaveTextAsync("Aster Bank, net banking");
        visit.WasQuiet();
    }

    [Fact]
    [Trait("Invariant", "11")]
    public async Task A_customer_whom_the_bank_loses_comes_back_by_themselves_and_the_hub_asks()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await AtPayingAsync(visit, "net_banking");
        var page = shopper.Page;
        var checkout = page.Url;
        await page.GetByTestId("bank-birch").CheckAsync();
        await page.GetByTestId("pay").ClickAsync();
        await TypeCodeAsync(shopper);

        await AtTheBankAsync(page, "10002002", "birch-grove");
        await page.GotoAsync(checkout);
        await Expect(page.GetByTestId("waiting-for-bank")).ToContainTextAsync("Waiting for Birch & Daughters");
        await page.GetByTestId("bank-page").ClickAsync();
        await SignInAsync(page, "10002002", "birch-grove");
        await page.GetByTestId("order-approve").ClickAsync();
        await Expect(page.GetByTestId("return-lost")).ToBeVisibleAsync();
        await page.GotoAsync(checkout);

        await Expect(page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid", new() { Timeout = 60_000 });
        visit.WasQuiet();
    }

    [Fact]
    public async Task E_cash_pays_as_long_as_it_is_enough_and_says_when_it_is_not()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtPayingAsync(visit, "ecash");
        var page = shopper.Page;
        await Expect(page.GetByTestId("ecash-balance")).ToHaveTextAsync("€50.00");
        await Expect(page.GetByTestId("ecash-left")).ToHaveTextAsync("€10.30");
        await Pictures.TakeAsync(page, "checkout-ecash");
        await page.GetByTestId("pay").ClickAsync();
        await ConfirmAsync(shopper);
        await Expect(page.GetByTestId("paid-with")).ToHaveTextAsync("E-cash");

        await OrderAgainAsync(page, "card");
        await Expect(page.GetByTestId("method-ecash")).ToBeDisabledAsync();
        await Expect(page.GetByTestId("note-ecash")).ToHaveTextAsync("€10.30: not enough");
        visit.WasQuiet();
    }

    [Fact]
    public async Task An_e_check_is_refused_at_its_fields_then_by_the_bank_and_another_account_pays()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await AtPayingAsync(visit, "echeck");
        var page = shopper.Page;
        await WriteCheckAsync(page, "011000051", "000100010002");
        await Expect(page.GetByTestId("routing-number-problem")).ToHaveTextAsync("One digit seems wrong: check the routing number.");
        await Pictures.TakeAsync(page, "checkout-echeck", fromTop: true);
        await WriteCheckAsync(page, "011000015", "000100010002");
        await TypeCodeAsync(shopper);
        await Expect(page.GetByTestId("last-error")).ToContainTextAsync("The bank knows no such account. Nothing was taken.");

        await WriteCheckAsync(page, "011000015", "000100010001");
        await ConfirmAsync(shopper);

        await Expect(page.GetByTestId("paid-with")).ToHaveTextAsync("E-check, Aster Bank •••• 0001");
        await Expect(page.GetByTestId("result")).ToContainTextAsync("clears it within days");
        visit.WasQuiet();
    }

    [Fact]
    public async Task The_signed_receipt_is_there_to_keep()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtPayingAsync(visit, "card");
        await shopper.PayAsync(Shopper.Approves);
        await ConfirmAsync(shopper);

        var download = await shopper.Page.RunAndWaitForDownloadAsync(() => shopper.Page.GetByTestId("download-receipt").ClickAsync());

        Assert.Equal($"receipt-{new Uri(shopper.Page.Url).Segments[^1]}.json", download.SuggestedFilename);
        Assert.Contains("\"receipt\"", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_way_to_pay_is_picked_and_walked_with_the_keyboard_alone()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await Shopper.OrderAsync(visit);
        await shopper.AcceptAndVerifyAsync();
        var page = shopper.Page;
        await Keyboard.TabToAsync(page, "method-card");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.GetByTestId("method-wallet")).ToBeFocusedAsync();
        await Keyboard.TypeAsync(page, "wallet-new-password", Password);
        await Keyboard.TypeAsync(page, "wallet-new-again", Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("wallet-code")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(await shopper.ReadWalletCodeAsync());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("wallet-open")).ToBeFocusedAsync();
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

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Every_way_to_pay_names_its_controls_and_can_be_read(bool phone, bool dark)
    {
        await using var visit = await browser.VisitAsync(hub, phone ? Screen.Phone : Screen.Desk, dark ? ColorScheme.Dark : ColorScheme.Light);
        var shopper = await Shopper.OrderAsync(visit);
        await shopper.AcceptAndVerifyAsync();
        var page = shopper.Page;
        foreach (var (method, sign) in new[] { ("wallet", "wallet-new-password"), ("net_banking", "banks"), ("ecash", "ecash-left"), ("echeck", "routing-number"), ("card", "card-number") })
        {
            await page.GetByTestId($"method-{method}").CheckAsync();
            await Expect(page.GetByTestId(sign)).ToBeVisibleAsync();
            if (method is "net_banking" or "echeck" or "card") await page.GetByTestId("pay").ClickAsync();
            Assert.Empty((await Accessibility.FlawsOfAsync(page)).Select(flaw => $"{method}: {flaw}"));
        }

        visit.WasQuiet();
    }

    private static async Task<Shopper> AtPayingAsync(Visit visit, string method)
    {
        var shopper = await Shopper.OrderAsync(visit);
        await shopper.AcceptAndVerifyAsync();
        await shopper.Page.GetByTestId($"method-{method}").CheckAsync();
        return shopper;
    }

    private static async Task OrderAgainAsync(IPage page, string method)
    {
        await page.GetByTestId("back-to-shop").ClickAsync();
        await page.GetByTestId("add-BK-001").ClickAsync();
        await page.GetByTestId("add-BK-003").ClickAsync();
        await page.GetByTestId("place-order").ClickAsync();
        await page.GetByTestId("accept").ClickAsync();
        await page.GetByTestId($"method-{method}").CheckAsync();
    }

    private static async Task CreateWalletAsync(Shopper shopper)
    {
        var page = shopper.Page;
        await page.GetByTestId("wallet-new-password").FillAsync(Password);
        await page.GetByTestId("wallet-new-again").FillAsync(Password);
        await page.GetByTestId("wallet-create").ClickAsync();
        await page.GetByTestId("wallet-code").FillAsync(await shopper.ReadWalletCodeAsync());
        await page.GetByTestId("wallet-prove").ClickAsync();
        await Expect(page.GetByTestId("wallet-open")).ToBeVisibleAsync();
    }

    private static async Task WriteCheckAsync(IPage page, string routing, string account)
    {
        await page.GetByTestId("routing-number").FillAsync(routing);
        await page.GetByTestId("account-number").FillAsync(account);
        await page.GetByTestId("account-holder").FillAsync("Ada Lovelace");
        await page.GetByTestId("pay").ClickAsync();
    }

    private static async Task AtTheBankAsync(IPage page, string customer, string password)
    {
        await page.GetByTestId("bank-page").ClickAsync();
        await SignInAsync(page, customer, password);
    }

    private static async Task SignInAsync(IPage page, string customer, string password)
    {
        await page.GetByTestId("order-customer").FillAsync(customer);
        await page.GetByTestId("order-password").FillAsync(password);
        await page.GetByTestId("order-sign-in").ClickAsync();
        await Expect(page.GetByTestId("order")).ToContainTextAsync("€39.70");
    }

    private static async Task TypeCodeAsync(Shopper shopper)
    {
        await Expect(shopper.Page.GetByTestId("confirm-sent-to")).ToContainTextAsync("We sent");
        await shopper.Page.GetByTestId("confirm-code").FillAsync(await shopper.ReadCodeAsync("or type"));
        await shopper.Page.GetByTestId("confirm-approve").ClickAsync();
    }

    private static async Task ConfirmAsync(Shopper shopper)
    {
        await TypeCodeAsync(shopper);
        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
    }
}
