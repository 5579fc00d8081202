using Hub.Api.Access;
using Hub.Channels.Chat;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Conversations;

/// <summary>The device a request says it comes from, by the secret that the device keeps.</summary>
/// <remarks>A session alone is not enough to see a confirmation's digits: a merchant can make sessions, and must not confirm.</remarks>
internal static class DeviceHeader
{
    /// <summary>The header the secret comes in.</summary>
    internal const string Name = "OmniHub-Device";

    /// <summary>The caller, and the key of its device where it names one that can be a customer's.</summary>
    internal static Viewer Viewer(this ChatDevices devices, HttpContext http, Caller caller)
    {
        var sent = http.Request.Headers[Name];
        return new Viewer(caller, caller is Caller.Customer customer && sent.Count == 1 ? devices.KeyOf(customer.CustomerId, sent[0]) : null);
    }
}
