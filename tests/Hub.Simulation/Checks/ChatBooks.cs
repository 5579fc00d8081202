using Hub.Actors.Journal;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Payments;
using Hub.Simulation.Core;
using Hub.Simulation.People;

namespace Hub.Simulation.Checks;

/// <summary>A confirmation ends once, over one channel; in the chat by what was said in a browser that was proved; and where it was shown it is withdrawn (invariants 14 to 16).</summary>
internal sealed class ChatBooks(World world, Scene scene)
{
    private readonly Dictionary<string, string> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfirmationStatus> _ended = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ConfirmationStatus?> _shown = new(StringComparer.Ordinal);

    /// <summary>A transaction became durable.</summary>
    public void Durable(IReadOnlyList<JournalWrite> transaction, IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < transaction.Count; i++)
        {
            if (transaction[i] is not JournalWrite.Append append || results[i] is not WriteResult.Appended)
            {
                continue;
            }

            foreach (var happened in append.Events)
            {
                var key = append.Stream[(append.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
                switch (happened.Body)
                {
                    case PaymentEvent.Created e: _customers[key] = e.Grant.Customer; break;
                    case PaymentEvent.ConfirmationEnded e: Ended(key, e); break;
                    case ConversationEvent.ConfirmationOffered e: Shown(key, e.Offer.Confirmation); break;
                    case ConversationEvent.ConfirmationEnded e: _shown[e.Confirmation] = e.Status; break;
                }
            }
        }
    }

    /// <summary>Nothing is in flight any more: whoever looks at the chat sees how it ended.</summary>
    public void AtRest()
    {
        foreach (var (confirmation, status) in _shown)
        {
            if (_ended.TryGetValue(confirmation, out var ended) && ended != status)
            {
                world.Break(16, $"{confirmation} is {ended}, and the chat shows it as {status?.ToString() ?? "open"}");
            }
        }
    }

    private void Shown(string conversation, string confirmation)
    {
        _shown.TryAdd(confirmation, null);
        world.Counters.Add("chat: a confirmation is shown");
        scene.People.FirstOrDefault(person => person.Id == Conversation.CustomerOf(conversation))?.Device.Shows(confirmation);
    }

    private void Ended(string payment, PaymentEvent.ConfirmationEnded e)
    {
        if (!_ended.TryAdd(e.Confirmation, e.Status))
        {
            world.Break(16, $"{e.Confirmation} ended as {_ended[e.Confirmation]}, and again as {e.Status}");
        }

        if (e is not { Channel: Channel.Chat, Status: ConfirmationStatus.Matched or ConfirmationStatus.Rejected })
        {
            return;
        }

        world.Counters.Add("chat: a confirmation is answered");
        var approves = e.Status is ConfirmationStatus.Matched;
        if (scene.People.FirstOrDefault(person => person.Id == _customers[payment])?.Device.Said.Contains((e.Confirmation, approves)) is not true)
        {
            world.Break(15, $"{e.Confirmation} was {e.Status} in the chat, and nobody said so in a browser that was proved");
        }
    }
}
