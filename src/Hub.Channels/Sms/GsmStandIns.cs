using System.Collections.Frozen;

namespace Hub.Channels.Sms;

/// <summary>What may stand for a character that the GSM alphabet lacks: plain punctuation for typographic, the letter without its accent.</summary>
/// <remarks>
/// Latin letters only: a name in another script has no stand-in that its owner would know again. No digit of any script is in the
/// table, so nothing that is counted or compared can change. Source: Unicode 16, Latin-1 Supplement, Latin Extended-A and -B,
/// General Punctuation.
/// </remarks>
internal static class GsmStandIns
{
    private static readonly (string Characters, string StandIn)[] Table =
    [
        ("\u00A0\u2002\u2003\u2007\u2009\u200A\u202F\u3000\t", " "),
        ("\u2018\u2019\u201A\u201B\u2032\u2039\u203A\u00B4`", "'"),
        ("\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB", "\""),
        ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        ("\u2026", "..."),
        ("\u2022", "*"),
        ("\u00B7", "."),
        ("\u00D7", "x"),
        ("\u200B\u200C\u200D\u2060\uFEFF\u00AD", ""),
        ("áâãāăą", "a"),
        ("çćĉċč", "c"),
        ("ďđð", "d"),
        ("êëēĕėęě", "e"),
        ("ĝğġģ", "g"),
        ("ĥħ", "h"),
        ("íîïĩīĭįı", "i"),
        ("ĵ", "j"),
        ("ķ", "k"),
        ("ĺļľł", "l"),
        ("ńņňŋ", "n"),
        ("óôõōŏ", "o"),
        ("ő", "ö"),
        ("ŕŗř", "r"),
        ("śŝşšș", "s"),
        ("ţťŧț", "t"),
        ("úûũūŭůų", "u"),
        ("ű", "ü"),
        ("ŵ", "w"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
        ("œ", "oe"),
        ("þ", "th"),
        ("ÁÀÂÃĀĂĄ", "A"),
        ("ĆĈĊČ", "C"),
        ("ĎĐÐ", "D"),
        ("ÈÊËĒĔĖĘĚ", "E"),
        ("ĜĞĠĢ", "G"),
        ("ĤĦ", "H"),
        ("ÍÌÎÏĨĪĬĮİ", "I"),
        ("Ĵ", "J"),
        ("Ķ", "K"),
        ("ĹĻĽŁ", "L"),
        ("ŃŅŇŊ", "N"),
        ("ÓÒÔÕŌŎ", "O"),
        ("Ő", "Ö"),
        ("ŔŖŘ", "R"),
        ("ŚŜŞŠȘ", "S"),
        ("ŢŤŦȚ", "T"),
        ("ÚÙÛŨŪŬŮŲ", "U"),
        ("Ű", "Ü"),
        ("Ŵ", "W"),
        ("ÝŸŶ", "Y"),
        ("ŹŻŽ", "Z"),
        ("Œ", "OE"),
        ("Þ", "Th"),
        ("ẞ", "SS"),
    ];

    private static readonly FrozenDictionary<char, string> ByCharacter =
        Table.SelectMany(row => row.Characters.Select(c => KeyValuePair.Create(c, row.StandIn))).ToFrozenDictionary();

    /// <summary>What may stand for it, which may be nothing at all; <c>null</c> where there is none.</summary>
    internal static string? Find(char character)
    {
        // An accent that was typed as a character of its own, after its letter.
        if (character is >= '\u0300' and <= '\u036F') return "";
        return ByCharacter.GetValueOrDefault(character);
    }
}
