using Hub.Api.Access.Authentication;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Requests;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Access.Staff;

/// <summary>Signing in and out, and who one is.</summary>
internal static class StaffEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/staff").WithTags("Staff");
        staff.MapPost("/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        staff.MapPost("/sign-out", SignOutAsync).RequireAuthorization(Policies.Staff);
        staff.MapGet("/me", Me).RequireAuthorization(Policies.Staff);
    }

    internal static async Task<Results<NoContent, Problem>> SignInAsync(
        Body<SignInRequest> body, StaffSignIn signIn, AccessOptions options, HttpContext http, CancellationToken cancel)
    {
        if (StaffRequestGuard.IsForeign(http.Request, options)) return Problems.Of(StatusCodes.Status403Forbidden, "foreign_origin", "Sign in on the hub's own page.");
        var (email, password, code) = body.Value;
        var fields = new Fields()
            .Require(email.Length <= 254, "email", "is too long")
            .Require(password.Length <= Passwords.MaxLength, "password", "is too long");
        if (fields.Problem is { } wrong) return wrong;
        if (await signIn.TryAsync(email, password, code, cancel) is not { } known)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "sign_in_failed", "E-mail address, password or code do not match. After five failures, wait 15 minutes.", Retry.SameMethod);
        }

        await http.SignInAsync(Schemes.Staff, StaffCookie.Principal(known.Staff, known.Stamp));
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> SignOutAsync(Caller caller, ICredentials credentials, HttpContext http, CancellationToken cancel)
    {
        await credentials.RevokeAsync(caller.CredentialId, merchant: null, cancel);
        await http.SignOutAsync(Schemes.Staff);
        return TypedResults.NoContent();
    }

    internal static Results<Ok<StaffView>, Problem> Me(Caller caller) => caller is Caller.Staff staff
        ? TypedResults.Ok(new StaffView(staff.Email, staff.Roles, staff.Merchants))
        : Problems.OfStatus(StatusCodes.Status403Forbidden);
}

/// <summary>What is typed to sign in.</summary>
/// <param name="Email">Any case.</param>
/// <param name="Password">As typed.</param>
/// <param name="Code">Six digits of the authenticator app.</param>
internal sealed record SignInRequest(string Email, string Password, string Code)
{
    public override string ToString() => nameof(SignInRequest);
}

/// <summary>Who is signed in.</summary>
internal sealed record StaffView(string Email, EquatableArray<StaffRole> Roles, EquatableArray<string> Merchants);
