using System.Collections.Frozen;
using Hub.Channels.Sms;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Templates;

/// <summary>Puts what is to be said into words: pure, by content, channel and language.</summary>
public static class MessageTemplate
{
    /// <summary>What a language that is not in the table falls back to.</summary>
    public const string DefaultLanguage = "en";

    private static readonly FrozenDictionary<string, ILanguage> Languages = new Dictionary<string, ILanguage>
    {
        [DefaultLanguage] = new English(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The message for one channel.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="can">What the channel can show.</param>
    /// <param name="language">ISO 639-1; one that is not in the table is answered in English.</param>
    public static RenderedMessage Render(MessageContent content, Capabilities can, string language = DefaultLanguage)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(can);
        var spoken = Languages.ContainsKey(language) ? language : DefaultLanguage;
        var words = Languages[spoken];
        if (!can.RichText) return new RenderedMessage("", SmsText.Thrifty(words.Short(content)), null);
        var letter = words.Long(content);
        return new RenderedMessage(letter.Subject, LetterHtml.ToText(letter), LetterHtml.ToHtml(letter, spoken));
    }
}
