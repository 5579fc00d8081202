using Hub.Channels.Templates;
using Hub.Domain.Notifications;

namespace Hub.Channels.Sms;

/// <summary>Settings under <c>Twilio:</c>.</summary>
public sealed class TwilioOptions
{
    /// <summary>Where the API is; the sandbox's own by default.</summary>
    public Uri BaseUrl { get; set; } = new("http://localhost:5080/sandbox/twilio");

    /// <summary><c>AC…</c>, also the user name of the calls.</summary>
    public string AccountSid { get; set; } = "";

    /// <summary>The first signs the hub's own calls; every one of them may sign Twilio's.</summary>
    public IList<string> AuthTokens { get; } = [];

    /// <summary>The hub's number, in E.164 form.</summary>
    public string From { get; set; } = "";

    /// <summary>The hub's WhatsApp number, in E.164 form and without <c>whatsapp:</c>; empty where the hub does not speak WhatsApp.</summary>
    public string WhatsAppFrom { get; set; } = "";

    /// <summary>
    /// The content SIDs (<c>HX…</c>) of words that WhatsApp has approved, by kind of notification and, with a dot, language:
    /// <c>confirmation</c>, <c>confirmation.de</c>. Outside 24 hours after the person last wrote, WhatsApp carries nothing else.
    /// </summary>
    public IDictionary<string, string> WhatsAppTemplates { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Countries that are sent to, ISO 3166-1 alpha-2; anything else is refused, against pumped traffic.</summary>
    public IList<string> AllowedCountries { get; } = [];

    /// <summary>What <see cref="AllowedCountries"/> is when nothing is configured.</summary>
    public static IReadOnlyList<string> DefaultCountries { get; } =
        ["AT", "BE", "CA", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "LU", "NL", "NO", "PL", "PT", "SE", "US"];

    /// <summary>Whether a country is sent to.</summary>
    public bool SendsTo(string country) =>
        AllowedCountries.Count > 0 ? AllowedCountries.Contains(country) : DefaultCountries.Contains(country);

    /// <summary>Whether WhatsApp has approved words for a kind of notification.</summary>
    public bool HasTemplate(NotificationKind kind) => WhatsAppTemplates.ContainsKey(WhatsAppWords.NameOf(kind));

    /// <summary>The approved words for something that is to be said, filled in.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="content">What it says.</param>
    /// <param name="locale">The reader's, a BCP 47 tag.</param>
    /// <returns><c>null</c> where there are none.</returns>
    public AgreedWords? TemplateFor(NotificationKind kind, MessageContent content, string locale) => WhatsAppWords.Of(WhatsAppTemplates, kind, content, locale);

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!BaseUrl.IsAbsoluteUri) yield return "Twilio:BaseUrl must be an absolute address.";
        if (AccountSid.Length == 0) yield return "Twilio:AccountSid is missing.";
        if (AuthTokens.Count == 0 || AuthTokens.Any(string.IsNullOrEmpty)) yield return "Twilio:AuthTokens needs at least one token.";
        if (!E164.TryParse(From, out _)) yield return "Twilio:From must be a number such as +15005550006.";
        if (WhatsAppFrom.Length > 0 && !E164.TryParse(WhatsAppFrom, out _)) yield return "Twilio:WhatsAppFrom must be a number such as +15005550006, without whatsapp: before it.";
        foreach (var problem in WhatsAppWords.Problems(WhatsAppTemplates)) yield return problem;
        if (AllowedCountries.Any(c => c.Length != 2)) yield return "Twilio:AllowedCountries takes two-letter country codes.";
    }
}
