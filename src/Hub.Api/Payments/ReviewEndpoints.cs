using Hub.Actors;
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

/// <summary>Why, for whoever reads it later; nothing personal.</summary>
public sealed record ReasonRequest(string Reason);

/// <summary>What takes a person's decision: payments that are held, and refunds after the window.</summary>
internal static class ReviewEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payments/{id}/hold", HoldAsync).RequireAuthorization(Policies.PaymentsReview).RequireIdempotency("hld");
        routes.MapPost("/v1/payments/{id}/approve", ApproveAsync).RequireAuthorization(Policies.PaymentsReview).RequireIdempotency("apv");
        routes.MapPost("/v1/payments/{id}/reject", RejectAsync).RequireAuthorization(Policies.PaymentsReview).RequireIdempotency("rej");
        routes.MapPost("/v1/payments/{id}/refunds/{refund}/approve", ApproveRefundAsync).RequireAuthorization(Policies.RefundsApprove).RequireIdempotency("apr");
        routes.MapPost("/v1/payments/{id}/refunds/{refund}/decline", DeclineRefundAsync).RequireAuthorization(Policies.RefundsApprove).RequireIdempotency("dcl");
    }

    /// <summary>Holds a payment before any money is taken, until somebody decides.</summary>
    internal static Task<Ok<PaymentView>> HoldAsync(string id, Body<ReasonRequest> body, IdempotencyKey key, Caller caller, PaymentTurns turns, CancellationToken cancel)
    {
        Check(body.Value);
        return turns.TakeAsync(id, _ => new PaymentCommand.Hold(caller.Tenant, body.Value.Reason), key, caller, PreferWait.None, cancel);
    }

    /// <summary>Lets a held payment go on.</summary>
    internal static Task<Ok<PaymentView>> ApproveAsync(string id, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel) =>
        turns.TakeAsync(id, _ => new PaymentCommand.Approve(caller.Tenant), key, caller, wait, cancel);

    /// <summary>Ends a held payment; what the bank holds is released first.</summary>
    internal static Task<Ok<PaymentView>> RejectAsync(
        string id, Body<ReasonRequest> body, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel)
    {
        Check(body.Value);
        return turns.TakeAsync(id, _ => new PaymentCommand.Reject(caller.Tenant, body.Value.Reason), key, caller, wait, cancel);
    }

    /// <summary>Agrees to a refund after the window, as another person than the one who asked for it.</summary>
    internal static Task<Ok<PaymentView>> ApproveRefundAsync(
        string id, string refund, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel) =>
        turns.TakeAsync(id, _ => new PaymentCommand.ApproveRefund(refund, caller.Tenant), key, caller, wait, cancel);

    /// <summary>Does not make a refund after the window.</summary>
    internal static Task<Ok<PaymentView>> DeclineRefundAsync(
        string id, string refund, Body<ReasonRequest> body, IdempotencyKey key, Caller caller, PaymentTurns turns, CancellationToken cancel)
    {
        Check(body.Value);
        return turns.TakeAsync(id, _ => new PaymentCommand.DeclineRefund(refund, caller.Tenant, body.Value.Reason), key, caller, PreferWait.None, cancel);
    }

    private static void Check(ReasonRequest body)
    {
        if (new Fields().Require(!string.IsNullOrWhiteSpace(body.Reason), "reason", "is required").Line("reason", body.Reason).Problem is { } wrong) throw wrong.AsException();
    }
}
