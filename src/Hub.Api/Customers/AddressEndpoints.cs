using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Channels;
using Hub.Channels.Confirmations;
using Hub.Channels.Email;
using Hub.Channels.Sms;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Customers;

/// <summary>One more way to reach a customer.</summary>
/// <param name="Channel"><c>sms</c>, <c>whatsapp</c> or <c>email</c>.</param>
/// <param name="Address">A number in E.164 form, or a mailbox.</param>
public sealed record AddAddressRequest(Channel Channel, string Address);

/// <summary>The addresses of a customer: added, taken away, given back. Proving one is in <see cref="WalletEndpoints"/>.</summary>
internal static class AddressEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers/{id}/addresses", AddAsync).RequireAuthorization(Policies.CustomersWrite).RequireIdempotency("adr");
        routes.MapDelete("/v1/customers/{id}/addresses/{address}", RemoveAsync).RequireAuthorization(Policies.AddressesRemove)
            .RequireRateLimiting(RateLimits.Codes).RequireIdempotency("del");
        routes.MapPost("/v1/customers/{id}/addresses/{address}/restore", RestoreAsync).RequireAuthorization(Policies.AddressesRemove)
            .RequireRateLimiting(RateLimits.Codes).RequireIdempotency("rst");
    }

    /// <summary>Adds an address; it starts unverified. One that comes after a verified one is asked for no confirmation for a while, and the older ones are told.</summary>
    internal static async Task<Results<Created<CustomerView>, Problem>> AddAsync(
        string id, Body<AddAddressRequest> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, AddressKeys addresses, ChannelOptions options, CancellationToken cancel)
    {
        if (IsForOnePayment(caller)) return Problems.OfStatus(StatusCodes.Status403Forbidden);
        var asked = body.Value;
        if (Check(asked, options).Problem is { } wrong) return wrong;
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        if (seen.State.Erased) return Problems.From(RejectionCode.CustomerErased);
        var address = new NewAddress(
            key.CreatedId, asked.Channel, addresses.Of(asked.Channel, asked.Address), persons.Seal(id, asked.Address), addresses.TwinOf(asked.Channel, asked.Address));
        var done = await actors.TakeAsync<Customer>(HubKinds.Customer[id], key.CommandId, new CustomerCommand.AddAddress(address), cancel);
        return TypedResults.Created($"/v1/customers/{id}", CustomerView.Of(done.State, done.Version, persons, caller));
    }

    /// <summary>Takes an address away from a customer: at once, and with 30 days to undo it. For the customer, and for staff who were asked to.</summary>
    internal static async Task<Results<Ok<CustomerView>, Problem>> RemoveAsync(
        string id, string address, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, ChannelOptions options, TimeProvider time, CancellationToken cancel)
    {
        if (IsForOnePayment(caller)) return Problems.OfStatus(StatusCodes.Status403Forbidden);
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        var command = new CustomerCommand.RemoveAddress(address, NameOf(caller), options.NewNumberHoldHours);
        var done = await CodeRequests.TakeAsync(actors, id, address, new Envelope(key.CommandId, command), time, cancel);
        return TypedResults.Ok(CustomerView.Of(done.State, done.Version, persons, caller));
    }

    /// <summary>Gives back an address that was taken away within 30 days, verified or not as it was; beside another verified one it is held as a new one is.</summary>
    internal static async Task<Results<Ok<CustomerView>, Problem>> RestoreAsync(
        string id, string address, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, ChannelOptions options, TimeProvider time, CancellationToken cancel)
    {
        if (IsForOnePayment(caller)) return Problems.OfStatus(StatusCodes.Status403Forbidden);
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        var command = new CustomerCommand.RestoreAddress(address, NameOf(caller), options.NewNumberHoldHours);
        var done = await CodeRequests.TakeAsync(actors, id, address, new Envelope(key.CommandId, command), time, cancel);
        return TypedResults.Ok(CustomerView.Of(done.State, done.Version, persons, caller));
    }

    // A checkout link that got about must not send the requests of the customer's other payments elsewhere.
    private static bool IsForOnePayment(Caller caller) => caller is Caller.Customer { PaymentId: not null };

    internal static string NameOf(Caller caller) => caller is Caller.Staff staff ? staff.Email : AddressChanges.ByCustomer;

    private static Fields Check(AddAddressRequest asked, ChannelOptions options) => asked.Channel switch
    {
        Channel.Sms => new Fields().Number("address", asked.Address),
        Channel.Whatsapp => new Fields()
            .Require(options.Twilio.WhatsAppFrom.Length > 0, "channel", "must not be whatsapp: this hub does not speak it")
            .Number("address", asked.Address),
        Channel.Email => new Fields().Require(Mailbox.TryParse(asked.Address, out _), "address", "must be one mailbox, such as ada@example.com"),
        _ => new Fields().Require(false, "channel", "must be sms, whatsapp or email"),
    };
}
