using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>A customer's own page: every payment, the open question on top, the settings, and what it does without a network.</summary>
[Collection(PageWalks.Name)]
public sealed class MyPaymentsTests(PageHub hub, PageBrowser browser)
{
    [Fact]
    public async Task An_open_question_is_on_top_and_follows_the_answer_from_the_phone()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AwaitingAsync(visit);
        var my = await OpenAsync(shopper);

        await Expect(my.GetByTestId("confirm-amount")).ToHaveTextAsync("€39.70");
        await Expect(my.GetByTestId("my-status")).ToHaveTextAsync("Awaiting confirmation");
        Assert.Empty(await Accessibility.FlawsOfAsync(my));
        await Pictures.TakeAsync(my, "my-payments", fromTop: true);
        var phone = await shopper.OpenPhoneAsync();
        await phone.GetByTestId("reply-pay").ClickAsync();

        await Expect(my.GetByTestId("my-status")).ToHaveTextAsync("Paid");
        await Expect(my.GetByTestId("confirm-code")).ToBeHiddenAsync();
        await my.GetByTestId("my-details").ClickAsync();
        var download = await my.RunAndWaitForDownloadAsync(() => my.GetByTestId("download-receipt").ClickAsync());
        Assert.StartsWith("receipt-pay_", download.SuggestedFilename, StringComparison.Ordinal);
        visit.WasQuiet();
    }

    [Fact]
    public async Task A_code_typed_here_confirms_a_payment_that_was_begun_at_the_checkout()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await AwaitingAsync(visit);
        var my = await OpenAsync(shopper);

        await my.GetByTestId("confirm-code").FillAsync(await shopper.ReadCodeAsync("or type"));
        await my.GetByTestId("confirm-approve").ClickAsync();

        await Expect(my.GetByTestId("my-status")).ToHaveTextAsync("Paid");
        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
        visit.WasQuiet();
    }

    [Fact]
    public async Task Whoever_answers_second_is_told_what_happened_and_sees_no_error()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AwaitingAsync(visit);
        var page = shopper.Page;
        var code = await shopper.ReadCodeAsync("or type");
        // What the page would be told is held back, as on a slow line, so that it answers a question that is closed.
        await page.RouteAsync("**/live**", route => route.AbortAsync());
        await page.ReloadAsync();
        await Expect(page.GetByTestId("live-state")).ToHaveTextAsync("Connecting…");
        await page.GetByTestId("confirm-code").FillAsync(code);
        var phone = await shopper.OpenPhoneAsync();
        await phone.GetByTestId("reply-pay").ClickAsync();
        await Expect(phone.GetByTestId("message-out")).ToHaveCountAsync(1);
        var my = await OpenAsync(shopper);
        await Expect(my.GetByTestId("my-status")).ToHaveTextAsync("Paid");

        await page.GetByTestId("confirm-approve").ClickAsync();

        await Expect(page.GetByTestId("answered-elsewhere")).ToContainTextAsync("Already confirmed by text message.");
        await Expect(page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
        await Expect(page.Locator(".notice-bad")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_message_s_link_opens_the_journey_where_it_stands()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await Shopper.OrderAsync(visit);
        var payment = new Uri(shopper.Page.Url).Segments[^1];
        await OpenAsync(shopper);

        // Another tab of the same person: it has no session of its own for this payment.
        var link = await visit.OpenAsync($"/my?payment={payment}");
        await Expect(link).ToHaveURLAsync(new Regex($"/checkout/{payment}$"));
        await Expect(link.GetByTestId("accept")).ToBeVisibleAsync();
        var foreign = await visit.OpenAsync("/my?payment=pay_00000000000000000000000000");
        await Expect(foreign.GetByTestId("my-unknown")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Settings_are_kept_by_the_hub_and_a_wrong_one_is_named_at_its_field()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await Shopper.OrderAsync(visit);
        var my = await OpenAsync(shopper);
        await my.GetByTestId("tab-settings").ClickAsync();
        await my.GetByTestId("set-shipping").SelectOptionAsync("sms,email");
        await my.GetByTestId("set-after").SelectOptionAsync("300");
        await my.GetByTestId("set-quiet").CheckAsync();
        await my.GetByTestId("set-quiet-to").FillAsync("22:00");
        await my.GetByTestId("settings-save").ClickAsync();
        await Expect(my.GetByTestId("set-quiet-to-problem")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(my));
        await my.GetByTestId("set-quiet-to").FillAsync("06:30");
        await my.GetByTestId("settings-save").ClickAsync();
        await Expect(my.GetByTestId("settings-saved")).ToHaveTextAsync("Saved.");

        await my.ReloadAsync();
        await Expect(my.GetByTestId("set-shipping")).ToHaveValueAsync("sms,email");
        await Expect(my.GetByTestId("set-after")).ToHaveValueAsync("300");
        await Expect(my.GetByTestId("set-quiet-to")).ToHaveValueAsync("06:30");
        await Expect(my.GetByTestId("set-quiet-zone")).ToHaveValueAsync("Europe/Berlin");
        await Pictures.TakeAsync(my, "my-settings", fromTop: true);

        await my.GetByTestId("verify-sms").ClickAsync();
        await my.GetByTestId("address-code").FillAsync(await shopper.ReadCodeAsync("your code is"));
        await my.GetByTestId("address-check").ClickAsync();
        await Expect(my.GetByTestId("address-verified")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_address_is_added_and_one_that_was_taken_away_comes_back()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        var my = await OpenAsync(await Shopper.OrderAsync(visit));
        await my.GetByTestId("tab-settings").ClickAsync();
        await my.GetByTestId("address-add").ClickAsync();
        await my.GetByTestId("address-channel").SelectOptionAsync("email");
        await my.GetByTestId("address-value").FillAsync("no mailbox");
        await my.GetByTestId("address-save").ClickAsync();
        await Expect(my.GetByTestId("address-value-problem")).ToBeVisibleAsync();
        await my.GetByTestId("address-value").FillAsync("second@example.com");
        await my.GetByTestId("address-save").ClickAsync();
        await Expect(my.GetByTestId("address-email")).ToHaveCountAsync(2);

        await my.GetByTestId("remove-email").First.ClickAsync();
        await my.GetByTestId("remove-sure-email").ClickAsync();
        await Expect(my.GetByTestId("address-email")).ToHaveCountAsync(1);
        await my.GetByTestId("address-restore").ClickAsync();
        await Expect(my.GetByTestId("address-email")).ToHaveCountAsync(2);
        Assert.Empty(await Accessibility.FlawsOfAsync(my));
    }

    [Fact]
    public async Task Without_a_network_the_page_opens_and_goes_on_by_itself_and_nothing_of_the_hub_is_kept()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var my = await OpenAsync(await Shopper.OrderAsync(visit));
        await my.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        var kept = await my.EvaluateAsync<string[]>(
            "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys())))).then((lists) => lists.flat().map((one) => new URL(one.url).pathname))");
        Assert.Contains("/my", kept);
        Assert.DoesNotContain(kept, path => path.StartsWith("/v1", StringComparison.Ordinal) || path.StartsWith("/live", StringComparison.Ordinal) || path.StartsWith("/sandbox", StringComparison.Ordinal));

        await visit.GoOfflineAsync(true);
        await my.ReloadAsync();
        await Expect(my.GetByTestId("offline")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(my));
        await visit.GoOfflineAsync(false);

        await Expect(my.GetByTestId("my-status")).ToHaveTextAsync("Not paid yet");
        await Expect(my.GetByTestId("offline")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_order_whose_payment_ended_is_paid_anew()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var shopper = await AwaitingAsync(visit);
        await shopper.Page.GetByTestId("reject").ClickAsync();
        await shopper.Page.GetByTestId("reject-not-me").ClickAsync();
        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Payment rejected");
        var ended = shopper.Page.Url;

        await shopper.Page.GetByTestId("pay-again").ClickAsync();

        await Expect(shopper.Page.GetByTestId("card-number").Or(shopper.Page.GetByTestId("saved-cards")).First).ToBeVisibleAsync();
        Assert.NotEqual(ended, shopper.Page.Url);
        await shopper.Page.GetByTestId("card-4242").CheckAsync();
        await shopper.Page.GetByTestId("card-code").FillAsync("123");
        await shopper.Page.GetByTestId("pay").ClickAsync();
        // The question of the payment that ended is on the phone as well.
        var phone = await shopper.OpenPhoneAsync();
        await Expect(phone.GetByTestId("message-in").Filter(new() { HasText = "or type" })).ToHaveCountAsync(2);
        await phone.GetByTestId("reply-pay").ClickAsync();
        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
    }

    [Fact]
    public async Task A_visit_that_has_ended_says_so_instead_of_connecting_for_ever()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var my = await OpenAsync(await Shopper.OrderAsync(visit));
        await my.RouteAsync("**/live/**", route => route.FulfillAsync(new() { Status = 401 }));
        await my.ReloadAsync();
        await Expect(my.GetByTestId("my-orders")).ToBeVisibleAsync();

        await my.RouteAsync("**/v1/customers/**", route => route.FulfillAsync(new() { Status = 401 }));

        await Expect(my.GetByTestId("signed-out")).ToContainTextAsync("Your visit has ended");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_can_be_read_by_everybody(bool dark)
    {
        await using var visit = await browser.VisitAsync(hub, dark ? Screen.Desk : Screen.Phone, dark ? ColorScheme.Dark : ColorScheme.Light);
        var outside = await visit.OpenAsync("/my");
        await Expect(outside.GetByTestId("signed-out")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(outside));
        var my = await OpenAsync(await AwaitingAsync(visit));
        await Expect(my.GetByTestId("confirm-code")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(my));
        await my.GetByTestId("tab-settings").ClickAsync();
        await Expect(my.GetByTestId("settings")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(my));
    }

    private static async Task<Shopper> AwaitingAsync(Visit visit)
    {
        var shopper = await Shopper.OrderAsync(visit);
        await shopper.AcceptAndVerifyAsync();
        await shopper.PayAsync(Shopper.Approves);
        await Expect(shopper.Page.GetByTestId("confirm-code")).ToBeVisibleAsync();
        return shopper;
    }

    /// <summary>Signs in at the shop, which leads to the page.</summary>
    private static async Task<IPage> OpenAsync(Shopper shopper)
    {
        var page = await shopper.Visit.OpenAsync("/shop#account");
        await page.GetByTestId("account-phone").FillAsync(shopper.Number);
        await page.GetByTestId("account-email").FillAsync($"ada.{shopper.Number[^4..]}@example.com");
        await page.GetByTestId("account-open").ClickAsync();
        await Expect(page.GetByTestId("live-state")).ToHaveTextAsync("Live");
        await Expect(page.GetByTestId("my-orders")).ToBeVisibleAsync();
        return page;
    }
}
