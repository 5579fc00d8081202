using Hub.Domain.Conversations;

namespace Hub.Actors.Audit;

/// <summary>Invariant 28 of one conversation: each message stands in it once, as its author may write it, and it is in at most one person's hands.</summary>
internal sealed class ConversationAudit(Findings findings) : IWaits
{
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly Queue<(long Sequence, bool OfStaff)> _lately = [];
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private ConversationStatus _status = ConversationStatus.Resolved;
    private string? _assignee;
    private bool _owesQueue;
    private long _sequence;
    private long _readByCustomer;
    private long _readByStaff;
    private long _told;

    /// <inheritdoc/>
    public bool NeedsTimer(string name) => name == "reply" && _lately.Any(m => m.OfStaff && IsUntold(m.Sequence));

    /// <summary>Takes the conversation's next event.</summary>
    public void Read(ConversationEvent happened)
    {
        findings.Looked(28);
        _sequence++;
        if (happened is ConversationEvent.Begun != (_sequence == 1)) findings.Report(28, "it begins twice, or in the middle");
        if (_owesQueue && happened is not ConversationEvent.Queued) findings.Report(28, "what the customer asks staff for waits for nobody");
        _owesQueue = false;
        switch (happened)
        {
            case ConversationEvent.MessageWritten e: Written(e); break;
            case ConversationEvent.NoteWritten e:
                Once(e.Id);
                if (string.IsNullOrEmpty(e.By)) findings.Report(28, $"note {e.Id} is nobody's");
                break;
            case ConversationEvent.ConfirmationOffered e:
                Once(e.Id);
                _shown.Add(e.Offer.Confirmation);
                break;
            case ConversationEvent.ConfirmationEnded e:
                if (!_shown.Remove(e.Confirmation)) findings.Report(28, $"{e.Confirmation} ended, and is not open here");
                break;
            case ConversationEvent.ReplyDue e: Told(e); break;
            case ConversationEvent.Read e: WasRead(e); break;
            default: Moved(happened); break;
        }
    }

    private void Written(ConversationEvent.MessageWritten e)
    {
        Once(e.Id, e.Author is Author.Staff);
        var fits = e.Author switch
        {
            Author.Customer => e is { By: null, RemindAt: null },
            Author.Staff => e is { By.Length: > 0, RemindAt: not null, Wish: null },
            _ => e is { By: null, RemindAt: null, Wish: null },
        };
        if (!fits) findings.Report(28, $"message {e.Id} holds what its author, {e.Author}, does not write");
        if (e.Author is Author.Staff && _assignee != e.By) findings.Report(28, $"message {e.Id} is of {e.By}, who does not have the conversation");
        _owesQueue = e.Wish is not null && _status is ConversationStatus.Resolved;
    }

    // Whoever has it, has it until they give it back or nothing is left to do.
    private void Moved(ConversationEvent happened)
    {
        switch (happened)
        {
            case ConversationEvent.Queued e:
                if (e.By is null ? _status is not ConversationStatus.Resolved : _status is not ConversationStatus.Assigned) findings.Report(28, $"it is put into the queue while it is {_status}");
                (_status, _assignee) = (ConversationStatus.Waiting, null);
                break;
            case ConversationEvent.Assigned e:
                if (string.IsNullOrEmpty(e.To) || e.To == _assignee) findings.Report(28, $"it is given to {e.To}, who has it, or is nobody");
                (_status, _assignee) = (ConversationStatus.Assigned, e.To);
                break;
            case ConversationEvent.Resolved:
                if (_status is ConversationStatus.Resolved) findings.Report(28, "it is resolved twice");
                (_status, _assignee) = (ConversationStatus.Resolved, null);
                break;
        }
    }

    private void WasRead(ConversationEvent.Read e)
    {
        ref var before = ref e.Side is Author.Customer ? ref _readByCustomer : ref _readByStaff;
        if (e.Side is Author.Hub || e.Sequence <= before || e.Sequence >= _sequence) findings.Report(28, $"{e.Side} read up to {e.Sequence}, after {before}, of {_sequence - 1}");
        before = Math.Max(before, e.Sequence);
    }

    private void Told(ConversationEvent.ReplyDue e)
    {
        if (e.From > e.To || !_lately.Contains((e.From, true)) || !_lately.Contains((e.To, true)) || !IsUntold(e.From)) findings.Report(28, $"{e.From} to {e.To} are told elsewhere, and were read or told, or are not of staff");
        _told = Math.Max(_told, e.To);
    }

    private bool IsUntold(long message) => message > _readByCustomer && message > _told;

    private void Once(string message, bool ofStaff = false)
    {
        _lately.Enqueue((_sequence, ofStaff));
        if (_lately.Count > Conversation.KeptMessages) _lately.Dequeue();
        if (!_messages.Add(message)) findings.Report(28, $"message {message} stands there twice");
    }
}
