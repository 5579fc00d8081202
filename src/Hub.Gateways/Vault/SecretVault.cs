using System.Text.Json;

namespace Hub.Gateways.Vault;

/// <summary>Secrets as sealed rows.</summary>
internal sealed class SecretVault(SealedRows rows, TimeProvider time) : ISecretVault
{
    public Task PutAsync(string name, string secret, CancellationToken cancel) =>
        rows.Store.WriteAsync(writer => Put(writer, name, new StoredSecret(secret, null, null)), cancel);

    public async Task<bool> TryPutAsync(string name, string secret, CancellationToken cancel)
    {
        var kept = false;
        await rows.Store.WriteAsync(
            writer =>
            {
                kept = writer.Find(VaultKind.Secret, name) is null;
                if (kept) Put(writer, name, new StoredSecret(secret, null, null));
            },
            cancel);
        return kept;
    }

    public Task<IReadOnlyList<string>> FindAsync(string name, CancellationToken cancel)
    {
        IReadOnlyList<string> found = Read(rows.Find(VaultKind.Secret, name)) switch
        {
            null => [],
            { Previous: { } previous, PreviousUntil: { } until } stored when until > time.GetUtcNow() => [stored.Current, previous],
            var stored => [stored.Current],
        };
        return Task.FromResult(found);
    }

    public Task RotateAsync(string name, string secret, TimeSpan overlap, CancellationToken cancel) =>
        rows.Store.WriteAsync(
            writer =>
            {
                var old = Read(rows.Open(writer.Find(VaultKind.Secret, name), writer));
                if (old?.Current != secret)
                {
                    Put(writer, name, new StoredSecret(secret, old?.Current, old is null ? null : time.GetUtcNow() + overlap));
                }
            },
            cancel);

    public Task DeleteAsync(string name, CancellationToken cancel) =>
        rows.Store.WriteAsync(writer => writer.Delete(VaultKind.Secret, name), cancel);

    private void Put(IVaultWriter writer, string name, StoredSecret secret) =>
        rows.Put(writer, VaultKind.Secret, name, JsonSerializer.SerializeToUtf8Bytes(secret, VaultJson.Default.StoredSecret));

    private static StoredSecret? Read(byte[]? body) => body is null ? null : JsonSerializer.Deserialize(body, VaultJson.Default.StoredSecret);
}
