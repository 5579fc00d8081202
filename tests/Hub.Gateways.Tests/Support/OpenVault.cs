using System.Security.Cryptography;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Support;

/// <summary>A vault in a folder of its own, that can be closed and opened again.</summary>
internal sealed class OpenVault : IDisposable
{
    // Making a key pair takes a second, so all tests share a few; each vault takes them in turn.
    private static readonly byte[][] KeyPairs = [.. Enumerable.Range(0, 3).Select(_ => NewKeyPair())];

    private readonly SeededRandom _random = new();
    private int _keyPairsTaken;

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

    private RSA NextKeyPair()
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(KeyPairs[_keyPairsTaken++], out _);
        return key;
    }

    private static byte[] NewKeyPair()
    {
        using var key = RSA.Create(3072);
        return key.ExportPkcs8PrivateKey();
    }

    private HubVault Open()
    {
        var store = new SqliteVaultStore(Folder.File("vault.db"));
        try
        {
            return new HubVault(store, MasterKey, Time, _random, NextKeyPair);
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }
    }
}
