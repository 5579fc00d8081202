using System.Collections.Frozen;
using System.Text;

namespace Hub.Channels.Sms;

/// <summary>How a text travels: which alphabet, how many parts, and how to save parts.</summary>
/// <remarks>Source: 3GPP TS 23.038, 6.2.1 (GSM 7 bit default alphabet and its extension); TS 23.040, 9.2.3.24.1 (parts).</remarks>
public static class SmsText
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenSet<char> BasicSet = Basic.ToFrozenSet();
    private static readonly FrozenSet<char> ExtensionSet = Extension.ToFrozenSet();

    /// <summary>Whether every character is in the GSM alphabet or its extension.</summary>
    public static bool IsGsm7(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.All(c => BasicSet.Contains(c) || ExtensionSet.Contains(c));
    }

    /// <summary>How much of a part one character takes: 1 or 2 septets; <c>null</c> outside the GSM alphabet.</summary>
    public static int? Septets(char character)
    {
        if (BasicSet.Contains(character)) return 1;
        return ExtensionSet.Contains(character) ? 2 : null;
    }

    /// <summary>How many parts it is sent and billed as; an empty text is one.</summary>
    /// <remarks>GSM 7 bit: 160 septets, or 153 a part. UCS-2: 70 units, or 67 a part. An escaped character and a surrogate pair are never split.</remarks>
    public static int Segments(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsGsm7(text)
            ? Parts(text.Select(c => Septets(c)!.Value), whole: 160, part: 153)
            : Parts(text.EnumerateRunes().Select(r => r.Utf16SequenceLength), whole: 70, part: 67);
    }

    /// <summary>
    /// Replaces typographic characters and accents by what the GSM alphabet has, where all of the text fits there afterwards and
    /// that saves parts; otherwise gives the text back as it was. Digits have no stand-ins, so numbers, amounts and codes stay.
    /// </summary>
    public static string Thrifty(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = ToPlain(text);
        return IsGsm7(plain) && Segments(plain) < Segments(text) ? plain : text;
    }

    /// <summary>The same text with what can be replaced replaced. Characters of the GSM alphabet stay, and so does what has no stand-in.</summary>
    public static string ToPlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Septets(character) is null && GsmStandIns.Find(character) is { } standIn) plain.Append(standIn);
            else plain.Append(character);
        }

        return plain.ToString();
    }

    /// <summary>Shortens to a width, with <c>..</c> at the end where something was cut; never inside a surrogate pair.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="width">In septets, an escaped character counting two; outside the GSM alphabet in UTF-16 units. At least 3.</param>
    public static string Shorten(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 3);
        if (text.EnumerateRunes().Sum(Width) <= width) return text;
        var kept = new StringBuilder();
        var used = 2;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Width(rune);
            if (used > width) break;
            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "..";
    }

    private static int Width(Rune rune) => rune.IsBmp ? Septets((char)rune.Value) ?? 1 : 2;

    private static int Parts(IEnumerable<int> widths, int whole, int part)
    {
        var (total, parts, filled) = (0, 1, 0);
        foreach (var width in widths)
        {
            total += width;
            if (filled + width > part)
            {
                parts++;
                filled = 0;
            }

            filled += width;
        }

        return total <= whole ? 1 : parts;
    }
}
