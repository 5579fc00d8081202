using System.Security.Cryptography;
using Hub.Actors.Ports;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Hub.Gateways.Vault;

/// <summary>The vault, opened: cards, secrets and keys, each behind the port of its use.</summary>
/// <remarks>Rows are sealed under data keys, data keys under the master key (DESIGN 17). The store below sees ciphertext only.</remarks>
public sealed class HubVault : IDisposable
{
    private readonly IVaultStore _store;
    private readonly SealedRows _rows;

    /// <summary>Opens a store; in an empty one it makes the first keys, which takes about a second.</summary>
    /// <param name="store">Where the rows lie; disposed along with this.</param>
    /// <param name="masterKey">32 bytes.</param>
    /// <param name="time">Ends security codes, tokens and old secrets.</param>
    /// <param name="random">Gives keys, salts and nonces.</param>
    /// <exception cref="VaultConfigurationException">The master key is not this vault's.</exception>
    public HubVault(IVaultStore store, byte[] masterKey, TimeProvider time, IRandomSource random)
        : this(store, masterKey, time, random, null)
    {
    }

    /// <summary>As the other one, with key pairs made by <paramref name="makeKeyPair"/>.</summary>
    internal HubVault(IVaultStore store, byte[] masterKey, TimeProvider time, IRandomSource random, Func<RSA>? makeKeyPair)
    {
        _store = store;
        _rows = new SealedRows(store, masterKey, time, random);
        Cards = new CardVault(_rows, time);
        Secrets = new SecretVault(_rows, time);
        Persons = new PersonKeys(_rows, random);
        Keyring = new Keyring(_rows, random);
        EncryptionKeys = new EncryptionKeys(_rows, time, makeKeyPair);
        DataProtection = new XmlKeys(_rows);
    }

    /// <summary>Card numbers and security codes.</summary>
    public ICardVault Cards { get; }

    /// <summary>Secrets by name.</summary>
    public ISecretVault Secrets { get; }

    /// <summary>Keys to the personal fields in the journal.</summary>
    public IPersonalData Persons { get; }

    /// <summary>Keyed digests.</summary>
    public IKeyring Keyring { get; }

    /// <summary>What customers' devices encrypt for.</summary>
    public IEncryptionKeys EncryptionKeys { get; }

    /// <summary>Keys of ASP.NET Core's data protection.</summary>
    public IXmlRepository DataProtection { get; }

    /// <summary>Opens the vault beside the journal.</summary>
    /// <exception cref="VaultConfigurationException">The settings, the key and the file do not fit together.</exception>
    public static HubVault OpenSqlite(GatewayOptions options, TimeProvider time, IRandomSource random)
    {
        Directory.CreateDirectory(options.DataFolder);
        var path = Path.Combine(options.DataFolder, "vault.db");
        // A new key for a vault that exists would never open it: better to stop and say so.
        var mayMake = options.Sandbox && !File.Exists(path);
        var masterKey = options.MasterKey is { } given
            ? MasterKey.Parse(given)
            : MasterKey.ReadFile(options.MasterKeyFile ?? Path.Combine(options.DataFolder, MasterKey.FileName), mayMake, random);
        var store = new SqliteVaultStore(path);
        try
        {
            return new HubVault(store, masterKey, time, random);
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Moves every row under a new data key, and customers to a new encryption key.</summary>
    /// <param name="cancel">Stops between pages; everything stays readable, and the next run goes on.</param>
    public async Task RotateAsync(CancellationToken cancel)
    {
        EncryptionKeys.RemoveRetired();
        EncryptionKeys.Rotate();
        await _rows.RotateAsync(cancel);
    }

    /// <summary>Wraps the data keys under another master key; the old one opens nothing from then on.</summary>
    /// <param name="masterKey">32 bytes.</param>
    public void ChangeMasterKey(byte[] masterKey)
    {
        if (masterKey.Length != SealBox.KeySize)
        {
            throw new ArgumentException($"A master key has {SealBox.KeySize} bytes.", nameof(masterKey));
        }

        _rows.ChangeMasterKey(masterKey);
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}
