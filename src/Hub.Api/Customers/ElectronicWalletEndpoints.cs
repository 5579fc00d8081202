using System.Text.Json.Serialization;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Channels.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Customers.Wallets;
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
/// <param name="Wallet">The token the wallet was opened with; required to change a password that is known.</param>
/// <param name="Address">The verified address a code was sent to, <c>adr_…</c>: where the password was forgotten or is locked, and for the first one in a session for one payment.</param>
/// <param name="Code">The six digits that were sent there.</param>
public sealed record SetWalletRequest(string Password, string? Wallet = null, string? Address = null, string? Code = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(SetWalletRequest);
}

/// <summary>Where the code goes that proves that the wallet is one's own.</summary>
/// <param name="Address">One of the customer's verified addresses, <c>adr_…</c>.</param>
public sealed record SendWalletCode(string Address);

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
/// <param name="CodeRequired">Whether this session sets the first password with a code alone; see <c>POST /v1/customers/{id}/wallet/code</c>.</param>
/// <param name="CodeExpiresAt">Until when a code that was sent can be typed; <c>null</c> where none can.</param>
public sealed record WalletView(bool Set, int Cards, DateTimeOffset? LockedUntil, bool CodeRequired, DateTimeOffset? CodeExpiresAt)
{
    /// <summary>Always <c>wallet</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "wallet";

    internal static WalletView Of(Customer customer, Caller caller, DateTimeOffset now) => new(
        customer.Wallet is not null, customer.Instruments.Count(i => i.Type == InstrumentType.WalletCard), customer.Wallet?.LockedUntil,
        customer.Wallet is null && ElectronicWalletEndpoints.IsForOnePayment(caller), CodeEnds(customer, now));

    // An address that is proved gets codes for the wallet alone.
    private static DateTimeOffset? CodeEnds(Customer customer, DateTimeOffset now) =>
        customer.Addresses.Where(a => a.VerifiedAt is not null && a.Verification is { WrongCodes: < CustomerDecider.MaxWrongCodes } sent && now < sent.ExpiresAt).Max(a => a.Verification?.ExpiresAt);
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
        routes.MapPost("/v1/customers/{id}/wallet", SetAsync).RequireAuthorization(Policies.WalletOpen).RequireRateLimiting(RateLimits.Codes).RequireIdempotency("wls", holdsPassword: true);
        routes.MapPost("/v1/customers/{id}/wallet/code", SendCodeAsync).RequireAuthorization(Policies.WalletOpen).RequireRateLimiting(RateLimits.Codes).RequireIdempotency("ver");
        routes.MapPost("/v1/customers/{id}/wallet/open", OpenAsync).RequireAuthorization(Policies.WalletOpen).RequireRateLimiting(RateLimits.Codes).RequireIdempotency("wlo", holdsPassword: true);
    }

    /// <summary>Reads whether there is a wallet; what lies in it is shown once it is open.</summary>
    internal static async Task<Ok<WalletView>> ReadAsync(string id, Caller caller, IActors actors, TimeProvider time, CancellationToken cancel) =>
        TypedResults.Ok(WalletView.Of((await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel)).State, caller, time.GetUtcNow()));

    /// <summary>Sends a six-digit code to a verified address, to set the first password or, in a session for all of the customer's payments, a new one.</summary>
    internal static async Task<Results<Accepted<WalletView>, Problem>> SendCodeAsync(
        string id, Body<SendWalletCode> body, IdempotencyKey key, Caller caller, IActors actors, Codes codes, TimeProvider time, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        if (seen.State.Wallet is not null && IsForOnePayment(caller)) return Problems.OfStatus(StatusCodes.Status403Forbidden);
        var verification = key.CreatedId;
        var digest = DigestOfCode(codes, body.Value.Address, codes.ForVerification(verification));
        var command = new Envelope(key.CommandId, new CustomerCommand.RequestWalletCode(body.Value.Address, verification, digest));
        var done = await CodeRequests.TakeAsync(actors, id, body.Value.Address, command, time, cancel);
        return TypedResults.Accepted($"/v1/customers/{id}/wallet", WalletView.Of(done.State, caller, time.GetUtcNow()));
    }

    /// <summary>Sets the wallet's password: the first one; another one while the wallet is open; or, with a code, a new one, which ends every lock and token.</summary>
    internal static async Task<Results<Ok<WalletView>, Problem>> SetAsync(
        string id, Body<SetWalletRequest> body, IdempotencyKey key, Caller caller, IActors actors, ISecretVault secrets, Passwords passwords, WalletTokens tokens, Codes codes, TimeProvider time,
        CancellationToken cancel)
    {
        var asked = body.Value;
        if (PasswordProblem(asked.Password) is { } wrong) return wrong;
        if ((asked.Address is null) != (asked.Code is null)) return Problems.Invalid(asked.Code is null ? "code" : "address", "is required with the other one");
        if (asked.Code is { } typed && TypedCodes.Problem(typed) is { } malformed) return malformed;
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        if (seen.State.Erased) return Problems.From(RejectionCode.CustomerErased);

        // The name tells nothing of the password, since it stays in the journal for ever.
        var secret = $"wallet/{key.CreatedId}";
        if (seen.State.Wallet?.Secret == secret) return await IsKeptAsync(secrets, secret, asked.Password, cancel) ? TypedResults.Ok(WalletView.Of(seen.State, caller, time.GetUtcNow())) : OtherPassword();
        var session = tokens.DigestOf(id, asked.Wallet);

        // Nobody spends our time, nor the guesses that are left for the owner's phone, on a password that cannot be set.
        var now = time.GetUtcNow();
        var isOpen = seen.State.Wallet?.IsOpenFor(session, now) is true;
        if (seen.State.Wallet is not null && !isOpen && (asked.Code is null || IsForOnePayment(caller))) return Problems.From(RejectionCode.WalletClosed);
        if (seen.State.Wallet is null && asked.Code is null && IsForOnePayment(caller)) return Problems.From(RejectionCode.WalletProofRequired);
        if (asked.Address is { } address && !isOpen) await CodeGuesses.GrantAsync(actors, seen.State, address, verified: true, key, now, cancel);

        // The digest lies in the vault before the turn names it; a name that no turn took up is deleted again. A second password under one request never replaces the first.
        if (!await secrets.TryPutAsync(secret, passwords.Digest(asked.Password), cancel) && !await IsKeptAsync(secrets, secret, asked.Password, cancel)) return OtherPassword();
        var proof = asked.Address is { } to ? new WalletProof(to, DigestOfCode(codes, to, asked.Code!)) : null;
        var command = new CustomerCommand.SetWalletPassword(secret, session, IsForOnePayment(caller), proof);
        var outcome = await actors.SendAsync(HubKinds.Customer[id], new Envelope(key.CommandId, command), cancel);

        // A repeat tells how things stood then.
        var customer = outcome is TurnOutcome.Committed { Repeated: true } ? (Customer)(await actors.ReadAsync(HubKinds.Customer[id], cancel)).State : (Customer)outcome.State;
        var isSet = customer.Wallet?.Secret == secret;
        if (!isSet) await secrets.DeleteAsync(secret, cancel);
        return outcome switch
        {
            TurnOutcome.Committed { Repeated: true, Events: not [CustomerEvent.VerificationFailed, ..] } when !isSet => OtherPassword(),
            TurnOutcome.Rejected refused when !isSet => CodeRequests.Refused(refused, asked.Address, now),
            TurnOutcome.Committed { Events: [CustomerEvent.VerificationFailed, ..] } => Problems.From(RejectionCode.WrongCode),
            _ => TypedResults.Ok(WalletView.Of(customer, caller, now)),
        };
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
        var stretched = digests.Count > 0 ? Passwords.Stretch(body.Value.Password, digests[0]) : [];
        var fits = digests.Count > 0 && Passwords.Fits(stretched, digests[0]);
        var token = tokens.For(id, key.CommandId);

        // A key that was given back, since its answer was lost, must not compare a second password for nothing.
        var guess = tokens.DigestOfGuess(id, key.CommandId, stretched);
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

    private static async Task<bool> IsKeptAsync(ISecretVault secrets, string name, string password, CancellationToken cancel) =>
        await secrets.FindAsync(name, cancel) is [var digest, ..] && Passwords.Verify(password, digest);

    // The key was given back since its answer was lost; what came under it first stays.
    private static Problem OtherPassword() => Problems.From(RejectionCode.CommandIdReused);

    // A link to one payment may have got about.
    internal static bool IsForOnePayment(Caller caller) => caller is Caller.Customer { PaymentId: not null };

    // Made for the wallet: a code that proves an address opens no wallet, and the other way round.
    private static string DigestOfCode(Codes codes, string address, string digits) => codes.DigestOfVerification($"wallet:{address}", digits);

    private static Problem? PasswordProblem(string? password) => password is { Length: >= MinPassword and <= Passwords.MaxLength } && !password.Any(char.IsControl) && !CardNumbers.AreIn(password)
        ? null
        : Problems.Invalid("password", $"must have {MinPassword} to {Passwords.MaxLength} characters, and hold no control characters and no card number");
}
