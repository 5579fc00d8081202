using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Hub.EndToEnd.Pages;

/// <summary>One person's browser. Whatever a page complains about, and whatever asks for another host, is written down.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>Long enough for a machine that is busy; nothing waits it out unless something is wrong.</summary>
    private const float Patience = 15_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    internal Visit(IBrowserContext context, IReadOnlyList<string> addresses)
    {
        _context = context;
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        context.Console += (_, said) => Hear(said);
        context.WebError += (_, thrown) => _complaints.Enqueue($"thrown: {thrown.Error}");
        context.Request += (_, asked) =>
        {
            var own = addresses.Any(address => asked.Url.StartsWith(address + "/", StringComparison.Ordinal)
                || asked.Url.StartsWith(address.Replace("http:", "ws:", StringComparison.Ordinal) + "/", StringComparison.Ordinal));
            if (!own && !asked.Url.StartsWith("data:", StringComparison.Ordinal) && asked.Url != "about:srcdoc") _complaints.Enqueue($"left the hub: {asked.Url}");
        };
    }

    /// <summary>A new tab at a page.</summary>
    internal async Task<IPage> OpenAsync(string path)
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Takes the network away, or gives it back.</summary>
    internal Task GoOfflineAsync(bool offline) => _context.SetOfflineAsync(offline);

    /// <summary>The pages loaded nothing from elsewhere, threw nothing, broke no content policy and logged no error.</summary>
    internal void WasQuiet() => Assert.Empty(_complaints);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Hear(IConsoleMessage said)
    {
        if (said.Type is not ("error" or "warning")) return;
        if (!IsRefusal(said)) _complaints.Enqueue($"{said.Type}: {said.Text} at {said.Location}");
    }

    // Chromium logs every answer from 400 on, and the page cannot keep it from doing so. Nobody being signed in yet and a wrong code are such answers.
    private static bool IsRefusal(IConsoleMessage said) =>
        (said.Text.Contains("status of 401", StringComparison.Ordinal) && said.Location.Contains("/staff/me", StringComparison.Ordinal))
        || (said.Text.Contains("status of 409", StringComparison.Ordinal)
            && (said.Location.Contains("/confirmation", StringComparison.Ordinal) || said.Location.Contains("/wallet", StringComparison.Ordinal) || said.Location.Contains("/verification/check", StringComparison.Ordinal)));
}
