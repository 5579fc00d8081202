using System.Globalization;
using Microsoft.Playwright;

namespace Hub.EndToEnd.Pages;

/// <summary>One Chromium for all tests of the pages; each visit has a profile of its own in it.</summary>
public sealed class PageBrowser : IAsyncLifetime
{
    private static readonly string? Path = Find();

    private int _samples = 2000;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Whether this machine can show pages at all.</summary>
    public static bool IsInstalled => Path is not null;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Path is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
            ],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens the browser for somebody, or skips the test where there is none.</summary>
    /// <param name="hub">What they visit.</param>
    /// <param name="screen">What they hold.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="locale">What their browser is set to, BCP 47.</param>
    internal async Task<Visit> VisitAsync(PageHub hub, Screen screen, ColorScheme scheme = ColorScheme.Light, string locale = "en-GB")
    {
        if (_browser is null) Assert.Skip("Chromium is missing: apt-get install chromium");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = hub.Address,
            ViewportSize = screen is Screen.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            ColorScheme = scheme,
            Locale = locale,
            TimezoneId = "Europe/Berlin",
        });
        // The shop makes a sample number up; here no two visitors may draw the same one, or they would read each other's messages.
        var sample = Interlocked.Increment(ref _samples).ToString(CultureInfo.InvariantCulture);
        await context.AddInitScriptAsync($"if (window.origin !== 'null') sessionStorage.setItem('acme.sample', '{sample}');");
        return new(context, hub.Addresses);
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Prepend("/usr/bin").Where(folder => folder.Length > 0)
        .SelectMany(folder => new[] { "chromium", "chromium-browser" }.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

/// <summary>What somebody holds in their hands or has on the desk.</summary>
internal enum Screen
{
    Phone,
    Desk,
}
