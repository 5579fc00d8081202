using System.Security.Cryptography;
using System.Text;
using Hub.Sandbox.Outbox;
using Hub.Sandbox.Storage;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Phones;

/// <summary>The phone network: takes messages, delivers them, calls back in any order, forwards what people type.</summary>
internal sealed class PhoneNetwork(SandboxStore store, SandboxOutbox outbox, SandboxStream stream, IOptions<SandboxOptions> options, TimeProvider time)
{
    internal const string Party = "twilio";
    internal const string InboundPath = "/channels/twilio/inbound";

    private readonly Lock _dice = new();
    private readonly Random _random = options.Value.Seed is { } seed ? new(seed) : new();

    /// <summary>Takes a message for a phone.</summary>
    /// <returns>The message as it stands at that moment, or the error.</returns>
    internal async Task<(PhoneMessage? Message, TwilioError? Error)> SendAsync(SendRequest asked)
    {
        if (asked.Refusal() is { } refusal) return (null, refusal);
        var (from, to, body) = (asked.From!, asked.To!, asked.Body!);
        var message = new PhoneMessage(0, NewSid(), false, from, to, body, time.GetUtcNow(), "queued", null, asked.StatusCallback, asked.Discard);
        var (taken, refused) = await store.WriteAsync<(OutboxDelivery?, TwilioError?)>(t =>
        {
            var error = MagicNumbers.Undelivered(message.Phone) ?? (IsOutsideWindow(t, asked, message) ? WhatsApp.OutsideWindow : null);
            var final = error is null ? "delivered" : "undelivered";
            var order = Shuffled(["sent", final]);
            if (PhoneBook.IsStopped(t, from, to)) return (null, TwilioError.OptedOut);
            if (to == MagicNumbers.Busy && PhoneBook.RefusedOnce(t, SHA256.HashData(Encoding.UTF8.GetBytes(to + "\n" + body)))) return (null, TwilioError.TooMany);
            PhoneBook.Add(t, message with { Status = final, ErrorCode = error });
            if (message.StatusCallback is not { } callback) return (null, null);
            return (SandboxOutbox.Add(t, Party, callback, message.Sid, [.. order.Select(s => Callback(message, s, s == final ? error : null))], message.At), null);
        });
        if (refused is not null) return (null, refused);
        stream.Tell("phone", new { number = message.Phone, sid = message.Sid });
        if (taken is not null) outbox.Dispatch(taken);
        return to == MagicNumbers.ErrorButSent ? (null, TwilioError.Broken) : (message, null);
    }

    /// <summary>A person types a message on a phone.</summary>
    /// <param name="phone">The phone it is typed on.</param>
    /// <param name="body">1 to 1600 characters.</param>
    /// <param name="to">The number written to; <c>null</c> for the one that wrote last.</param>
    /// <param name="whatsApp">Whether it goes by WhatsApp; <c>null</c>: the way of the message before it.</param>
    /// <param name="key">The page's idempotency key, so that a repeat after a lost answer types nothing twice; may be <c>null</c>.</param>
    internal async Task<PhoneMessage> TypeAsync(string phone, string body, string? to, bool? whatsApp, string? key)
    {
        var sid = string.IsNullOrEmpty(key) ? NewSid() : "SM" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{phone}\n{key}")))[..32];
        var (typed, owed) = await store.WriteAsync<(PhoneMessage, OutboxDelivery?)>(t =>
        {
            if (PhoneBook.Find(t, sid) is { } already) return (already, null);
            var receiver = to ?? PhoneBook.Conversation(t, phone, 50).LastOrDefault(m => !m.Inbound && (whatsApp is null || WhatsApp.Is(m.From) == whatsApp))?.From
                ?? (whatsApp is true ? WhatsApp.Prefix + SandboxKeys.WhatsAppSender : SandboxKeys.TwilioSender);
            var message = new PhoneMessage(0, sid, true, WhatsApp.Is(receiver) ? WhatsApp.Prefix + phone : phone, receiver, body, time.GetUtcNow(), "received", null, null);

            // The carriers' words are theirs in text messages alone.
            var type = WhatsApp.Is(receiver) ? null : OptOutWords.TypeOf(body);
            PhoneBook.Add(t, message);
            if (type == "STOP") PhoneBook.Stop(t, receiver, phone);
            if (type == "START") PhoneBook.Start(t, receiver, phone);
            if (type is not null) PhoneBook.Add(t, new PhoneMessage(0, NewSid(), false, receiver, phone, OptOutWords.Reply(type), message.At, "delivered", null, null));
            return (message, SandboxOutbox.Add(t, Party, InboundPath, message.Sid, [SandboxJson.Write(Inbound(message, type))], message.At));
        });
        stream.Tell("phone", new { number = phone, sid = typed.Sid });
        if (owed is not null) outbox.Dispatch(owed);
        return typed;
    }

    internal PhoneMessage? Find(string sid) => store.Read(t => PhoneBook.Find(t, sid));

    internal List<PhoneMessage> List(string? from, string? to, int limit) => store.Read(t => PhoneBook.Newest(t, from, to, limit));

    internal List<PhoneSummary> Phones() => store.Read(t => PhoneBook.Phones(t, 200));

    /// <summary>A phone's conversation, oldest first; whoever asks has read it.</summary>
    internal async Task<List<PhoneMessage>> ConversationAsync(string phone)
    {
        var messages = store.Read(t => PhoneBook.Conversation(t, phone, 500));
        if (messages.Count == 0) return messages;
        var owed = await store.WriteAsync(t =>
        {
            PhoneBook.MarkRead(t, phone);
            return PhoneBook.Unread(t, phone).Select(m => Read(t, m)).OfType<OutboxDelivery>().ToList();
        });
        foreach (var delivery in owed) outbox.Dispatch(delivery);
        return messages;
    }

    // Only WhatsApp tells the sender that somebody has seen a message.
    private OutboxDelivery? Read(SandboxTransaction t, PhoneMessage message)
    {
        PhoneBook.SetStatus(t, message.Sid, "read", null);
        return message.StatusCallback is { } callback ? SandboxOutbox.Add(t, Party, callback, $"{message.Sid}:read", [Callback(message, "read", null)], time.GetUtcNow()) : null;
    }

    private static bool IsOutsideWindow(SandboxTransaction t, SendRequest asked, PhoneMessage message) =>
        WhatsApp.Is(message.To) && asked.ContentSid is null && !PhoneBook.HasWritten(t, message.To, message.From, message.At - WhatsApp.Window);

    private string[] Shuffled(string[] statuses)
    {
        lock (_dice) _random.Shuffle(statuses);
        return statuses;
    }

    private static string NewSid() => "SM" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Callback(PhoneMessage m, string status, int? error)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MessageSid"] = m.Sid,
            ["SmsSid"] = m.Sid,
            ["MessageStatus"] = status,
            ["SmsStatus"] = status,
            ["AccountSid"] = SandboxKeys.TwilioAccountSid,
            ["From"] = m.From,
            ["To"] = m.To,
            ["ApiVersion"] = "2010-04-01",
        };
        if (error is { } code) form["ErrorCode"] = code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return SandboxJson.Write(form);
    }

    private static Dictionary<string, string> Inbound(PhoneMessage m, string? type)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MessageSid"] = m.Sid,
            ["SmsSid"] = m.Sid,
            ["SmsMessageSid"] = m.Sid,
            ["SmsStatus"] = "received",
            ["AccountSid"] = SandboxKeys.TwilioAccountSid,
            ["From"] = m.From,
            ["To"] = m.To,
            ["Body"] = m.Body,
            ["NumMedia"] = "0",
            ["NumSegments"] = SmsSegments.Count(m.Body).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["ApiVersion"] = "2010-04-01",
        };
        if (type is not null) form["OptOutType"] = type;
        return form;
    }
}
