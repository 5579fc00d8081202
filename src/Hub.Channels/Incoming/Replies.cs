using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Channels.Incoming;

/// <summary>Answers to what somebody wrote: they go where it came from, and nowhere else.</summary>
internal static class Replies
{
    // An answer is worth little after a while.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>The answer to what an event of an address tells.</summary>
    /// <param name="happened">The event; the answer's id follows from it.</param>
    /// <param name="who">The address.</param>
    /// <param name="kind">What is said.</param>
    /// <param name="about">About what; <c>null</c>: under the address's own name and seal, so that no merchant hears of it.</param>
    /// <param name="addressId">The customer's name for the address; <c>null</c> for a stranger's.</param>
    internal static NotificationCommand.Request To(FeedEvent happened, AddressIdentity who, NotificationKind kind, About? about = null, string? addressId = null)
    {
        var route = new Route(who.Channel, addressId ?? who.Owner, happened.Actor.Key, who.Value) { SealedFor = who.Owner };

        // They have just written, so a session with them is open.
        var recipient = new Recipient(route, Verified: true, LastHeard: happened.At);
        return new NotificationCommand.Request(happened.MadeId("ntf", 'h'), kind, about ?? new About(null, who.Owner), [recipient], happened.At + Life);
    }
}
