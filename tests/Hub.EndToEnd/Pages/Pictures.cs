using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Hub.EndToEnd.Pages;

/// <summary>Pictures for the documents, taken by the very tests that prove the pages: <c>HUB_SCREENSHOTS=1 dotnet test</c>.</summary>
internal static class Pictures
{
    /// <summary>Whether this run takes them; a plain one leaves the checkout as it was.</summary>
    internal static bool Wanted { get; } = Environment.GetEnvironmentVariable("HUB_SCREENSHOTS") == "1";

    /// <summary>Writes <c>docs/pictures/{name}.png</c>: what the window shows.</summary>
    /// <param name="page">What is shown.</param>
    /// <param name="name">The file's name, without its ending.</param>
    /// <param name="fromTop">Whether the page is scrolled back first, where a walk has moved it.</param>
    internal static async Task TakeAsync(IPage page, string name, bool fromTop = false)
    {
        if (!Wanted) return;
        await page.Mouse.MoveAsync(0, 0);
        if (fromTop) await page.EvaluateAsync("scrollTo({ top: 0 })");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), $"{name}.png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "pictures")).FullName;
}
