using System.Security.Claims;
using System.Text.Encodings.Web;
using Hub.Api.Edge;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Api.Access.Authentication;

/// <summary>Proves merchants and customers by their secret.</summary>
/// <remarks>
/// A browser's WebSocket cannot send headers, so SignalR passes the token in the query; that is believed on <c>/live</c> alone, since
/// addresses end up in logs and histories.
/// </remarks>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ICredentials credentials) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    internal static bool IsCarriedBy(HttpRequest request) => TokenOf(request) is not null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token) return Task.FromResult(AuthenticateResult.NoResult());
        var found = credentials.Find(token) is { } credential ? ToCaller(credential) : null;
        if (found is not { } known) return Task.FromResult(AuthenticateResult.Fail("The credential is unknown, revoked or expired."));
        var principal = new ClaimsPrincipal(new CallerIdentity(known.Caller, Scheme.Name, known.Claims));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static string? TokenOf(HttpRequest request)
    {
        var sent = request.Headers.Authorization;
        if (sent.Count > 0)
        {
            var header = sent.Count == 1 ? sent[0]! : "";
            return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : "";
        }

        if (!ApiPaths.AreLive(request.Path)) return null;
        return request.Query["access_token"] is [{ Length: > 0 } token] ? token : null;
    }

    private static (Caller Caller, IEnumerable<Claim> Claims)? ToCaller(Credential credential)
    {
        var claims = credential.Scopes.Select(scope => new Claim(AccessClaims.Scope, scope));
        return credential switch
        {
            { Kind: CredentialKind.ApiKey, Merchant: { } merchant } =>
                (new Caller.Merchant(merchant) { CredentialId = credential.Id }, claims.Append(new Claim(ClaimTypes.Name, merchant))),
            { Kind: CredentialKind.Session, Merchant: { } merchant, Customer: { } customer } =>
                (new Caller.Customer(merchant, customer, credential.Payment) { CredentialId = credential.Id }, claims.Append(new Claim(ClaimTypes.Name, customer))),
            _ => null,
        };
    }
}

/// <summary>The claims the hub's own tickets carry.</summary>
internal static class AccessClaims
{
    /// <summary>One policy the credential is limited to.</summary>
    internal const string Scope = "scope";

    /// <summary>The id of the staff session behind a cookie.</summary>
    internal const string StaffSession = "hub:session";

    /// <summary>The security stamp a cookie was made under.</summary>
    internal const string Stamp = "hub:stamp";
}
