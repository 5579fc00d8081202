using Hub.Api.Access;
using Hub.Api.Access.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hub.Api.Tests.Access;

/// <summary>Where the cookie of staff may go.</summary>
public sealed class StaffCookieTests
{
    [Theory]
    [InlineData("https://pay.example", CookieSecurePolicy.Always)]
    [InlineData("http://localhost:5080", CookieSecurePolicy.SameAsRequest)]
    [InlineData(null, CookieSecurePolicy.SameAsRequest)]
    public void It_never_leaves_in_the_clear_where_the_hub_is_known_by_https_wherever_TLS_ends(string? origin, CookieSecurePolicy policy)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHubAccess(new AccessOptions { DatabasePath = "unused", Origins = origin is null ? [] : [origin], Prefixes = CredentialPrefixesOption.Test });
        using var provider = services.BuildServiceProvider();

        Assert.Equal(policy, provider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Schemes.Staff).Cookie.SecurePolicy);
    }
}
