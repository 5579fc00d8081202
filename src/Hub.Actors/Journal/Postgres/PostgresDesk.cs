using static Hub.Actors.Journal.Postgres.PostgresCall;

namespace Hub.Actors.Journal.Postgres;

/// <summary>What one call keeps beside the events, column by column.</summary>
internal sealed class PostgresDesk
{
    private readonly List<JournalWrite.ReserveRequest> _reserved = [];
    private readonly List<JournalWrite.CompleteRequest> _answered = [];
    private readonly List<RequestKey> _released = [];
    private readonly List<JournalWrite.CompleteTimer> _timers = [];
    private readonly List<(string Reader, Checkpoint At)> _checkpoints = [];
    private readonly List<Parking> _parked = [];
    private readonly List<JournalWrite.Unpark> _unparked = [];
    private JournalWrite.PurgeRequests? _purge;

    /// <summary>How many reservations there are.</summary>
    public int Reservations => _reserved.Count;

    /// <summary>Adds one; no other of this call may be of the same thing.</summary>
    /// <exception cref="ArgumentException">A kind of write that this journal does not know: a bug.</exception>
    public void Add(JournalWrite write)
    {
        switch (write)
        {
            case JournalWrite.ReserveRequest ask: _reserved.Add(ask); break;
            case JournalWrite.CompleteRequest done: _answered.Add(done); break;
            case JournalWrite.ReleaseRequest given: _released.Add(given.Key); break;
            case JournalWrite.PurgeRequests old: _purge = old; break;
            case JournalWrite.CompleteTimer fired: _timers.Add(fired); break;
            case JournalWrite.SaveCheckpoints save: _checkpoints.AddRange(save.Checkpoints.Select(at => (save.Reader, at))); break;
            case JournalWrite.Park parked: _parked.Add(parked.Parked); break;
            case JournalWrite.Unpark caughtUp: _unparked.Add(caughtUp); break;
            default: throw new ArgumentException($"{write.GetType().Name} is no write this journal knows.", nameof(write));
        }
    }

    /// <summary>Calls the functions there is work for.</summary>
    public void AddTo(PostgresCall call, long opening)
    {
        AddRequests(call, opening);
        if (_timers.Count > 0)
        {
            call.Add("finish_timers", "t", Column(_timers, one => one.Stream), Column(_timers, one => one.Timer.Name), Column(_timers, one => one.Timer.SetAt));
        }

        if (_checkpoints.Count > 0)
        {
            call.Add(
                "save_checkpoints", "c", Column(_checkpoints, one => one.Reader),
                Of(_checkpoints.ConvertAll(one => one.At.Partition)), Column(_checkpoints, one => one.At.Position));
        }

        if (_parked.Count > 0)
        {
            call.Add(
                "park_streams", "p", Column(_parked, one => one.Reaction), Column(_parked, one => one.Stream), Column(_parked, one => one.Version),
                Column(_parked, one => one.Position), Column(_parked, one => one.Error), Column(_parked, one => one.At.UtcTicks));
        }

        if (_unparked.Count > 0)
        {
            call.Add("unpark_streams", "u", Column(_unparked, one => one.Reaction), Column(_unparked, one => one.Stream), Column(_unparked, one => one.Version));
        }
    }

    private void AddRequests(PostgresCall call, long opening)
    {
        if (_reserved.Count > 0)
        {
            call.Add(
                "reserve_requests", "r", Of(opening), Column(_reserved, one => one.Key.Tenant), Column(_reserved, one => one.Key.Key),
                Column(_reserved, one => one.Fingerprint), Column(_reserved, one => one.CreatedId),
                Column(_reserved, one => one.At.UtcTicks), Column(_reserved, one => one.AbandonedBefore.UtcTicks));
        }

        if (_answered.Count > 0)
        {
            call.Add("answer_requests", "d", Column(_answered, one => one.Key.Tenant), Column(_answered, one => one.Key.Key), Of(_answered.ConvertAll(one => one.Answer)));
        }

        if (_released.Count > 0)
        {
            call.Add("release_requests", "g", Of(opening), Column(_released, one => one.Tenant), Column(_released, one => one.Key));
        }

        if (_purge is { } old)
        {
            call.Add("purge_requests", "o", Of(old.Before.UtcTicks), Of(old.Limit));
        }
    }

    private static Npgsql.NpgsqlParameter Column<T>(List<T> rows, Converter<T, string> value) => Of(rows.ConvertAll(value));

    private static Npgsql.NpgsqlParameter Column<T>(List<T> rows, Converter<T, long> value) => Of(rows.ConvertAll(value));
}
