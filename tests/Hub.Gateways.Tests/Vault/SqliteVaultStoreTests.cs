using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;
using Microsoft.Data.Sqlite;

namespace Hub.Gateways.Tests.Vault;

public sealed class SqliteVaultStoreTests : VaultCompliance, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IVaultStore Open() => new SqliteVaultStore(_folder.File("vault.db"));

    [Fact]
    public void A_second_process_is_kept_out()
    {
        using (Open())
        {
            Assert.Throws<VaultConfigurationException>(Open);
        }

        using var after = Open();
    }

    [Fact]
    public void A_file_of_a_newer_hub_is_left_alone()
    {
        using (var connection = new SqliteConnection($"Data Source={_folder.File("vault.db")};Pooling=false"))
        {
            connection.Open();
            using var command = new SqliteCommand("PRAGMA user_version=2", connection);
            command.ExecuteNonQuery();
        }

        Assert.Throws<VaultConfigurationException>(Open);
        // Refusing must not keep the lock.
        Assert.Throws<VaultConfigurationException>(Open);
    }

    [Fact]
    public void After_a_scrub_nothing_of_a_deleted_row_is_left_in_the_files()
    {
        byte[] canary = [.. "a canary sings in the vault"u8];
        using var store = Open();
        store.Write(writer => writer.Put(Row("card", "ins_1") with { Body = canary }));
        Assert.True(_folder.Holds(canary));

        store.Write(writer => writer.Delete("card", "ins_1"));
        store.Scrub();

        Assert.False(_folder.Holds(canary));
    }

    [Fact]
    public void A_closed_store_refuses_and_nobody_waits_for_ever()
    {
        var store = Open();
        store.Dispose();

        Assert.ThrowsAny<Exception>(() => store.Write(writer => writer.Delete("card", "ins_1")));
    }
}
