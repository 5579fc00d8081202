using System.Text.Json.Serialization;
using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Conversations;

/// <summary>A browser or app in which the customer wants to confirm payments.</summary>
/// <param name="Secret">43 to 128 letters, digits, <c>-</c> and <c>_</c>, made at random and kept by the device; the hub keeps a digest of it.</param>
/// <param name="Via">The customer's verified address that the code goes to, <c>adr_…</c>.</param>
public sealed record BindDevice(string Secret, string Via)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(BindDevice);
}

/// <summary>A device.</summary>
/// <param name="Id">Its address, <c>adr_…</c>.</param>
/// <param name="Verified">Whether it was proved; else a code is on its way.</param>
public sealed record DeviceView(string Id, bool Verified)
{
    /// <summary>Always <c>device</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "device";
}

/// <summary>Binds devices to a customer. They are addresses of the channel <c>chat</c>, and are taken away as all of them are.</summary>
internal static class DeviceEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v1/customers/{id}/devices", BindAsync).RequireAuthorization(Policies.AddressesVerify).RequireRateLimiting(RateLimits.Codes).RequireIdempotency("dev");

    /// <summary>Binds a device, and sends a code to a verified address to prove it; typed under <c>addresses/{id}/verification/check</c>, it counts.</summary>
    internal static async Task<Results<Accepted<DeviceView>, Problem>> BindAsync(
        string id, Body<BindDevice> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, ChatDevices devices, Codes codes, TimeProvider time, CancellationToken cancel)
    {
        // A checkout link that got about binds nothing for good.
        if (caller is Caller.Customer { PaymentId: not null }) return Problems.OfStatus(StatusCodes.Status403Forbidden);
        var fits = ChatDevices.IsSecret(body.Value.Secret) && !CardNumbers.AreIn(body.Value.Secret);
        if (new Fields().Require(fits, "secret", "must be 43 to 128 random letters, digits, - and _").Problem is { } wrong) return wrong;
        var customer = await actors.SeeWriterAsync(id, caller, cancel);
        if (customer.FindAddress(body.Value.Via) is not { Channel: not Channel.Chat } via) return Problems.Invalid("via", "must be an address of the customer's");
        var value = devices.ValueOf(id, body.Value.Secret);
        var bound = customer.Addresses.FirstOrDefault(a => a.AddressKey == devices.KeyOf(id, body.Value.Secret));
        if (bound is { VerifiedAt: not null }) return TypedResults.Accepted($"/v1/customers/{id}", new DeviceView(bound.Id, Verified: true));
        if (via.VerifiedAt is null) return Problems.From(RejectionCode.AddressNotVerified);

        // It was to be proved by another address, which may be gone: it begins anew, so that the code goes to the one that was named.
        if (bound is not null && bound.Twin != via.AddressKey)
        {
            await actors.TakeAsync<Customer>(HubKinds.Customer[id], $"{key.CommandId}:unbind", new CustomerCommand.RemoveAddress(bound.Id, AddressEndpoints.NameOf(caller)), cancel);
            bound = null;
        }

        var device = bound?.Id ?? $"adr_{key.CreatedId[4..]}";
        if (bound is null)
        {
            var address = new NewAddress(device, Channel.Chat, devices.KeyOf(id, body.Value.Secret)!, persons.Seal(id, value), via.AddressKey);
            await actors.TakeAsync<Customer>(HubKinds.Customer[id], $"{key.CommandId}:device", new CustomerCommand.AddAddress(address), cancel);
        }

        var verification = $"ver_{key.CreatedId[4..]}";
        var request = new CustomerCommand.RequestVerification(device, verification, codes.DigestOfVerification(device, codes.ForVerification(verification)));
        await CodeRequests.TakeAsync(actors, id, device, new Envelope(key.CommandId, request), time, cancel);
        return TypedResults.Accepted($"/v1/customers/{id}", new DeviceView(device, Verified: false));
    }
}
