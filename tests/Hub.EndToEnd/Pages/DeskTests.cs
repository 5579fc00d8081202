using System.Text.RegularExpressions;
using Hub.EndToEnd.Support;
using Hub.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>What takes a person's decision, as the support desk decides it.</summary>
[Collection(PageWalks.Name)]
public sealed class DeskTests(DeskHub hub, PageBrowser browser) : IClassFixture<DeskHub>
{
    [Fact]
    [Trait("Invariant", "25")]
    public async Task A_held_payment_takes_nothing_until_the_desk_lets_it_go_on()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await PayingAsync(pocket, Shopper.Approves);
        var desk = await OpenDeskAsync(office, PaymentOf(shopper));

        await desk.GetByTestId("action-hold").ClickAsync();
        await desk.GetByTestId("action-confirm").ClickAsync();
        await Expect(desk.GetByTestId("action-reason-problem")).ToHaveTextAsync("Say why, in a few words.");
        await desk.GetByTestId("action-reason").FillAsync("The address looks odd");
        await desk.GetByTestId("action-confirm").ClickAsync();
        await Expect(desk.GetByTestId("held")).ToBeVisibleAsync();
        await AnswerAsync(shopper);
        await Expect(shopper.Page.GetByTestId("working")).ToContainTextAsync("Somebody is looking at this payment");
        await Pictures.TakeAsync(desk, "support-held");
        Assert.Empty(await Accessibility.FlawsOfAsync(desk));

        await desk.GetByTestId("action-approve").ClickAsync();
        await desk.GetByTestId("action-confirm").ClickAsync();
        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
        await Expect(desk.GetByTestId("journey-status")).ToHaveTextAsync("Succeeded");
        pocket.WasQuiet();
        office.WasQuiet();
    }

    [Fact]
    public async Task A_payment_that_the_desk_rejects_ends()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await PayingAsync(pocket, Shopper.Approves);
        var desk = await OpenDeskAsync(office, PaymentOf(shopper));

        await AnswerAsync(desk, "hold", "reason", "The address looks odd");
        await AnswerAsync(desk, "reject", "reason", "Nobody lives there");

        await Expect(desk.GetByTestId("journey-status")).ToHaveTextAsync("Canceled");
        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Payment canceled");
        pocket.WasQuiet();
        office.WasQuiet();
    }

    [Fact]
    [Trait("Invariant", "13")]
    public async Task A_case_about_a_bank_operation_is_settled_with_what_the_bank_did()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await AtPayingAsync(pocket);
        await shopper.PayAsync(Shopper.AnswersAnotherAmount);
        await Expect(shopper.Page.GetByTestId("working")).ToContainTextAsync("Somebody is looking at this payment");
        var desk = await OpenDeskAsync(office, PaymentOf(shopper));

        await Expect(desk.GetByTestId("case")).ToContainTextAsync("The bank answered with another amount or currency.");
        await desk.GetByTestId("action-settle").ClickAsync();
        await desk.GetByTestId("action-outcome-succeeded").CheckAsync();
        await desk.GetByTestId("action-confirm").ClickAsync();
        await Expect(desk.GetByTestId("action-bank_reference-problem")).ToBeVisibleAsync();
        await Expect(desk.GetByTestId("action-note-problem")).ToBeVisibleAsync();
        await Pictures.TakeAsync(desk, "support-case");
        Assert.Empty(await Accessibility.FlawsOfAsync(desk));
        await desk.GetByTestId("action-outcome-failed").CheckAsync();
        await Expect(desk.GetByTestId("action-bank_reference")).ToBeHiddenAsync();
        await desk.GetByTestId("action-note").FillAsync("The bank has canceled it");
        await desk.GetByTestId("action-confirm").ClickAsync();

        await Expect(desk.GetByTestId("case")).ToBeHiddenAsync();
        await Expect(shopper.Page.GetByTestId("last-error")).ToBeVisibleAsync();
        pocket.WasQuiet();
        office.WasQuiet();
    }

    [Fact]
    public async Task The_timeline_says_why_a_gateway_was_chosen()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var desk = await OpenDeskAsync(office, PaymentOf(await PayingAsync(pocket, Shopper.Approves)));

        await Expect(desk.Locator("[data-type='payment.submitted']").GetByTestId("event-detail")).ToHaveTextAsync(new Regex("^By sandbox"));
        office.WasQuiet();
    }

    [Fact]
    [Trait("Invariant", "6")]
    public async Task A_dispute_is_contested_and_won_and_a_late_refund_waits_for_a_second_person()
    {
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        var clock = new SandboxClock(http);
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var shopper = await PayingAsync(pocket, Shopper.Disputed);
        var payment = PaymentOf(shopper);
        await ConfirmAsync(shopper);

        await clock.AdvanceAsync(TimeSpan.FromHours(26));
        var desk = await OpenDeskAsync(office, payment);
        await Expect(desk.GetByTestId("dispute-deadline")).ToContainTextAsync("days left");
        await Pictures.TakeAsync(desk, "support-dispute");
        Assert.Empty(await Accessibility.FlawsOfAsync(desk));
        await AnswerAsync(desk, "evidence", "text", "Two books, delivered on Monday and signed for.");
        await Expect(desk.GetByTestId("dispute-status")).ToHaveTextAsync("Under review");
        await desk.CloseAsync();

        await clock.AdvanceAsync(TimeSpan.FromDays(120));
        var merchant = new Support.Api(http, SandboxKeys.DemoMerchantApiKey);
        await Eventually.HoldsAsync(async () => (await merchant.GetAsync($"/v1/payments/{payment}")).List("disputes").Single().Text("status") == "won", "the bank's decision");
        (await merchant.PostAsync($"/v1/payments/{payment}/refunds", new { amount = 1000 })).Expect(200);
        desk = await OpenDeskAsync(office, payment);
        await Expect(desk.GetByTestId("dispute-status")).ToHaveTextAsync("Won");
        await Expect(desk.GetByTestId("refunds")).ToContainTextAsync("it waits for a second person");
        await Pictures.TakeAsync(desk, "support-late-refund");
        Assert.Empty(await Accessibility.FlawsOfAsync(desk));
        await desk.GetByTestId("action-approve-refund").ClickAsync();
        await desk.GetByTestId("action-confirm").ClickAsync();
        await Expect(desk.GetByTestId("journey-status")).ToHaveTextAsync("Partly refunded");
    }

    [Fact]
    public async Task The_desk_decides_on_a_phone_too()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone, ColorScheme.Dark);
        var shopper = await PayingAsync(pocket, Shopper.Approves);
        var desk = await OpenDeskAsync(pocket, PaymentOf(shopper));

        await AnswerAsync(desk, "hold", "reason", "The address looks odd");
        await Expect(desk.GetByTestId("held")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(desk));
        pocket.WasQuiet();
    }

    private static string PaymentOf(Shopper shopper) => new Uri(shopper.Page.Url).Segments[^1];

    private static async Task<Shopper> AtPayingAsync(Visit visit)
    {
        var shopper = await Shopper.OrderAsync(visit);
        await shopper.AcceptAndVerifyAsync();
        return shopper;
    }

    private static async Task<Shopper> PayingAsync(Visit visit, string card)
    {
        var shopper = await AtPayingAsync(visit);
        await shopper.PayAsync(card);
        await Expect(shopper.Page.GetByTestId("confirm-sent-to")).ToContainTextAsync("We sent");
        return shopper;
    }

    private static async Task AnswerAsync(Shopper shopper)
    {
        await shopper.Page.GetByTestId("confirm-code").FillAsync(await shopper.ReadCodeAsync("or type"));
        await shopper.Page.GetByTestId("confirm-approve").ClickAsync();
    }

    private static async Task ConfirmAsync(Shopper shopper)
    {
        await AnswerAsync(shopper);
        await Expect(shopper.Page.GetByTestId("result-title")).ToHaveTextAsync("Thank you, it is paid");
    }

    /// <summary>Signs in and opens one journey by its address. A code counts once, so the clock goes on to the next.</summary>
    private async Task<IPage> OpenDeskAsync(Visit office, string payment)
    {
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        await new SandboxClock(http).AdvanceAsync(TimeSpan.FromSeconds(31));
        var desk = await office.OpenAsync($"/support#{payment}");
        await desk.GetByTestId("demo-user").ClickAsync();
        await Expect(desk.GetByTestId("staff-code")).ToHaveValueAsync(new Regex(@"^\d{6}$"));
        await desk.GetByTestId("sign-in").ClickAsync();
        await Expect(desk.GetByTestId("journey")).ToBeVisibleAsync();
        return desk;
    }

    private static async Task AnswerAsync(IPage desk, string action, string field, string text)
    {
        await desk.GetByTestId($"action-{action}").ClickAsync();
        await desk.GetByTestId($"action-{field}").FillAsync(text);
        await desk.GetByTestId("action-confirm").ClickAsync();
        await Expect(desk.GetByTestId("dialog")).ToBeHiddenAsync();
    }
}
