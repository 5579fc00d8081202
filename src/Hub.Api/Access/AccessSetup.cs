using Hub.Actors.Ports;
using Hub.Api.Access.Authentication;
using Hub.Api.Access.Staff;
using Hub.Api.Access.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
        services.AddSingleton<AccessDatabase>(provider => options.Postgres is { } shared
            ? PostgresAccess.Open(shared, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresAccess>>())
            : new SqliteAccess(options.DatabasePath));
        services.AddSingleton<ICredentials, StoredCredentials>();
        services.AddSingleton(provider => new Passwords(provider.GetRequiredService<IRandomSource>(), options.PasswordIterations));
        services.AddSingleton<StaffDirectory>();
        services.AddSingleton<StaffSignIn>();
        services.AddHostedService<CredentialPurge>();

        // Without a name the folder it was started in would be part of every key: started elsewhere, it could not read its own data.
        services.AddDataProtection().SetApplicationName("OmniHub");
        services.AddAuthentication(Schemes.Hub)
            .AddPolicyScheme(Schemes.Hub, null, scheme => scheme.ForwardDefaultSelector = Pick)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Schemes.Bearer, null)
            .AddCookie(Schemes.Staff, cookie => StaffCookie.Configure(cookie, OnlyByHttps(options)));
        services.AddAuthorization(Policies.Configure);
        services.AddCors(cors => ForeignPages.Configure(cors, options));
        return services;
    }

    private static bool OnlyByHttps(AccessOptions options) =>
        options.Origins.Count > 0 && options.Origins.All(origin => origin.StartsWith("https:", StringComparison.Ordinal));

    /// <summary>Opens the database, and the keys that seal cookies; in a new hub it makes them.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="whileAlone">Runs work while no other node runs its own: of nodes that start at once one makes the first key, and the others find it.</param>
    /// <exception cref="Hub.Actors.Postgres.DatabaseRefusedException">The database cannot hold credentials and staff.</exception>
    /// <exception cref="Hub.Actors.Postgres.DatabaseUnavailableException">The database cannot be reached.</exception>
    public static void OpenHubAccess(this IServiceProvider services, Action<Action> whileAlone)
    {
        ArgumentNullException.ThrowIfNull(whileAlone);
        services.GetRequiredService<AccessDatabase>();
        var protector = services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Hub.Api.Start");
        whileAlone(() => protector.Protect("the first use reads the keys and makes what is missing"));
    }

    /// <summary>Adds what pages elsewhere may do, authentication, the guard of the staff cookie, and authorization, in that order: a refusal can be read there as well.</summary>
    public static IApplicationBuilder UseHubAccess(this IApplicationBuilder app) =>
        app.UseCors().UseMiddleware<LiveOriginGuard>().UseAuthentication().UseMiddleware<StaffRequestGuard>().UseAuthorization();

    /// <summary>Maps signing in and out.</summary>
    public static void MapHubAccess(this IEndpointRouteBuilder routes) => StaffEndpoints.Map(routes);

    private static string Pick(HttpContext http)
    {
        if (BearerHandler.IsCarriedBy(http.Request)) return Schemes.Bearer;
        return http.Request.Cookies.ContainsKey(Schemes.StaffCookie) ? Schemes.Staff : Schemes.Bearer;
    }
}
