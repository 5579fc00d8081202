using System.Text.RegularExpressions;

namespace Hub.Api.Edge.Requests;

/// <summary>Finds card numbers in text that is meant for something else.</summary>
/// <remarks>
/// Invariant 23: what people type into the wrong field must not reach the journal, a message or an error. Looked for are 15 to 19
/// digits in a row, or in the groups that cards show, that stand alone, begin as cards do and pass the check of ISO/IEC 7812-1, annex B.
/// Thirteen and fourteen digits are left to article numbers (GTIN), and digits beside letters to hashes and ids.
/// </remarks>
public static partial class CardNumbers
{
    private const string Hidden = "…";

    /// <summary>Whether a card number stands in a text.</summary>
    public static bool AreIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var match in Candidates().EnumerateMatches(text))
        {
            if (IsCard(text.AsSpan(match.Index, match.Length))) return true;
        }

        return false;
    }

    /// <summary>The text, or nothing of it when a card number stands in it: for names that an error repeats.</summary>
    public static string Shown(string text) => AreIn(text) ? Hidden : text;

    private static bool IsCard(ReadOnlySpan<char> candidate)
    {
        Span<int> digits = stackalloc int[19];
        var count = 0;
        foreach (var sign in candidate)
        {
            if (char.IsDigit(sign)) digits[count++] = (int)char.GetNumericValue(sign);
        }

        return BeginsAsCardsDo((digits[0] * 1000) + (digits[1] * 100) + (digits[2] * 10) + digits[3]) && HasCheckDigit(digits[..count]);
    }

    // Source: the schemes' published issuer ranges, also of those the hub does not take.
    private static bool BeginsAsCardsDo(int four) => four
        is (>= 4000 and <= 4999)
        or (>= 5100 and <= 5599) or (>= 2221 and <= 2720)
        or (>= 3400 and <= 3499) or (>= 3700 and <= 3799)
        or (>= 3528 and <= 3589)
        or 6011 or (>= 6440 and <= 6599)
        or (>= 6200 and <= 6299) or (>= 8100 and <= 8199);

    private static bool HasCheckDigit(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var fromRight = 0; fromRight < digits.Length; fromRight++)
        {
            var digit = digits[digits.Length - 1 - fromRight] * (fromRight % 2 == 1 ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(?:\p{Nd}{15,19}|\p{Nd}{4}[ .-]\p{Nd}{6}[ .-]\p{Nd}{5}|(?:\p{Nd}{4}[ .-]){3}\p{Nd}{4}(?:[ .-]\p{Nd}{1,3})?)(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant)]
    private static partial Regex Candidates();
}
