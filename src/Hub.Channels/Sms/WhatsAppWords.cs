using System.Text.Json;
using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications;

namespace Hub.Channels.Sms;

/// <summary>What goes into the places of words that WhatsApp has approved, by kind of notification.</summary>
/// <remarks>
/// The words themselves lie with Twilio, approved one by one. They may use any of these places:
/// <code>
/// confirmation                              1 amount   2 payee   3 number   4 minutes valid   5 code for the page
/// address_verification, wallet_code         1 code     2 minutes valid
/// receipt, payment_declined, payment_canceled,
/// payment_expired, payment_returned, refunded   1 amount   2 payee   3 order
/// shipped                                   1 payee    2 order   3 carrier  4 tracking number
/// delivered                                 1 payee    2 order
/// address_added                             1 ending   2 hours
/// address_removed                           1 ending   2 days to undo it
/// </code>
/// Source: Twilio, "Send templates created with the Content Template Builder" (ContentSid, ContentVariables).
/// </remarks>
internal static class WhatsAppWords
{
    private const string SidPrefix = "HX";

    // A place may not stay empty.
    private const string Nothing = "-";

    private static readonly NotificationKind[] Kinds =
    [
        NotificationKind.Confirmation, NotificationKind.AddressVerification, NotificationKind.WalletCode, NotificationKind.Receipt, NotificationKind.PaymentDeclined,
        NotificationKind.PaymentCanceled, NotificationKind.PaymentExpired, NotificationKind.PaymentReturned, NotificationKind.Refunded, NotificationKind.Shipped,
        NotificationKind.Delivered, NotificationKind.AddressAdded, NotificationKind.AddressRemoved,
    ];

    /// <summary>The name of a kind, as settings write it.</summary>
    internal static string NameOf(NotificationKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    internal static AgreedWords? Of(IDictionary<string, string> templates, NotificationKind kind, MessageContent content, string locale)
    {
        var name = NameOf(kind);
        var language = locale.Split('-', '_')[0].ToLowerInvariant();
        if (!templates.TryGetValue($"{name}.{language}", out var sid) && !templates.TryGetValue(name, out sid)) return null;
        return VariablesOf(content, amount => Locales.Find(locale).Write(amount)) is { } variables ? new AgreedWords(sid, variables) : null;
    }

    internal static IEnumerable<string> Problems(IDictionary<string, string> templates)
    {
        var names = Kinds.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, sid) in templates)
        {
            var kind = key.Split('.')[0];
            if (!names.Contains(kind)) yield return $"Twilio:WhatsAppTemplates has '{key}': words are agreed on for {string.Join(", ", names)}.";
            else if (!templates.ContainsKey(kind)) yield return $"Twilio:WhatsAppTemplates has '{key}' and not '{kind}', which every other language falls back to.";
            if (!sid.StartsWith(SidPrefix, StringComparison.Ordinal)) yield return $"Twilio:WhatsAppTemplates:{key} must be a content SID, HX and 32 digits.";
        }
    }

    private static string[]? VariablesOf(MessageContent content, Func<Amount, string> money) => content switch
    {
        MessageContent.ConfirmByAnswer c => [money(c.Amount), Line(c.Payee), c.Number, Digits(c.ValidMinutes), c.Code ?? Nothing],
        MessageContent.VerifyAddress v => [v.Code, Digits(v.ValidMinutes)],
        MessageContent.WalletCode w => [w.Code, Digits(w.ValidMinutes)],
        MessageContent.Succeeded s => [money(s.Amount), Line(s.Payee), Line(s.OrderReference)],
        MessageContent.Returned r => [money(r.Amount), Line(r.Payee), Line(r.OrderReference)],
        MessageContent.Declined d => [money(d.Amount), Line(d.Payee), Line(d.OrderReference)],
        MessageContent.Canceled c => [money(c.Amount), Line(c.Payee), Line(c.OrderReference)],
        MessageContent.Expired e => [money(e.Amount), Line(e.Payee), Line(e.OrderReference)],
        MessageContent.Refunded r => [money(r.Amount), Line(r.Payee), Line(r.OrderReference)],
        MessageContent.Shipped s => [Line(s.Payee), Line(s.OrderReference), Line(s.Carrier), Line(s.Tracking)],
        MessageContent.Delivered d => [Line(d.Payee), Line(d.OrderReference)],
        MessageContent.AddressAdded a => [Line(a.Ending), Digits(a.Hours)],
        MessageContent.AddressRemoved a => [Line(a.Ending), Digits(a.Days)],
        _ => null,
    };

    private static string Line(string name) => Words.OneLine(name) is { Length: > 0 } line ? line : Nothing;

    private static string Digits(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
