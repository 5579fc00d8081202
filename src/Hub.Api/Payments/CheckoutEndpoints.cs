using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Channels.Confirmations;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Gateways.Jwe;
using Hub.Gateways.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Payments;

/// <summary>Payments, as the customer pays and confirms them.</summary>
internal static class CheckoutEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payments/{id}/submit", SubmitAsync).RequireAuthorization(Policies.PaymentsSubmit).RequireIdempotency("sub");
        routes.MapPost("/v1/payments/{id}/confirmation", AnswerAsync).RequireAuthorization(Policies.PaymentsConfirm)
            .RequireRateLimiting(RateLimits.Codes).RequireIdempotency("ans");
        routes.MapPost("/v1/payments/{id}/confirmation/resend", ResendAsync).RequireAuthorization(Policies.PaymentsResend).RequireIdempotency("rsd");
    }

    /// <summary>Pays with an instrument. What a decision needs from elsewhere travels in the command.</summary>
    internal static async Task<Results<Ok<PaymentView>, Problem>> SubmitAsync(
        string id,
        Body<SubmitPayment> body,
        IdempotencyKey key,
        Caller caller,
        PageChannel page,
        PreferWait wait,
        IActors actors,
        CardIntake intake,
        GatewayRouter router,
        WalletTokens wallets,
        TimeProvider time,
        PaymentWaiter waiter,
        CancellationToken cancel)
    {
        var payment = await actors.SeeAsync<Payment>(HubKinds.Payment, id, caller, cancel);
        var grant = payment.State.Grant;
        var customer = await actors.SeeAsync<Customer>(HubKinds.Customer, grant.Customer, caller, cancel);

        // The payment was granted by this order, so it has begun, whatever was read of it before.
        var order = (Order)(await actors.ReadAsync(HubKinds.Order[grant.Order], atLeast: 1, cancel)).State;
        if (customer.State.Instruments.FirstOrDefault(i => i.Id == body.Value.Instrument) is not { } instrument) return PaymentProblems.Of(RejectionCode.NoSuchInstrument, payment.State);

        // The same request once more, whose answer was lost: what has changed since (a wallet that closed, another plan) is none of its business.
        if (payment.State.Attempts.Any(a => a.SecurityCode == key.CommandId)) return TypedResults.Ok(await waiter.LatestAsync(new Taken<Payment>(payment.State, payment.Version, []), id, wait, cancel));
        if (instrument.Type == InstrumentType.WalletCard && customer.State.Wallet?.IsOpenFor(wallets.DigestOf(grant.Customer, body.Value.Wallet), time.GetUtcNow()) is not true)
        {
            return PaymentProblems.Of(RejectionCode.WalletClosed, payment.State);
        }

        var plan = router.Plan(instrument, grant.Amount, grant.Merchant, payment.State.Mode);

        // The code goes to the vault under a name that the same request always gets; the command carries the name.
        var code = body.Value.SecurityCode is null ? null : key.CommandId;
        if (body.Value.SecurityCode is { } encrypted
            && await intake.KeepSecurityCodeAsync(encrypted, grant.Customer, instrument.Id, code!, cancel) is Intake.Refused refused)
        {
            return TypedCodes.Refused("security_code", refused.Code);
        }

        var command = new PaymentCommand.Submit(instrument, plan, order.Acceptance, customer.State.ConfirmationRoutes(time.GetUtcNow()), code, page.Channel);

        // The request's own fingerprint was compared before. Under its key another plan of the moment is still the same request.
        var outcome = await actors.SendAsync(HubKinds.Payment[id], new Envelope(key.CommandId, command), cancel);
        if (outcome is TurnOutcome.Rejected { Code: not RejectionCode.CommandIdReused } refusal) throw PaymentProblems.Of(refusal.Code, (Payment)refusal.State).AsException();
        return TypedResults.Ok(await waiter.LatestAsync(new Taken<Payment>((Payment)outcome.State, outcome.Version, []), id, wait, cancel));
    }

    /// <summary>The customer's yes or no on a page. The typed code becomes a keyed digest here and goes no further.</summary>
    internal static async Task<Results<Ok<PaymentView>, Problem>> AnswerAsync(
        string id, Body<AnswerRequest> body, IdempotencyKey key, Caller caller, PageChannel page, PreferWait wait, IActors actors, Codes codes, PaymentWaiter waiter, CancellationToken cancel)
    {
        var asked = body.Value;
        var approves = asked.Answer is ConfirmationAnswer.Approve;
        if ((approves || asked.Code is not null) && TypedCodes.Problem(asked.Code) is { } malformed) return malformed;
        if (asked.Reason is not (null or "not_me")) return Problems.Invalid("reason", "must be not_me, or left out");
        var payment = await actors.SeeAsync<Payment>(HubKinds.Payment, id, caller, cancel);
        var open = payment.State.LastAttempt?.Confirmation;
        var digest = asked.Code is { } code && open is not null ? codes.DigestOfPage(open.Id, code) : null;
        var command = new PaymentCommand.AnswerConfirmation(page.Channel, approves, digest, Confirmation: open?.Id, NotMe: asked.Reason == "not_me");
        var done = await actors.TakeAsync<Payment>(HubKinds.Payment[id], key.CommandId, command, cancel);
        return Refusal(done) is { } refusal
            ? PaymentProblems.Of(refusal, done.State)
            : TypedResults.Ok(await waiter.LatestAsync(done, id, wait, cancel));
    }

    /// <summary>Has the same request sent again; wrong answers keep counting.</summary>
    internal static async Task<Accepted<PaymentView>> ResendAsync(
        string id, Body<ResendRequest> body, IdempotencyKey key, Caller caller, IActors actors, PaymentViews views, CancellationToken cancel)
    {
        await actors.SeeAsync<Payment>(HubKinds.Payment, id, caller, cancel);
        var done = await actors.TakeAsync<Payment>(HubKinds.Payment[id], key.CommandId, new PaymentCommand.ResendConfirmation(body.Value.Channel), cancel);
        return TypedResults.Accepted($"/v1/payments/{id}", views.Of(done.State, done.Version));
    }

    // A wrong or late answer is a fact and was recorded; to the one who gave it, it is a refusal.
    private static RejectionCode? Refusal(Taken<Payment> done)
    {
        if (done.Events.OfType<PaymentEvent.AnswerIgnored>().FirstOrDefault() is { } ignored) return ignored.Reason;
        if (done.Events.OfType<PaymentEvent.ConfirmationEnded>().Any(e => e.Status is ConfirmationStatus.Exhausted)) return RejectionCode.ConfirmationExhausted;
        return done.Events.OfType<PaymentEvent.WrongAnswer>().Any() ? RejectionCode.WrongCode : null;
    }
}
