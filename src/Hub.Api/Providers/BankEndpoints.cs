using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways;
using Hub.Gateways.Reactions;
using Hub.Gateways.SandboxBank;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Providers;

/// <summary>A bank for net banking.</summary>
/// <param name="Id">What an instrument names it by.</param>
/// <param name="Name">As customers know it.</param>
/// <param name="Up">Whether it takes orders now.</param>
public sealed record BankView(string Id, string Name, bool Up);

/// <summary>All banks for net banking.</summary>
public sealed record BankList(IReadOnlyList<BankView> Data);

/// <summary>What banks tell us by themselves.</summary>
internal static class BankEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/gateways/{gateway}/webhook", ReceiveAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/gateways/{gateway}/return/{payment}", ReturnAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/v1/banks", Banks).RequireAuthorization(Policies.Read);
    }

    /// <summary>Lists the banks that net banking reaches, in the order in which customers see them.</summary>
    internal static Ok<BankList> Banks() => TypedResults.Ok(new BankList([.. NetBanks.All.Select(b => new BankView(b.Id, b.Name, b.IsUp))]));

    // What the browser carries counts where the bank signed it; where it did not, the bank is asked in its time. Either way the customer goes on.
    internal static async Task<RedirectHttpResult> ReturnAsync(
        string gateway, string payment, HttpContext http, IActors actors, IEnumerable<NetBankReturn> readers, ProviderMeters meters, CancellationToken cancel)
    {
        if (readers.FirstOrDefault(reader => reader.Gateway == gateway) is { } signed)
        {
            switch (signed.Read(name => http.Request.Query[name], payment))
            {
                case BankReturn.Reported { Report: var report }:
                    await TellAsync(gateway, report, AnswerSource.Return, actors, meters, cancel);
                    break;
                case BankReturn.Refused { Fault: not ReturnFault.Malformed }:
                    meters.Forged(gateway);
                    break;
            }
        }

        return TypedResults.LocalRedirect($"~/checkout/{Uri.EscapeDataString(payment)}");
    }

    internal static async Task<Results<NoContent, Problem>> ReceiveAsync(
        string gateway, HttpContext http, IActors actors, IEnumerable<IBankWebhooks> readers, GatewayDirectory gateways, ProviderMeters meters, CancellationToken cancel)
    {
        if (readers.FirstOrDefault(reader => reader.Gateway == gateway) is not { } webhooks) return Problems.NotFound();
        var body = await RawBody.ReadAsync(http, IBankWebhooks.MaxBody);
        var headers = http.Request.Headers;
        switch (webhooks.Read(name => headers[name], body.Span))
        {
            case BankWebhook.Reported { Report: var report }:
                await TellAsync(gateway, report, AnswerSource.Webhook, actors, meters, cancel);
                return TypedResults.NoContent();
            case BankWebhook.Disputed { Report: var told }:
                if (await KeyAsync(told, gateways.Find(gateway), cancel) is not { } key) return Problems.OfStatus(StatusCodes.Status503ServiceUnavailable, "The bank could not be asked which payment this is about. Send it again.");
                var dispute = new PaymentCommand.ReportDispute(key, gateway, told.BankId, told.Status, told.Amount, told.Reason, told.RespondBy);
                await TellAsync(gateway, key, told.EventId, dispute, actors, meters, cancel);
                return TypedResults.NoContent();
            case BankWebhook.Irrelevant:
                meters.Unknown(gateway);
                return TypedResults.NoContent();
            case BankWebhook.Forged:
                meters.Forged(gateway);
                return Problems.Of(StatusCodes.Status401Unauthorized, "signature_invalid", "The webhook's signature or its time does not fit.");
            default:
                return Problems.Invalid("body", "is signed, and not of the agreed shape");
        }
    }

    // Some banks speak of a dispute under their own id of the payment alone.
    /// <returns>The hub's key; empty where the payment is none of this hub's; <c>null</c> where the bank did not answer.</returns>
    private static async Task<string?> KeyAsync(DisputeReport told, IGateway? gateway, CancellationToken cancel)
    {
        if (told is not { IdempotencyKey: "", BankPayment: { } payment } || gateway is not IKeyFinder finder) return told.IdempotencyKey;
        try
        {
            return await finder.FindKeyAsync(payment, cancel) ?? "";
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task TellAsync(string gateway, BankReport said, AnswerSource source, IActors actors, ProviderMeters meters, CancellationToken cancel)
    {
        var report = await actors.AsAskedAsync(said, cancel);
        if (report.Answer is GatewayAnswer.Unknown { Reason: UnknownReason.SignatureInvalid }) meters.Forged(gateway);

        // A customer who brings nothing that counts changes nothing; the bank's own word, however unclear, is reason to ask.
        if (report.Answer is GatewayAnswer.Unknown && source is AnswerSource.Return) return;
        var answer = new PaymentCommand.ReportBankAnswer(report.IdempotencyKey, report.Answer.ToDomain(), source, Gateway: gateway);
        await TellAsync(gateway, report.IdempotencyKey, report.EventId, answer, actors, meters, cancel);
    }

    // An operation this hub never asked for changes nothing and is counted; the bank gets its 2xx, or it would go on for ever.
    private static async Task TellAsync(
        string gateway, string operation, string eventId, PaymentCommand command, IActors actors, ProviderMeters meters, CancellationToken cancel)
    {
        if (Payment.IdOfPart(operation) is not { } id)
        {
            meters.Unknown(gateway);
            return;
        }

        var outcome = await actors.SendAsync(HubKinds.Payment[id], new Envelope($"webhook:{gateway}:{eventId}", command), cancel);
        if (outcome is TurnOutcome.Rejected) meters.Unknown(gateway);
    }
}
