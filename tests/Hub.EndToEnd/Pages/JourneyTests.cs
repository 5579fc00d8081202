using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The journey as people walk it: shop, checkout, phone, mailbox, support, and the shop's back office.</summary>
[Collection(PageWalks.Name)]
public sealed class JourneyTests(PageHub hub, PageBrowser browser)
{
    [Fact]
    public async Task One_payment_is_seen_at_once_on_every_page()
    {
        await using var desk = await browser.VisitAsync(hub, Screen.Desk);
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await LookAroundAsync(desk);
        var support = await SignInAsync(desk);
        if (Pictures.Wanted) await OthersAsync();

        var shopper = await Shopper.OrderAsync(pocket);
        await shopper.AcceptAndVerifyAsync();
        await shopper.PayAsync(Shopper.Approves);
        var checkout = shopper.Page;
        await Expect(checkout.GetByTestId("confirm-amount")).ToHaveTextAsync("€39.70");
        await Expect(checkout.GetByTestId("confirm-payee")).ToHaveTextAsync("ACME Books");
        await Pictures.TakeAsync(checkout, "checkout");

        var phone = await shopper.OpenPhoneAsync();
        await Expect(phone.GetByTestId("message-in").Last).ToContainTextAsync("pay €39.70 to ACME Books? Reply PAY");
        await Pictures.TakeAsync(phone, "phone");
        Assert.Empty(await Accessibility.FlawsOfAsync(phone));
        await phone.GetByTestId("reply-pay").ClickAsync();
        await Expect(checkout.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
        await Expect(checkout.GetByTestId("answered-by")).ToHaveTextAsync("by text message");

        await ReceiptArrivedAsync(pocket);
        await SupportSeesItAsync(support, Id(checkout));
        await ShopDeliversAsync(desk, support, checkout);
        await Pictures.TakeAsync(support, "support");
        Assert.Empty(await Accessibility.FlawsOfAsync(support));
        await RefundAsync(support, checkout);
        pocket.WasQuiet();
        desk.WasQuiet();
    }

    private static string Id(IPage checkout) => new Uri(checkout.Url).Segments[^1];

    private static async Task LookAroundAsync(Visit desk)
    {
        var landing = await desk.OpenAsync("/");
        await Expect(landing.GetByTestId("test-cards")).ToContainTextAsync("4242 4242 4242 4242");
        await Pictures.TakeAsync(landing, "landing");
        await landing.GetByTestId("begin").ClickAsync();
        await landing.GetByTestId("add-BK-002").ClickAsync();
        await landing.GetByTestId("more-BK-002").First.ClickAsync();
        await landing.GetByTestId("sample-customer").ClickAsync();
        await Expect(landing.GetByTestId("basket-sum")).ToHaveTextAsync("€49.80");
        await Pictures.TakeAsync(landing, "shop");
        await landing.CloseAsync();
    }

    private static async Task<IPage> SignInAsync(Visit desk)
    {
        var support = await desk.OpenAsync("/support");
        await support.GetByTestId("demo-user").ClickAsync();
        await Expect(support.GetByTestId("staff-code")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"^\d{6}$"));
        await support.GetByTestId("sign-in").ClickAsync();
        await Expect(support.GetByTestId("live-state")).ToHaveTextAsync("Live");
        return support;
    }

    private static async Task ReceiptArrivedAsync(Visit pocket)
    {
        var mailbox = await pocket.OpenAsync("/sandbox/mail");
        await mailbox.GetByTestId("mail-subject").Filter(new() { HasText = "Receipt from ACME Books: €39.70" }).First.ClickAsync();
        await Expect(mailbox.FrameLocator("[data-testid=mail-html]").Locator("body")).ToContainTextAsync("Visa ending in 4242");
        Assert.Empty(await Accessibility.FlawsOfAsync(mailbox));
        await mailbox.CloseAsync();
    }

    private static async Task SupportSeesItAsync(IPage support, string payment)
    {
        await support.GetByTestId($"journey-{payment}").ClickAsync();
        await Expect(support.GetByTestId("journey-status")).ToHaveTextAsync("Succeeded");
        await Expect(support.GetByTestId("captured")).ToHaveTextAsync("€39.70");
        var events = support.GetByTestId("timeline").GetByTestId("event");
        foreach (var (type, channel) in new[] { ("payment.created", "api"), ("order.accepted", "web"), ("payment.authorized", "bank"), ("payment.confirmation_matched", "sms"), ("payment.capture_succeeded", "bank") })
            await Expect(events.And(support.Locator($"[data-type='{type}'][data-channel='{channel}']"))).ToHaveCountAsync(1);
        await Expect(events.And(support.Locator("[data-type='webhook.delivered']"))).ToHaveCountAsync(0);
        await support.GetByTestId("all-steps").ClickAsync();
        await Expect(events.And(support.Locator("[data-type='webhook.delivered']")).First).ToBeVisibleAsync();
        await support.GetByTestId("all-steps").ClickAsync();
    }

    private static async Task ShopDeliversAsync(Visit desk, IPage support, IPage checkout)
    {
        var shop = await desk.OpenAsync("/shop#orders");
        var order = shop.Locator("[data-testid^=order-ord_]").Filter(new() { HasText = "€39.70" }).And(shop.Locator("[data-status=paid]")).First;
        await order.GetByTestId("ship").ClickAsync();
        await Expect(checkout.GetByTestId("shipment")).ToContainTextAsync("Sandbox Post");
        await Expect(support.GetByTestId("order-status")).ToHaveTextAsync("Shipped");
        await shop.GetByTestId("deliver").First.ClickAsync();
        await Expect(checkout.GetByTestId("delivered")).ToBeVisibleAsync();
        await Expect(support.GetByTestId("order-status")).ToHaveTextAsync("Delivered");
        await shop.CloseAsync();
    }

    private static async Task RefundAsync(IPage support, IPage checkout)
    {
        await support.GetByTestId("action-refund").ClickAsync();
        await support.GetByTestId("action-amount").FillAsync("39.71");
        await support.GetByTestId("action-confirm").ClickAsync();
        await Expect(support.GetByTestId("action-amount-problem")).ToHaveTextAsync("At most €39.70.");
        await support.GetByTestId("action-amount").FillAsync("39.70");
        await support.GetByTestId("action-confirm").ClickAsync();
        await Expect(support.GetByTestId("journey-status")).ToHaveTextAsync("Refunded");
        await Expect(checkout.GetByTestId("result-title")).ToHaveTextAsync("This payment was refunded");
    }

    // A picture of a desk with one journey on it would flatter nobody.
    private async Task OthersAsync()
    {
        foreach (var (card, then) in new[] { (Shopper.AsksAtTheBank, "bank-page"), (Shopper.Declines, "last-error"), (Shopper.Approves, "confirm-code") })
        {
            await using var visit = await browser.VisitAsync(hub, Screen.Phone);
            var other = await Shopper.OrderAsync(visit);
            await other.AcceptAndVerifyAsync();
            await other.PayAsync(card);
            await Expect(other.Page.GetByTestId(then)).ToBeVisibleAsync();
        }
    }
}
