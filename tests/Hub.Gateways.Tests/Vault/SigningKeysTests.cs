using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Vault;

/// <summary>The hub's own signing keys: two and more are good at once, and only one can sign.</summary>
public sealed class SigningKeysTests : IDisposable
{
    private readonly OpenVault _open = new();

    private ISigningKeys Keys => _open.Vault.SigningKeys;

    public void Dispose() => _open.Dispose();

    [Fact]
    public void The_first_key_is_made_with_the_vault_and_outlives_a_restart()
    {
        var published = Keys.PublicJwks;
        _open.Restart();
        Assert.Equal(published, Keys.PublicJwks);

        var key = Assert.Single(Published());
        Assert.Equal(["kty", "crv", "alg", "use", "kid", "x", "y"], key.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["EC", "P-256", "ES256", "sig"], ((string[])["kty", "crv", "alg", "use"]).Select(name => key.GetProperty(name).GetString()!));
        Assert.Equal([43, 43, 43], ((string[])["kid", "x", "y"]).Select(name => key.GetProperty(name).GetString()!.Length));
    }

    /// <summary>RFC 7638: whoever has the key can work its id out.</summary>
    [Fact]
    public void A_keys_id_is_its_thumbprint()
    {
        var key = Published()[0];
        var canonical = $$"""{"crv":"P-256","kty":"EC","x":"{{key.GetProperty("x").GetString()}}","y":"{{key.GetProperty("y").GetString()}}"}""";

        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), key.GetProperty("kid").GetString());
    }

    [Fact]
    public void What_is_signed_knows_its_key_and_verifies_under_it()
    {
        var named = "";
        var signed = Keys.Sign(id => Encoding.UTF8.GetBytes(named = id));

        Assert.Equal(Published()[0].GetProperty("kid").GetString(), named);
        Assert.Equal(64, signed.Signature.Length);
        Assert.Equal([named], Verifying(signed));
    }

    [Fact]
    public void After_a_rotation_both_keys_verify_and_only_the_new_one_signs()
    {
        var before = Keys.Sign(Encoding.UTF8.GetBytes);
        _open.Time.Advance(TimeSpan.FromDays(1));
        Keys.Rotate();
        var after = Keys.Sign(Encoding.UTF8.GetBytes);
        _open.Restart();

        Assert.Equal([KeyOf(after), KeyOf(before)], Published().Select(key => key.GetProperty("kid").GetString()));
        Assert.Equal([KeyOf(before)], Verifying(before));
        Assert.Equal([KeyOf(after)], Verifying(after));
        Assert.Equal(KeyOf(after), KeyOf(Keys.Sign(Encoding.UTF8.GetBytes)));
    }

    [Fact]
    public async Task Rotating_the_vault_rotates_the_signing_key_and_keeps_the_old_one_published()
    {
        var before = Keys.Sign(Encoding.UTF8.GetBytes);

        await _open.Vault.RotateAsync(TestContext.Current.CancellationToken);
        await _open.Vault.RotateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, Published().Count);
        Assert.NotEqual(KeyOf(before), KeyOf(Keys.Sign(Encoding.UTF8.GetBytes)));
        Assert.Equal([KeyOf(before)], Verifying(before));
    }

    /// <summary>Nobody who opens the vault later can sign as if it had been then.</summary>
    [Fact]
    public void The_private_half_of_a_retired_key_is_gone_from_the_vault()
    {
        var retired = KeyOf(Keys.Sign(Encoding.UTF8.GetBytes));
        Keys.Rotate();

        _open.Vault.Dispose();
        using var store = new SqliteVaultStore(_open.Folder.File("vault.db"));
        var rows = new SealedRows(store, _open.MasterKey, _open.Time, new SeededRandom());
        var stored = rows.List(VaultKind.SigningKey).ToDictionary(row => row.Id, row => JsonSerializer.Deserialize(row.Body, VaultJson.Default.StoredKeyPair)!);

        Assert.Equal(2, stored.Count);
        Assert.Null(stored[retired].Pkcs8);
        Assert.NotNull(stored[retired].PublicHalf);
        Assert.NotNull(stored.Single(row => row.Key != retired).Value.Pkcs8);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_retired_key_is_published_for_eleven_years(int milliseconds, bool published)
    {
        var retired = KeyOf(Keys.Sign(Encoding.UTF8.GetBytes));
        Keys.Rotate();

        _open.Time.Advance(SigningKeys.RetiredLife + TimeSpan.FromMilliseconds(milliseconds));
        Keys.RemoveRetired();
        _open.Restart();

        Assert.Equal(published, Published().Any(key => key.GetProperty("kid").GetString() == retired));
        Assert.NotEqual(retired, KeyOf(Keys.Sign(Encoding.UTF8.GetBytes)));
    }

    /// <summary>More pairs than one page of the store holds.</summary>
    [Fact]
    public void However_often_it_was_rotated_one_key_is_current()
    {
        for (var i = 0; i < 501; i++) Keys.Rotate();

        Assert.Equal(502, Published().Count);
        Keys.Rotate();
        var current = KeyOf(Keys.Sign(Encoding.UTF8.GetBytes));
        _open.Restart();
        Assert.Equal(current, KeyOf(Keys.Sign(Encoding.UTF8.GetBytes)));
        Assert.Equal(current, Published()[0].GetProperty("kid").GetString());
    }

    private static string KeyOf(SignedBytes signed) => Encoding.UTF8.GetString(signed.Bytes);

    private List<JsonElement> Published() => [.. JsonSerializer.Deserialize<JsonElement>(Keys.PublicJwks).GetProperty("keys").EnumerateArray()];

    /// <summary>The ids of the published keys under which it verifies.</summary>
    private List<string> Verifying(SignedBytes signed) =>
    [
        .. Published().Where(key =>
        {
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()) },
            });
            return ecdsa.VerifyData(signed.Bytes, signed.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }).Select(key => key.GetProperty("kid").GetString()!),
    ];
}
