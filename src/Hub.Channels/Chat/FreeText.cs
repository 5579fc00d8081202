using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hub.Domain.Kernel;

namespace Hub.Channels.Chat;

/// <summary>What people write to people, before it is kept: without one-time codes, card numbers and signs that turn or end a line.</summary>
/// <remarks>
/// Invariant 23. Codes and card numbers become stars: six digits that stand alone, as codes typed on pages do, and four behind an answer's word
/// that begins a line, as answers do. What is known to be the name of an order stays.
/// What came by phone or mail cannot be refused any more, so it is cleaned; a page is told instead.
/// </remarks>
public static partial class FreeText
{
    /// <summary>The longest message, in UTF-16 code units.</summary>
    public const int MaxLength = 2_000;

    /// <summary>The text with codes starred, as it may be kept.</summary>
    /// <param name="text">The words.</param>
    /// <param name="isName">Whether digits are the name of an order, and no code; <c>null</c>: none are.</param>
    public static string WithoutCodes(string text, Func<string, bool>? isName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var page = PageCode().Replace(text, found => isName?.Invoke(found.Value) is true ? found.Value : "******");
        return Answer().Replace(page, found => !EndsItsLine(page, found) && isName?.Invoke(found.Groups["digits"].Value) is true ? found.Value : $"{found.Groups["before"].Value}****");
    }

    /// <summary>A text that came by phone or mail, made fit to be kept and shown.</summary>
    /// <param name="text">The words as they came.</param>
    /// <param name="isName">As for <see cref="WithoutCodes"/>.</param>
    /// <returns>Empty when nothing is left of it.</returns>
    public static string Clean(string text, Func<string, bool>? isName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kept = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > MaxLength) break;
            if (rune.Value == '\n' || !IsUnfit(rune)) kept.Append(rune);
        }

        return WithoutCodes(Cards().Replace(kept.ToString(), found => LooksLikeACard(found.Value) ? "****" : found.Value), isName).Trim();
    }

    // An answer has nothing behind its number; "No. 1001 has not come" has.
    private static bool EndsItsLine(string text, Match found)
    {
        foreach (var rune in text.AsSpan(found.Index + found.Length).EnumerateRunes())
        {
            if (rune.Value == '\n') return true;
            if (Rune.IsLetter(rune)) return false;
        }

        return true;
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

    // Whatever signs an answer is read through may stand before its word.
    [GeneratedRegex(@"^(?<before>[^\p{L}\p{Nd}\n]*(?:pay|no|not[ \u00A0]?me)[ \t\r\n\u00A0.,:\-]*)(?<digits>\p{Nd}{4})(?!\p{Nd})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Answer();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])\p{Nd}(?:[ .\-]?\p{Nd}){14,18}(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant)]
    private static partial Regex Cards();
}
