using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Staff;

/// <summary>The demo staff user's authenticator app, so that a newcomer can sign in.</summary>
internal static class AuthenticatorApi
{
    internal static void Map(RouteGroupBuilder sandbox) => sandbox.MapGet("/api/authenticator", (TimeProvider time) =>
    {
        var (code, left) = Totp.At(SandboxKeys.StaffTotpSecret, time.GetUtcNow());
        return TypedResults.Json(new AuthenticatorCode(SandboxKeys.StaffEmail, SandboxKeys.StaffPassword, code, left), SandboxJson.Options);
    });
}

/// <summary>GET /sandbox/api/authenticator.</summary>
/// <param name="Email">The demo user.</param>
/// <param name="Password">The demo user's password, which everybody knows.</param>
/// <param name="Code">Six digits.</param>
/// <param name="SecondsLeft">1 to 30.</param>
internal sealed record AuthenticatorCode(string Email, string Password, string Code, int SecondsLeft);
