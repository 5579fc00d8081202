using System.Security.Claims;
using Hub.Api.Access.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Access.Authentication;

/// <summary>The cookie of signed-in staff: sealed, for this site only, looked at anew with every request.</summary>
internal static class StaffCookie
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>How it is kept.</summary>
    /// <param name="options">The cookie.</param>
    /// <param name="secure">Whether the pages are only ever reached by https, where TLS may end before this process.</param>
    internal static void Configure(CookieAuthenticationOptions options, bool secure)
    {
        options.Cookie.Name = Schemes.StaffCookie;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>What the cookie carries: who, under which stamp, in which session. Never the roles: those are looked up.</summary>
    internal static ClaimsPrincipal Principal(Caller.Staff staff, string stamp) => new(new CallerIdentity(staff, Schemes.Staff,
    [
        new Claim(ClaimTypes.Name, staff.Email),
        new Claim(AccessClaims.Stamp, stamp),
        new Claim(AccessClaims.StaffSession, staff.CredentialId),
    ]));

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var principal = context.Principal;
        var email = principal?.FindFirstValue(ClaimTypes.Name) ?? "";
        var session = principal?.FindFirstValue(AccessClaims.StaffSession) ?? "";
        var stamp = principal?.FindFirstValue(AccessClaims.Stamp);
        var member = services.GetRequiredService<StaffDirectory>().Find(email);
        if (member is null || member.Disabled || member.Stamp != stamp || !services.GetRequiredService<ICredentials>().IsActive(session))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Schemes.Staff);
            return;
        }

        context.ReplacePrincipal(Principal(member.ToCaller(session), member.Stamp));
    }

    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
