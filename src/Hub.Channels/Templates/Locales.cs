using System.Collections.Frozen;

namespace Hub.Channels.Templates;

/// <summary>Which language, and which way to write amounts, a customer's locale stands for.</summary>
/// <remarks>
/// Source: BCP 47 (RFC 5646, 2.1 for the order of subtags; RFC 4647, 3.4 for lookup: what is more special than the table falls back to
/// what is in it). So <c>zh-Hant-TW</c> is answered in simplified Chinese, which its readers know better than English.
/// </remarks>
internal static class Locales
{
    private static readonly English International = new(AmountStyle.International);
    private static readonly English English = new(AmountStyle.English);
    private static readonly German German = new(AmountStyle.German);
    private static readonly German Swiss = new(AmountStyle.Swiss);
    private static readonly Chinese Mainland = new(AmountStyle.Mainland);
    private static readonly Chinese Abroad = new(AmountStyle.ChineseAbroad);

    private static readonly FrozenDictionary<string, Func<string?, ILanguage>> Languages = new Dictionary<string, Func<string?, ILanguage>>
    {
        // English without a country is also what everybody reads whose language is not here: amounts keep their ISO codes.
        ["en"] = region => region is null ? International : English,
        ["de"] = region => region is "CH" or "LI" ? Swiss : German,
        ["zh"] = region => region is null or "CN" ? Mainland : Abroad,
        ["cmn"] = region => region is null or "CN" ? Mainland : Abroad,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The language of a locale; English where the hub does not speak it, or where the tag says nothing.</summary>
    /// <param name="locale">A BCP 47 tag in any case, such as <c>de-AT</c>.</param>
    internal static ILanguage Find(string locale)
    {
        var subtags = locale.Split('-', '_');
        return Languages.TryGetValue(subtags[0].ToLowerInvariant(), out var ofRegion) ? ofRegion(RegionIn(subtags)) : International;
    }

    // A region has two letters; after a single letter only extensions follow, which may look like one.
    private static string? RegionIn(string[] subtags) => subtags
        .Skip(1)
        .TakeWhile(subtag => subtag.Length > 1)
        .FirstOrDefault(subtag => subtag.Length == 2 && subtag.All(char.IsAsciiLetter))
        ?.ToUpperInvariant();
}
