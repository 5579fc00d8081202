using System.Security.Cryptography;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Hub.Gateways.Vault.Postgres;
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
        Persons = new PersonKeys(_rows, time, random);
        Keyring = new Keyring(_rows, random);
        EncryptionKeys = new EncryptionKeys(_rows, time, makeKeyPair);
        SigningKeys = new SigningKeys(_rows, time);
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

    /// <summary>What the hub signs with.</summary>
    public ISigningKeys SigningKeys { get; }

    /// <summary>Keys of ASP.NET Core's data protection.</summary>
    public IXmlRepository DataProtection { get; }

    /// <summary>Opens the vault that the settings name.</summary>
    /// <inheritdoc cref="OpenPostgres" path="/exception"/>
    public static HubVault Open(GatewayOptions options, TimeProvider time, IRandomSource random) =>
        options.Postgres is { } database ? OpenPostgres(options, database, time, random) : OpenSqlite(options, time, random);

    /// <summary>Opens the vault beside the journal.</summary>
    /// <exception cref="VaultConfigurationException">The settings, the key and the file do not fit together.</exception>
    public static HubVault OpenSqlite(GatewayOptions options, TimeProvider time, IRandomSource random)
    {
        Directory.CreateDirectory(options.DataFolder);
        var path = Path.Combine(options.DataFolder, "vault.db");
        // A new key for a vault that exists would never open it: better to stop and say so.
        var masterKey = ReadMasterKey(options, options.Sandbox && !File.Exists(path), random);
        return Guarded(new SqliteVaultStore(path), store => new HubVault(store, masterKey, time, random));
    }

    /// <summary>Opens the vault that all nodes share.</summary>
    /// <param name="options">The master key, the same on every node.</param>
    /// <param name="database">Which database.</param>
    /// <param name="time">As for the constructor.</param>
    /// <param name="random">As for the constructor.</param>
    /// <exception cref="VaultConfigurationException">This node has no master key, or another one than the vault was made with.</exception>
    /// <exception cref="Hub.Actors.Postgres.DatabaseRefusedException">The database cannot hold it.</exception>
    /// <exception cref="Hub.Actors.Postgres.DatabaseUnavailableException">The database cannot be reached.</exception>
    /// <remarks>
    /// Of nodes that start at once on an empty database, one after the other looks: the first makes every first key, in the sandbox the
    /// master key too; the others find a vault that exists, and make none.
    /// </remarks>
    public static HubVault OpenPostgres(GatewayOptions options, PostgresOptions database, TimeProvider time, IRandomSource random)
    {
        Directory.CreateDirectory(options.DataFolder);
        return Guarded(PostgresVaultStore.Open(database), store =>
        {
            HubVault? vault = null;
            store.WhileAlone(() =>
            {
                var isNew = store.List(VaultKind.DataKey).Count == 0;
                vault = new HubVault(store, ReadMasterKey(options, options.Sandbox && isNew, random), time, random);
            });
            return vault!;
        });
    }

    /// <summary>Does what is done once for all nodes, such as making the first keys of data protection, while no other node does.</summary>
    public void WhileAlone(Action work) => _store.WhileAlone(work);

    /// <summary>Moves every row under a new data key, customers to a new encryption key, and the hub to a new signing key.</summary>
    /// <param name="cancel">Stops between pages; everything stays readable, and the next run goes on.</param>
    public async Task RotateAsync(CancellationToken cancel)
    {
        EncryptionKeys.RemoveRetired();
        EncryptionKeys.Rotate();
        SigningKeys.RemoveRetired();
        SigningKeys.Rotate();
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

    private static byte[] ReadMasterKey(GatewayOptions options, bool mayMake, IRandomSource random) => options.MasterKey is { } given
        ? MasterKey.Parse(given)
        : MasterKey.ReadFile(options.MasterKeyFile ?? Path.Combine(options.DataFolder, MasterKey.FileName), mayMake, random);

    private static HubVault Guarded<TStore>(TStore store, Func<TStore, HubVault> open)
        where TStore : IVaultStore
    {
        try
        {
            return open(store);
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }
    }
}
