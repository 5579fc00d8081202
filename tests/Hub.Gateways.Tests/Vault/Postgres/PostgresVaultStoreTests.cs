using Hub.Actors.Journal.Postgres;
using Hub.Actors.Postgres;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Gateways.Vault;
using Hub.Gateways.Vault.Postgres;
using Npgsql;

namespace Hub.Gateways.Tests.Vault.Postgres;

/// <summary>The vault's rows in a real PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresVaultStoreTests(PostgresServer server) : VaultCompliance
{
    private string? _database;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => _database ??= server.NewDatabase();

    protected override IVaultStore Open() => PostgresVaultStore.Open(new PostgresOptions(Database));

    [Fact]
    public async Task Nodes_that_start_at_once_make_the_tables_once()
    {
        _ = Database;
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Open, Cancel)));

        opened[0].Write(writer => writer.Put(Row("card", "1")));

        Assert.All(opened, store => Assert.NotNull(store.Find("card", "1")));
        Array.ForEach(opened, store => store.Dispose());
    }

    [Fact]
    public async Task Changes_run_one_at_a_time_over_all_nodes()
    {
        using var first = Open();
        using var second = Open();
        first.Write(writer => writer.Put(Row("count", "1") with { DataKey = 0 }));

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => (i % 2 == 0 ? first : second).WriteAsync(
            writer => writer.Put(Row("count", "1") with { DataKey = writer.Find("count", "1")!.DataKey + 1 }), Cancel)));

        Assert.Equal(64, first.Find("count", "1")!.DataKey);
    }

    [Fact]
    public async Task What_two_nodes_do_alone_they_do_one_after_the_other()
    {
        using var first = Open();
        using var second = Open();
        var inside = 0;
        var most = 0;

        await Task.WhenAll(new[] { first, second, first, second }.Select(store => Task.Run(
            () => store.WhileAlone(() =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                store.Write(writer => writer.Put(Row("card", "1")));
                Interlocked.Decrement(ref inside);
            }),
            Cancel)));

        Assert.Equal(1, most);
    }

    [Fact]
    public void A_vault_of_a_later_build_is_left_alone()
    {
        Open().Dispose();
        PostgresServer.Execute(Database, "INSERT INTO hub_vault.schema_versions (version) VALUES (2)");

        var refused = Assert.Throws<DatabaseRefusedException>(Open);

        Assert.Equal("The vault has schema version 2; this build reads up to version 1. Start a later build of the hub.", refused.Message);
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_one_line()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(Database) { Port = 1 }.ConnectionString;

        var failed = Assert.Throws<DatabaseUnavailableException>(() => PostgresVaultStore.Open(new PostgresOptions(nowhere)));

        Assert.DoesNotContain('\n', failed.Message);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public void After_a_restart_of_the_server_what_was_written_is_there_and_the_vault_goes_on()
    {
        using var store = Open();
        store.Write(writer => writer.Put(Row("card", "1")));
        server.Stop();
        try
        {
            Assert.Throws<VaultUnavailableException>(() => store.Find("card", "1"));
            Assert.Throws<VaultUnavailableException>(() => store.Write(writer => writer.Put(Row("card", "2"))));
            Assert.Throws<VaultUnavailableException>(() => store.WhileAlone(() => { }));
            Assert.Throws<VaultUnavailableException>(store.Scrub);
        }
        finally
        {
            server.Start();
        }

        Assert.NotNull(store.Find("card", "1"));
        store.Write(writer => writer.Put(Row("card", "2")));
        Assert.Equal(["1", "2"], store.List("card").Select(row => row.Id));
    }

    [Fact]
    public void A_session_that_was_lost_while_it_rested_costs_nobody_a_change()
    {
        using var store = Open();
        store.Write(writer => writer.Put(Row("card", "1")));
        PostgresServer.Execute(Database, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'omnihub vault writer' AND datname = current_database()");

        store.Write(writer => writer.Put(Row("card", "2")));

        Assert.NotNull(store.Find("card", "2"));
    }

    [Fact]
    public void A_node_that_stands_still_within_a_change_stops_the_others_for_as_long_as_they_wait_for_a_lock_and_no_longer()
    {
        using var patient = PostgresVaultStore.Open(new PostgresOptions(Database));
        using var hasty = PostgresVaultStore.Open(new PostgresOptions(Database) { LockTimeout = TimeSpan.FromMilliseconds(50) });

        patient.Write(writer =>
        {
            writer.Put(Row("card", "1"));
            Assert.Throws<VaultUnavailableException>(() => hasty.Write(other => other.Put(Row("card", "2"))));
        });

        hasty.Write(writer => writer.Put(Row("card", "3")));
        Assert.Equal(["1", "3"], patient.List("card").Select(row => row.Id));
    }

    [Fact]
    public void After_a_scrub_no_page_of_the_table_holds_a_deleted_row()
    {
        using var store = Open();
        store.Write(writer => writer.Put(Row("card", "ins_1") with { Body = [.. "a canary sings in the vault"u8] }));
        Assert.True(PagesHold("a canary sings in the vault"));

        store.Write(writer => writer.Delete("card", "ins_1"));
        store.Scrub();

        Assert.False(PagesHold("a canary sings in the vault"));
    }

    private bool PagesHold(string canary)
    {
        using var connection = new NpgsqlConnection(Database);
        connection.Open();
        using var read = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS pageinspect; SELECT get_raw_page('hub_vault.vault_rows', n::integer) FROM generate_series(0, pg_relation_size('hub_vault.vault_rows') / 8192 - 1) AS n", connection);
        using var pages = read.ExecuteReader();
        while (pages.Read())
        {
            if (pages.GetFieldValue<byte[]>(0).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(canary)) >= 0) return true;
        }

        return false;
    }
}
