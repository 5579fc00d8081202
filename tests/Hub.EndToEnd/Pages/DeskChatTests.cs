using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Sandbox;
using Hub.Silo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>What the desk does about conversations: whom they go to, and what is said often.</summary>
[Collection(PageWalks.Name)]
public sealed class DeskChatTests(DeskHub hub, PageBrowser browser) : IClassFixture<DeskHub>
{
    [Fact]
    public async Task A_conversation_is_handed_over_to_a_colleague_from_the_list()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        await using var next = await browser.VisitAsync(hub, Screen.Phone, ColorScheme.Dark);
        var support = await Desk.OpenAsync(hub, office);
        var colleague = await Desk.OpenAsync(hub, next, SandboxKeys.ColleagueEmail);
        await SayAsync(pocket, "Can I change the address?");
        await Desk.OpenConversationAsync(support, "Can I change the address?");
        await support.GetByTestId("conversation-take").ClickAsync();
        await Expect(Status(support)).ToHaveTextAsync("Yours");

        await support.GetByTestId("conversation-hand-over").ClickAsync();
        await Expect(support.GetByTestId("hand-over")).ToBeDisabledAsync();
        await Expect(support.GetByTestId("hand-over-to").Locator("option")).Not.ToContainTextAsync([SandboxKeys.StaffEmail]);
        await support.GetByTestId("hand-over-to").SelectOptionAsync(SandboxKeys.ColleagueEmail);
        Assert.Empty(await Accessibility.FlawsOfAsync(support));
        await support.GetByTestId("hand-over").ClickAsync();

        await Expect(Status(support)).ToHaveTextAsync("noor");
        await Expect(support.GetByTestId("hand-over-form")).ToHaveCountAsync(0);
        await colleague.GetByTestId("tab-conversations").ClickAsync();
        await colleague.GetByTestId("chats-mine").ClickAsync();
        await colleague.Locator("[data-testid^=conversation-cnv_]").Filter(new() { HasText = "Can I change the address?" }).ClickAsync();
        await Expect(Status(colleague)).ToHaveTextAsync("Yours");
        await colleague.GetByTestId("conversation-hand-over").ClickAsync();
        await Expect(colleague.GetByTestId("hand-over-to")).ToBeFocusedAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(colleague));
        office.WasQuiet();
        next.WasQuiet();
    }

    [Fact]
    public async Task A_colleague_who_left_meanwhile_is_no_longer_on_the_list()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone);
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var staff = hub.Part<StaffDirectory>();
        await staff.CreateAsync(new NewStaff("leaver@acme.example", SandboxKeys.StaffPassword, [StaffRole.Support], [SandboxSeed.MerchantId]), TestContext.Current.CancellationToken);
        var support = await Desk.OpenAsync(hub, office);
        await SayAsync(pocket, "Is the shop open on Sunday?");
        await Desk.OpenConversationAsync(support, "Is the shop open on Sunday?");
        await support.GetByTestId("conversation-hand-over").ClickAsync();
        await support.GetByTestId("hand-over-to").SelectOptionAsync("leaver@acme.example");
        await staff.DisableAsync("leaver@acme.example", TestContext.Current.CancellationToken);

        await support.GetByTestId("hand-over").ClickAsync();

        await Expect(support.GetByTestId("hand-over-to-problem")).ToHaveTextAsync("They no longer serve this merchant. Choose somebody else.");
        await Expect(support.GetByTestId("hand-over-to").Locator("option[value='leaver@acme.example']")).ToHaveCountAsync(0);
        await Expect(Status(support)).ToHaveTextAsync("Waiting");
    }

    [Fact]
    public async Task Canned_answers_are_written_in_the_page_and_the_customer_s_language_comes_first()
    {
        await using var pocket = await browser.VisitAsync(hub, Screen.Phone, locale: "de-DE");
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var support = await Desk.OpenAsync(hub, office);
        await support.GetByTestId("tab-answers").ClickAsync();
        await WriteAsync(support, "On its way", "en", "Dear {name}, {order} left us today.");
        await WriteAsync(support, "Unterwegs", "de", "Guten Tag {name}, {order} ist unterwegs.");
        await WriteAsync(support, "Our address", "", "12 Analytical Row, Berlin");
        await support.GetByTestId("answer-add").ClickAsync();
        await support.GetByTestId("answer-title").FillAsync("On its way");
        await support.GetByTestId("answer-text").FillAsync("Your code is {code}.");
        await support.GetByTestId("answer-save").ClickAsync();
        await Expect(support.GetByTestId("answer-title-problem")).ToHaveTextAsync("There is an answer of this title in this language.");
        await Expect(support.GetByTestId("answer-text-problem")).ToContainTextAsync("{code} stands for nothing.");
        Assert.Empty(await Accessibility.FlawsOfAsync(support));
        await support.GetByTestId("answer").Filter(new() { HasText = "Unterwegs" }).ClickAsync();
        await support.GetByTestId("answer-text").FillAsync("Guten Tag {name}, {order} ist seit heute unterwegs.");
        await support.GetByTestId("answer-save").ClickAsync();
        await Expect(support.GetByTestId("answer-saved")).ToHaveTextAsync("Saved.");
        await Pictures.TakeAsync(support, "support-answers");

        await SayAsync(pocket, "Wo ist meine Bestellung?");
        await Desk.OpenConversationAsync(support, "Wo ist meine Bestellung?");
        await Expect(support.GetByTestId("canned").Locator("optgroup")).ToHaveCountAsync(3);
        Assert.Equal(
            ["Deutsch", "Any language", "English"],
            await support.GetByTestId("canned").Locator("optgroup").EvaluateAllAsync<string[]>("all => all.map((one) => one.label)"));
        await support.GetByTestId("canned").SelectOptionAsync(new SelectOptionValue { Label = "Unterwegs" });
        await Expect(support.GetByTestId("composer-text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Guten Tag Ada Lovelace, A-.* ist seit heute unterwegs\\.$"));
        await support.GetByTestId("composer-send").ClickAsync();
        await Expect(support.GetByTestId("chat-staff")).ToContainTextAsync("ist seit heute unterwegs.");

        await support.GetByTestId("tab-answers").ClickAsync();
        await support.GetByTestId("answer").Filter(new() { HasText = "Our address" }).ClickAsync();
        await support.GetByTestId("answer-remove").ClickAsync();
        await support.GetByTestId("answer-remove-sure").ClickAsync();
        await Expect(support.GetByTestId("answer").Filter(new() { HasText = "Unterwegs" })).ToBeVisibleAsync();
        await Expect(support.GetByTestId("answer").Filter(new() { HasText = "Our address" })).ToHaveCountAsync(0);
        office.WasQuiet();
    }

    [Fact]
    public async Task Of_two_who_change_the_answers_at_once_the_second_sees_the_first_s_and_loses_nothing()
    {
        await using var one = await browser.VisitAsync(hub, Screen.Desk);
        await using var two = await browser.VisitAsync(hub, Screen.Phone, ColorScheme.Dark);
        var first = await Desk.OpenAsync(hub, one);
        var second = await Desk.OpenAsync(hub, two, SandboxKeys.ColleagueEmail);
        await second.GetByTestId("tab-answers").ClickAsync();
        await second.GetByTestId("answer-add").ClickAsync();
        await second.GetByTestId("answer-title").FillAsync("Second");
        await second.GetByTestId("answer-text").FillAsync("Said by the second.");
        await first.GetByTestId("tab-answers").ClickAsync();
        await WriteAsync(first, "First", "en", "Said by the first.");

        await second.GetByTestId("answer-save").ClickAsync();
        await Expect(second.GetByTestId("answer-problem")).ToContainTextAsync("The answers have changed meanwhile");
        Assert.Empty(await Accessibility.FlawsOfAsync(second));
        await second.GetByTestId("answer-save").ClickAsync();
        await Expect(second.GetByTestId("answer-saved")).ToHaveTextAsync("Saved.");

        await second.GetByRole(AriaRole.Button, new() { Name = "All answers" }).ClickAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(second));
        await first.GetByTestId("answer-remove").ClickAsync();
        await first.GetByTestId("answer-remove-sure").ClickAsync();
        await Expect(first.GetByTestId("answer-problem")).ToContainTextAsync("Press again to remove this one.");
        await Expect(first.GetByTestId("answer").Filter(new() { HasText = "Said by the" })).ToHaveCountAsync(2);
        await first.GetByTestId("answer-remove-sure").ClickAsync();
        await Expect(first.GetByTestId("answer").Filter(new() { HasText = "Said by the first." })).ToHaveCountAsync(0);
        await Expect(first.GetByTestId("answer").Filter(new() { HasText = "Said by the second." })).ToHaveCountAsync(1);
    }

    /// <summary>The hub kept the answer, the page never heard so, and its writer goes on writing: it is one answer, and nobody else is blamed.</summary>
    [Fact]
    public async Task An_answer_that_was_kept_unheard_is_changed_in_its_place()
    {
        await using var office = await browser.VisitAsync(hub, Screen.Desk);
        var support = await Desk.OpenAsync(hub, office);
        await support.GetByTestId("tab-answers").ClickAsync();
        await support.GetByTestId("answer-add").ClickAsync();
        await support.GetByTestId("answer-title").FillAsync("Kept unheard");
        await support.GetByTestId("answer-text").FillAsync("First words");
        await support.RouteAsync("**/canned_answers", async route =>
        {
            if (route.Request.Method == "PUT") await route.FetchAsync();
            await route.AbortAsync();
        });
        await support.GetByTestId("answer-save").ClickAsync();
        await Expect(support.GetByTestId("answer-problem")).ToBeVisibleAsync();
        await support.UnrouteAsync("**/canned_answers");

        await support.GetByTestId("answer-text").FillAsync("Better words");
        await support.GetByTestId("answer-save").ClickAsync();
        await Expect(support.GetByTestId("answer-problem")).ToContainTextAsync("What you wrote is kept here: press again to save it.");
        await support.GetByTestId("answer-save").ClickAsync();

        await Expect(support.GetByTestId("answer-saved")).ToHaveTextAsync("Saved.");
        await Expect(support.GetByTestId("answer").Filter(new() { HasText = "Kept unheard" })).ToContainTextAsync((string[])["Better words"]);
    }

    private static ILocator Status(IPage support) => support.GetByTestId("conversation").GetByTestId("conversation-status");

    private static async Task SayAsync(Visit pocket, string text)
    {
        var page = await pocket.OpenAsync("/shop");
        await page.GetByTestId("add-BK-001").ClickAsync();
        await page.GetByTestId("sample-customer").ClickAsync();
        await page.GetByTestId("place-order").ClickAsync();
        await page.GetByTestId("chat-open").ClickAsync();
        await page.GetByTestId("chat-text").FillAsync(text);
        await page.GetByTestId("chat-text").PressAsync("Enter");
        await Expect(page.GetByTestId("chat-customer")).ToContainTextAsync(text);
    }

    private static async Task WriteAsync(IPage support, string title, string language, string text)
    {
        await support.GetByTestId("answer-add").ClickAsync();
        await support.GetByTestId("answer-title").FillAsync(title);
        await support.GetByTestId("answer-language").SelectOptionAsync(language);
        await support.GetByTestId("answer-text").FillAsync(text);
        await support.GetByTestId("answer-save").ClickAsync();
        await Expect(support.GetByTestId("answer-saved")).ToHaveTextAsync("Saved.");
    }
}
