using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hub.Actors.Tests.Journal.Postgres;

/// <summary>Several nodes on one journal.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresNodesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RequestKey Key = new("mer_1", "key-1");

    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly PostgresJournal _one;
    private readonly PostgresJournal _other;

    public PostgresNodesTests(PostgresServer server)
    {
        _server = server;
        _database = server.NewDatabase();
        (_one, _other) = (Open(), Open());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Invariant", "21")]
    public void Of_two_owners_of_one_actor_one_append_wins_and_the_loser_leaves_no_trace()
    {
        var won = Assert.IsType<WriteResult.Appended>(Write(_one, "till/a", 0, "c1", 10));

        Assert.Equal(new WriteResult.Conflict(1), Write(_other, "till/a", 0, "c2", 20));
        Assert.Equal(new WriteResult.Conflict(1), _other.Write([JournalCompliance.Deposit("till/a", 0, "c2", 20) with { StreamId = won.StreamId }])[0]);

        Assert.Equal([("customers", -10L), ("tills", 10L)], _other.Balances().Select(one => (one.Account.Name, one.Amount.Minor)));
        Assert.Equal(_one.Opening, _other.FindCommand("till/a", "c1")!.Opening);
        Assert.Null(_one.FindCommand("till/a", "c2"));
        Assert.IsType<WriteResult.Appended>(Write(_other, "till/a", 1, "c2", 20));
    }

    [Fact]
    [Trait("Invariant", "19")]
    public async Task A_reader_beside_two_writers_never_sees_a_gap()
    {
        const int batches = 60;
        var writing = Task.WhenAll(
            Task.Run(() => WriteMany(_one, "one", batches), Cancel),
            Task.Run(() => WriteMany(_other, "other", batches), Cancel));
        var seen = 0L;
        var done = false;
        do
        {
            done = writing.IsCompleted;
            foreach (var happened in _one.ReadFeed(seen, 64))
            {
                Assert.Equal(seen + 1, happened.Position);
                seen = happened.Position;
            }
        }
        while (!done || seen < _one.Head());

        await writing;
        Assert.Equal(seen, _other.ReadStream("till/shared", 0).Events.Count + (2 * batches));
        Assert.Equal(_one.ReadStream("till/shared", 0).Events.Select(one => one.Version), Enumerable.Range(1, batches).Select(n => (long)n));
    }

    [Fact]
    public void Positions_depend_on_no_sequence()
    {
        Write(_one, "till/a", 0, "c1", 1);
        PostgresServer.Execute(_database, "SELECT setval('hub.streams_id_seq', 5000000), setval('hub.postings_id_seq', 7000000)");
        Assert.Throws<PostgresException>(() => _one.Write([JournalCompliance.Deposit("till/b", 0, "c2", 1), JournalCompliance.Deposit("till/bad\0", 0, "c", 1)]));

        var next = Assert.IsType<WriteResult.Appended>(Write(_other, "till/c", 0, "c3", 1, 1));
        var last = Assert.IsType<WriteResult.Appended>(Write(_one, "till/d", 0, "c4", 1));

        Assert.Equal((2L, 4L), (next.FirstPosition, last.FirstPosition));
        Assert.True(5_000_000 < next.StreamId && next.StreamId < last.StreamId);
        Assert.Equal([1L, 2L, 3L, 4L], _one.ReadFeed(0, 10).Select(one => one.Position));
    }

    [Fact]
    public void A_checkpoint_never_goes_back_whoever_stores_it()
    {
        _one.Write([new JournalWrite.SaveCheckpoints("r", [new Checkpoint(3, 10)])]);
        _other.Write([new JournalWrite.SaveCheckpoints("r", [new Checkpoint(3, 9)])]);

        Assert.Equal([new Checkpoint(3, 10)], _other.Checkpoints("r"));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_request_of_a_node_that_lives_is_in_flight_until_it_is_old(int ticks, bool mine)
    {
        Reserve(_one, "pay_1");

        var asked = Reserve(_other, "pay_2", Noon + Requests.Abandoned + TimeSpan.FromTicks(ticks));

        Assert.Equal(mine ? new Reservation.Mine("pay_1") : new Reservation.InFlight(), asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_of_a_node_that_is_gone_is_taken_over_at_once(bool killed)
    {
        Reserve(_one, "pay_1");

        if (killed)
        {
            await Sessions.EndAsync(_database, $"omnihub writer {_one.Opening}.1", Cancel);
        }
        else
        {
            _one.Dispose();
        }

        Assert.Equal(new Reservation.Mine("pay_1"), Reserve(_other, "pay_2"));
        Assert.Equal(new Reservation.InFlight(), Reserve(_other, "pay_3"));
    }

    [Fact]
    public async Task A_node_is_woken_by_what_others_write_and_not_by_its_own()
    {
        var looks = new SemaphoreSlim(0);
        var count = 0;
        _other.WhenOthersWrite(() =>
        {
            Interlocked.Increment(ref count);
            looks.Release();
        });
        await looks.WaitAsync(Cancel);

        Write(_other, "till/own", 0, "c1", 1);
        Write(_other, "till/own", 1, "c2", 1);
        Write(_one, "till/a", 0, "c1", 1);
        await looks.WaitAsync(Cancel);

        Assert.Equal(2, Volatile.Read(ref count));
    }

    [Fact]
    public async Task A_node_whose_listening_was_cut_listens_again_and_looks_for_what_it_missed()
    {
        var time = new FakeTime();
        using var store = Open(time);
        var looks = new SemaphoreSlim(0);
        store.WhenOthersWrite(() => looks.Release());
        await looks.WaitAsync(Cancel);

        await Sessions.EndAsync(_database, "omnihub listener", Cancel);
        while (!await looks.WaitAsync(TimeSpan.FromMilliseconds(10), Cancel))
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Write(_one, "till/a", 0, "c1", 1);
        await looks.WaitAsync(Cancel);
    }

    [Fact]
    public void Somebody_who_holds_the_lock_makes_a_write_fail_soon_and_nothing_is_stored()
    {
        using (Sessions.Hold(_database))
        {
            var refused = Assert.Throws<JournalUnavailableException>(() => Write(_one, "till/a", 0, "c1", 1));
            Assert.Equal(PostgresErrorCodes.LockNotAvailable, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        }

        Assert.Equal(0, _one.Head());
        Assert.IsType<WriteResult.Appended>(Write(_one, "till/a", 0, "c1", 1));
    }

    [Fact]
    public void Somebody_who_idles_in_a_transaction_of_another_database_holds_nobody_up()
    {
        using (Sessions.Hold(_server.NewDatabase()))
        {
            Assert.IsType<WriteResult.Appended>(Write(_one, "till/a", 0, "c1", 1));
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private static WriteResult Write(PostgresJournal store, string stream, long expected, string command, params long[] deposits) =>
        store.Write([JournalCompliance.Deposit(stream, expected, command, deposits)])[0];

    // One append of each batch is to a stream of its own, one to a stream that both writers want: it is won by one of the two.
    private static void WriteMany(PostgresJournal store, string name, int batches)
    {
        for (var n = 0; n < batches; n++)
        {
            var results = WriteOnceThere(store, [
                JournalCompliance.Deposit($"till/{name}", n, $"c{n}", 1),
                JournalCompliance.Deposit("till/shared", n, $"{name}{n}", 1),
            ]);
            Assert.IsType<WriteResult.Appended>(results[0]);
            if (results[1] is WriteResult.Conflict conflict && conflict.ActualVersion <= n)
            {
                WriteOnceThere(store, [JournalCompliance.Deposit("till/shared", conflict.ActualVersion, $"{name}{n}", 1)]);
            }
        }
    }

    // Half a second for the lock is short on a busy machine; who is turned away tries again with the same ids, as the message says.
    private static IReadOnlyList<WriteResult> WriteOnceThere(PostgresJournal store, IReadOnlyList<JournalWrite> batch)
    {
        while (true)
        {
            try
            {
                return store.Write(batch);
            }
            catch (JournalUnavailableException)
            {
                Cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private static Reservation Reserve(PostgresJournal store, string id, DateTimeOffset? at = null) =>
        Assert.IsType<WriteResult.Reserved>(store.Write([
            new JournalWrite.ReserveRequest(Key, "f", id, at ?? Noon, (at ?? Noon) - Requests.Abandoned)])[0]).Reservation;

    private PostgresJournal Open(TimeProvider? time = null) => PostgresJournal.Open(
        new PostgresOptions(_database, Alone: false) { LockTimeout = TimeSpan.FromMilliseconds(500) }, new SystemRandomSource(), time ?? new FakeTime(), NullLogger.Instance);
}
