using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Hub.Actors.Ports;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Vault;

public sealed class SecretsAndKeysTests : IDisposable
{
    private readonly OpenVault _open = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ISecretVault Secrets => _open.Vault.Secrets;

    public void Dispose() => _open.Dispose();

    [Theory]
    [InlineData(-1, "new old")]
    [InlineData(0, "new")]
    [InlineData(1, "new")]
    public async Task A_rotated_secret_leaves_the_old_one_valid_for_the_overlap(int milliseconds, string valid)
    {
        await Secrets.PutAsync("webhook/whe_1", "old", Cancel);
        await Secrets.RotateAsync("webhook/whe_1", "new", TimeSpan.FromHours(1), Cancel);
        await Secrets.RotateAsync("webhook/whe_1", "new", TimeSpan.FromHours(1), Cancel);

        _open.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(valid.Split(' '), await Secrets.FindAsync("webhook/whe_1", Cancel));
    }

    [Fact]
    public async Task A_secret_put_anew_is_the_only_one_and_a_deleted_one_is_gone()
    {
        await Secrets.PutAsync("a", "1", Cancel);
        await Secrets.RotateAsync("a", "2", TimeSpan.FromHours(1), Cancel);
        await Secrets.PutAsync("a", "3", Cancel);
        Assert.Equal(["3"], await Secrets.FindAsync("a", Cancel));

        await Secrets.DeleteAsync("a", Cancel);
        await Secrets.DeleteAsync("a", Cancel);
        Assert.Empty(await Secrets.FindAsync("a", Cancel));

        await Secrets.RotateAsync("b", "1", TimeSpan.FromHours(1), Cancel);
        Assert.Equal(["1"], await Secrets.FindAsync("b", Cancel));
    }

    [Fact]
    public async Task No_secret_is_readable_in_the_files()
    {
        await Secrets.PutAsync("webhook/whe_1", "whsec_canarycanarycanary", Cancel);
        _open.Vault.DataProtection.StoreElement(new XElement("key", "canarycanarycanary"), "key-1");

        Assert.False(_open.Folder.Holds("canarycanary"u8));
    }

    [Fact]
    public void Every_purpose_has_a_key_of_its_own_and_keeps_it()
    {
        string[] purposes = [KeyPurpose.Address, KeyPurpose.Code, KeyPurpose.CodeDigest, KeyPurpose.Fingerprint, KeyPurpose.Credential, KeyPurpose.CardFingerprint];
        string[] Macs() => [.. purposes.Select(purpose => Convert.ToHexString(_open.Vault.Keyring.Mac(purpose, "same"u8)))];
        var before = Macs();

        _open.Restart();

        Assert.Distinct(before);
        Assert.All(before, mac => Assert.Equal(64, mac.Length));
        Assert.Equal(before, Macs());
    }

    [Fact]
    public void Two_cards_with_one_number_have_one_fingerprint_and_it_holds_no_digits_of_it()
    {
        var keyring = _open.Vault.Keyring;

        Assert.Equal(Samples.Visa.Number.Fingerprint(keyring), Samples.Make("4242 4242 4242 4242").Number.Fingerprint(keyring));
        Assert.NotEqual(Samples.Visa.Number.Fingerprint(keyring), Samples.Make("4000000000000002").Number.Fingerprint(keyring));
        Assert.Equal(43, Samples.Visa.Number.Fingerprint(keyring).Length);
    }

    [Fact]
    public void Data_protection_keys_outlive_a_restart()
    {
        _open.Vault.DataProtection.StoreElement(XElement.Parse("<key id=\"1\"><a>b</a></key>"), "key-1");
        _open.Vault.DataProtection.StoreElement(XElement.Parse("<key id=\"2\"/>"), "key-2");
        _open.Restart();

        Assert.Equal(["1", "2"], _open.Vault.DataProtection.GetAllElements().Select(key => (string)key.Attribute("id")!));
    }

    [Fact]
    public void The_published_key_is_one_public_rsa_3072_key_and_outlives_a_restart()
    {
        var published = _open.Vault.EncryptionKeys.PublicJwks;
        _open.Restart();
        Assert.Equal(published, _open.Vault.EncryptionKeys.PublicJwks);

        using var json = JsonDocument.Parse(published);
        var key = Assert.Single(json.RootElement.GetProperty("keys").EnumerateArray());
        Assert.Equal(["kty", "use", "alg", "kid", "n", "e"], key.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("RSA", "enc", "RSA-OAEP-256"), (key.GetProperty("kty").GetString(), key.GetProperty("use").GetString(), key.GetProperty("alg").GetString()));
        Assert.Equal(512, key.GetProperty("n").GetString()!.Length);
        Assert.Equal("AQAB", key.GetProperty("e").GetString());
        Assert.Equal(43, key.GetProperty("kid").GetString()!.Length);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_retired_key_is_published_no_more_and_readable_for_an_hour(int milliseconds, bool readable)
    {
        var keys = _open.Vault.EncryptionKeys;
        var first = KeyId(keys);
        keys.Rotate();
        var second = KeyId(keys);
        Assert.NotEqual(first, second);
        Assert.True(keys.Knows(first));

        _open.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(milliseconds));
        keys.RemoveRetired();
        _open.Restart();

        Assert.Equal(readable, _open.Vault.EncryptionKeys.Knows(first));
        Assert.Equal(second, KeyId(_open.Vault.EncryptionKeys));
    }

    private static string KeyId(IEncryptionKeys keys)
    {
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(keys.PublicJwks));
        return json.RootElement.GetProperty("keys")[0].GetProperty("kid").GetString()!;
    }
}
