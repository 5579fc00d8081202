using System.Security.Cryptography;
using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Channels.Webhooks;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Merchants;

/// <summary>A public key to verify the merchant's orders with: PEM, P-256.</summary>
public sealed record AddSigningKeyRequest(string PublicKey);

/// <summary>Where results are to be sent.</summary>
/// <param name="Url">https in live mode.</param>
/// <param name="Events">The types wanted; all when left out.</param>
public sealed record AddEndpointRequest(string Url, IReadOnlyList<string>? Events = null);

/// <summary>A registered signing key.</summary>
public sealed record SigningKeyView(string Id, string PublicKey, DateTimeOffset CreatedAt, bool Retired);

/// <summary>A webhook endpoint; the secret is shown when it is made, and never again.</summary>
public sealed record WebhookEndpointView(string Id, string Url, IReadOnlyList<string> Events, bool Disabled, DateTimeOffset CreatedAt, string? Secret);

/// <summary>A merchant's signing keys and webhook endpoints.</summary>
internal static class MerchantEndpoints
{
    // Other curves have keys of 256 bits too; RFC 9421 names this one.
    private const string P256 = "1.2.840.10045.3.1.7";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/merchants/signing-keys", AddKeyAsync).RequireAuthorization(Policies.KeysWrite).RequireIdempotency("sig");
        routes.MapDelete("/v1/merchants/signing-keys/{id}", RetireKeyAsync).RequireAuthorization(Policies.KeysWrite).RequireIdempotency("del");
        routes.MapPost("/v1/webhook-endpoints", AddEndpointAsync).RequireAuthorization(Policies.WebhooksWrite).RequireIdempotency("whe");
        routes.MapGet("/v1/webhook-endpoints", ListEndpointsAsync).RequireAuthorization(Policies.WebhooksWrite);
        routes.MapDelete("/v1/webhook-endpoints/{id}", DisableEndpointAsync).RequireAuthorization(Policies.WebhooksWrite).RequireIdempotency("del");
        routes.MapPost("/v1/webhook-endpoints/{id}/rotate", RotateAsync).RequireAuthorization(Policies.WebhooksWrite).RequireIdempotency("rot");
    }

    /// <summary>Registers a public key that orders will be signed with.</summary>
    internal static async Task<Results<Created<SigningKeyView>, Problem>> AddKeyAsync(
        Body<AddSigningKeyRequest> body, IdempotencyKey key, Caller caller, IActors actors, CancellationToken cancel)
    {
        if (ReadKey(body.Value.PublicKey) is not { } publicKey) return Problems.Invalid("public_key", "must be an ECDSA P-256 public key in PEM form");
        var done = await actors.TakeAsync<Merchant>(ActorOf(caller), key.CommandId, new MerchantCommand.AddSigningKey(key.CreatedId, publicKey), cancel);
        var added = done.State.SigningKeys.First(k => k.Id == key.CreatedId);
        return TypedResults.Created($"/v1/merchants/signing-keys/{added.Id}", new SigningKeyView(added.Id, added.PublicKey, added.AddedAt, added.Retired));
    }

    /// <summary>Retires a signing key: orders signed with it are refused from now on.</summary>
    internal static async Task<NoContent> RetireKeyAsync(string id, IdempotencyKey key, Caller caller, IActors actors, CancellationToken cancel)
    {
        await actors.TakeAsync<Merchant>(ActorOf(caller), key.CommandId, new MerchantCommand.RetireSigningKey(id), cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Registers where results are to be sent, and answers the secret they are signed with, once.</summary>
    internal static async Task<Results<Created<WebhookEndpointView>, Problem>> AddEndpointAsync(
        Body<AddEndpointRequest> body, IdempotencyKey key, Caller caller, IActors actors, ISecretVault secrets, IRandomSource random, WebhookTargets targets, CancellationToken cancel)
    {
        if (targets.Check(body.Value.Url) is { } fault) return Problems.Invalid("url", $"is not an address webhooks are sent to ({Edge.Json.WireJson.Snake(fault.ToString())})");
        var fields = new Fields().Require(!CardNumbers.AreIn(body.Value.Url), "url", "must not hold a card number");
        foreach (var (type, index) in (body.Value.Events ?? []).Select((type, index) => (type, index))) fields.Token($"events[{index}]", type);
        if (fields.Problem is { } wrong) return wrong;
        var name = $"webhook/{key.CreatedId}";

        // A repeat after a crash finds the secret that was kept, so that both answers show the same one.
        var known = await secrets.FindAsync(name, cancel);
        var secret = known.Count > 0 ? known[0] : WebhookSecrets.New(random);
        if (known.Count == 0) await secrets.PutAsync(name, secret, cancel);
        var command = new MerchantCommand.AddEndpoint(key.CreatedId, body.Value.Url, (body.Value.Events ?? []).ToEquatableArray(), name);
        var done = await actors.TakeAsync<Merchant>(ActorOf(caller), key.CommandId, command, cancel);
        return TypedResults.Created($"/v1/webhook-endpoints/{key.CreatedId}", ViewOf(done.State.Endpoints.First(e => e.Id == key.CreatedId), secret));
    }

    /// <summary>Lists the merchant's webhook endpoints.</summary>
    internal static async Task<Ok<ListOf<WebhookEndpointView>>> ListEndpointsAsync(Caller caller, IActors actors, CancellationToken cancel)
    {
        var merchant = await actors.SeeAsync<Merchant>(HubKinds.Merchant, ((Caller.Merchant)caller).MerchantId, caller, cancel);
        return TypedResults.Ok(new ListOf<WebhookEndpointView>([.. merchant.State.Endpoints.Reverse().Select(e => ViewOf(e, null))], HasMore: false));
    }

    /// <summary>Sends nothing there any more.</summary>
    internal static async Task<NoContent> DisableEndpointAsync(string id, IdempotencyKey key, Caller caller, IActors actors, CancellationToken cancel)
    {
        await actors.TakeAsync<Merchant>(ActorOf(caller), key.CommandId, new MerchantCommand.DisableEndpoint(id, "requested"), cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Makes a new secret and answers it once; the old one signs beside it for a day.</summary>
    internal static async Task<Ok<WebhookEndpointView>> RotateAsync(
        string id, IdempotencyKey key, Caller caller, IActors actors, ISecretVault secrets, IRandomSource random, CancellationToken cancel)
    {
        var merchant = await actors.SeeAsync<Merchant>(HubKinds.Merchant, ((Caller.Merchant)caller).MerchantId, caller, cancel);
        if (merchant.State.Endpoints.FirstOrDefault(e => e.Id == id) is not { } endpoint) throw Problems.NotFound().AsException();
        var done = await actors.TakeAsync<Merchant>(ActorOf(caller), key.CommandId, new MerchantCommand.RotateSecret(id, endpoint.Secret), cancel);
        var secret = WebhookSecrets.New(random);
        await secrets.RotateAsync(endpoint.Secret, secret, TimeSpan.FromDays(MerchantLimits.PreviousSecretDays), cancel);
        return TypedResults.Ok(ViewOf(done.State.Endpoints.First(e => e.Id == id), secret));
    }

    private static ActorId ActorOf(Caller caller) => HubKinds.Merchant[((Caller.Merchant)caller).MerchantId];

    private static WebhookEndpointView ViewOf(WebhookEndpoint e, string? secret) => new(e.Id, e.Url, [.. e.Types], e.Disabled, e.CreatedAt, secret);

    private static string? ReadKey(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == P256 && !pem.Contains("PRIVATE", StringComparison.Ordinal) ? Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>The secrets webhooks are signed with, from the vault.</summary>
internal sealed class WebhookSecrets(ISecretVault vault) : IWebhookSecrets
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindAsync(string name, CancellationToken cancel) => vault.FindAsync(name, cancel);

    /// <summary>A new secret: <c>whsec_</c> and 24 random bytes in base64.</summary>
    /// <remarks>Source: Standard Webhooks, "Symmetric keys".</remarks>
    internal static string New(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[24];
        random.Fill(bytes);
        return $"whsec_{Convert.ToBase64String(bytes)}";
    }
}
