using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Customers;
using Hub.Domain.Money;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Customers;

/// <summary>Stored value for a customer, paid for by the merchant: a gift card, goodwill, or what the customer bought with an order.</summary>
/// <param name="Amount">Minor units, more than zero.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record TopUpRequest(long Amount, string Currency);

/// <summary>E-cash: topped up by the merchant, spent by the customer.</summary>
internal static class ECashEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/customers/{id}/ecash/top-ups", TopUpAsync).RequireAuthorization(Policies.ECashWrite).RequireIdempotency("top");

    /// <summary>Adds stored value; the merchant's balance pays for it.</summary>
    internal static async Task<Ok<CustomerView>> TopUpAsync(
        string id, Body<TopUpRequest> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, CancellationToken cancel)
    {
        var asked = body.Value;
        var known = Currency.TryParse(asked.Currency, out var currency);
        if (new Fields().Minor("amount", asked.Amount).Require(known, "currency", "must be an ISO 4217 code, such as EUR").Problem is { } wrong) throw wrong.AsException();
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        var command = new CustomerCommand.TopUpECash(key.CreatedId, new Amount(asked.Amount, currency), caller.Tenant);
        var done = await actors.TakeAsync<Customer>(HubKinds.Customer[id], key.CommandId, command, cancel);
        return TypedResults.Ok(CustomerView.Of(done.State, done.Version, persons, caller));
    }
}
