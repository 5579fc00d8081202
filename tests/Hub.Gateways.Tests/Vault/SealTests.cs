using System.Security.Cryptography;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;
using Microsoft.Data.Sqlite;

namespace Hub.Gateways.Tests.Vault;

/// <summary>A row opens where it was put, under its key, unchanged, and nowhere else.</summary>
public sealed class SealTests : IDisposable
{
    private readonly OpenVault _open = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _open.Dispose();

    [Fact]
    public void Every_changed_byte_is_seen()
    {
        var key = new byte[SealBox.KeySize];
        var place = SealBox.Place("card", "ins_1", "cus_1", null);
        var box = SealBox.Seal(key, place, "words"u8, new SeededRandom());
        Assert.Equal("words"u8, SealBox.Open(key, place, box));

        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => SealBox.Open(key, place, changed));
        }

        for (var length = 0; length < box.Length; length++)
        {
            Assert.ThrowsAny<CryptographicException>(() => SealBox.Open(key, place, box[..length]));
        }
    }

    [Fact]
    public void No_two_places_read_the_same()
    {
        var at = FakeTime.Noon;
        byte[][] places =
        [
            SealBox.Place("card", "ins_1", "cus_1", null), SealBox.Place("card", "ins_1", "cus_1", at), SealBox.Place("card", "ins_1", "cus_1", at.AddMilliseconds(1)),
            SealBox.Place("card", "ins_1", null, null), SealBox.Place("card", "ins_1", "", null), SealBox.Place("card", "ins_1c", "us_1", null),
            SealBox.Place("cardi", "ns_1", "cus_1", null), SealBox.Place("card", "ins_2", "cus_1", null), SealBox.Place("card", "ins_1|5:cus_1", null, null),
        ];

        Assert.Distinct(places.Select(Convert.ToHexString));
    }

    [Theory]
    [InlineData("UPDATE vault_rows SET id = 'ins_2' WHERE kind = 'card'", "ins_2")]
    [InlineData("UPDATE vault_rows SET owner = 'cus_2' WHERE kind = 'card'", "ins_1")]
    [InlineData("UPDATE vault_rows SET expires_at = 9999999999999 WHERE kind = 'card'", "ins_1")]
    [InlineData("UPDATE vault_rows SET body = zeroblob(length(body)) WHERE kind = 'card'", "ins_1")]
    [InlineData("UPDATE vault_rows SET data_key = 2 WHERE kind = 'card'", "ins_1")]
    public async Task A_row_that_somebody_moved_or_changed_does_not_open(string attack, string instrument)
    {
        await _open.Vault.Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, new UseOnce("cus_1", "a", FakeTime.Noon), Cancel);
        _open.Vault.Dispose();
        using (var connection = new SqliteConnection($"Data Source={_open.Folder.File("vault.db")};Pooling=false"))
        {
            connection.Open();
            using var command = new SqliteCommand(attack, connection);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        _open.Restart();

        await Assert.ThrowsAsync<InvalidDataException>(() => _open.Vault.Cards.FindCardAsync(instrument, Cancel));
    }

    [Fact]
    public async Task After_a_rotation_everything_opens_and_the_old_data_key_is_gone()
    {
        await _open.Vault.Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, new UseOnce("cus_1", "a", FakeTime.Noon), Cancel);
        await _open.Vault.Secrets.PutAsync("webhook/whe_1", "whsec_1", Cancel);
        var sealedName = _open.Vault.Persons.Seal("cus_1", "Ada");
        var mac = _open.Vault.Keyring.Mac("address", "+4915112345678"u8);

        await _open.Vault.RotateAsync(Cancel);
        await _open.Vault.RotateAsync(Cancel);
        _open.Restart();

        Assert.NotNull(await _open.Vault.Cards.FindCardAsync("ins_1", Cancel));
        Assert.Equal(["whsec_1"], await _open.Vault.Secrets.FindAsync("webhook/whe_1", Cancel));
        Assert.Equal("Ada", _open.Vault.Persons.Open("cus_1", sealedName));
        Assert.Equal(mac, _open.Vault.Keyring.Mac("address", "+4915112345678"u8));
        _open.Vault.Dispose();
        using var store = new SqliteVaultStore(_open.Folder.File("vault.db"));
        Assert.Equal(["0000000003"], store.List(VaultKind.DataKey).Select(row => row.Id));
        Assert.All(store.List(VaultKind.Card), row => Assert.Equal(3, row.DataKey));
    }

    [Fact]
    public async Task A_rotation_under_load_loses_nothing()
    {
        var puts = Enumerable.Range(0, 100).Select(i => Task.Run(
            () => _open.Vault.Secrets.PutAsync($"name/{i:D3}", $"secret {i}", Cancel), Cancel)).ToArray();
        await _open.Vault.RotateAsync(Cancel);
        await Task.WhenAll(puts);
        _open.Restart();

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal([$"secret {i}"], await _open.Vault.Secrets.FindAsync($"name/{i:D3}", Cancel));
        }
    }

    [Fact]
    public void Another_master_key_is_refused_in_one_line_and_the_right_one_still_opens()
    {
        var right = _open.MasterKey;
        _open.MasterKey = new byte[32];
        var refused = Assert.Throws<VaultConfigurationException>(_open.Restart);
        Assert.DoesNotContain('\n', refused.Message);

        _open.MasterKey = right;
        _open.Restart();
    }

    [Fact]
    public void A_changed_master_key_is_the_only_one_that_opens()
    {
        var old = _open.MasterKey;
        var sealedName = _open.Vault.Persons.Seal("cus_1", "Ada");
        byte[] fresh = [.. Enumerable.Repeat((byte)7, 32)];

        _open.Vault.ChangeMasterKey(fresh);
        Assert.Throws<ArgumentException>(() => _open.Vault.ChangeMasterKey(new byte[31]));
        Assert.Throws<VaultConfigurationException>(_open.Restart);
        _open.MasterKey = fresh;
        _open.Restart();

        Assert.NotEqual(old, fresh);
        Assert.Equal("Ada", _open.Vault.Persons.Open("cus_1", sealedName));
    }
}
