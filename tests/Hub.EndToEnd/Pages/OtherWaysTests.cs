using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The other ways a payment can go, as the customer sees them.</summary>
[Collection(PageWalks.Name)]
public sealed class OtherWaysTests(PageHub hub, PageBrowser browser)
{
    [Fact]
    public async Task After_a_decline_another_card_pays_the_same_payment()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtTheCardAsync(visit);

        await shopper.PayAsync(Shopper.Declines);
        await Expect(shopper.Page.GetByTestId("last-error")).ToContainTextAsync("Your bank declined the card ending in 0002");
        await Expect(shopper.Page.GetByTestId("saved-cards")).ToContainTextAsync("Declined for this payment");
        await shopper.PayAsync(Shopper.Approves);
        await Expect(shopper.Page.GetByTestId("confirm-code")).ToBeVisibleAsync();
        var phone = await shopper.OpenPhoneAsync();
        await phone.GetByTestId("reply-pay").ClickAsync();

        await Expect(shopper.Page.GetByTestId("receipt")).ToContainTextAsync("Visa •••• 4242");
        visit.WasQuiet();
    }

    [Fact]
    public async Task The_code_of_the_message_may_be_typed_on_the_page_and_a_wrong_one_is_counted()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await AtTheCardAsync(visit);
        await shopper.PayAsync(Shopper.Approves);

        var code = await shopper.ReadCodeAsync("or type");
        await shopper.Page.GetByTestId("confirm-code").FillAsync(code == "000000" ? "000001" : "000000");
        await shopper.Page.GetByTestId("confirm-approve").ClickAsync();
        await Expect(shopper.Page.GetByTestId("confirm-code-problem")).ToHaveTextAsync("That code does not match. 1 of 5 wrong answers used.");
        await shopper.Page.GetByTestId("confirm-code").FillAsync(code);
        await shopper.Page.GetByTestId("confirm-approve").ClickAsync();

        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
        await Expect(shopper.Page.GetByTestId("answered-by")).ToHaveTextAsync("on this page");
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_payment_that_the_customer_did_not_order_is_rejected_for_good()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtTheCardAsync(visit);
        await shopper.PayAsync(Shopper.Approves);

        await shopper.Page.GetByTestId("reject").ClickAsync();
        await shopper.Page.GetByTestId("reject-not-me").ClickAsync();

        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Payment rejected");
        await Expect(shopper.Page.GetByTestId("checkout")).ToHaveAttributeAsync("data-status", "canceled");
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_no_from_the_phone_releases_the_card_and_lets_the_customer_pay_differently()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtTheCardAsync(visit);
        await shopper.PayAsync(Shopper.Approves);

        var phone = await shopper.OpenPhoneAsync();
        await phone.GetByTestId("reply-no").ClickAsync();

        await Expect(shopper.Page.GetByTestId("last-error")).ToContainTextAsync("You said no");
        await Expect(shopper.Page.GetByTestId("pay")).ToBeVisibleAsync();
        visit.WasQuiet();
    }

    [Theory]
    [InlineData("approve", "confirm-code")]
    [InlineData("deny", "last-error")]
    public async Task The_bank_asks_on_its_own_page_and_leads_back(string answer, string then)
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AtTheCardAsync(visit);
        await shopper.PayAsync(Shopper.AsksAtTheBank);

        await shopper.Page.GetByTestId("bank-page").ClickAsync();
        await Expect(shopper.Page.GetByTestId("question")).ToContainTextAsync("€39.70");
        await shopper.Page.GetByTestId($"bank-{answer}").ClickAsync();
        await Expect(shopper.Page.GetByTestId($"bank-{answer}")).ToBeHiddenAsync();
        await shopper.Page.GetByTestId("bank-back").ClickAsync();

        await Expect(shopper.Page.GetByTestId(then)).ToBeVisibleAsync();
        visit.WasQuiet();
    }

    private static async Task<Shopper> AtTheCardAsync(Visit visit)
    {
        var shopper = await Shopper.OrderAsync(visit);
        await shopper.AcceptAndVerifyAsync();
        return shopper;
    }
}
