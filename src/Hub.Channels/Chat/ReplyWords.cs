using System.Globalization;
using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Templates;
using Hub.Domain.Conversations;
using Hub.Domain.Merchants;
using Hub.Domain.Notifications;

namespace Hub.Channels.Chat;

/// <summary>What staff wrote, for a message elsewhere; opened only when it is sent.</summary>
internal sealed class ReplyWords(IActors actors, IPersonalData persons)
{
    /// <summary>The words of the messages a reminder is about.</summary>
    /// <param name="about">Names them in its part, as <c>from-to</c>.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns><c>null</c> when there is nothing to tell any more: all of it was read, or the customer was erased.</returns>
    internal async Task<MessageContent?> SayAsync(About about, CancellationToken cancel)
    {
        if (about.Merchant is null || RangeOf(about.Part) is not { } range) return null;
        if (await actors.FindAnewAsync<Conversation>(Threads.Of(about.Customer), cancel) is not { } conversation) return null;
        var words = conversation.Messages
            .Where(m => m is { Author: Author.Staff, Note: false, Text: not null } && m.Sequence >= range.From && m.Sequence <= range.To && m.Sequence > conversation.ReadByCustomer)
            .Select(m => persons.Open(about.Customer, m.Text!.Value)).OfType<string>().ToList();
        if (words.Count == 0) return null;
        var merchant = await actors.FindAsync<Merchant>(HubKinds.Merchant[about.Merchant], cancel);
        return new MessageContent.Reply(merchant?.Name ?? "", string.Join('\n', words));
    }

    private static (long From, long To)? RangeOf(string? part) =>
        part?.Split('-') is [var from, var to]
        && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (first, last)
            : null;
}
