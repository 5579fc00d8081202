using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Channels.Notifications;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Incoming;

/// <summary>Tells a customer's addresses that another one joins them, or leaves.</summary>
/// <param name="actors">The way to every actor.</param>
/// <param name="reach">Knows what a channel needs to be usable.</param>
internal sealed class AddressNotices(IActors actors, Reach reach)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <summary>Asks for one notice for each address that can be reached; nobody has to look why another one was not.</summary>
    /// <remarks>Each by itself: what one of them cannot be told must not keep it from the others. Each goes by its own name, whoever else is told by then.</remarks>
    /// <param name="by">Who asks.</param>
    /// <param name="cause">The event being handled.</param>
    /// <param name="about">Whose customer, and which address it is about.</param>
    /// <param name="kind">What is said.</param>
    /// <param name="told">Who is told.</param>
    /// <param name="cancel">Stops waiting.</param>
    internal async Task TellAsync(IReaction by, FeedEvent cause, About about, NotificationKind kind, IEnumerable<CustomerAddress> told, CancellationToken cancel)
    {
        foreach (var address in told)
        {
            var known = await reach.KnowAsync([new Recipient(address.Route, Verified: true)], kind, cancel);
            var request = new NotificationCommand.Request(cause.MadeId("ntf", 'w', address.Id), kind, about, known, cause.At + Life);
            if (!await CanReachAsync(known[0], request.Deadline, cause.At, cancel)) continue;
            await actors.ReactAsync(by, cause, HubKinds.Notification[request.Id], request, "warn", address.Id, cancel);
        }
    }

    // Whoever said STOP, a number that is gone, and WhatsApp beyond its day without agreed words: the plan would come to nothing, and end in a case.
    private async Task<bool> CanReachAsync(Recipient recipient, DateTimeOffset deadline, DateTimeOffset at, CancellationToken cancel)
    {
        var route = recipient.Route;
        var address = await actors.FindAsync<AddressState>(HubKinds.Address[route.AddressKey], cancel);
        var candidate = new Candidate(
            Notification.NameOf(route.Channel), route.AddressId, recipient.Verified, address?.OptedOut is true, address?.Dead is true, LastHeard: recipient.LastHeard, Anytime: recipient.Anytime);
        return Planner.Next(new Plan(Goal.Delivery, [candidate], deadline, Pace.Notice), [], answered: false, at) is not NextStep.GiveUp;
    }
}
