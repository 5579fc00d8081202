using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Hub.Actors.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hub.Actors.Tests.Journal.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresJournalTests(PostgresServer server) : JournalCompliance
{
    private string? _database;

    private string Database => _database ??= server.NewDatabase();

    [Fact]
    public void No_two_openings_share_a_number_and_all_share_the_identity()
    {
        using var first = Shared();
        using var second = Shared();
        first.Dispose();
        using var third = Shared();

        Assert.Equal([1L, 2L, 3L], [first.Opening, second.Opening, third.Opening]);
        Assert.Equal(first.Identity, second.Identity);
        using var another = Open(server.NewDatabase());
        Assert.NotEqual(first.Identity, another.Identity);
    }

    [Fact]
    public async Task Nodes_that_start_at_the_same_moment_make_one_journal()
    {
        var database = Database;
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open(database, alone: false))));

        Assert.Equal([1L, 2L, 3L, 4L], opened.Select(one => one.Opening).Order());
        Assert.Single(opened.Select(one => one.Identity).Distinct());
        Array.ForEach(opened, one => one.Dispose());
    }

    [Fact]
    public void A_second_hub_is_kept_out_with_the_reason_unless_all_share_the_journal()
    {
        var alone = Store;

        var refused = Assert.Throws<JournalLockedException>(() => Open(Database, alone: false));
        Assert.Contains("open in another process", refused.Message, StringComparison.Ordinal);
        alone.Dispose();

        using var one = Shared();
        using var other = Shared();
        Assert.Throws<JournalLockedException>(() => Open(Database, alone: true));
    }

    [Fact]
    public void A_journal_of_an_earlier_version_is_brought_up_and_one_of_a_later_version_refused()
    {
        Store.Write([Append("till/a", 0, "c1", 10)]);
        Store.Dispose();
        string[] later = [.. PostgresSchema.Steps, "ALTER TABLE events ADD COLUMN more bigint"];
        using (var upgraded = PostgresJournal.Open(new PostgresOptions(Database), later, new SystemRandomSource(), new FakeTime(), NullLogger.Instance))
        {
            Assert.Equal(1, upgraded.Head());
            Assert.IsType<WriteResult.Appended>(upgraded.Write([Append("till/a", 1, "c2", 10)])[0]);
        }

        var refused = Assert.Throws<DatabaseRefusedException>(() => Open(Database));
        Assert.Contains($"schema version {later.Length}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_fails_leaves_the_journal_as_it_was()
    {
        Store.Dispose();
        string[] broken = [.. PostgresSchema.Steps, "ALTER TABLE events ADD COLUMN more bigint; SELECT 1/0"];

        Assert.Throws<DatabaseRefusedException>(() => PostgresJournal.Open(new PostgresOptions(Database), broken, new SystemRandomSource(), new FakeTime(), NullLogger.Instance));

        using var again = Open(Database);
        Assert.Equal(2, again.Opening);
    }

    [Fact]
    public void A_database_that_cannot_hold_a_journal_is_refused_with_the_reason()
    {
        var latin = server.NewDatabase("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

        Assert.Contains("encoding is not UTF8", Assert.Throws<DatabaseRefusedException>(() => Open(latin)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_not_there_or_not_reachable_is_one_clear_line()
    {
        var unknown = new NpgsqlConnectionStringBuilder(Database) { Database = "nobody" }.ConnectionString;
        var nowhere = new NpgsqlConnectionStringBuilder(Database) { Port = 1 }.ConnectionString;
        var password = new NpgsqlConnectionStringBuilder(Database).Password!;

        Assert.DoesNotContain(password, new PostgresOptions(Database).ToString(), StringComparison.Ordinal);
        foreach (var failure in (Exception[])[Assert.Throws<JournalUnavailableException>(() => Open(unknown)), Assert.Throws<JournalUnavailableException>(() => Open(nowhere))])
        {
            Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(password, failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain('\n', failure.Message);
        }
    }

    [Fact]
    public void Connections_are_set_up_as_the_journal_needs_them_whatever_the_database_says()
    {
        _ = Store;
        PostgresServer.Execute(Database, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); EXECUTE format('ALTER DATABASE %I SET lock_timeout = 0', current_database()); END $$");
        using var connection = new NpgsqlConnection(new PostgresOptions(Database).Single("test"));
        connection.Open();

        Assert.Equal("on", connection.Value<string>("SHOW synchronous_commit"));
        Assert.Equal("5s", connection.Value<string>("SHOW lock_timeout"));
        Assert.Equal("5s", connection.Value<string>("SHOW idle_in_transaction_session_timeout"));
        Assert.Equal("off", connection.Value<string>("SHOW jit"));
        Assert.Equal("read committed", connection.Value<string>("SHOW default_transaction_isolation"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xd83d)]
    public void A_write_that_breaks_a_rule_takes_its_batch_with_it_and_leaves_the_journal_usable(int letter)
    {
        // The server refuses the one, half of a letter does not even get there.
        var broken = Append("till/b", 0, $"a {(char)letter} in it", 1);
        for (var n = 0; n < 3; n++)
        {
            var refused = Assert.ThrowsAny<Exception>(() => Store.Write([Append("till/a", n, $"c{n}", 1), broken]));
            Assert.False(refused is JournalUnavailableException or CommitUnknownException, "It looks as if it might succeed later, or might have succeeded.");
            Assert.Equal(n, Store.Head());

            Assert.IsType<WriteResult.Appended>(Store.Write([Append("till/a", n, $"c{n}", 1)])[0]);
        }

        Assert.Equal([1L, 2L, 3L], Store.ReadFeed(0, 10).Select(one => one.Position));
    }

    [Fact]
    public void A_batch_is_carried_out_in_order_also_where_its_writes_touch_the_same_thing()
    {
        var key = new RequestKey("mer_1", "k");
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var ask = new JournalWrite.ReserveRequest(key, "f", "pay_1", noon, noon);

        var results = Store.Write([
            ask, ask, new JournalWrite.CompleteRequest(key, [7]), ask,
            new JournalWrite.PurgeRequests(noon.AddTicks(1), 10), ask with { CreatedId = "pay_2" },
            new JournalWrite.SaveCheckpoints("r", [new Checkpoint(0, 5)]), new JournalWrite.SaveCheckpoints("r", [new Checkpoint(0, 3)]),
            Append("till/a", 0, "c1", 1), Append("till/a", 1, "c2", 1, 1), Append("till/b", 0, "c3", 1),
        ]);

        Assert.Equal(
            [new Reservation.Mine("pay_1"), new Reservation.InFlight(), new Reservation.Mine("pay_2")],
            new[] { 0, 1, 5 }.Select(at => ((WriteResult.Reserved)results[at]).Reservation));
        Assert.Equal([7], Assert.IsType<Reservation.Answered>(((WriteResult.Reserved)results[3]).Reservation).Answer);
        Assert.Equal([new Checkpoint(0, 5)], Store.Checkpoints("r"));
        Assert.Equal([1L, 2L, 4L], results.Skip(8).Select(one => ((WriteResult.Appended)one).FirstPosition));
        Assert.Equal(["c1", "c2", "c2", "c3"], Store.ReadFeed(0, 10).Select(one => one.CommandId));
    }

    [Fact]
    public void A_batch_of_thousands_is_one_transaction()
    {
        var results = Store.Write([.. Enumerable.Range(0, GroupCommitter.MaxBatch).Select(n => Append($"till/{n}", 0, $"c{n}", n + 1))]);
        Store.Maintain();

        Assert.Equal(Enumerable.Range(1, GroupCommitter.MaxBatch).Select(n => (long)n), results.Select(one => ((WriteResult.Appended)one).FirstPosition));
        Assert.Equal(GroupCommitter.MaxBatch, Store.Head());
        Assert.Equal(0, Store.Balances().Sum(one => one.Amount.Minor));
    }

    [Fact]
    public void Statistics_are_made_after_growth()
    {
        Store.Write([.. Enumerable.Range(0, 1_000).Select(n => Append($"till/{n}", 0, $"c{n}", 1))]);
        Assert.Equal(-1, Known());

        Store.Maintain();

        Assert.Equal(1_000, Known());
    }

    protected override IJournalStore Open() => Open(Database);

    private static PostgresJournal Open(string database, bool alone = true) => PostgresJournal.Open(
        new PostgresOptions(database, alone) { LockTimeout = TimeSpan.FromMilliseconds(200) }, new SystemRandomSource(), new FakeTime(), NullLogger.Instance);

    private PostgresJournal Shared() => Open(Database, alone: false);

    private float Known()
    {
        using var connection = new NpgsqlConnection(new PostgresOptions(Database).Single("test"));
        connection.Open();
        return connection.Value<float>("SELECT reltuples FROM pg_class WHERE oid = 'hub.events'::regclass");
    }
}
