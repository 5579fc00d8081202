using System.Text.RegularExpressions;
using Hub.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hub.EndToEnd.Pages;

/// <summary>The support desk, signed in.</summary>
internal static partial class Desk
{
    /// <summary>Signs in; a code counts once, so the clock goes on to the next.</summary>
    /// <param name="hub">Whose clock may be moved.</param>
    /// <param name="desk">The browser of somebody of the staff.</param>
    /// <param name="email">Who, where it is not the demo user; all of the sandbox's staff have one password and second factor.</param>
    internal static async Task<IPage> OpenAsync(DeskHub hub, Visit desk, string? email = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        await new SandboxClock(http).AdvanceAsync(TimeSpan.FromSeconds(31));
        var support = await desk.OpenAsync("/support");
        await support.GetByTestId("demo-user").ClickAsync();
        await Expect(support.GetByTestId("staff-code")).ToHaveValueAsync(SixDigits());
        if (email is not null) await support.GetByTestId("staff-email").FillAsync(email);
        await support.GetByTestId("sign-in").ClickAsync();
        await Expect(support.GetByTestId("live-state")).ToHaveTextAsync("Live");
        return support;
    }

    /// <summary>Opens the conversation in which something was said.</summary>
    internal static async Task OpenConversationAsync(IPage support, string said)
    {
        await support.GetByTestId("tab-conversations").ClickAsync();
        await support.Locator("[data-testid^=conversation-cnv_]").Filter(new() { HasText = said }).ClickAsync();
        await Expect(support.GetByTestId("conversation")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"^\d{6}$")]
    private static partial Regex SixDigits();
}
