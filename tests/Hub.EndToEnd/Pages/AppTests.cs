using System.Text.Json;
using Hub.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The customer's pages as an app: what a browser asks of one before it offers to install it, and the offer on the page.</summary>
[Collection(PageWalks.Name)]
public sealed class AppTests(PageHub hub, PageBrowser browser)
{
    [Fact]
    public async Task The_browser_finds_all_that_an_app_needs()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var my = await visit.OpenAsync("/my");
        await WorkerAsync(my);
        var tools = await my.Context.NewCDPSessionAsync(my);

        var manifest = (await tools.SendAsync("Page.getAppManifest"))!.Value;
        Assert.Empty(manifest.List("errors"));
        Assert.EndsWith("/manifest.webmanifest", manifest.Text("url"), StringComparison.Ordinal);
        var app = JsonDocument.Parse(manifest.Text("data")!).RootElement;
        Assert.Equal(("standalone", "/my"), (app.Text("display"), app.Text("start_url")));
        Assert.NotEmpty(app.Text("name")!);
        foreach (var icon in app.List("icons")) Assert.Equal(icon.Text("sizes"), await SizeOfAsync(my, icon.Text("src")!));
        Assert.Contains(app.List("icons"), icon => icon.Text("sizes") == "192x192");
        Assert.Contains(app.List("icons"), icon => icon.Text("sizes") == "512x512");

        // A profile of a test counts as private, and nothing is ever installed there: all else must be in order.
        var missing = (await tools.SendAsync("Page.getInstallabilityErrors"))!.Value.List("installabilityErrors").Select(error => error.Text("errorId")).Except(["in-incognito"]);
        Assert.Empty(missing);
        visit.WasQuiet();
    }

    [Fact]
    public async Task The_offer_to_install_waits_at_the_end_of_the_page_and_is_made_once()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var my = await MineAsync(visit);
        Assert.True(await OfferAsync(my), "The page keeps the browser from asking by itself.");
        await Expect(my.GetByTestId("install")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(my));
        await my.GetByTestId("install-now").ClickAsync();
        Assert.True(await my.EvaluateAsync<bool>("prompted"));
        await Expect(my.GetByTestId("install")).ToHaveCountAsync(0);

        await OfferAsync(my);
        await my.GetByTestId("install-later").ClickAsync();
        await Expect(my.GetByTestId("install")).ToHaveCountAsync(0);
        await my.ReloadAsync();
        await Expect(my.GetByTestId("my-orders")).ToBeVisibleAsync();
        await OfferAsync(my);
        await Expect(my.GetByTestId("install")).ToHaveCountAsync(0);
        visit.WasQuiet();
    }

    [Fact]
    public async Task Without_a_network_a_checkout_opens_and_goes_on_once_there_is_one()
    {
        await using var visit = await browser.VisitAsync(hub, Screen.Phone);
        var page = (await Shopper.OrderAsync(visit)).Page;

        // Who has opened a checkout once has the app's pages kept.
        await WorkerAsync(page);
        await visit.GoOfflineAsync(true);
        await page.ReloadAsync();

        await Expect(page.GetByTestId("load-problem")).ToBeVisibleAsync();
        Assert.Empty(await Accessibility.FlawsOfAsync(page));
        await visit.GoOfflineAsync(false);
        await page.GetByTestId("load-again").ClickAsync();

        await Expect(page.GetByTestId("accept")).ToBeVisibleAsync();
    }

    // WaitForFunction would take the promise itself for a yes.
    private static async Task WorkerAsync(IPage page) => await page.EvaluateAsync(
        """
        async () => {
          const active = async () => (await navigator.serviceWorker.getRegistrations()).filter((one) => one.active?.state === 'activated').length;
          for (let looks = 0; await active() < 2; looks++) {
            if (looks > 600) throw new Error('The pages are not kept.');
            await new Promise((on) => setTimeout(on, 25));
          }
        }
        """);

    private static Task<string> SizeOfAsync(IPage page, string source) =>
        page.EvaluateAsync<string>("source => new Promise((done, failed) => { const image = new Image(); image.onload = () => done(`${image.naturalWidth}x${image.naturalHeight}`); image.onerror = failed; image.src = source; })", source);

    /// <summary>What Chromium does where a page can be installed; it does so in no profile of a test.</summary>
    /// <returns>Whether the page took the asking on itself.</returns>
    private static Task<bool> OfferAsync(IPage page) => page.EvaluateAsync<bool>(
        "() => { window.prompted = false; const offer = new Event('beforeinstallprompt', { cancelable: true }); offer.prompt = async () => { window.prompted = true; }; return !dispatchEvent(offer); }");

    private static async Task<IPage> MineAsync(Visit visit)
    {
        var shopper = await Shopper.OrderAsync(visit);
        var page = await visit.OpenAsync("/shop#account");
        await page.GetByTestId("account-phone").FillAsync(shopper.Number);
        await page.GetByTestId("account-email").FillAsync($"ada.{shopper.Number[^4..]}@example.com");
        await page.GetByTestId("account-open").ClickAsync();
        await Expect(page.GetByTestId("my-orders")).ToBeVisibleAsync();
        return page;
    }
}
