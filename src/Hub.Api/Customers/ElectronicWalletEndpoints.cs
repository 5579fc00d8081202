using System.Text.Json.Serialization;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Customers;

/// <summary>A password for the wallet.</summary>
/// <param name="Password">8 to 200 characters.</param>
/// <param name="Wallet">The token the wallet was opened with; required to change a password.</param>
public sealed record SetWalletRequest(string Password, string? Wallet = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(SetWalletRequest);
}

/// <summary>The wallet's password.</summary>
public sealed record OpenWalletRequest(string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(OpenWalletRequest);
}

/// <summary>A wallet as it is while it is closed.</summary>
/// <param name="Set">Whether it has a password.</param>
/// <param name="Cards">How many cards lie in it.</param>
/// <param name="LockedUntil">Until when no password is tried.</param>
public sealed record WalletView(bool Set, int Cards, DateTimeOffset? LockedUntil)
{
    /// <summary>Always <c>wallet</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "wallet";

    internal static WalletView Of(Customer customer) => new(
        customer.Wallet is not null, customer.Instruments.Count(i => i.Type == InstrumentType.WalletCard), customer.Wallet?.LockedUntil);
}

/// <summary>An opened wallet.</summary>
/// <param name="Wallet">The token that opens it; nobody will see it again.</param>
/// <param name="ExpiresAt">From when on it opens nothing.</param>
/// <param name="Instruments">The cards in it.</param>
public sealed record OpenWalletView(string Wallet, DateTimeOffset ExpiresAt, IReadOnlyList<InstrumentView> Instruments);

/// <summary>The customer's electronic wallet: cards behind a password of its own.</summary>
internal static class ElectronicWalletEndpoints
{
    private const int MinPassword = 8;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/customers/{id}/wallet", ReadAsync).RequireAuthorization(Policies.WalletOpen);
        routes.MapPost("/v1/customers/{id}/wallet", SetAsync).RequireAuthorization(Policies.WalletOpen).RequireRateLimiting(RateLimits.Codes).RequireIdempotency("wls");
        routes.MapPost("/v1/customers/{id}/wallet/open", OpenAsync).RequireAuthorization(Policies.WalletOpen).RequireRateLimiting(RateLimits.Codes).RequireIdempotency("wlo");
    }

    /// <summary>Reads whether there is a wallet; what lies in it is shown once it is open.</summary>
    internal static async Task<Ok<WalletView>> ReadAsync(string id, Caller caller, IActors actors, CancellationToken cancel) =>
        TypedResults.Ok(WalletView.Of((await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel)).State));

    /// <summary>Sets the wallet's password, or another one while the wallet is open.</summary>
    internal static async Task<Results<Ok<WalletView>, Problem>> SetAsync(
        string id, Body<SetWalletRequest> body, IdempotencyKey key, Caller caller, IActors actors, ISecretVault secrets, Passwords passwords, WalletTokens tokens, TimeProvider time, CancellationToken cancel)
    {
        if (PasswordProblem(body.Value.Password) is { } wrong) return wrong;
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        var session = tokens.DigestOf(id, body.Value.Wallet);
        if (seen.State.Erased) return Problems.From(RejectionCode.CustomerErased);
        if (seen.State.Wallet is { } wallet && !wallet.IsOpenFor(session, time.GetUtcNow())) return Problems.From(RejectionCode.WalletClosed);

        // The digest lies in the vault before the turn names it; a name that no turn took up is deleted again.
        var secret = $"wallet/{key.CreatedId}";
        await secrets.PutAsync(secret, passwords.Digest(body.Value.Password), cancel);
        var outcome = await actors.SendAsync(HubKinds.Customer[id], new Envelope(key.CommandId, new CustomerCommand.SetWalletPassword(secret, session)), cancel);
        if (outcome is TurnOutcome.Rejected { Code: not RejectionCode.CommandIdReused } refused)
        {
            await secrets.DeleteAsync(secret, cancel);
            return Problems.From(refused.Code);
        }

        return TypedResults.Ok(WalletView.Of((Customer)(await actors.ReadAsync(HubKinds.Customer[id], cancel)).State));
    }

    /// <summary>Opens the wallet with its password, for ten minutes.</summary>
    internal static async Task<Results<Ok<OpenWalletView>, Problem>> OpenAsync(
        string id, Body<OpenWalletRequest> body, IdempotencyKey key, Caller caller, IActors actors, ISecretVault secrets, WalletTokens tokens, TimeProvider time, CancellationToken cancel)
    {
        if (PasswordProblem(body.Value.Password) is { } wrong) return wrong;
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        if (seen.State.Wallet is not { } wallet) return Problems.From(RejectionCode.WalletNotSet);

        // Nobody spends our time on guesses that cannot count.
        if (wallet.IsLocked(time.GetUtcNow())) return Problems.From(RejectionCode.WalletLocked);
        var digests = await secrets.FindAsync(wallet.Secret, cancel);
        var fits = digests.Count > 0 && Passwords.Verify(body.Value.Password, digests[0]);
        var token = tokens.For(id, key.CommandId);

        // A key that was given back, since its answer was lost, must not compare a second password for nothing.
        var guess = tokens.DigestOfGuess(id, key.CommandId, body.Value.Password);
        var command = new CustomerCommand.OpenWallet(wallet.Secret, fits, tokens.DigestOf(id, token)!, guess);
        var done = await actors.TakeAsync<Customer>(HubKinds.Customer[id], key.CommandId, command, cancel);
        return done.Events switch
        {
            [CustomerEvent.WalletOpened opened, ..] => TypedResults.Ok(new OpenWalletView(
                token, opened.Until, [.. done.State.Instruments.Where(i => i.Type == InstrumentType.WalletCard).Select(InstrumentView.Of)])),
            [CustomerEvent.WalletPasswordWrong { LockedUntil: not null }, ..] => Problems.From(RejectionCode.WalletLocked),
            _ => Problems.From(RejectionCode.WrongWalletPassword),
        };
    }

    private static Problem? PasswordProblem(string? password) => password is { Length: >= MinPassword and <= Passwords.MaxLength } && !password.Any(char.IsControl) && !CardNumbers.AreIn(password)
        ? null
        : Problems.Invalid("password", $"must have {MinPassword} to {Passwords.MaxLength} characters, and hold no control characters and no card number");
}
