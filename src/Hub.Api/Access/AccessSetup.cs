using Hub.Api.Access.Authentication;
using Hub.Api.Access.Staff;
using Hub.Api.Access.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Access;

/// <summary>Puts the proving of callers into an application.</summary>
public static class AccessSetup
{
    /// <summary>Registers credentials, staff, authentication and the policies.</summary>
    /// <remarks>Needs from the host: IKeyring, IRandomSource, IdSource, TimeProvider, and data protection keys that last.</remarks>
    public static IServiceCollection AddHubAccess(this IServiceCollection services, AccessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.AddSingleton(new CredentialPrefixes(options.Prefixes == CredentialPrefixesOption.Live ? "sk_live_" : "sk_test_"));
        services.AddSingleton(_ => new AccessDatabase(options.DatabasePath));
        services.AddSingleton<ICredentials, SqliteCredentials>();
        services.AddSingleton<StaffDirectory>();
        services.AddSingleton<StaffSignIn>();
        services.AddHostedService<CredentialPurge>();

        // Without a name the folder it was started in would be part of every key: started elsewhere, it could not read its own data.
        services.AddDataProtection().SetApplicationName("OmniHub");
        services.AddAuthentication(Schemes.Hub)
            .AddPolicyScheme(Schemes.Hub, null, scheme => scheme.ForwardDefaultSelector = Pick)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Schemes.Bearer, null)
            .AddCookie(Schemes.Staff, StaffCookie.Configure);
        services.AddAuthorization(Policies.Configure);
        return services;
    }

    /// <summary>Adds authentication, the guard of the staff cookie, and authorization, in that order.</summary>
    public static IApplicationBuilder UseHubAccess(this IApplicationBuilder app) =>
        app.UseAuthentication().UseMiddleware<StaffRequestGuard>().UseAuthorization();

    /// <summary>Maps signing in and out.</summary>
    public static void MapHubAccess(this IEndpointRouteBuilder routes) => StaffEndpoints.Map(routes);

    private static string Pick(HttpContext http)
    {
        if (BearerHandler.IsCarriedBy(http.Request)) return Schemes.Bearer;
        return http.Request.Cookies.ContainsKey(Schemes.StaffCookie) ? Schemes.Staff : Schemes.Bearer;
    }
}
