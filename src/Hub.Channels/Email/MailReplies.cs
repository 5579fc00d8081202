using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Channels.Chat;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Channels.Email;

/// <summary>What became of a reply by mail.</summary>
public enum MailReplyFate
{
    /// <summary>It stands in the conversation.</summary>
    Taken,

    /// <summary>There is nobody to read it for.</summary>
    Nobodys,

    /// <summary>Too much was written lately; handed in again later, it is taken.</summary>
    Later,
}

/// <summary>Takes what a customer answered to a mail into their conversation, where staff read it.</summary>
/// <remarks>It is a text and nothing more: never an answer to a confirmation, whatever it says, since a mailbox proves nothing of who writes from it.</remarks>
/// <param name="mails">Finds the mail that was answered.</param>
/// <param name="threads">Makes it a message.</param>
/// <param name="actors">The way to conversations.</param>
public sealed class MailReplies(SentMails mails, Threads threads, IActors actors)
{
    private const int IdLength = 26;

    /// <summary>Takes one reply.</summary>
    /// <param name="delivery">The mail that was answered, by its token.</param>
    /// <param name="text">What was written; not empty.</param>
    /// <param name="digest">Names the reply, in hexadecimal digits: the same one again changes nothing.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>Whether it was taken; it is for a customer who still has that mailbox, and proved it.</returns>
    public async Task<MailReplyFate> TakeAsync(string delivery, string text, string digest, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(digest?.Length ?? 0, IdLength, nameof(digest));
        if (await mails.FindAsync(delivery, cancel) is not { } mail || await mails.CustomerOfAsync(mail, cancel) is not { Erased: false } customer) return MailReplyFate.Nobodys;
        await HearAsync(mail, digest!, cancel);
        if (customer.FindAddress(mail.Delivery.Route.AddressId)?.VerifiedAt is null) return MailReplyFate.Nobodys;
        if (threads.Receive(customer, $"msg_{digest![..IdLength]}", Channel.Email, text) is not { } write) return MailReplyFate.Nobodys;
        return await actors.SendAsync(Threads.Of(customer.Id), new Envelope($"mail:{digest}", write), cancel) switch
        {
            TurnOutcome.Rejected no when no.Code.Retry() is Retry.Later => MailReplyFate.Later,

            // What was a code in it may be an order's name by now, and the words others: it stands there from the first time.
            TurnOutcome.Rejected { Code: RejectionCode.CommandIdReused } => MailReplyFate.Taken,
            TurnOutcome.Rejected no => throw new InvalidOperationException($"A conversation refused a reply by mail: {no.Code}."),
            _ => MailReplyFate.Taken,
        };
    }

    // Only the mailbox itself was told where this reply went: whoever has it is there, whatever a server said before.
    private async Task HearAsync(SentMail mail, string digest, CancellationToken cancel)
    {
        var address = HubKinds.Address[mail.Delivery.Route.AddressKey];
        if (await actors.FindAsync<AddressState>(address, cancel) is not { Dead: true }) return;
        await actors.SendAsync(address, new Envelope($"mail:{digest}", new AddressCommand.ReportUnreachable(Reached: true)), cancel);
    }
}
