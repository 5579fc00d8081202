using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>
/// Writes of a batch, one after the other, of which no two touch the same thing: carried out together they come to what they would
/// come to in order. Nearly every batch is one segment, for who writes to a thing waits for its answer before writing to it again.
/// </summary>
internal sealed class PostgresSegment
{
    private const string AppendColumns = "a.o_ids, a.o_heads, a.o_positions";
    private const string ReserveColumns = "r.o_outcomes, r.o_ids, r.o_answers";

    private readonly HashSet<(char Kind, string One, string Other)> _touched = [];
    private readonly PostgresAppends _appends = new();
    private readonly PostgresDesk _desk = new();
    private readonly List<JournalWrite> _writes = [];

    /// <summary>Cuts a batch into as few segments as its order allows.</summary>
    public static List<PostgresSegment> Cut(IReadOnlyList<JournalWrite> batch)
    {
        var segments = new List<PostgresSegment> { new() };
        for (var i = 0; i < batch.Count; i++)
        {
            if (!segments[^1].TryAdd(batch[i]))
            {
                segments.Add(new PostgresSegment());
                segments[^1].TryAdd(batch[i]);
            }
        }

        return segments;
    }

    /// <summary>The statement that carries them out.</summary>
    public NpgsqlBatchCommand Statement(long opening)
    {
        var call = new PostgresCall();
        if (_appends.Count > 0)
        {
            _appends.AddTo(call, opening);
        }

        _desk.AddTo(call, opening);
        return call.Selecting((_appends.Count > 0, _desk.Reservations > 0) switch
        {
            (true, true) => $"{AppendColumns}, {ReserveColumns}",
            (true, false) => AppendColumns,
            (false, true) => ReserveColumns,
            (false, false) => "1",
        });
    }

    /// <summary>Reads the statement's one row into one result per write, in order.</summary>
    public void Read(NpgsqlDataReader row, List<WriteResult> results)
    {
        var (appended, column) = _appends.Count > 0 ? (new AppendAnswers(row), AppendAnswers.Columns) : (null, 0);
        var reserved = _desk.Reservations > 0 ? new ReserveAnswers(row, column) : null;
        foreach (var write in _writes)
        {
            results.Add(write switch
            {
                JournalWrite.Append => appended!.Next(),
                JournalWrite.ReserveRequest => reserved!.Next(),
                _ => WriteResult.Done.Value,
            });
        }
    }

    private bool TryAdd(JournalWrite write)
    {
        if (!TryTouch(write))
        {
            return false;
        }

        _writes.Add(write);
        if (write is JournalWrite.Append append)
        {
            _appends.Add(append);
        }
        else
        {
            _desk.Add(write);
        }

        return true;
    }

    private bool TryTouch(JournalWrite write) => write switch
    {
        JournalWrite.Append append => _touched.Add(('s', append.Stream, "")),
        JournalWrite.CompleteTimer fired => _touched.Add(('s', fired.Stream, "")),
        JournalWrite.ReserveRequest ask => TryTouch(ask.Key),
        JournalWrite.CompleteRequest done => TryTouch(done.Key),
        JournalWrite.ReleaseRequest given => TryTouch(given.Key),
        JournalWrite.SaveCheckpoints save => _touched.Add(('c', save.Reader, "")),
        JournalWrite.Park parked => _touched.Add(('p', parked.Parked.Reaction, parked.Parked.Stream)),
        JournalWrite.Unpark caughtUp => _touched.Add(('p', caughtUp.Reaction, caughtUp.Stream)),
        // It may touch every request, so it comes first in its segment and keeps the others out.
        JournalWrite.PurgeRequests => _touched.Count == 0 && _touched.Add(('o', "", "")),
        _ => true,
    };

    private bool TryTouch(RequestKey key) => !_touched.Contains(('o', "", "")) && _touched.Add(('r', key.Tenant, key.Key));

    private sealed class AppendAnswers(NpgsqlDataReader row)
    {
        public const int Columns = 3;

        private readonly long[] _ids = row.GetFieldValue<long[]>(0);
        private readonly long[] _heads = row.GetFieldValue<long[]>(1);
        private readonly long[] _positions = row.GetFieldValue<long[]>(2);
        private int _next = -1;

        public WriteResult Next()
        {
            _next++;
            return _positions[_next] > 0
                ? new WriteResult.Appended(_ids[_next], _positions[_next])
                : new WriteResult.Conflict(_heads[_next]);
        }
    }

    private sealed class ReserveAnswers(NpgsqlDataReader row, int column)
    {
        private readonly int[] _outcomes = row.GetFieldValue<int[]>(column);
        private readonly string[] _ids = row.GetFieldValue<string[]>(column + 1);
        private readonly byte[]?[] _answers = row.GetFieldValue<byte[]?[]>(column + 2);
        private int _next = -1;

        public WriteResult.Reserved Next()
        {
            _next++;
            return new WriteResult.Reserved(_outcomes[_next] switch
            {
                0 => new Reservation.Mine(_ids[_next]),
                1 => new Reservation.Answered(_answers[_next]!),
                2 => new Reservation.InFlight(),
                var other => other == 3 ? new Reservation.OtherRequest() : throw new InvalidOperationException($"Reservation outcome {other} is not known."),
            });
        }
    }
}
