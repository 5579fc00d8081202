using System.Globalization;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Sms;

/// <summary>A text message somebody sent us.</summary>
/// <param name="MessageSid">Twilio's id; inbound messages are deduplicated on it.</param>
/// <param name="AccountSid">The account it came to.</param>
/// <param name="From">The sender: <c>+…</c>, a short code or <c>whatsapp:+…</c>.</param>
/// <param name="To">Our number.</param>
/// <param name="Body">What was written; may be empty, at most 1,600 characters.</param>
/// <param name="NumMedia">How many pictures came with it.</param>
/// <param name="OptOutType"><c>STOP</c>, <c>START</c> or <c>HELP</c> where Twilio itself took it as one; else <c>null</c>.</param>
public sealed record InboundSms(string MessageSid, string AccountSid, string From, string To, string Body, int NumMedia, string? OptOutType)
{
    /// <summary>The sid alone: the body may hold a code, and the number is a person's.</summary>
    public override string ToString() => $"{nameof(InboundSms)} {MessageSid}";
}

/// <summary>Twilio's word on a message we sent. It carries no time and comes in any order.</summary>
/// <param name="MessageSid">Twilio's id; deduplicated on it and <paramref name="Status"/>.</param>
/// <param name="AccountSid">The account it went from.</param>
/// <param name="Status">How far it got.</param>
/// <param name="Error">Why it failed, when it did.</param>
/// <param name="ErrorCode">Twilio's code for that; empty without one.</param>
public sealed record StatusCallback(string MessageSid, string AccountSid, TwilioStatus Status, ErrorClass? Error, string ErrorCode);

/// <summary>Reads what Twilio posts. Only after the signature was checked; fields that are not known are ignored.</summary>
public static class TwilioForms
{
    /// <summary>The empty answer to an inbound message: no reply.</summary>
    public const string EmptyResponse = "<Response></Response>";

    private const int SidCap = 64;
    private const int NumberCap = 64;
    private const int BodyCap = 1_600;

    /// <summary>Reads an inbound message; <c>null</c> when a field it needs is missing, doubled or too long.</summary>
    public static InboundSms? ReadInbound(FormFields form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var sid = form.One("MessageSid", SidCap);
        var account = form.One("AccountSid", SidCap);
        var from = form.One("From", NumberCap);
        var to = form.One("To", NumberCap);
        var body = form.Has("Body") ? form.One("Body", BodyCap) : "";
        if (string.IsNullOrEmpty(sid) || string.IsNullOrEmpty(from) || string.IsNullOrEmpty(to) || account is null || body is null) return null;
        var media = int.TryParse(form.One("NumMedia", 3), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        return new InboundSms(sid, account, from, to, body, media, form.One("OptOutType", 16));
    }

    /// <summary>Reads a status callback; <c>null</c> when a field it needs is missing or doubled, or the status is none we know.</summary>
    public static StatusCallback? ReadStatus(FormFields form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var sid = form.One("MessageSid", SidCap);
        var account = form.One("AccountSid", SidCap);
        var status = TwilioStatus.Of(form.One("MessageStatus", 32));
        if (string.IsNullOrEmpty(sid) || account is null || status is null) return null;
        var code = form.One("ErrorCode", 16) ?? "";
        return new StatusCallback(sid, account, status, TwilioErrors.OfStatus(status, code), code);
    }
}
