using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;
using Hub.Channels.Webhooks;
using Hub.Domain.Kernel;
using Hub.Gateways.Accounts;
using Hub.Gateways.Cards;
using Hub.Gateways.Vault;
using Hub.Simulation.Core;
using Hub.Simulation.Outside;

namespace Hub.Simulation.Node;

/// <summary>The vault's ports in memory: what it keeps outlives every process. Sealing is readable here; its strength is tested elsewhere.</summary>
/// <param name="world">Whose time ends a security code's life.</param>
internal sealed class SimVault(World world) : ICardVault, ISecretVault, IPersonalData, IKeyring, IWebhookSecrets
{
    private static readonly byte[] Key = "simulated keyring"u8.ToArray();

    private readonly Dictionary<string, (string Customer, Card Card)> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Customer, BankAccount Account)> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SecurityCode Code, TimeSpan Until)> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<bool> PutCardAsync(string instrument, string customer, Card card, UseOnce token, CancellationToken cancel)
    {
        _cards[instrument] = (customer, card);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<Card?> FindCardAsync(string instrument, CancellationToken cancel) =>
        Task.FromResult(_cards.TryGetValue(instrument, out var kept) ? kept.Card : null);

    /// <inheritdoc/>
    public Task<bool> PutAccountAsync(string instrument, string customer, BankAccount account, UseOnce token, CancellationToken cancel)
    {
        _accounts[instrument] = (customer, account);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<BankAccount?> FindAccountAsync(string instrument, CancellationToken cancel) =>
        Task.FromResult(_accounts.TryGetValue(instrument, out var kept) ? kept.Account : null);

    /// <inheritdoc/>
    public Task DeleteCardAsync(string instrument, CancellationToken cancel)
    {
        _cards.Remove(instrument);
        _accounts.Remove(instrument);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAllOfAsync(string customer, CancellationToken cancel)
    {
        foreach (var instrument in _cards.Where(kept => kept.Value.Customer == customer).Select(kept => kept.Key).ToList())
        {
            _cards.Remove(instrument);
        }

        foreach (var instrument in _accounts.Where(kept => kept.Value.Customer == customer).Select(kept => kept.Key).ToList())
        {
            _accounts.Remove(instrument);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a card or an account of a customer is kept.</summary>
    public bool HasAnyOf(string customer) => _cards.Values.Any(kept => kept.Customer == customer) || _accounts.Values.Any(kept => kept.Customer == customer);

    /// <inheritdoc/>
    public Task<bool> PutSecurityCodeAsync(string id, string customer, SecurityCode code, UseOnce token, CancellationToken cancel)
    {
        if (!_tokens.TryAdd($"{customer} {token.Token}", id) && _tokens[$"{customer} {token.Token}"] != id)
        {
            return Task.FromResult(false);
        }

        _codes[id] = (code, world.Now + ICardVault.SecurityCodeLife);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<SecurityCode?> FindSecurityCodeAsync(string id, CancellationToken cancel) =>
        Task.FromResult(_codes.TryGetValue(id, out var kept) && world.Now < kept.Until ? kept.Code : null);

    /// <inheritdoc/>
    public Task DeleteSecurityCodeAsync(string id, CancellationToken cancel)
    {
        _codes.Remove(id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Sealed Seal(string customer, string words) =>
        _erased.Contains(customer) ? throw new PersonErasedException(customer) : new Sealed($"{customer}|{words}");

    /// <inheritdoc/>
    public string? Open(string customer, Sealed text) => _erased.Contains(customer) || !text.Text.StartsWith($"{customer}|", StringComparison.Ordinal)
        ? null
        : text.Text[(customer.Length + 1)..];

    /// <inheritdoc/>
    public bool IsErased(string customer) => _erased.Contains(customer);

    /// <inheritdoc/>
    public void Erase(string customer) => _erased.Add(customer);

    /// <inheritdoc/>
    public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => HMACSHA256.HashData(Key, (byte[])[.. Encoding.UTF8.GetBytes(purpose), 0, .. data]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindAsync(string name, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([_secrets.GetValueOrDefault(name, SimShop.Secret)]);

    /// <inheritdoc/>
    public Task PutAsync(string name, string secret, CancellationToken cancel)
    {
        _secrets[name] = secret;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> TryPutAsync(string name, string secret, CancellationToken cancel) => Task.FromResult(_secrets.TryAdd(name, secret));

    /// <inheritdoc/>
    public Task RotateAsync(string name, string secret, TimeSpan overlap, CancellationToken cancel) => PutAsync(name, secret, cancel);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancel)
    {
        _secrets.Remove(name);
        return Task.CompletedTask;
    }
}

/// <summary>Randomness that repeats: drawn once from the world's choices, then by counting.</summary>
internal sealed class SimRandom(World world) : IRandomSource
{
    private readonly byte[] _seed = BitConverter.GetBytes(world.Choices.Next(Strand.Parties, int.MaxValue));
    private long _drawn;

    /// <inheritdoc/>
    public void Fill(Span<byte> bytes)
    {
        for (var start = 0; start < bytes.Length; start += 32)
        {
            var block = SHA256.HashData([.. _seed, .. BitConverter.GetBytes(_drawn++)]);
            block.AsSpan(0, Math.Min(32, bytes.Length - start)).CopyTo(bytes[start..]);
        }
    }
}
