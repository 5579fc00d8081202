using System.Text.Encodings.Web;
using Hub.EndToEnd.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>A hub, and a shop on two other ports of this machine: one whose origin the hub was told, and one that it was not.</summary>
public sealed class ForeignShopHub : PageHub
{
    private readonly string _named = $"http://localhost:{FreePort()}";
    private readonly string _unnamed = $"http://localhost:{FreePort()}";
    private WebApplication? _shop;

    internal override IReadOnlyList<string> Addresses => [Address, _named, _unnamed];

    protected override IEnumerable<string> Settings => [$"--Hub:ChatOrigins={_named}"];

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (Address.Length == 0) return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _shop = builder.Build();
        _shop.Urls.Add(_named);
        _shop.Urls.Add(_unnamed);
        _shop.MapGet("/", (HttpContext http, string customer, string token) => Page(http, customer, token));
        await _shop.StartAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The page of the shop with the chat on it, for one customer.</summary>
    internal string PageOf(bool named, string customer, string token) => $"{(named ? _named : _unnamed)}/?customer={customer}&token={token}";

    // As strict as such a page can be: the chat's file, what it asks and what it hears are all that is let through.
    private IResult Page(HttpContext http, string customer, string token)
    {
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src {Address}; connect-src {Address} {Address.Replace("http:", "ws:", StringComparison.Ordinal)}; img-src data:";
        var html = HtmlEncoder.Default;
        return Results.Content(
            $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Another shop</title><link rel="icon" href="data:,"></head>
            <body><main><h1>Another shop</h1><p>Its pages come from another host than the hub's.</p></main>
            <script src="{Address}/omnihub-chat.js" async></script>
            <omnihub-chat customer="{html.Encode(customer)}" token="{html.Encode(token)}"></omnihub-chat></body></html>
            """,
            "text/html; charset=utf-8");
    }
}

/// <summary>The chat on a shop's own page, on another host than the hub's.</summary>
[Collection(PageWalks.Name)]
public sealed class ForeignShopTests(ForeignShopHub hub, PageBrowser browser) : IClassFixture<ForeignShopHub>
{
    [Fact]
    public async Task A_customer_and_the_staff_speak_on_a_page_of_a_named_shop_and_a_new_token_goes_on()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        using var merchant = new Merchant(http);
        var customer = (await merchant.CreateCustomerAsync("Ada Lovelace", HubUnderTest.NewNumber(), HubUnderTest.NewMailbox())).Text("id")!;
        var page = await visit.OpenAsync(hub.PageOf(named: true, customer, await merchant.OpenSessionAsync(customer, null)));
        await page.GetByTestId("chat-open").ClickAsync();
        await page.GetByTestId("chat-text").FillAsync("Do you have it in green?");
        await page.GetByTestId("chat-text").PressAsync("Enter");
        await Expect(page.GetByTestId("chat-customer")).ToContainTextAsync("Do you have it in green?");
        await Expect(page.GetByTestId("chat")).ToHaveAttributeAsync("data-live", "live");

        var staff = await Staff.SignInAsync(http);
        var conversation = (await staff.Api.GetAsync($"/v1/customers/{customer}/conversation")).Text("id")!;
        (await staff.Api.PostAsync($"/v1/conversations/{conversation}/messages", new { text = "We do." })).Expect(201);
        await Expect(page.GetByTestId("chat-staff")).ToContainTextAsync("We do.");
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await Pictures.TakeAsync(page, "chat-elsewhere");
        visit.WasQuiet();

        // The shop hears that the visit has ended, and asks its own server for another token.
        await page.EvaluateAsync("document.querySelector('omnihub-chat').addEventListener('omnihub-ended', () => { document.title = 'Ended'; })");
        await page.GetByTestId("chat-text").PressSequentiallyAsync("Then I ");
        await hub.Part<Hub.Api.Access.ICredentials>().RevokeCustomerAsync(customer, TestContext.Current.CancellationToken);
        await Expect(page.GetByTestId("chat-ended")).ToContainTextAsync("Your visit has ended");
        await Expect(page).ToHaveTitleAsync("Ended");
        await page.EvaluateAsync("token => document.querySelector('omnihub-chat').setAttribute('token', token)", await merchant.OpenSessionAsync(customer, null));
        await Expect(page.GetByTestId("chat-staff")).ToContainTextAsync("We do.");
        await page.Keyboard.TypeAsync("take it.");
        await page.GetByTestId("chat-send").ClickAsync();
        await Expect(page.GetByTestId("chat-customer")).ToContainTextAsync((string[])["Do you have it in green?", "Then I take it."]);
    }

    /// <summary>Another tab has signed somebody else in: each new token would be as foreign as the last one, and each costs the shop a session.</summary>
    [Fact]
    public async Task A_page_is_not_asked_for_one_token_after_the_other_where_none_fits_its_customer()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        using var merchant = new Merchant(http);
        var customer = (await merchant.CreateCustomerAsync("Ada Lovelace", HubUnderTest.NewNumber(), HubUnderTest.NewMailbox())).Text("id")!;
        var other = (await merchant.CreateCustomerAsync("Charles Babbage", HubUnderTest.NewNumber(), HubUnderTest.NewMailbox())).Text("id")!;
        var page = await visit.OpenAsync(hub.PageOf(named: true, customer, await merchant.OpenSessionAsync(customer, null)));
        await page.GetByTestId("chat-open").ClickAsync();
        await Expect(page.GetByTestId("chat")).ToHaveAttributeAsync("data-live", "live");
        await page.EvaluateAsync("document.title = ''; document.querySelector('omnihub-chat').addEventListener('omnihub-ended', () => { document.title += 'Ended'; })");

        await page.EvaluateAsync("token => document.querySelector('omnihub-chat').setAttribute('token', token)", await merchant.OpenSessionAsync(other, null));

        await Expect(page.GetByTestId("chat-ended")).ToBeVisibleAsync();
        await page.EvaluateAsync("([customer, token]) => { const chat = document.querySelector('omnihub-chat'); chat.setAttribute('customer', customer); chat.setAttribute('token', token); }", new[] { other, await merchant.OpenSessionAsync(other, null) });
        await Expect(page.GetByTestId("chat")).ToHaveAttributeAsync("data-live", "live");
        await Expect(page.GetByTestId("chat-ended")).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync("");
    }

    [Fact]
    public async Task On_a_page_of_a_shop_that_nobody_named_nothing_is_read_or_said()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Desk);
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        using var merchant = new Merchant(http);
        var customer = (await merchant.CreateCustomerAsync("Ada Lovelace", HubUnderTest.NewNumber(), HubUnderTest.NewMailbox())).Text("id")!;

        var page = await visit.OpenAsync(hub.PageOf(named: false, customer, await merchant.OpenSessionAsync(customer, null)));
        await page.GetByTestId("chat-open").ClickAsync();

        await Expect(page.GetByTestId("chat-offline")).ToContainTextAsync("No connection.");
        await Expect(page.GetByTestId("chat-status")).ToBeDisabledAsync();
    }
}
