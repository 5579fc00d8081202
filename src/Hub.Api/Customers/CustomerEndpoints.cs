using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Channels.Confirmations;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Customers;

/// <summary>Customers: made by a merchant, read by both, erased on request.</summary>
internal static class CustomerEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers", CreateAsync).RequireAuthorization(Policies.OrdersWrite).RequireIdempotency("cus");
        routes.MapGet("/v1/customers/{id}", ReadAsync).RequireAuthorization(Policies.Read);
        routes.MapPatch("/v1/customers/{id}", ChangeAsync).RequireAuthorization(Policies.CustomersWrite).RequireIdempotency("cus");
        routes.MapPost("/v1/customers/{id}/erase", EraseAsync).RequireAuthorization(Policies.CustomersErase).RequireIdempotency("ers");
        routes.MapPost("/v1/customers/{id}/sessions", OpenSessionAsync).RequireAuthorization(Policies.SessionsWrite)
            .RequireRateLimiting(RateLimits.Sessions).RequireIdempotency("ses");
    }

    /// <summary>Creates a customer. Addresses a merchant names start unverified.</summary>
    internal static async Task<Created<CustomerView>> CreateAsync(
        Body<CreateCustomer> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, AddressKeys addresses, IdSource ids, CancellationToken cancel)
    {
        if (new Fields().Check(body.Value).Problem is { } wrong) throw wrong.AsException();
        var (id, merchant, asked) = (key.CreatedId, ((Caller.Merchant)caller).MerchantId, body.Value);
        var named = new List<NewAddress>();
        if (asked.Phone is { } phone) named.Add(Address(Channel.Sms, phone, 1));
        if (asked.Email is { } email) named.Add(Address(Channel.Email, email, 2));
        var command = new CustomerCommand.Register(id, merchant, persons.Seal(id, asked.Name), named.ToEquatableArray(), CustomerChecks.PreferencesOf(asked));
        var done = await actors.TakeAsync<Customer>(HubKinds.Customer[id], key.CommandId, command, cancel);
        return TypedResults.Created($"/v1/customers/{id}", CustomerView.Of(done.State, done.Version, persons, caller));

        // The ids derive from the customer's, so that a repeat after a crash names the same addresses.
        NewAddress Address(Channel channel, string value, int number) =>
            new($"adr_{id[4..]}_{number}", channel, addresses.Of(channel, value), persons.Seal(id, value));
    }

    /// <summary>Reads a customer.</summary>
    internal static async Task<Ok<CustomerView>> ReadAsync(string id, Caller caller, IActors actors, IPersonalData persons, HttpContext http, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        ETags.Set(http, seen.Version);
        return TypedResults.Ok(CustomerView.Of(seen.State, seen.Version, persons, caller));
    }

    /// <summary>Changes a customer's name or preferences; what is left out stays.</summary>
    internal static async Task<Results<Ok<CustomerView>, Problem>> ChangeAsync(
        string id, Body<ChangeCustomer> body, IfMatch match, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, HttpContext http, CancellationToken cancel)
    {
        // A checkout link that got about must not send the requests of the customer's other payments elsewhere.
        if (caller is Caller.Customer { PaymentId: not null }) return Problems.OfStatus(StatusCodes.Status403Forbidden);
        var asked = body.Value;
        if (new Fields().Check(asked).Problem is { } wrong) return wrong;
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        var preferences = CustomerChecks.PreferencesOf(asked, seen.State.Preferences);
        var name = asked.Name is { } words && !seen.State.Erased ? persons.Seal(id, words) : (Sealed?)null;
        var done = await actors.TakeAsync<Customer>(HubKinds.Customer[id], new Envelope(key.CommandId, new CustomerCommand.Change(name, preferences), Expected: match.Version), cancel);
        ETags.Set(http, done.Version);
        return TypedResults.Ok(CustomerView.Of(done.State, done.Version, persons, caller));
    }

    /// <summary>Forgets a customer: name, addresses, cards. What they bought stays in the books, without them.</summary>
    internal static async Task<Ok<CustomerView>> EraseAsync(
        string id, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, ICredentials credentials, CancellationToken cancel)
    {
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        var done = await actors.TakeAsync<Customer>(HubKinds.Customer[id], key.CommandId, new CustomerCommand.Erase(caller.Tenant), cancel);
        await credentials.RevokeCustomerAsync(id, cancel);
        return TypedResults.Ok(CustomerView.Of(done.State, done.Version, persons, caller));
    }

    /// <summary>Makes a token for the customer's own browser, app or chat; shown once, minutes long.</summary>
    internal static async Task<Created<SessionView>> OpenSessionAsync(
        string id, Body<CreateSession> body, IdempotencyKey key, Caller caller, IActors actors, ICredentials credentials, CancellationToken cancel)
    {
        _ = key;
        var customer = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        if (customer.State.Erased) throw Problems.From(RejectionCode.CustomerErased).AsException();
        if (body.Value.Payment is { } payment)
        {
            var seen = await actors.SeeAsync<Hub.Domain.Payments.Payment>(HubKinds.Payment, payment, caller, cancel);
            if (seen.State.Grant.Customer != id) throw Problems.NotFound().AsException();
        }

        var issued = await credentials.IssueAsync(NewCredential.Session(customer.State.Merchant, id, body.Value.Payment, SessionView.Life), cancel);
        return TypedResults.Created($"/v1/customers/{id}", new SessionView(issued.Secret, issued.Credential.ExpiresAt, id, body.Value.Payment));
    }
}

/// <summary>A session, with the token that nobody will see again.</summary>
internal sealed record SessionView(string Token, DateTimeOffset? ExpiresAt, string Customer, string? Payment)
{
    /// <summary>How long it lasts: a checkout with time to find the card.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(45);
}
