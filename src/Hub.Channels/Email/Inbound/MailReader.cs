using Hub.Domain.Kernel;
using MimeKit;

namespace Hub.Channels.Email.Inbound;

/// <summary>Reads a raw mail for what it is to the hub. Nothing it says of its sender is believed: only the mailbox it came to counts.</summary>
/// <remarks>Source: RFC 3464 (delivery reports), RFC 5965 (complaints), RFC 3834 and what programs did before it (automatic answers).</remarks>
public static class MailReader
{
    /// <summary>The largest mail that is read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int DeepestPart = 16;
    private const int MostTraces = 16;

    private static readonly string[] Machines = ["bulk", "junk", "list", "auto_reply"];

    /// <summary>Reads a mail.</summary>
    /// <param name="raw">As it came over SMTP, dots already taken back; at most <see cref="MaxBytes"/>.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="ArgumentException">It is larger: a caller's bug.</exception>
    public static async Task<InboundMail> ReadAsync(ReadOnlyMemory<byte> raw, CancellationToken cancel)
    {
        if (raw.Length > MaxBytes) throw new ArgumentException("A mail is read whole or not at all.", nameof(raw));
        try
        {
            using var stream = new MemoryStream(raw.ToArray(), writable: false);
            using var mail = await MimeMessage.LoadAsync(new ParserOptions { MaxMimeDepth = DeepestPart }, stream, persistent: true, cancel);
            return Read(mail);
        }
        catch (Exception broken) when (broken is FormatException or IOException or NotSupportedException)
        {
            return new InboundMail.Unreadable();
        }
    }

    private static InboundMail Read(MimeMessage mail)
    {
        var parts = Parts(mail.Body).ToList();
        if (parts.OfType<MessageFeedbackReport>().FirstOrDefault() is { } complaint) return new InboundMail.Complaint(Traces(complaint, parts));
        if (parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } report) return Report(report);
        if (IsAutomatic(mail)) return new InboundMail.Automatic();
        var words = ReplyText.Of(mail);
        return words.Length > 0 ? new InboundMail.Reply(words) : new InboundMail.Unreadable();
    }

    // A report is about one recipient, since every mail of ours goes to one; of several groups the worst word counts.
    private static InboundMail Report(MessageDeliveryStatus report)
    {
        var words = report.StatusGroups.Select(group => Fate(group["Action"]?.Trim(), group["Status"]?.Trim().Split(' ', '\t')[0])).OfType<InboundMail.Report>().ToList();
        return words.Find(w => w.Fate is MailFate.Failed) ?? words.Find(w => w.Fate is MailFate.Delayed) ?? words.FirstOrDefault() ?? (InboundMail)new InboundMail.Unreadable();
    }

    private static InboundMail.Report? Fate(string? action, string? status) => EnhancedStatus.IsOne(status)
        ? action?.ToLowerInvariant() switch
        {
            "failed" when EnhancedStatus.Read(status) is { } error => new(new MailFate.Failed(error), status!),
            "delayed" => new(new MailFate.Delayed(), status!),
            "delivered" => new(new MailFate.Delivered(), status!),

            // Relayed and expanded say that it went on to where no reports come from: nothing is known.
            _ => null,
        }
        : null;

    private static EquatableArray<string> Traces(MessageFeedbackReport complaint, List<MimeEntity> parts)
    {
        var mails = parts.OfType<MessagePart>().Select(part => part.Message?.Headers).OfType<HeaderList>();
        string?[] known =
        [
            complaint.Fields["Original-Mail-From"],
            .. mails.SelectMany(headers => (string?[])[headers["Return-Path"], headers["List-Unsubscribe"], headers["Reply-To"], headers["Sender"]]),
        ];
        return known.OfType<string>().Take(MostTraces).Select(trace => trace.Trim().TrimStart('<').TrimEnd('>')).ToEquatableArray();
    }

    private static bool IsAutomatic(MimeMessage mail)
    {
        var headers = mail.Headers;
        return headers["Auto-Submitted"] is { } submitted && !submitted.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase)
            || (headers["Precedence"] is { } precedence && Machines.Contains(precedence.Trim().ToLowerInvariant()))
            || headers["Return-Path"]?.Trim() is "<>"
            || headers.Contains("X-Autoreply") || headers.Contains("X-Autorespond") || headers.Contains(HeaderId.ListId)
            || mail.Body is MultipartReport;
    }

    private static IEnumerable<MimeEntity> Parts(MimeEntity? entity)
    {
        if (entity is null) yield break;
        yield return entity;
        if (entity is not Multipart several) yield break;
        foreach (var part in several.SelectMany(Parts)) yield return part;
    }
}
