using System.Security.Cryptography;
using System.Text;
using Hub.Actors;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Channels;
using Hub.Channels.Email;
using Hub.Channels.Email.Inbound;
using Hub.Domain.Customers;
using Hub.Domain.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Providers;

/// <summary>What a mail relay hands in: bounces, complaints and replies to what the hub sent.</summary>
/// <remarks>
/// One raw mail a request, with the envelope's recipient beside it. Nothing is read before the relay has proved itself, and nothing in a mail is
/// believed but the mailbox it came to, which only this hub can have made. A mail that says nothing is taken and dropped: to refuse it would
/// make the relay answer somebody whose address is forged.
/// </remarks>
internal static class MailEndpoints
{
    private const string Secret = "X-Relay-Secret";
    private const string Recipient = "X-Envelope-To";
    private const string Relay = "mail";

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/channels/mail/inbound", ReceiveAsync).AllowAnonymous().ExcludeFromDescription();

    internal static async Task<Results<NoContent, Problem>> ReceiveAsync(
        HttpContext http, IActors actors, ChannelOptions options, MailTokens tokens, SentMails mails, MailReplies replies, ProviderMeters meters, CancellationToken cancel)
    {
        if (!IsRelay(http.Request.Headers[Secret], options.Smtp.InboundSecrets))
        {
            meters.Forged(Relay);
            return Problems.Of(StatusCodes.Status403Forbidden, "relay_unknown", $"{Secret} is not the secret of a relay of this hub.");
        }

        if (http.Request.Headers[Recipient] is not [{ Length: > 0 and <= 254 } recipient]) return Problems.Invalid(Recipient, "must be the one mailbox the mail came to");
        var raw = await RawBody.ReadAsync(http, MailReader.MaxBytes);
        var mail = await MailReader.ReadAsync(raw, cancel);
        var isOurs = tokens.TryReadMailbox(recipient, out var use, out var delivery);
        switch (mail)
        {
            case InboundMail.Report report when isOurs && use is MailUse.Bounce:
                await ReportAsync(delivery!, report, actors, mails, meters, cancel);
                break;
            case InboundMail.Complaint complaint:
                await ComplainAsync(complaint, use is MailUse.Bounce ? delivery : null, tokens, mails, meters, cancel);
                break;
            case InboundMail.Reply reply when isOurs && use is MailUse.Reply:
                switch (await replies.TakeAsync(delivery!, reply.Text, Digest(raw), cancel))
                {
                    case MailReplyFate.Later:
                        meters.PutOff(Relay);
                        return Problems.OfStatus(StatusCodes.Status503ServiceUnavailable, "Too many messages were written within the hour. Hand this mail in again later.");
                    case MailReplyFate.Nobodys:
                        meters.Unknown(Relay);
                        break;
                }

                break;
            default:
                meters.Unknown(Relay);
                break;
        }

        return TypedResults.NoContent();
    }

    private static async Task ReportAsync(string delivery, InboundMail.Report report, IActors actors, SentMails mails, ProviderMeters meters, CancellationToken cancel)
    {
        if (await mails.FindAsync(delivery, cancel) is not { } mail)
        {
            meters.Unknown(Relay);
            return;
        }

        NotificationCommand command = report.Fate switch
        {
            MailFate.Failed f => new NotificationCommand.Report(delivery, new DeliveryReport.Failed(f.Error, report.Status)),
            MailFate.Delayed => new NotificationCommand.ReportDelay(delivery, report.Status),
            _ => new NotificationCommand.Report(delivery, new DeliveryReport.Delivered()),
        };

        // The server's word makes a repeat harmless, whatever the mail around it looks like the second time.
        await actors.SendAsync(HubKinds.Notification[mail.Notification.Id], new Envelope($"mail:{delivery}:{report.Fate.GetType().Name}:{report.Status}", command), cancel);
    }

    private static async Task ComplainAsync(InboundMail.Complaint complaint, string? delivery, MailTokens tokens, SentMails mails, ProviderMeters meters, CancellationToken cancel)
    {
        delivery ??= complaint.Traces.Select(tokens.Trace).FirstOrDefault(found => found is not null);
        if (delivery is null || await mails.FindAsync(delivery, cancel) is not { } mail)
        {
            meters.Unknown(Relay);
            return;
        }

        await mails.MuteAsync(mail, MutedBy.Complaint, $"complaint:{delivery}", cancel);
    }

    // The mail's own bytes name it: relays repeat what they were not thanked for, and message ids are the sender's to choose.
    private static string Digest(ReadOnlyMemory<byte> raw) => Convert.ToHexStringLower(SHA256.HashData(raw.Span));

    private static bool IsRelay(string? shown, IEnumerable<string> secrets)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(shown ?? ""));
        return secrets.Aggregate(false, (known, secret) => known | CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), digest));
    }
}
