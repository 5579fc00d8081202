using Microsoft.Playwright;

namespace Hub.EndToEnd.Pages;

/// <summary>A page used with nothing but the keyboard.</summary>
internal static class Keyboard
{
    /// <summary>More stops than any page has; a form that cannot be reached by then is out of reach.</summary>
    private const int MostStops = 80;

    /// <summary>Moves on with Tab until this element has the focus, and sees that the focus shows.</summary>
    internal static async Task TabToAsync(IPage page, string testid)
    {
        await page.GetByTestId(testid).WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await page.EvaluateAsync<string?>("document.activeElement?.dataset.testid ?? null") == testid)
            {
                Assert.True(await page.EvaluateAsync<bool>(FocusShows), $"The focus on {testid} cannot be seen.");
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{testid} cannot be reached with the keyboard.");
    }

    /// <summary>Goes to a field and types.</summary>
    internal static async Task TypeAsync(IPage page, string testid, string text)
    {
        await TabToAsync(page, testid);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Goes to a button and presses it.</summary>
    internal static async Task PressAsync(IPage page, string testid)
    {
        await TabToAsync(page, testid);
        await page.Keyboard.PressAsync("Enter");
    }

    // A choice shows the focus on the whole label around the radio button.
    private const string FocusShows = """
        () => {
          const outlined = (element) => { const style = element && getComputedStyle(element); return !!style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; };
          return outlined(document.activeElement) || outlined(document.activeElement.closest('label'));
        }
        """;
}
