using Hub.Actors.Ports;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Gateways.Cards;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;
using Hub.Gateways.Vault.Postgres;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateways.Tests.Vault.Postgres;

/// <summary>Two nodes over one vault: what one does the other sees.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedVaultTests : IDisposable
{
    private static readonly byte[] MasterKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly FakeTime _time = new();
    private readonly HubVault _a;
    private readonly HubVault _b;

    public SharedVaultTests(PostgresServer server)
    {
        _server = server;
        _database = server.NewDatabase();
        // At once, as nodes are started: each would make the first keys.
        var both = Task.WhenAll(Task.Run(() => Open(1)), Task.Run(() => Open(2))).GetAwaiter().GetResult();
        (_a, _b) = (both[0], both[1]);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public void Nodes_that_start_at_once_on_an_empty_database_have_the_same_keys()
    {
        Assert.Equal(_a.Keyring.Mac("purpose", "same"u8), _b.Keyring.Mac("purpose", "same"u8));
        Assert.Equal(_a.EncryptionKeys.PublicJwks, _b.EncryptionKeys.PublicJwks);
        Assert.Equal("Ada", _b.Persons.Open("cus_1", _a.Persons.Seal("cus_1", "Ada")));
    }

    /// <summary>Invariant 4 rests on it: a command retried on another node must compare equal.</summary>
    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_person_who_is_first_met_by_two_nodes_at_once_has_one_key()
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => (i % 2 == 0 ? _a : _b).Persons.Seal("cus_1", "Ada"), Cancel)));

        Assert.Single(texts.Distinct());
    }

    [Fact]
    public void A_person_erased_on_one_node_is_erased_on_the_other_after_a_second_at_most()
    {
        var text = _a.Persons.Seal("cus_1", "Ada");
        Assert.Equal("Ada", _b.Persons.Open("cus_1", text));

        _a.Persons.Erase("cus_1");
        _time.Advance(OpenedKeys.Memory);

        Assert.True(_b.Persons.IsErased("cus_1"));
        Assert.Null(_b.Persons.Open("cus_1", text));
        Assert.Throws<PersonErasedException>(() => _b.Persons.Seal("cus_1", "Ada"));
    }

    [Fact]
    public void A_person_the_other_node_has_not_met_yet_is_erased_there_at_once()
    {
        var text = _a.Persons.Seal("cus_1", "Ada");

        _a.Persons.Erase("cus_1");

        Assert.Null(_b.Persons.Open("cus_1", text));
        Assert.Throws<PersonErasedException>(() => _b.Persons.Seal("cus_1", "Ada"));
    }

    [Fact]
    public async Task A_token_is_used_once_over_all_nodes()
    {
        var token = new UseOnce("cus_1", "jti-1", _time.GetUtcNow().AddMinutes(10));

        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            (i % 2 == 0 ? _a : _b).Cards.PutSecurityCodeAsync($"att_{i}", "cus_1", Samples.Code("737", CardBrand.Visa), token, Cancel)));

        Assert.Single(kept, true);
    }

    [Fact]
    public void A_key_rotated_on_one_node_opens_on_the_other_at_once_and_is_published_there_after_five_seconds_at_most()
    {
        var before = _b.EncryptionKeys.PublicJwks;
        _a.EncryptionKeys.Rotate();
        var published = _a.EncryptionKeys.PublicJwks;
        Assert.NotEqual(before, published);

        Assert.Equal([1, 2, 3], _b.EncryptionKeys.Unwrap(KeyId(published), Wrap(published, [1, 2, 3])));
        Assert.Equal([1, 2, 3], _a.EncryptionKeys.Unwrap(KeyId(before), Wrap(before, [1, 2, 3])));

        using var late = OpenOther();
        late.EncryptionKeys.Rotate();
        _time.Advance(PublishedKeys.Memory);
        Assert.Equal(late.EncryptionKeys.PublicJwks, _b.EncryptionKeys.PublicJwks);
        Assert.False(_b.EncryptionKeys.Knows("nobody's"));
    }

    [Fact]
    public void A_signing_key_rotated_on_one_node_is_published_and_signs_on_the_other_after_five_seconds_at_most()
    {
        Assert.Equal(_a.SigningKeys.PublicJwks, _b.SigningKeys.PublicJwks);
        _a.SigningKeys.Rotate();
        var published = _a.SigningKeys.PublicJwks;

        _time.Advance(PublishedKeys.Memory);

        Assert.Equal(published, _b.SigningKeys.PublicJwks);
        Assert.Equal(KeyId(published), System.Text.Encoding.UTF8.GetString(_b.SigningKeys.Sign(System.Text.Encoding.UTF8.GetBytes).Bytes));
    }

    [Fact]
    public async Task What_is_written_after_another_node_rotated_opens_after_a_restart()
    {
        await _b.Secrets.PutAsync("before", "1", Cancel);
        await _a.RotateAsync(Cancel);
        await _b.Secrets.PutAsync("after", "2", Cancel);
        await _a.RotateAsync(Cancel);

        Assert.Equal(["1"], await _b.Secrets.FindAsync("before", Cancel));
        Assert.Equal(["2"], await _a.Secrets.FindAsync("after", Cancel));
        using var fresh = OpenOther();
        Assert.Equal(["1"], await fresh.Secrets.FindAsync("before", Cancel));
        Assert.Equal(["2"], await fresh.Secrets.FindAsync("after", Cancel));
    }

    [Fact]
    public async Task Two_rotations_at_once_with_writes_between_lose_nothing()
    {
        var writes = Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? _a : _b).Secrets.PutAsync($"secret/{i}", $"{i}", Cancel));
        await Task.WhenAll([_a.RotateAsync(Cancel), _b.RotateAsync(Cancel), .. writes]);

        using var fresh = OpenOther();
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal([$"{i}"], await fresh.Secrets.FindAsync($"secret/{i}", Cancel));
        }
    }

    [Fact]
    public async Task A_secret_rotated_on_one_node_is_the_current_one_on_the_other()
    {
        await _a.Secrets.PutAsync("webhook/whe_1", "old", Cancel);
        Assert.Equal(["old"], await _b.Secrets.FindAsync("webhook/whe_1", Cancel));

        await _a.Secrets.RotateAsync("webhook/whe_1", "new", TimeSpan.FromHours(1), Cancel);

        Assert.Equal(["new", "old"], await _b.Secrets.FindAsync("webhook/whe_1", Cancel));
    }

    [Fact]
    public void What_one_node_protects_the_other_reads()
    {
        using var nodeA = Protection(_a);
        using var nodeB = Protection(_b);
        // Each in its turn, as at the start of a hub: the second finds the key of the first and makes none.
        Parallel.Invoke(() => _a.WhileAlone(() => Protector(nodeA).Protect("first")), () => _b.WhileAlone(() => Protector(nodeB).Protect("first")));

        Assert.Single(_a.DataProtection.GetAllElements());
        Assert.Equal("cookie of a", Protector(nodeB).Unprotect(Protector(nodeA).Protect("cookie of a")));
        Assert.Equal("cookie of b", Protector(nodeA).Unprotect(Protector(nodeB).Protect("cookie of b")));
    }

    [Fact]
    public void A_node_with_another_master_key_is_refused_and_writes_nothing()
    {
        byte[] other = [.. MasterKey.Reverse()];

        var refused = Assert.Throws<VaultConfigurationException>(() => new HubVault(Store(), other, _time, new SeededRandom(4), () => RSA.Create(2048)));

        Assert.Equal("The master key does not open this vault: start every node with the one it was made with (Hub:MasterKey or Hub:MasterKeyFile).", refused.Message);
        using var store = Store();
        Assert.Single(store.List(VaultKind.DataKey));
    }

    [Fact]
    public async Task Of_nodes_that_bring_two_master_keys_to_an_empty_database_one_is_refused()
    {
        var database = new PostgresOptions(_server.NewDatabase());
        async Task<HubVault?> TryAsync(byte first)
        {
            await Task.Yield();
            try
            {
                return new HubVault(PostgresVaultStore.Open(database), [first, .. MasterKey[1..]], _time, new SeededRandom(first), () => RSA.Create(2048));
            }
            catch (VaultConfigurationException)
            {
                return null;
            }
        }

        var opened = await Task.WhenAll(TryAsync(1), TryAsync(2));

        Assert.Single(opened, vault => vault is null);
        Array.ForEach(opened, vault => vault?.Dispose());
    }

    private static string KeyId(string jwks)
    {
        using var json = JsonDocument.Parse(jwks);
        return json.RootElement.GetProperty("keys")[0].GetProperty("kid").GetString()!;
    }

    private static byte[] Wrap(string jwks, byte[] content)
    {
        using var json = JsonDocument.Parse(jwks);
        var key = json.RootElement.GetProperty("keys")[0];
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = System.Buffers.Text.Base64Url.DecodeFromChars(key.GetProperty("n").GetString()),
            Exponent = System.Buffers.Text.Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
        });
        return rsa.Encrypt(content, RSAEncryptionPadding.OaepSHA256);
    }

    private static ServiceProvider Protection(HubVault vault)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("OmniHub").AddKeyManagementOptions(keys => keys.XmlRepository = vault.DataProtection);
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(ServiceProvider node) => node.GetRequiredService<IDataProtectionProvider>().CreateProtector("session");

    private PostgresVaultStore Store() => PostgresVaultStore.Open(new PostgresOptions(_database));

    private HubVault OpenOther() => Open(3);

    // Shorter keys than the hub's own: what is tested is who sees them, and making one takes a tenth of the time.
    private HubVault Open(int seed) => new(Store(), MasterKey, _time, new SeededRandom(seed), () => RSA.Create(2048));
}
