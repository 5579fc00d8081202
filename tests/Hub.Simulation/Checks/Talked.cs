using Hub.Actors;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Simulation.Core;
using Hub.Simulation.Disk;
using Hub.Simulation.Node;
using Hub.Simulation.People;

namespace Hub.Simulation.Checks;

/// <summary>Every message that was acknowledged is in its conversation once, none is there twice, and nobody else's is (invariants 3, 4 and 22).</summary>
internal sealed class Talked(World world, SimDisk disk, SimVault vault)
{
    /// <summary>The same of what they answered to mails: it is there once, as long as the mailbox was theirs all the time.</summary>
    public void RepliesAtRest(Person person, Customer now)
    {
        var kept = disk.Tables.ReadStream($"conversation/{Conversation.IdOf(person.Id)}", 0).Events
            .Select(stored => HubKinds.Conversation.ReadEvent(stored.Payload.Span)).OfType<ConversationEvent.MessageWritten>()
            .Where(one => one is { Author: Author.Customer, Channel: Channel.Email })
            .Select(one => vault.Open(person.Id, one.Text)).OfType<string>().ToList();
        world.Counters.Add("mail: replies in conversations", kept.Count);
        if (kept.GroupBy(text => text).FirstOrDefault(text => text.Count() > 1 || !person.Talk.Mailed.Contains(text.Key)) is { } wrong)
        {
            world.Break(4, $"'{wrong.Key}' is in the conversation of {person.Id} {wrong.Count()} times");
        }

        var isTheirs = now is { Erased: false } && now.FindAddress($"adr_{person.Number}_2") is { VerifiedAt: not null };
        if (isTheirs && !vault.IsErased(person.Id) && person.Talk.MailedAndTaken.Except(kept).FirstOrDefault() is { } lost)
        {
            world.Break(3, $"'{lost}' was answered to a mail and taken, and is not in the conversation of {person.Id}");
        }
    }

    /// <summary>Nothing is in flight any more.</summary>
    public void AtRest(Person person)
    {
        var written = disk.Tables.ReadStream($"conversation/{Conversation.IdOf(person.Id)}", 0).Events
            .Select(stored => HubKinds.Conversation.ReadEvent(stored.Payload.Span)).OfType<ConversationEvent.MessageWritten>()
            .Where(one => one is { Author: not Author.Hub, Channel: Channel.Chat }).ToList();
        if (written.Count > person.Talk.Said.Count || written.Count < person.Talk.Kept.Count)
        {
            world.Break(4, $"{person.Id} and staff said {person.Talk.Said.Count} things, {person.Talk.Kept.Count} of them were acknowledged, and {written.Count} are kept");
        }

        world.Counters.Add("messages of conversations", written.Count);
        var words = written.Select(one => vault.Open(person.Id, one.Text)).OfType<string>().ToList();

        // Answers to confirmations have stars for digits, and look alike.
        if (words.FirstOrDefault(text => !text.EndsWith('*') && words.Count(other => other == text) > 1) is { } twice)
        {
            world.Break(4, $"'{twice}' is twice in the conversation");
        }

        // Who was forgotten is not read any more.
        if (words.Count == written.Count && person.Talk.Kept.Except(words).FirstOrDefault() is { } lost)
        {
            world.Break(3, $"'{lost}' was acknowledged, and is not in the conversation");
        }

        if (words.Except(person.Talk.Said).FirstOrDefault() is { } strange)
        {
            world.Break(22, $"'{strange}' is in the conversation of {person.Id}, who neither wrote nor was written it");
        }
    }
}
