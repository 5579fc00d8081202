using Hub.Domain.Kernel;
using static Hub.Actors.Journal.Postgres.PostgresCall;

namespace Hub.Actors.Journal.Postgres;

/// <summary>The appends of one call, column by column, as <c>append_events</c> wants them.</summary>
internal sealed class PostgresAppends
{
    private readonly List<string> _streams = [];
    private readonly List<long> _ids = [];
    private readonly List<long> _expected = [];
    private readonly List<long> _sizes = [];
    private readonly List<long> _times = [];
    private readonly List<int> _eventOf = [];
    private readonly List<long> _eventNth = [];
    private readonly List<string> _types = [];
    private readonly List<byte[]> _payloads = [];
    private readonly List<string> _commands = [];
    private readonly List<byte[]> _hashes = [];
    private readonly List<int> _firedOf = [];
    private readonly List<string> _fired = [];
    private readonly List<long> _firedAt = [];
    private readonly List<int> _timerOf = [];
    private readonly List<long> _timerNth = [];
    private readonly List<string> _timers = [];
    private readonly List<long?> _dues = [];
    private readonly List<int> _postingOf = [];
    private readonly List<long> _postingNth = [];
    private readonly List<string> _accounts = [];
    private readonly List<string> _currencies = [];
    private readonly List<long> _minors = [];

    /// <summary>How many there are.</summary>
    public int Count => _streams.Count;

    /// <summary>Adds one; no other of this call may be of its stream.</summary>
    public void Add(JournalWrite.Append append)
    {
        _streams.Add(append.Stream);
        _ids.Add(append.StreamId);
        _expected.Add(append.ExpectedVersion);
        _sizes.Add(append.Events.Count);
        _times.Add(append.At.UtcTicks);
        if (append.Fired is { } fired)
        {
            _firedOf.Add(Count);
            _fired.Add(fired.Name);
            _firedAt.Add(fired.SetAt);
        }

        var firstTimer = _timers.Count;
        for (var i = 0; i < append.Events.Count; i++)
        {
            Add(append, append.Events[i], nth: i + 1, firstTimer);
        }
    }

    /// <summary>Calls the function for all of them.</summary>
    public void AddTo(PostgresCall call, long opening) => call.Add(
        "append_events", "a", Of(opening),
        Of(_streams), Of(_ids), Of(_expected), Of(_sizes), Of(_times),
        Of(_eventOf), Of(_eventNth), Of(_types), Of(_payloads), Of(_commands), Of(_hashes),
        Of(_firedOf), Of(_fired), Of(_firedAt),
        Of(_timerOf), Of(_timerNth), Of(_timers), Of(_dues),
        Of(_postingOf), Of(_postingNth), Of(_accounts), Of(_currencies), Of(_minors));

    private void Add(JournalWrite.Append append, EventWrite happened, int nth, int firstTimer)
    {
        _eventOf.Add(Count);
        _eventNth.Add(nth);
        _types.Add(happened.Type);
        _payloads.Add(happened.Payload);
        _commands.Add(append.CommandId);
        _hashes.Add(append.CommandHash);
        foreach (var change in happened.Timers)
        {
            Add(change, nth, firstTimer);
        }

        foreach (var set in happened.Postings)
        {
            foreach (var posting in set.Postings)
            {
                _postingOf.Add(Count);
                _postingNth.Add(nth);
                _accounts.Add(posting.Account.Name);
                _currencies.Add(set.Currency.Code);
                _minors.Add(posting.Minor);
            }
        }
    }

    // The last change of a timer stands: one statement cannot set and clear the same row.
    private void Add(TimerChange change, int nth, int firstTimer)
    {
        var due = (change as TimerChange.Set)?.Due.UtcTicks;
        for (var i = firstTimer; i < _timers.Count; i++)
        {
            if (_timers[i] == change.Name)
            {
                (_timerNth[i], _dues[i]) = (nth, due);
                return;
            }
        }

        _timerOf.Add(Count);
        _timerNth.Add(nth);
        _timers.Add(change.Name);
        _dues.Add(due);
    }
}
