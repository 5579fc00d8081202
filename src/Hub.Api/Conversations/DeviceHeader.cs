using Hub.Api.Access;
using Hub.Channels.Chat;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Conversations;

/// <summary>The device a request says it comes from, by the secret that the device keeps.</summary>
internal static class DeviceHeader
{
    /// <summary>The header the secret comes in.</summary>
    internal const string Name = "OmniHub-Device";
}

/// <summary>Who looks at a conversation. An endpoint takes it as a parameter.</summary>
/// <remarks>A session alone is not enough to see a confirmation's digits: a merchant can make sessions, and must not confirm.</remarks>
/// <param name="Caller">Who.</param>
/// <param name="Device">The address key of the device it looks from, by the secret it sent along; digits are shown where that is the device that was asked.</param>
internal sealed record Viewer(Caller Caller, string? Device = null)
{
    /// <summary>Called by the framework.</summary>
    public static ValueTask<Viewer?> BindAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var caller = Caller.Of(httpContext);
        var sent = httpContext.Request.Headers[DeviceHeader.Name];
        var device = caller is Caller.Customer customer && sent.Count == 1
            ? httpContext.RequestServices.GetRequiredService<ChatDevices>().KeyOf(customer.CustomerId, sent[0])
            : null;
        return ValueTask.FromResult<Viewer?>(new Viewer(caller, device));
    }
}
