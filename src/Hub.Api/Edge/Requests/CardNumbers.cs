using System.Text.RegularExpressions;
using Hub.Domain.Kernel;

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
        Span<byte> digits = stackalloc byte[19];
        var count = 0;
        foreach (var sign in candidate)
        {
            if (char.IsDigit(sign)) digits[count++] = (byte)char.GetNumericValue(sign);
        }

        return CardDigits.LookLikeACard(digits[..count]);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(?:\p{Nd}{15,19}|\p{Nd}{4}[ .-]\p{Nd}{6}[ .-]\p{Nd}{5}|(?:\p{Nd}{4}[ .-]){3}\p{Nd}{4}(?:[ .-]\p{Nd}{1,3})?)(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant)]
    private static partial Regex Candidates();
}
