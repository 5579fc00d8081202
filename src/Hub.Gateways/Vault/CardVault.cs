using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Gateways.Accounts;
using Hub.Gateways.Cards;

namespace Hub.Gateways.Vault;

/// <summary>Cards, bank accounts and security codes as sealed rows.</summary>
internal sealed class CardVault(SealedRows rows, TimeProvider time) : ICardVault
{
    public Task<bool> PutCardAsync(string instrument, string customer, Card card, UseOnce token, CancellationToken cancel) => PutAsync(
        VaultKind.Card, instrument, customer, token,
        JsonSerializer.SerializeToUtf8Bytes(
            new StoredCard(card.Number.Digits, card.Expiry.Year, card.Expiry.Month, card.Holder), VaultJson.Default.StoredCard),
        cancel);

    public Task<bool> PutAccountAsync(string instrument, string customer, BankAccount account, UseOnce token, CancellationToken cancel) => PutAsync(
        VaultKind.Account, instrument, customer, token,
        JsonSerializer.SerializeToUtf8Bytes(new StoredAccount(account.Routing.Digits, account.Number.Digits, account.Holder), VaultJson.Default.StoredAccount),
        cancel);

    public Task<BankAccount?> FindAccountAsync(string instrument, CancellationToken cancel)
    {
        if (rows.Find(VaultKind.Account, instrument) is not { } body)
        {
            return Task.FromResult<BankAccount?>(null);
        }

        var stored = JsonSerializer.Deserialize(body, VaultJson.Default.StoredAccount)
            ?? throw new InvalidDataException("The vault holds an empty bank account.");
        CryptographicOperations.ZeroMemory(body);
        return Task.FromResult<BankAccount?>(BankAccount.OfVault(stored.Routing, stored.Number, stored.Holder));
    }

    public Task<Card?> FindCardAsync(string instrument, CancellationToken cancel)
    {
        if (rows.Find(VaultKind.Card, instrument) is not { } body)
        {
            return Task.FromResult<Card?>(null);
        }

        var stored = JsonSerializer.Deserialize(body, VaultJson.Default.StoredCard)
            ?? throw new InvalidDataException("The vault holds an empty card.");
        CryptographicOperations.ZeroMemory(body);
        return Task.FromResult<Card?>(Card.OfVault(stored.Number, new CardExpiry(stored.Year, stored.Month), stored.Holder));
    }

    public Task DeleteCardAsync(string instrument, CancellationToken cancel) =>
        rows.Store.WriteAsync(
            writer =>
            {
                writer.Delete(VaultKind.Card, instrument);
                writer.Delete(VaultKind.Account, instrument);
            },
            cancel);

    public Task DeleteAllOfAsync(string customer, CancellationToken cancel) =>
        rows.Store.WriteAsync(writer => writer.DeleteOwnedBy(customer), cancel);

    public async Task<bool> PutSecurityCodeAsync(string id, string customer, SecurityCode code, UseOnce token, CancellationToken cancel)
    {
        var kept = false;
        var body = System.Text.Encoding.ASCII.GetBytes(code.Digits);
        await rows.Store.WriteAsync(
            writer =>
            {
                var now = time.GetUtcNow();
                kept = UsedTokens.TryUse(writer, token, $"{VaultKind.SecurityCode}/{id}");
                if (kept)
                {
                    rows.Put(writer, VaultKind.SecurityCode, id, body, customer, now + ICardVault.SecurityCodeLife);
                }

                writer.DeleteExpired(now);
            },
            cancel);
        CryptographicOperations.ZeroMemory(body);
        return kept;
    }

    public Task<SecurityCode?> FindSecurityCodeAsync(string id, CancellationToken cancel) =>
        Task.FromResult(rows.Find(VaultKind.SecurityCode, id) is { } body ? SecurityCode.OfVault(System.Text.Encoding.ASCII.GetString(body)) : null);

    public Task DeleteSecurityCodeAsync(string id, CancellationToken cancel) =>
        rows.Store.WriteAsync(writer => writer.Delete(VaultKind.SecurityCode, id), cancel);

    private async Task<bool> PutAsync(string kind, string instrument, string customer, UseOnce token, byte[] body, CancellationToken cancel)
    {
        var kept = false;
        await rows.Store.WriteAsync(
            writer =>
            {
                // What the journal names is what the bank is to charge: a row is never replaced by another one.
                var there = rows.Open(writer.Find(kind, instrument), writer);
                kept = (there is null || CryptographicOperations.FixedTimeEquals(there, body)) && UsedTokens.TryUse(writer, token, $"{kind}/{instrument}");
                if (kept && there is null)
                {
                    rows.Put(writer, kind, instrument, body, customer);
                }

                CryptographicOperations.ZeroMemory(there);
                writer.DeleteExpired(time.GetUtcNow());
            },
            cancel);
        CryptographicOperations.ZeroMemory(body);
        return kept;
    }
}

/// <summary>A card's row, opened.</summary>
internal sealed record StoredCard(string Number, int Year, int Month, string Holder)
{
    public override string ToString() => nameof(StoredCard);
}

/// <summary>A bank account's row, opened.</summary>
internal sealed record StoredAccount(string Routing, string Number, string Holder)
{
    public override string ToString() => nameof(StoredAccount);
}

/// <summary>A secret's row, opened.</summary>
internal sealed record StoredSecret(string Current, string? Previous, DateTimeOffset? PreviousUntil)
{
    public override string ToString() => nameof(StoredSecret);
}

/// <summary>A key pair's row, opened.</summary>
/// <param name="Pkcs8">Both halves; <c>null</c> once a signing key is retired.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RetiredAt">When another one took its place.</param>
internal sealed record StoredKeyPair(byte[]? Pkcs8, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt)
{
    /// <summary>What is left of a retired signing key, as a subject public key info.</summary>
    public byte[]? PublicHalf { get; init; }

    public override string ToString() => nameof(StoredKeyPair);
}

// What is null is left out: a byte array that is null would be written as an empty one.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredCard))]
[JsonSerializable(typeof(StoredAccount))]
[JsonSerializable(typeof(StoredSecret))]
[JsonSerializable(typeof(StoredKeyPair))]
internal sealed partial class VaultJson : JsonSerializerContext;
