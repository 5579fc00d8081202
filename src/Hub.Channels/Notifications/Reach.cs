using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Channels.Notifications;

/// <summary>What a plan has to know of channels that are not always open: when the person last wrote, and whether the words were agreed on.</summary>
/// <remarks>It travels in the request, so that the plan stays pure (decision 0022).</remarks>
/// <param name="actors">The way to addresses.</param>
/// <param name="options">Names the agreed words.</param>
public sealed class Reach(IActors actors, ChannelOptions options)
{
    /// <summary>The same recipients, with what is known of those that need it.</summary>
    /// <param name="recipients">In order.</param>
    /// <param name="kind">What they are to be told.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<EquatableArray<Recipient>> KnowAsync(EquatableArray<Recipient> recipients, NotificationKind kind, CancellationToken cancel)
    {
        if (recipients.All(r => r.Route.Channel is not Channel.Whatsapp)) return recipients;
        var known = new List<Recipient>();
        foreach (var recipient in recipients)
        {
            if (recipient.Route.Channel is not Channel.Whatsapp)
            {
                known.Add(recipient);
                continue;
            }

            var address = await actors.FindAsync<AddressState>(HubKinds.Address[recipient.Route.AddressKey], cancel);
            known.Add(recipient with { LastHeard = address?.LastHeard, Anytime = options.Twilio.HasTemplate(kind) });
        }

        return known.ToEquatableArray();
    }
}
