using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Live;
using Hub.Channels.Chat;
using Hub.Domain.Customers;

namespace Hub.Api.Conversations;

/// <summary>Tells which device a connection is on, among those its customer has proved.</summary>
internal sealed class LiveDevices(ChatDevices devices, IActors actors) : ILiveDevices
{
    /// <inheritdoc/>
    public async Task<string?> FindAsync(Caller caller, string? secret, CancellationToken cancel)
    {
        if (caller is not Caller.Customer known || devices.KeyOf(known.CustomerId, secret) is not { } key) return null;
        var reading = await actors.ReadAsync(HubKinds.Customer[known.CustomerId], cancel);
        return reading.State is Customer customer && customer.Addresses.Any(a => a.AddressKey == key && a.VerifiedAt is not null) ? key : null;
    }
}
