using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hub.Domain.Kernel;

namespace Hub.Channels.Chat;

/// <summary>What people write to people, before it is kept: without one-time codes, card numbers and signs that turn or end a line.</summary>
/// <remarks>
/// Invariant 23. Codes and card numbers become stars: six digits that stand alone, as codes typed on pages do, and four behind an answer's word.
/// What came by phone or mail cannot be refused any more, so it is cleaned; a page is told instead.
/// </remarks>
public static partial class FreeText
{
    /// <summary>The longest message, in UTF-16 code units.</summary>
    public const int MaxLength = 2_000;

    /// <summary>The text with codes starred, as it may be kept.</summary>
    public static string WithoutCodes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var page = PageCode().Replace(text, "******");
        return Answer().Replace(page, found => $"{found.Groups["word"].Value}{found.Groups["gap"].Value}****");
    }

    /// <summary>A text that came by phone or mail, made fit to be kept and shown.</summary>
    /// <returns>Empty when nothing is left of it.</returns>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kept = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > MaxLength) break;
            if (rune.Value == '\n' || !IsUnfit(rune)) kept.Append(rune);
        }

        return WithoutCodes(Cards().Replace(kept.ToString(), found => LooksLikeACard(found.Value) ? "****" : found.Value)).Trim();
    }

    private static bool LooksLikeACard(string candidate)
    {
        var digits = candidate.Where(char.IsDigit).Select(sign => (byte)char.GetNumericValue(sign)).ToArray();
        return CardDigits.LookLikeACard(digits);
    }

    private static bool IsUnfit(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])\p{Nd}{6}(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant)]
    private static partial Regex PageCode();

    [GeneratedRegex(@"(?<word>\b(?:pay|no|not[ \u00A0]?me))(?<gap>[ \t\r\n\u00A0.,:\-]*)\p{Nd}{4}(?!\p{Nd})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Answer();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])\p{Nd}(?:[ .\-]?\p{Nd}){14,18}(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant)]
    private static partial Regex Cards();
}
