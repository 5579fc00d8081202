using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Payments;

/// <summary>What the merchant tells the bank.</summary>
/// <param name="Text">What was sold, how it was delivered, what the customer said; sealed under a key of the payment: a merchant may defend itself also when the customer was erased.</param>
public sealed record EvidenceRequest(string Text);

/// <summary>Disputes: contested with evidence, or accepted.</summary>
internal static class DisputeEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payments/{id}/disputes/{dispute}/evidence", EvidenceAsync).RequireAuthorization(Policies.DisputesWrite).RequireIdempotency("evd");
        routes.MapPost("/v1/payments/{id}/disputes/{dispute}/accept", AcceptAsync).RequireAuthorization(Policies.DisputesWrite).RequireIdempotency("acc");
    }

    /// <summary>Contests a dispute, before its deadline.</summary>
    internal static Task<Ok<PaymentView>> EvidenceAsync(
        string id, string dispute, Body<EvidenceRequest> body, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, IPersonalData persons, CancellationToken cancel)
    {
        var text = body.Value.Text;
        var fields = new Fields().Require(!string.IsNullOrWhiteSpace(text), "text", "is required").Lines("text", text, PaymentLimits.EvidenceLength);
        if (fields.Problem is { } wrong) throw wrong.AsException();
        return turns.TakeAsync(
            id, payment => new PaymentCommand.SubmitEvidence(dispute, persons.Seal(payment.Id, text), caller.Tenant), key, caller, wait, cancel);
    }

    /// <summary>Gives in to a dispute: the money is the customer's.</summary>
    internal static Task<Ok<PaymentView>> AcceptAsync(
        string id, string dispute, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel) =>
        turns.TakeAsync(id, _ => new PaymentCommand.AcceptDispute(dispute, caller.Tenant), key, caller, wait, cancel);
}
