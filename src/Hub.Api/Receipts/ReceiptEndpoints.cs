using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Json;
using Hub.Api.Views;
using Hub.Domain.Kernel;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Receipts;

/// <summary>Receipts to keep, and the public keys to check them with, now or in ten years.</summary>
internal static class ReceiptEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/payments/{id}/receipt", ReadAsync).RequireAuthorization(Policies.Read).Produces<SignedReceipt>(StatusCodes.Status200OK, SignedReceipt.MediaType);
        routes.MapGet("/v1/keys/signing", (ISigningKeys keys) => TypedResults.Content(keys.PublicJwks, "application/json")).AllowAnonymous();
    }

    /// <summary>The receipt of a payment, signed by the hub. The same until money moves again; the signature itself is new each time.</summary>
    internal static async Task<Results<ContentHttpResult, Problem>> ReadAsync(
        string id, Caller caller, IActors actors, IJournalStore journal, ISigningKeys keys, HttpContext http, CancellationToken cancel)
    {
        var payment = await actors.SeeAsync<Payment>(HubKinds.Payment, id, caller, cancel);
        var money = MoneyMoved.Read(journal, id);
        if (money.Captures.Count == 0) return NothingCaptured(payment.State);

        // The payment was granted by this order, so whoever may see the one may read the other's invoice.
        var order = (Order)(await actors.ReadAsync(HubKinds.Order[payment.State.Grant.Order], atLeast: 1, cancel)).State;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"receipt-{payment.State.Id}.json\"";
        return TypedResults.Content(SignedReceipt.Of(Receipt.Of(order, payment.State.Id, money), keys).Write(), SignedReceipt.MediaType);
    }

    private static Problem NothingCaptured(Payment payment) => Problems
        .Of(
            StatusCodes.Status409Conflict,
            WireJson.Snake(nameof(RejectionCode.NothingCaptured)),
            "Nothing was captured, so there is no receipt. Ask again once the payment has succeeded.",
            payment.Ended is null ? Retry.Later : Retry.Never)
        .About(WireJson.Snake(payment.Status.ToString()), PaymentActions.Of(payment));
}
