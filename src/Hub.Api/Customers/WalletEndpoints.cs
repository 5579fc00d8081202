using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Views;
using Hub.Channels;
using Hub.Channels.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Gateways;
using Hub.Gateways.Jwe;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Customers;

/// <summary>What a customer proves and pays with: addresses and instruments.</summary>
internal static class WalletEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers/{id}/addresses/{address}/verification", SendCodeAsync).RequireAuthorization(Policies.AddressesVerify)
            .RequireRateLimiting(RateLimits.Codes).RequireIdempotency("ver");
        routes.MapPost("/v1/customers/{id}/addresses/{address}/verification/check", CheckCodeAsync).RequireAuthorization(Policies.AddressesVerify)
            .RequireRateLimiting(RateLimits.Codes).RequireIdempotency("chk");
        routes.MapPost("/v1/customers/{id}/instruments", AddAsync).RequireAuthorization(Policies.InstrumentsWrite).RequireIdempotency("ins");
        routes.MapDelete("/v1/customers/{id}/instruments/{instrument}", RemoveAsync).RequireAuthorization(Policies.InstrumentsWrite).RequireIdempotency("del");
    }

    /// <summary>Sends a six-digit code to an address, to prove that it is the customer's.</summary>
    internal static async Task<Accepted<CustomerView>> SendCodeAsync(
        string id, string address, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, Codes codes, TimeProvider time, CancellationToken cancel)
    {
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        var verification = key.CreatedId;
        var digest = codes.DigestOfVerification(address, codes.ForVerification(verification));
        var command = new Envelope(key.CommandId, new CustomerCommand.RequestVerification(address, verification, digest));
        var done = await CodeRequests.TakeAsync(actors, id, address, command, time, cancel);
        return TypedResults.Accepted($"/v1/customers/{id}", CustomerView.Of(done.State, done.Version, persons, caller));
    }

    /// <summary>Compares a typed code with the one that was sent.</summary>
    internal static async Task<Results<Ok<CustomerView>, Problem>> CheckCodeAsync(
        string id, string address, Body<CheckCode> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, Codes codes, ChannelOptions options, TimeProvider time,
        CancellationToken cancel)
    {
        if (TypedCodes.Problem(body.Value.Code) is { } wrong) return wrong;
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        await CodeGuesses.GrantAsync(actors, seen.State, address, verified: false, key, time.GetUtcNow(), cancel);
        var command = new CustomerCommand.CheckVerification(address, codes.DigestOfVerification(address, body.Value.Code), options.NewNumberHoldHours);
        var done = await CodeRequests.TakeAsync(actors, id, address, new Envelope(key.CommandId, command), time, cancel);
        if (done.Events is [CustomerEvent.VerificationFailed, ..]) return Problems.From(RejectionCode.WrongCode);
        return TypedResults.Ok(CustomerView.Of(done.State, done.Version, persons, caller));
    }

    /// <summary>Adds something to pay with. Numbers come encrypted on the customer's device; a bank account is chosen from the list of banks.</summary>
    /// <remarks>
    /// What the customer has already is answered with the instrument it is. A customer keeps up to 20 instruments, and beside them up to 20
    /// that came in sessions for one payment, five with each payment: there the oldest makes room for the next, and a submit that names it
    /// is refused like one with any other instrument that was removed.
    /// </remarks>
    internal static async Task<Results<Created<InstrumentView>, Problem>> AddAsync(
        string id, Body<AddInstrumentRequest> body, IdempotencyKey key, Caller caller, IActors actors, InstrumentIntake intake, WalletTokens tokens, ICardVault vault, CancellationToken cancel)
    {
        var customer = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        if (customer.State.Erased) return Problems.From(RejectionCode.CustomerErased);
        var (instrument, refused) = await intake.TakeAsync(body.Value, customer.State, caller, key, cancel);
        if (refused is not null) return refused;
        var command = new CustomerCommand.AddInstrument(instrument!, tokens.DigestOf(id, body.Value.Wallet), (caller as Caller.Customer)?.PaymentId);
        var outcome = await actors.SendAsync(HubKinds.Customer[id], new Envelope(key.CommandId, command), cancel);

        // A repeat tells how things stood then. What no turn took up, or what was removed since, must not stay in the vault.
        var now = outcome is TurnOutcome.Committed { Repeated: true } ? (Customer)(await actors.ReadAsync(HubKinds.Customer[id], cancel)).State : (Customer)outcome.State;
        var kept = now.Instruments.FirstOrDefault(i => i.Id == instrument!.Id);
        if (kept is null) await vault.DeleteCardAsync(instrument!.Id, cancel);

        // The same instrument under the same key is a repeat, whatever else about the request is another; any other instrument is another request.
        return outcome is TurnOutcome.Rejected { Code: var code } && kept != instrument
            ? Problems.From(code)
            : TypedResults.Created($"/v1/customers/{id}", InstrumentView.Of(instrument!));
    }

    /// <summary>Removes an instrument; its card is deleted from the vault. A card in the wallet takes the token the wallet was opened with.</summary>
    internal static async Task<Results<NoContent, Problem>> RemoveAsync(
        string id, string instrument, [FromHeader(Name = WalletTokens.Header)] string? wallet, IdempotencyKey key, Caller caller, IActors actors, WalletTokens tokens, CancellationToken cancel)
    {
        // A session for one payment adds a card to pay with; the wallet is not its to empty.
        if (caller is Caller.Customer { PaymentId: not null }) return Problems.OfStatus(StatusCodes.Status403Forbidden);
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        await actors.TakeAsync<Customer>(HubKinds.Customer[id], key.CommandId, new CustomerCommand.RemoveInstrument(instrument, tokens.DigestOf(id, wallet)), cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>What is answered to codes and encrypted values that cannot be used.</summary>
internal static class TypedCodes
{
    /// <summary>400 unless it is six ASCII digits.</summary>
    internal static Problem? Problem(string? code) =>
        code is { Length: 6 } && code.All(char.IsAsciiDigit) ? null : Problems.Invalid("code", "must be six digits");

    /// <summary>422 for something encrypted whose content cannot be used; says why in a code, never what was in it.</summary>
    internal static Problem Refused(string field, string code) =>
        Problems.Of(StatusCodes.Status422UnprocessableEntity, code, $"The content of {field} was refused: {code.Replace('_', ' ')}. Correct it, encrypt it anew and send it under a new Idempotency-Key.", Retry.SameMethod);
}
