using Hub.Actors.Audit.Stored;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hub.Actors.Tests.Journal.Postgres;

/// <summary>The invariants held against a journal in PostgreSQL, and what was tampered with there.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresVerifyTests : IDisposable
{
    private static readonly KindCatalog Kinds = new([Till.Kind]);

    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly PostgresJournal _store;

    public PostgresVerifyTests(PostgresServer server)
    {
        _server = server;
        _database = server.NewDatabase();
        _store = PostgresJournal.Open(new PostgresOptions(_database), new SystemRandomSource(), new FakeTime(), NullLogger.Instance);
        foreach (var till in (string[])["a", "b", "c"])
        {
            Write($"till/{till}", 0, "c1", 2);
            Write($"till/{till}", 2, "c2", 1);
        }
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_journal_that_a_hub_has_open_is_read_and_clean()
    {
        var report = Verify();

        Assert.Empty(report.Violations);
        Assert.Equal((_store.Identity, 9L), (report.Identity, report.Events));
        Assert.Contains(report.Tally, line => line.Invariant == 2 && line.Looked == 9);
    }

    [Fact]
    public void What_is_appended_while_it_reads_belongs_to_another_moment()
    {
        var version = 3L;

        var report = Verify(_ => Write("till/a", version, $"later{version++}", 1));

        Assert.True(version > 3);
        Assert.Empty(report.Violations);
        Assert.Equal(9, report.Events);
    }

    [Fact]
    public void It_writes_nothing_and_waits_for_nobody()
    {
        using var held = Sessions.Hold(_database);

        Assert.Empty(Verify().Violations);
    }

    [Theory]
    [InlineData(1, "DELETE FROM hub.events WHERE position = 5")]
    [InlineData(1, "UPDATE hub.events SET version = version + 1000 WHERE position = 9")]
    [InlineData(1, "INSERT INTO hub.checkpoints VALUES ('reader', 0, 10)")]
    [InlineData(2, "UPDATE hub.events SET payload = 'nothing' WHERE position = 2")]
    [InlineData(7, "INSERT INTO hub.balances VALUES ('tills', 'EUR', 1)")]
    [InlineData(7, "INSERT INTO hub.balances VALUES ('tills', 'nothing', 1)")]
    [InlineData(8, "INSERT INTO hub.postings (position, stream_id, version, account, currency, minor) VALUES (1, 1, 1, 'tills', 'EUR', 1)")]
    [InlineData(8, "INSERT INTO hub.postings (position, stream_id, version, account, currency, minor) VALUES (99, 1, 1, 'tills', 'EUR', 1)")]
    [InlineData(18, "INSERT INTO hub.timers (stream_id, name, due, set_version) VALUES (1, 'alarm', 1, 1)")]
    public void What_was_tampered_with_is_found_under_its_number(int invariant, string sql)
    {
        PostgresServer.Execute(_database, sql);

        Assert.Contains(Verify().Violations, violation => violation.Invariant == invariant);
    }

    [Fact]
    public void A_database_without_a_journal_a_later_one_and_a_server_that_is_away_are_one_line_each()
    {
        PostgresServer.Execute(_database, "INSERT INTO hub.schema_versions (version) VALUES (99)");
        var nowhere = new NpgsqlConnectionStringBuilder(_database) { Port = 1 }.ConnectionString;

        Assert.StartsWith("There is no journal in 127.0.0.1:", Refused(_server.NewDatabase()), StringComparison.Ordinal);
        Assert.Equal("The journal has schema version 99; this build reads up to version 4. Verify it with the hub that wrote it.", Refused(_database));
        Assert.StartsWith("The journal in 127.0.0.1:1/", Refused(nowhere), StringComparison.Ordinal);
    }

    // Events that move no money: the audit knows the postings of the hub's own events only.
    private void Write(string stream, long expected, string command, int events)
    {
        var happened = new TillEvent.Assigned("cus_1");
        var payload = Till.Kind.WriteEvent(happened);
        var one = new EventWrite(happened, Till.Kind.TypeName(happened, payload), payload, [], []);
        Assert.IsType<WriteResult.Appended>(_store.Write(
            [new JournalWrite.Append(stream, 0, expected, [.. Enumerable.Repeat(one, events)], command, new byte[32], new FakeTime().GetUtcNow())])[0]);
    }

    private VerifyReport Verify(Action<VerifyProgress>? progress = null)
    {
        using var verifier = JournalVerifier.Open(new PostgresOptions(_database), Kinds);
        return verifier.Run(new VerifyOptions(), progress ?? (_ => { }));
    }

    private static string Refused(string database)
    {
        var message = Assert.Throws<JournalUnreadableException>(() => JournalVerifier.Open(new PostgresOptions(database), Kinds)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
