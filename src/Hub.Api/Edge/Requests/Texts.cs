using System.Globalization;
using System.Text;

namespace Hub.Api.Edge.Requests;

/// <summary>Which text may reach a message, a header, a file or a screen.</summary>
/// <remarks>
/// CR and LF would end a mail header; bidirectional embeddings, overrides and isolates make a line read as another one
/// (Unicode Technical Report 36, 2.5). The plain marks LRM and RLM are needed in right-to-left text and stay.
/// </remarks>
public static class Texts
{
    /// <summary>Why a text is not one line for people; <c>null</c> when it is.</summary>
    public static string? WhyNotLine(string text) => WhyNot(text, lineFeed: false);

    /// <summary>Why a text is not some lines for people; <c>null</c> when it is.</summary>
    public static string? WhyNotLines(string text) => WhyNot(text, lineFeed: true);

    /// <summary>Why a text is not a token of visible ASCII; <c>null</c> when it is.</summary>
    public static string? WhyNotToken(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return "must not be empty";
        return text.All(letter => letter is > ' ' and <= '~') ? null : "must be visible ASCII characters without spaces";
    }

    private static string? WhyNot(string text, bool lineFeed)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text)) return "must not be blank";
        foreach (var rune in text.EnumerateRunes())
        {
            if (lineFeed && rune.Value == '\n') continue;
            if (IsControl(rune)) return "must not hold control characters or line breaks";
            if (TurnsText(rune)) return "must not hold bidirectional control characters";
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal)) return "must be valid Unicode";
        }

        return null;
    }

    private static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool TurnsText(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
