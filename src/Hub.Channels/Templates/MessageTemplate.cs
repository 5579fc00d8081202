using Hub.Channels.Sms;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Templates;

/// <summary>Puts what is to be said into words: pure, by content, channel, locale and time zone.</summary>
public static class MessageTemplate
{
    /// <summary>What a language the hub does not speak falls back to.</summary>
    public const string DefaultLanguage = "en";

    /// <summary>The message for one channel.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="can">What the channel can show.</param>
    /// <param name="locale">The customer's, a BCP 47 tag; a language the hub does not speak is answered in English.</param>
    /// <param name="zone">The customer's, for times; <c>null</c>: UTC. Either way the message names it.</param>
    /// <param name="page">The customer's own page about it, for a letter; short texts hold no links.</param>
    public static RenderedMessage Render(MessageContent content, Capabilities can, string locale = DefaultLanguage, TimeZoneInfo? zone = null, Uri? page = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(can);
        ArgumentNullException.ThrowIfNull(locale);
        var language = Locales.Find(locale);
        if (!can.RichText) return new RenderedMessage("", SmsText.Thrifty(language.Short(content)), null);
        var letter = language.Long(content, zone ?? TimeZoneInfo.Utc);
        if (page is not null) letter = letter with { Link = new LetterLink(language.OpenPayment, page) };
        return new RenderedMessage(letter.Subject, LetterHtml.ToText(letter), LetterHtml.ToHtml(letter, language.Tag));
    }

    /// <summary>What the two buttons of a confirmation say.</summary>
    /// <param name="locale">The customer's, a BCP 47 tag.</param>
    public static (string Pay, string No) AnswerLabels(string locale)
    {
        ArgumentNullException.ThrowIfNull(locale);
        return Locales.Find(locale).Answers;
    }
}
