using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hub.Actors.Tests.Journal.Postgres;

/// <summary>What is said of a write when the server, the session or the wire fails.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOutageTests : IDisposable
{
    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly Wire _wire;
    private readonly PostgresJournal _store;
    private readonly FakeTime _time = new();

    public PostgresOutageTests(PostgresServer server)
    {
        _server = server;
        _database = server.NewDatabase();
        _wire = new Wire(new NpgsqlConnectionStringBuilder(_database).Port);
        _store = Open(new NpgsqlConnectionStringBuilder(_database) { Port = _wire.Port }.ConnectionString, TimeSpan.FromSeconds(5));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Writer => $"omnihub writer {_store.Opening}.1";

    [Fact]
    [Trait("Invariant", "5")]
    public void A_commit_whose_answer_is_lost_is_unknown_and_is_found_again_as_ours()
    {
        _wire.Mute();
        Assert.Throws<CommitUnknownException>(() => Write("c1", 0));
        _wire.Mend();

        Assert.Equal(_store.Opening, _store.FindCommand("till/a", "c1")!.Opening);
        Assert.Equal(new WriteResult.Conflict(1), Write("c1", 0));
        Assert.IsType<WriteResult.Appended>(Write("c2", 1));
    }

    [Fact]
    [Trait("Invariant", "5")]
    public void Nothing_is_read_while_a_commit_may_still_be_under_way()
    {
        _wire.Mute();
        Assert.Throws<CommitUnknownException>(() => Write("c1", 0));

        Assert.Throws<JournalUnavailableException>(() => _store.FindCommand("till/a", "c1"));
        Assert.Throws<JournalUnavailableException>(() => Write("c1", 0));
    }

    [Fact]
    [Trait("Invariant", "5")]
    public async Task A_write_that_was_cut_off_while_it_waited_is_over_before_anything_is_read()
    {
        using (Sessions.Hold(_database))
        {
            var writing = Task.Run(() => Write("c1", 0), Cancel);
            await Sessions.WaitingAsync(_database, Writer, Cancel);
            _wire.Cut();
            await Assert.ThrowsAsync<CommitUnknownException>(() => writing);
            Assert.Equal(0, Sessions.Count(_database, Writer));
        }

        Assert.Null(_store.FindCommand("till/a", "c1"));
        Assert.IsType<WriteResult.Appended>(Write("c1", 0));
    }

    [Fact]
    public async Task A_write_whose_session_is_ended_is_unknown_and_the_next_one_goes_on()
    {
        Write("c1", 0);
        using (Sessions.Hold(_database))
        {
            var writing = Task.Run(() => Write("c2", 1), Cancel);
            await Sessions.WaitingAsync(_database, Writer, Cancel);
            await Sessions.EndAsync(_database, Writer, Cancel);
            await Assert.ThrowsAsync<CommitUnknownException>(() => writing);
        }

        Assert.Equal(1, _store.Head());
        Assert.Equal(new WriteResult.Appended(1, 2), Write("c2", 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_session_that_was_lost_while_it_rested_leaves_no_write_in_doubt(int seconds)
    {
        Write("c1", 0);
        await Sessions.EndAsync(_database, Writer, Cancel);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        if (seconds == 0)
        {
            Assert.Throws<CommitUnknownException>(() => Write("c2", 1));
        }

        Assert.Equal(new WriteResult.Appended(1, 2), Write("c2", 1));
    }

    [Fact]
    public async Task Reads_go_on_when_their_sessions_were_ended()
    {
        Write("c1", 0);
        Assert.Equal(1, _store.Head());

        await Sessions.EndAsync(_database, "omnihub readers", Cancel);

        Assert.Equal(1, _store.Head());
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    [Trait("Invariant", "3")]
    public void A_server_that_is_restarted_has_what_was_answered_and_goes_on_where_it_was(string mode)
    {
        Write("c1", 0);
        _store.Write([.. Enumerable.Range(0, 1_000).Select(n => new JournalWrite.Unpark("r", $"till/{n}", 1))]);
        _server.Stop(mode);
        try
        {
            // What is under way when the server goes may have been committed; after that nobody can be reached.
            Assert.Throws<CommitUnknownException>(() => Write("c2", 1));
            Assert.Throws<JournalUnavailableException>(() => Write("c2", 1));
            Assert.Throws<JournalUnavailableException>(() => _store.Head());
            // The tables are due to be analysed: that failing must not end the writer.
            _store.Maintain();
        }
        finally
        {
            _server.Start();
        }

        Assert.Equal(1, _store.Head());
        Assert.Equal(new WriteResult.Appended(1, 2), Write("c2", 1));
        Assert.Equal(["c1", "c2"], _store.ReadFeed(0, 10).Select(one => one.CommandId));
    }

    public void Dispose()
    {
        _store.Dispose();
        _wire.Dispose();
    }

    private PostgresJournal Open(string database, TimeSpan wait) => PostgresJournal.Open(
        new PostgresOptions(database) { LockTimeout = wait }, new SystemRandomSource(), _time, NullLogger.Instance);

    private WriteResult Write(string command, long expected) => _store.Write([JournalCompliance.Deposit("till/a", expected, command, 10)])[0];
}
