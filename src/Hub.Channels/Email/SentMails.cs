using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Channels.Email;

/// <summary>A mail that was sent, found by its delivery.</summary>
/// <param name="Notification">Whose send it was.</param>
/// <param name="Delivery">Which of its sends.</param>
public sealed record SentMail(Notification Notification, Delivery Delivery);

/// <summary>Takes what comes back of a mail to whom it concerns.</summary>
/// <param name="actors">The way to notifications and customers.</param>
public sealed class SentMails(IActors actors)
{
    /// <summary>The mail of a delivery.</summary>
    /// <param name="delivery">From a token, so this hub sent it once; what this journal does not know was sent under another one.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<SentMail?> FindAsync(string delivery, CancellationToken cancel)
    {
        if (Notification.IdOf(delivery) is not { } id) return null;
        return await actors.FindAnewAsync<Notification>(HubKinds.Notification[id], cancel) is { } notification
            && notification.Find(delivery) is { Route.Channel: Channel.Email } sent
            ? new SentMail(notification, sent)
            : null;
    }

    /// <summary>Whose mail it was.</summary>
    /// <returns><c>null</c> where it was a stranger's.</returns>
    public Task<Customer?> CustomerOfAsync(SentMail mail, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail.Notification.About.Merchant is null
            ? Task.FromResult<Customer?>(null)
            : actors.FindAnewAsync<Customer>(HubKinds.Customer[mail.Notification.About.Customer], cancel);
    }

    /// <summary>The topics whose mails end when this one is unsubscribed from; none for what nobody can mute.</summary>
    public static EquatableArray<NoticeTopic> TopicsOf(SentMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.Notification.Kind is NotificationKind.Digest) return DigestChoice.TopicsOf(mail.Notification.About);
        return mail.Notification.Kind.Topic() is { } topic ? [topic] : [];
    }

    /// <summary>Mutes the mail's topics on e-mail, and no others.</summary>
    /// <param name="mail">Which mail.</param>
    /// <param name="by">How they said it.</param>
    /// <param name="commandId">Names this wish: the same wish again changes nothing, a new one after the topic was switched on does.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task MuteAsync(SentMail mail, MutedBy by, string commandId, CancellationToken cancel)
    {
        foreach (var topic in TopicsOf(mail))
        {
            // A customer who was erased meanwhile gets no mail of any topic: a refusal is as good.
            var command = new CustomerCommand.Mute(topic, Channel.Email, mail.Delivery.Id, by);
            await actors.SendAsync(HubKinds.Customer[mail.Notification.About.Customer], new Envelope($"{commandId}:{topic}", command), cancel);
        }
    }
}
