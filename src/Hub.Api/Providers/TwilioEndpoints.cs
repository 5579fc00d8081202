using System.Text;
using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Requests;
using Hub.Channels;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Channels.Incoming;
using Hub.Channels.Sms;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Providers;

/// <summary>What Twilio tells us: messages that came in, and how ours fare. Nothing is read before its signature was checked.</summary>
internal static class TwilioEndpoints
{
    private const int MaxBody = 64 * 1024;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/channels/twilio/inbound", ReceiveAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/channels/twilio/status/{delivery}", ReportAsync).AllowAnonymous().ExcludeFromDescription();
    }

    internal static async Task<Results<ContentHttpResult, Problem>> ReceiveAsync(
        HttpContext http, IActors actors, TwilioSignature signature, ChannelOptions options, AddressKeys addresses, Codes codes, Threads threads, ProviderMeters meters, CancellationToken cancel)
    {
        if (await FormAsync(http, signature, options) is not { } form) return Forged(meters);
        if (TwilioForms.ReadInbound(form) is not { } message || Parties(message) is not var (channel, number, to)) return Problems.Invalid("body", "is not an inbound message");
        var key = addresses.Of(channel, to, number.Number);
        var meant = InboundCommand.Of(message);
        var who = addresses.Identify(channel, key, number.Number);
        var text = Threads.IsForStaff(meant.Kind) ? threads.ForStaff(who, await HoldersAsync(actors, key, cancel), message.Body) : null;
        var command = new AddressCommand.Receive(
            who, message.MessageSid, meant.Kind,
            meant.Answered is { } typed ? codes.DigestAtAddress(key, typed.Digits) : null, ReferenceIn(meant), IsAnsweredByCarrier(channel, message, meant), text);

        // The message's own id makes a repeat harmless, for as long as the journal lasts.
        await actors.SendAsync(HubKinds.Address[key], new Envelope($"twilio:{message.MessageSid}", command), cancel);
        return TypedResults.Content(TwilioForms.EmptyResponse, "application/xml");
    }

    private static async Task<IReadOnlyCollection<Holder>> HoldersAsync(IActors actors, string key, CancellationToken cancel) =>
        await actors.FindAsync<AddressState>(HubKinds.Address[key], cancel) is { } known ? known.Holders : [];

    internal static async Task<Results<NoContent, Problem>> ReportAsync(
        string delivery, HttpContext http, IActors actors, TwilioSignature signature, ChannelOptions options, ProviderMeters meters, CancellationToken cancel)
    {
        if (await FormAsync(http, signature, options) is not { } form) return Forged(meters);
        if (TwilioForms.ReadStatus(form) is not { } status || Notification.IdOf(delivery) is not { } id) return Problems.Invalid("body", "is not a status callback of a delivery");
        DeliveryReport report = status.Status.State switch
        {
            TryState.Delivered when status.Status.IsRead => new DeliveryReport.Read(),
            TryState.Delivered => new DeliveryReport.Delivered(),
            TryState.Failed => new DeliveryReport.Failed(status.Error ?? ErrorClass.Other, status.ErrorCode),
            _ => new DeliveryReport.Accepted(status.MessageSid),
        };
        var outcome = await actors.SendAsync(
            HubKinds.Notification[id], new Envelope($"twilio:{status.MessageSid}:{status.Status.Name}", new NotificationCommand.Report(delivery, report)), cancel);
        if (outcome is TurnOutcome.Rejected) meters.Unknown("twilio");
        return TypedResults.NoContent();
    }

    private static async Task<FormFields?> FormAsync(HttpContext http, TwilioSignature signature, ChannelOptions options)
    {
        var body = await RawBody.ReadAsync(http, MaxBody);
        if (FormFields.Read(Encoding.UTF8.GetString(body.Span)) is not { } form) return null;
        var url = options.PublicUrl.GetLeftPart(UriPartial.Authority) + http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return signature.IsValid(url, form.All, http.Request.Headers["X-Twilio-Signature"]) ? form : null;
    }

    // Both sides of a message go the same way.
    private static (Channel Channel, E164 From, string To)? Parties(InboundSms message)
    {
        const string Prefix = TwilioLine.WhatsAppPrefix;
        if (!message.From.StartsWith(Prefix, StringComparison.Ordinal)) return E164.TryParse(message.From, out var phone) ? (Channel.Sms, phone, message.To) : null;
        return E164.TryParse(message.From[Prefix.Length..], out var number) && message.To.StartsWith(Prefix, StringComparison.Ordinal)
            ? (Channel.Whatsapp, number, message.To[Prefix.Length..])
            : null;
    }

    // A name with a card number in it names no order, and is not written down.
    private static string? ReferenceIn(InboundCommand meant) => meant.Order is { } order && !CardNumbers.AreIn(order) ? order : null;

    // A carrier answers its own opt-out and opt-in words itself, and then keeps everything else back. On WhatsApp nobody does.
    private static bool IsAnsweredByCarrier(Channel channel, InboundSms message, InboundCommand meant) =>
        meant is InboundCommand.Stop or InboundCommand.Start && channel is Channel.Sms && (message.OptOutType is not null || CommandWords.IsCarriers(message.Body));

    private static Problem Forged(ProviderMeters meters)
    {
        meters.Forged("twilio");
        return Problems.Of(StatusCodes.Status403Forbidden, "signature_invalid", "The X-Twilio-Signature does not fit this request.");
    }
}
