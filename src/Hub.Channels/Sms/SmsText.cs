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

    private static readonly FrozenDictionary<char, string> Plain = new Dictionary<char, string>
    {
        ['\u00A0'] = " ", ['\u2007'] = " ", ['\u2009'] = " ", ['\u202F'] = " ", ['\u2003'] = " ", ['\u2002'] = " ", ['\t'] = " ",
        ['\u2018'] = "'", ['\u2019'] = "'", ['\u201A'] = "'", ['\u201B'] = "'", ['\u2032'] = "'", ['`'] = "'", ['\u00B4'] = "'",
        ['\u201C'] = "\"", ['\u201D'] = "\"", ['\u201E'] = "\"", ['\u2033'] = "\"", ['\u00AB'] = "\"", ['\u00BB'] = "\"",
        ['\u2010'] = "-", ['\u2011'] = "-", ['\u2012'] = "-", ['\u2013'] = "-", ['\u2014'] = "-", ['\u2212'] = "-",
        ['\u2026'] = "...", ['\u2022'] = "*", ['\u00B7'] = ".", ['\u00D7'] = "x",
        ['\u200B'] = "", ['\u200C'] = "", ['\u200D'] = "", ['\u2060'] = "", ['\uFEFF'] = "", ['\u00AD'] = "",
        ['á'] = "a", ['â'] = "a", ['ã'] = "a", ['ç'] = "c", ['ê'] = "e", ['ë'] = "e", ['í'] = "i", ['î'] = "i", ['ï'] = "i",
        ['ó'] = "o", ['ô'] = "o", ['õ'] = "o", ['ú'] = "u", ['û'] = "u", ['ý'] = "y", ['ÿ'] = "y", ['œ'] = "oe", ['Œ'] = "OE",
        ['Á'] = "A", ['À'] = "A", ['Â'] = "A", ['Ã'] = "A", ['È'] = "E", ['Ê'] = "E", ['Ë'] = "E", ['Í'] = "I", ['Ì'] = "I",
        ['Î'] = "I", ['Ï'] = "I", ['Ó'] = "O", ['Ò'] = "O", ['Ô'] = "O", ['Õ'] = "O", ['Ú'] = "U", ['Ù'] = "U", ['Û'] = "U",
        ['Ý'] = "Y", ['č'] = "c", ['Č'] = "C", ['š'] = "s", ['Š'] = "S", ['ž'] = "z", ['Ž'] = "Z", ['ł'] = "l", ['Ł'] = "L",
        ['ą'] = "a", ['ę'] = "e", ['ś'] = "s", ['ć'] = "c", ['ń'] = "n", ['ź'] = "z", ['ż'] = "z", ['ř'] = "r", ['ě'] = "e",
    }.ToFrozenDictionary();

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
    /// Replaces typographic characters and, if need be, accents by what the GSM alphabet has, where that saves parts;
    /// otherwise gives the text back as it was.
    /// </summary>
    public static string Thrifty(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = ToPlain(text);
        return Segments(plain) < Segments(text) ? plain : text;
    }

    /// <summary>The same text with what can be replaced replaced. Characters of the GSM alphabet stay, and so does what has no stand-in.</summary>
    public static string ToPlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Septets(character) is null && Plain.TryGetValue(character, out var standIn)) plain.Append(standIn);
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
