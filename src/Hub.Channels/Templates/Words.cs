using System.Globalization;
using System.Text;
using Hub.Channels.Sms;

namespace Hub.Channels.Templates;

/// <summary>Makes names that others chose fit to stand in a message.</summary>
internal static class Words
{
    /// <summary>The widest payee in a text message, in septets.</summary>
    internal const int PayeeWidth = 20;

    /// <summary>The widest order reference or tracking number in a text message, in septets.</summary>
    internal const int ReferenceWidth = 24;

    /// <summary>The widest order reference in a text message that lists three of them, in septets.</summary>
    internal const int ListedWidth = 16;

    private const int LongestLine = 200;

    /// <summary>
    /// One line: line breaks, control and invisible formatting characters become spaces, runs of spaces one. So no name can forge the
    /// line that binds a code to a page, nor begin a header.
    /// </summary>
    internal static string OneLine(string name)
    {
        var line = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            var isSpace = char.IsWhiteSpace(character) || CharUnicodeInfo.GetUnicodeCategory(character)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (!isSpace) line.Append(character);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        var trimmed = line.ToString().TrimEnd();
        return trimmed.Length <= LongestLine ? trimmed : SmsText.Shorten(trimmed, LongestLine);
    }

    /// <summary>A payee for a text message.</summary>
    internal static string Payee(string name) => Narrow(name, PayeeWidth);

    /// <summary>An order reference or tracking number for a text message.</summary>
    internal static string Reference(string reference) => Narrow(reference, ReferenceWidth);

    /// <summary>
    /// One line, in the GSM alphabet where all of it fits there, not wider than <paramref name="width"/>. A name that cannot be
    /// written there whole is left as it is: half of it in other letters would save nothing.
    /// </summary>
    internal static string Narrow(string name, int width)
    {
        var line = OneLine(name);
        var plain = SmsText.ToPlain(line);
        return SmsText.Shorten(SmsText.IsGsm7(plain) ? plain : line, width);
    }

    /// <summary>One line for a message that is not in the GSM alphabet anyway: every letter stays.</summary>
    internal static string NarrowAsIs(string name, int width) => SmsText.Shorten(OneLine(name), width);

    /// <summary>
    /// What a person wrote, for a text message: one line, as wide as three parts are beside what stands around it, whichever alphabet it takes.
    /// </summary>
    internal static string Passage(string text)
    {
        var line = string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var plain = SmsText.ToPlain(line);
        return SmsText.IsGsm7(plain) ? SmsText.Shorten(plain, 400) : SmsText.Shorten(line, 160);
    }

    /// <summary>What a person wrote, for a letter: a paragraph a line.</summary>
    internal static IReadOnlyList<string> Paragraphs(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
