using System.Collections.Frozen;
using Hub.Domain.Addresses;

namespace Hub.Channels.Incoming;

/// <summary>The words that are understood, in every language at once: nobody has to know in which one the hub takes them to write.</summary>
/// <remarks>
/// Case counts for nothing in ASCII letters, and letters that merely look or fold alike stay what they are. PAY, NO and their number
/// are not here: they are the same in every language.
/// </remarks>
public static class CommandWords
{
    // Source: Twilio, "Support for opt-out keywords"; a carrier answers these itself, and we only journal them.
    private static readonly FrozenDictionary<string, Inbound> Carriers = Table(
        (Inbound.Stop, ["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"]),
        (Inbound.Start, ["START", "YES", "UNSTOP"]),
        (Inbound.Help, ["HELP", "INFO"]));

    private static readonly FrozenDictionary<string, Inbound> Ours = Table(
        (Inbound.Stop, ["STOPP", "ABMELDEN", "停止", "退订", "退訂"]),
        (Inbound.Start, ["ANMELDEN", "开始", "開始", "订阅", "訂閱"]),
        (Inbound.Help, ["HILFE", "帮助", "幫助"]),
        (Inbound.Status, ["STATUS", "状态", "狀態"]),
        (Inbound.Human, ["HUMAN", "AGENT", "MENSCH", "人工"]),
        (Inbound.Receipt, ["RECEIPT", "BELEG", "QUITTUNG", "收据", "收據"]),
        (Inbound.Refund, ["REFUND", "ERSTATTUNG", "退款"]),
        (Inbound.NotMe, ["NOT ME", "NOTME"]));

    /// <summary>What a word means that stands alone, without marks and spaces around it.</summary>
    /// <returns><c>null</c> when it is none of ours and none of the carriers'.</returns>
    public static Inbound? Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var upper = ToAsciiUpper(word);
        if (Carriers.TryGetValue(upper, out var kept)) return kept;
        return Ours.TryGetValue(upper, out var ours) ? ours : null;
    }

    /// <summary>Whether a carrier takes a whole text message for one of its own words, and answers it: alone, in any case, without punctuation.</summary>
    public static bool IsCarriers(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Carriers.ContainsKey(ToAsciiUpper(body.Trim()));
    }

    private static string ToAsciiUpper(string words) => string.Concat(words.Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c));

    private static FrozenDictionary<string, Inbound> Table(params (Inbound Kind, string[] Words)[] rows) => rows
        .SelectMany(row => row.Words.Select(word => KeyValuePair.Create(word, row.Kind)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
