using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Payments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Payments;

/// <summary>One turn of a payment the caller may see, and its view after it.</summary>
internal sealed class PaymentTurns(IActors actors, PaymentWaiter waiter)
{
    /// <summary>Sends what a request asks for.</summary>
    /// <param name="id">The payment.</param>
    /// <param name="command">The command, made of the payment as the caller sees it.</param>
    /// <param name="key">The request.</param>
    /// <param name="caller">Who asks; a payment they may not see is not there.</param>
    /// <param name="wait">How long to wait for a status that stays.</param>
    /// <param name="cancel">Stops waiting; the turn may still be taken.</param>
    internal async Task<Ok<PaymentView>> TakeAsync(
        string id, Func<Payment, PaymentCommand> command, IdempotencyKey key, Caller caller, PreferWait wait, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<Payment>(HubKinds.Payment, id, caller, cancel);
        var done = await actors.TakeAsync<Payment>(HubKinds.Payment[id], key.CommandId, command(seen.State), cancel);
        return TypedResults.Ok(await waiter.LatestAsync(done, id, wait, cancel));
    }
}
