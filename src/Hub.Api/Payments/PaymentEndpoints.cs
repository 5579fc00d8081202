using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Payments;

/// <summary>Payments, as merchants and staff drive them.</summary>
internal static class PaymentEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payments", CreateAsync).RequireAuthorization(Policies.PaymentsWrite).RequireIdempotency("pay");
        routes.MapGet("/v1/payments/{id}", ReadAsync).RequireAuthorization(Policies.Read);
        routes.MapPost("/v1/payments/{id}/captures", CaptureAsync).RequireAuthorization(Policies.PaymentsCapture).RequireIdempotency("cap");
        routes.MapPost("/v1/payments/{id}/void", VoidAsync).RequireAuthorization(Policies.PaymentsCapture).RequireIdempotency("vod");
        routes.MapPost("/v1/payments/{id}/cancel", CancelAsync).RequireAuthorization(Policies.PaymentsCancel).RequireIdempotency("can");
        routes.MapPost("/v1/payments/{id}/refunds", RefundAsync).RequireAuthorization(Policies.PaymentsRefund).RequireIdempotency("ref");
    }

    /// <summary>Opens a payment for an order; the order grants one at a time.</summary>
    internal static async Task<Created<PaymentView>> CreateAsync(
        Body<CreatePayment> body, IdempotencyKey key, Caller caller, IActors actors, PaymentViews views, CancellationToken cancel)
    {
        var order = await actors.SeeAsync<Order>(HubKinds.Order, body.Value.Order, caller, cancel);
        var granted = await actors.TakeAsync<Order>(
            HubKinds.Order[order.State.Id], key.CommandId, new OrderCommand.GrantPayment(key.CreatedId, body.Value.Capture), cancel);
        var begin = OrderReaction.Begin((OrderEvent.PaymentGranted)granted.Events[0]);
        var done = await actors.TakeAsync<Payment>(HubKinds.Payment[key.CreatedId], begin.Id, begin.Command, cancel);
        return TypedResults.Created($"/v1/payments/{key.CreatedId}", views.Of(done.State, done.Version));
    }

    /// <summary>Reads a payment. With <c>Prefer: wait=N</c>, once its status is no longer transient, or after N seconds.</summary>
    internal static async Task<Ok<PaymentView>> ReadAsync(
        string id, Caller caller, PreferWait wait, IActors actors, PaymentWaiter waiter, HttpContext http, CancellationToken cancel)
    {
        await actors.SeeAsync<Payment>(HubKinds.Payment, id, caller, cancel);
        var view = await waiter.ReadAsync(id, wait, cancel);
        ETags.Set(http, view.Version);
        return TypedResults.Ok(view);
    }

    /// <summary>Captures all or part of what was authorized and confirmed.</summary>
    internal static Task<Ok<PaymentView>> CaptureAsync(
        string id, Body<CaptureRequest> body, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel) =>
        turns.TakeAsync(id, payment => new PaymentCommand.Capture(AmountOf(body.Value.Amount, payment), body.Value.Final, caller.Tenant), key, caller, wait, cancel);

    /// <summary>Releases what is left of a hold; what was captured stays captured.</summary>
    internal static Task<Ok<PaymentView>> VoidAsync(string id, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel) =>
        turns.TakeAsync(id, _ => new PaymentCommand.VoidRemainder(caller.Tenant), key, caller, wait, cancel);

    /// <summary>Cancels before any capture; a hold is released first.</summary>
    internal static Task<Ok<PaymentView>> CancelAsync(
        string id, Body<CancelRequest> body, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel)
    {
        if (new Fields().Line("reason", body.Value.Reason).Problem is { } wrong) throw wrong.AsException();
        return turns.TakeAsync(id, _ => new PaymentCommand.Cancel(caller.Tenant, body.Value.Reason ?? "requested"), key, caller, wait, cancel);
    }

    /// <summary>Gives captured money back, all of it or a part; after three months a second person has to agree.</summary>
    internal static Task<Ok<PaymentView>> RefundAsync(
        string id, Body<RefundRequest> body, IdempotencyKey key, Caller caller, PreferWait wait, PaymentTurns turns, CancellationToken cancel)
    {
        if (new Fields().Line("reason", body.Value.Reason).Problem is { } wrong) throw wrong.AsException();
        return turns.TakeAsync(
            id, payment => new PaymentCommand.Refund(AmountOf(body.Value.Amount, payment), body.Value.Reason ?? "requested", caller.Tenant), key, caller, wait, cancel);
    }

    private static Amount? AmountOf(long? minor, Payment payment) => minor is { } value ? new Amount(value, payment.Grant.Amount.Currency) : null;
}
