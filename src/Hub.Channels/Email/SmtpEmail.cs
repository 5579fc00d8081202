using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Hub.Channels.Email.Inbound;
using Hub.Domain.Notifications.Planning;
using Microsoft.Extensions.Logging;

namespace Hub.Channels.Email;

/// <summary>E-mail over SMTP: plain text, with HTML beside it where there is some.</summary>
/// <remarks>
/// SMTP has no idempotency key and no list to ask. The message id is made from the delivery's id, so a mail that was
/// sent twice after all carries one id, and mailboxes show it once. Source: RFC 5321, 4.2 (replies); RFC 5322, 3.6.4 (ids);
/// RFC 3834 (Auto-Submitted); RFC 2369 and RFC 8058 (List-Unsubscribe, with one click).
/// </remarks>
/// <param name="transport">Carries the mails.</param>
/// <param name="options">The sender.</param>
/// <param name="log">Hears of refusals by delivery id, never by mailbox or words.</param>
public sealed partial class SmtpEmail(ISmtpTransport transport, SmtpOptions options, ILogger<SmtpEmail> log) : IChannelAdapter
{
    /// <inheritdoc/>
    public string Channel => Capabilities.Channel;

    /// <inheritdoc/>
    public Capabilities Capabilities => Capabilities.Email;

    /// <summary>The message id of a delivery, with its angle brackets.</summary>
    public string MessageId(string deliveryId) => $"<{deliveryId}@{options.Domain}>";

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!Mailbox.TryParse(message.To, out var to)) return Refuse(message, ErrorClass.InvalidAddress, "not a mailbox");
        if (!HeadersAreSafe(message)) return Refuse(message, ErrorClass.ContentRefused, "a header holds a control character or is too long");
        if (message.Text.Length > Capabilities.MaxLength || message.Html?.Length > Capabilities.MaxLength) return Refuse(message, ErrorClass.ContentRefused, "too long");

        using var mail = Compose(message, to);
        var result = await transport.SendAsync(mail, cancel);
        SendOutcome outcome = result switch
        {
            SmtpResult.Accepted => new SendOutcome.Sent(MessageId(message.DeliveryId), 1),
            SmtpResult.NotConnected no => new SendOutcome.NeverReached(no.Reason),
            SmtpResult.Broken lost => new SendOutcome.Unknown(lost.Reason),
            SmtpResult.Refused no => new SendOutcome.Refused(Classify(no), no.Status ?? no.Code.ToString(CultureInfo.InvariantCulture), "the mail server refused"),
            _ => throw new InvalidOperationException($"{result.GetType().Name} is no SMTP result."),
        };
        if (outcome is SendOutcome.Refused refused) LogRefused(message.DeliveryId, refused.Error, refused.ProviderCode);
        return outcome;
    }

    /// <inheritdoc/>
    /// <remarks>A mail server keeps no list: an unknown mail stays unknown, and the planner goes on to the next candidate.</remarks>
    public Task<FindOutcome> FindAsync(FindRequest request, CancellationToken cancel) =>
        Task.FromResult<FindOutcome>(new FindOutcome.CannotTell("a mail server keeps no list"));

    /// <summary>A reply's class: 4xx asks to come back; of the rest, a refused recipient is a dead mailbox, unless the enhanced code tells of something else.</summary>
    /// <remarks>Servers answer 550 to strangers' mail and to mail they take for spam too; a whole server's policy says nothing of one mailbox. Source: RFC 3463, 3.8.</remarks>
    private static ErrorClass Classify(SmtpResult.Refused reply) => reply.Code switch
    {
        < 500 => ErrorClass.Throttled,
        530 or 534 or 535 or 538 => ErrorClass.Credentials,
        550 or 551 or 553 when reply.AboutRecipient => EnhancedStatus.Read(reply.Status) ?? ErrorClass.InvalidAddress,
        552 or 554 when reply.AboutRecipient => ErrorClass.Blocked,
        550 or 552 or 554 => ErrorClass.ContentRefused,
        _ => ErrorClass.Other,
    };

    private SendOutcome.Refused Refuse(OutgoingMessage message, ErrorClass error, string why)
    {
        LogRefused(message.DeliveryId, error, "");
        return new SendOutcome.Refused(error, "", why);
    }

    private static bool HeadersAreSafe(OutgoingMessage message) =>
        HeaderText.IsSafe(message.Subject ?? "")
        && HeaderText.IsSafe(message.ToName ?? "")
        && HeaderText.IsSafe(message.Unsubscribe?.AbsoluteUri ?? "")
        && IsId(message.DeliveryId)
        && (message.Thread is null || IsId(message.Thread))
        && (message.BounceTo is null || Mailbox.TryParse(message.BounceTo, out _))
        && (message.ReplyTo is null || Mailbox.TryParse(message.ReplyTo, out _));

    private static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private MailMessage Compose(OutgoingMessage message, Mailbox to)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(options.From, options.FromName, Encoding.UTF8),
            Subject = message.Subject ?? "",
            SubjectEncoding = Encoding.UTF8,
            Body = message.Text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        if (message.BounceTo is { } bounces) mail.Sender = new MailAddress(bounces, options.FromName, Encoding.UTF8);
        if (message.ReplyTo is { } replies) mail.ReplyToList.Add(new MailAddress(replies, options.FromName, Encoding.UTF8));
        mail.To.Add(new MailAddress(to.Address, message.ToName, Encoding.UTF8));
        mail.Headers.Add("Message-ID", MessageId(message.DeliveryId));
        mail.Headers.Add("X-OmniHub-Delivery", message.DeliveryId);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        if (message.Thread is { } thread)
        {
            // No mail bears the root's id, so whichever mail of a thread comes first, the others stand beside it.
            mail.Headers.Add("In-Reply-To", $"<{thread}@{options.Domain}>");
            mail.Headers.Add("References", $"<{thread}@{options.Domain}>");
        }

        if (message.Unsubscribe is { } unsubscribe)
        {
            mail.Headers.Add("List-Unsubscribe", $"<{unsubscribe.AbsoluteUri}>");
            mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        if (message.Html is { } html)
        {
            var view = AlternateView.CreateAlternateViewFromString(html, Encoding.UTF8, MediaTypeNames.Text.Html);
            view.TransferEncoding = TransferEncoding.QuotedPrintable;
            mail.AlternateViews.Add(view);
        }

        return mail;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {DeliveryId} was refused: {Error}, reply {Code}")]
    private partial void LogRefused(string deliveryId, ErrorClass error, string code);
}
