namespace Hub.Domain.Conversations;

/// <summary>A sentence that staff often says, kept per merchant.</summary>
/// <param name="Title">By which staff finds it.</param>
/// <param name="Text">The words; <c>{name}</c> and <c>{order}</c> stand for the customer's name and order.</param>
/// <param name="Language">What the words are in, two or three lower-case letters (ISO 639), such as <c>de</c>; <c>null</c> where nobody said.</param>
public sealed record CannedAnswer(string Title, string Text, string? Language = null);

/// <summary>The bounds of canned answers.</summary>
public static class CannedAnswers
{
    /// <summary>The most that one merchant may have.</summary>
    public const int Most = 50;

    private static readonly string[] Placeholders = ["{name}", "{order}"];

    /// <summary>What stands in braces in a text and is no placeholder.</summary>
    /// <returns><c>null</c> when all of it is known.</returns>
    public static string? Unknown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var from = text.IndexOf('{', StringComparison.Ordinal); from >= 0; from = text.IndexOf('{', from + 1))
        {
            var end = text.IndexOf('}', from);
            var found = end < 0 ? text[from..] : text[from..(end + 1)];
            if (!Placeholders.Contains(found, StringComparer.Ordinal)) return found;
        }

        return null;
    }
}
