using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Support;

/// <summary>A vault in a folder of its own, that can be closed and opened again.</summary>
internal sealed class OpenVault : IDisposable
{
    private readonly SeededRandom _random = new();

    internal OpenVault() => Vault = Open();

    internal TempFolder Folder { get; } = new();

    internal FakeTime Time { get; } = new();

    internal byte[] MasterKey { get; set; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    internal HubVault Vault { get; private set; }

    internal void Restart()
    {
        Vault.Dispose();
        Vault = Open();
    }

    public void Dispose()
    {
        Vault.Dispose();
        Folder.Dispose();
    }

    private HubVault Open()
    {
        var store = new SqliteVaultStore(Folder.File("vault.db"));
        try
        {
            return new HubVault(store, MasterKey, Time, _random);
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }
    }
}
