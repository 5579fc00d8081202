using System.Security.Cryptography;
using System.Text;
using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Orders.References;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Orders;

/// <summary>Orders: placed and signed by the merchant, accepted by the customer, shipped, delivered.</summary>
internal static class OrderEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/orders", PlaceAsync).RequireAuthorization(Policies.OrdersWrite).RequireIdempotency("ord");
        routes.MapGet("/v1/orders/{id}", ReadAsync).RequireAuthorization(Policies.Read);
        routes.MapPost("/v1/orders/{id}/accept", AcceptAsync).RequireAuthorization(Policies.OrdersAccept).RequireIdempotency("acc");
        routes.MapPost("/v1/orders/{id}/shipments", ShipAsync).RequireAuthorization(Policies.OrdersWrite).RequireIdempotency("shp");
        routes.MapPost("/v1/orders/{id}/deliveries", DeliverAsync).RequireAuthorization(Policies.OrdersWrite).RequireIdempotency("dlv");
        routes.MapPost("/v1/orders/{id}/cancel", CancelAsync).RequireAuthorization(Policies.OrdersWrite).RequireIdempotency("can");
    }

    /// <summary>Places a signed order; the invoice follows from its lines.</summary>
    internal static async Task<Results<Created<OrderView>, Problem>> PlaceAsync(
        Body<PlaceOrder> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, SignedOrders signatures, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        var merchant = await actors.SeeAsync<Merchant>(HubKinds.Merchant, ((Caller.Merchant)caller).MerchantId, caller, cancel);
        var (proof, unsigned) = await ProveAsync(http, signatures, merchant.State);
        if (proof is null) return unsigned!;
        if (new Fields().Check(body.Value).Problem is { } wrong) return wrong;
        var (asked, id) = (body.Value, key.CreatedId);
        var customer = await actors.ReadAsync(HubKinds.Customer[asked.Customer], cancel);
        if (customer.State is not Customer known || !caller.MaySee(known.Subjects)) return Problems.Invalid("customer", "names no customer of yours");
        if (known.Erased) return Problems.From(RejectionCode.CustomerErased);
        var command = new OrderCommand.Place(
            id, merchant.State.Id, merchant.State.Name, known.Id, asked.Reference, asked.ToInvoice(),
            new Consignee(persons.Seal(known.Id, asked.Consignee.Name), persons.Seal(known.Id, asked.Consignee.Address)),
            new DeliveryTerms(asked.Delivery.Method, asked.Delivery.By), proof);

        // The reference is claimed for good, so only for an order that the rules will take.
        if (OrderDecider.Decide(command, time.GetUtcNow(), OrderDecider.Initial).Rejection is { } impossible) return Problems.From(impossible);
        if (await ClaimAsync(actors, merchant.State.Id, asked.Reference, id, key, cancel) is { } taken) return taken;
        var done = await actors.TakeAsync<Order>(HubKinds.Order[id], key.CommandId, command, cancel);
        return TypedResults.Created($"/v1/orders/{id}", OrderView.Of(done.State, done.Version, persons));
    }

    /// <summary>Reads an order.</summary>
    internal static async Task<Ok<OrderView>> ReadAsync(string id, Caller caller, IActors actors, IPersonalData persons, HttpContext http, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<Order>(HubKinds.Order, id, caller, cancel);
        ETags.Set(http, seen.Version);
        return TypedResults.Ok(OrderView.Of(seen.State, seen.Version, persons));
    }

    /// <summary>The customer accepts exactly the invoice that was shown.</summary>
    internal static Task<Ok<OrderView>> AcceptAsync(
        string id, Body<AcceptInvoice> body, IdempotencyKey key, Caller caller, PageChannel page, IActors actors, IPersonalData persons, CancellationToken cancel) =>
        TurnAsync(id, new OrderCommand.Accept(body.Value.InvoiceHash, page.Channel), key, caller, actors, persons, cancel);

    /// <summary>The merchant handed the goods over.</summary>
    internal static Task<Ok<OrderView>> ShipAsync(
        string id, Body<ShipOrder> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, CancellationToken cancel)
    {
        if (new Fields().Line("carrier", body.Value.Carrier, 60).Line("tracking", body.Value.Tracking, 60).Problem is { } wrong) throw wrong.AsException();
        return TurnAsync(id, new OrderCommand.Ship(body.Value.Carrier, body.Value.Tracking), key, caller, actors, persons, cancel);
    }

    /// <summary>The goods arrived.</summary>
    internal static Task<Ok<OrderView>> DeliverAsync(
        string id, Body<Nothing> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, CancellationToken cancel)
    {
        _ = body;
        return TurnAsync(id, new OrderCommand.Deliver(), key, caller, actors, persons, cancel);
    }

    /// <summary>Withdraws an order that nobody paid.</summary>
    internal static Task<Ok<OrderView>> CancelAsync(
        string id, Body<CancelOrder> body, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, CancellationToken cancel)
    {
        if (new Fields().Line("reason", body.Value.Reason).Problem is { } wrong) throw wrong.AsException();
        return TurnAsync(id, new OrderCommand.Cancel(body.Value.Reason ?? "merchant"), key, caller, actors, persons, cancel);
    }

    private static async Task<Ok<OrderView>> TurnAsync(
        string id, OrderCommand command, IdempotencyKey key, Caller caller, IActors actors, IPersonalData persons, CancellationToken cancel)
    {
        await actors.SeeAsync<Order>(HubKinds.Order, id, caller, cancel);
        var done = await actors.TakeAsync<Order>(HubKinds.Order[id], key.CommandId, command, cancel);
        return TypedResults.Ok(OrderView.Of(done.State, done.Version, persons));
    }

    // A merchant's reference names one order for good; the reference is an actor of its own, so that two cannot both win.
    private static async Task<Problem?> ClaimAsync(IActors actors, string merchant, string reference, string order, IdempotencyKey key, CancellationToken cancel)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{merchant}\n{reference}")));
        var outcome = await actors.SendAsync(HubKinds.Reference[name], new Envelope(key.CommandId, new ReferenceCommand.Claim(order)), cancel);
        return outcome is TurnOutcome.Rejected no ? Problems.From(no.Code) : null;
    }

    private static async Task<(Hub.Domain.Orders.SignatureProof? Proof, Problem? Problem)> ProveAsync(HttpContext http, SignedOrders signatures, Merchant merchant)
    {
        ECDsa? used = null;
        try
        {
            return await signatures.VerifyAsync(http, id => used = KeyOf(merchant, id)) switch
            {
                SignatureCheck.Proven p => (new(p.Proof.KeyId, p.Proof.ContentDigest, p.Proof.Signature, p.Proof.Created), null),
                SignatureCheck.Refused r => (null, r.Problem),
                _ => throw new InvalidOperationException("A signature is proven or refused."),
            };
        }
        finally
        {
            used?.Dispose();
        }
    }

    private static ECDsa? KeyOf(Merchant merchant, string id)
    {
        if (merchant.SigningKeys.FirstOrDefault(k => k.Id == id) is not { Retired: false } key) return null;
        var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key.PublicKey), out _);
        return verifier;
    }
}
