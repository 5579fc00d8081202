namespace Hub.Gateways.Vault;

/// <summary>Secrets by name, such as a merchant's webhook secret.</summary>
public interface ISecretVault
{
    /// <summary>Keeps a secret under a name; replaces what was there at once, the secret before it included.</summary>
    /// <param name="name">1 to 200 characters that name nothing personal, such as <c>webhook/whe_…</c>.</param>
    /// <param name="secret">Such as <c>whsec_…</c>.</param>
    /// <param name="cancel">Stops waiting; the secret may still be kept.</param>
    Task PutAsync(string name, string secret, CancellationToken cancel);

    /// <summary>Keeps a secret under a name that has none yet; never replaces one.</summary>
    /// <param name="name">As for <see cref="PutAsync"/>.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="cancel">Stops waiting; the secret may still be kept.</param>
    /// <returns>Whether it was kept; <c>false</c> when the name had one.</returns>
    Task<bool> TryPutAsync(string name, string secret, CancellationToken cancel);

    /// <summary>Every secret that is valid under a name, the current one first; empty where there is none.</summary>
    Task<IReadOnlyList<string>> FindAsync(string name, CancellationToken cancel);

    /// <summary>Replaces a secret, and leaves the one before it valid for a while. The same new secret again changes nothing.</summary>
    /// <param name="name">The name; it may be new.</param>
    /// <param name="secret">The new secret.</param>
    /// <param name="overlap">How long the old one stays valid; zero or more.</param>
    /// <param name="cancel">Stops waiting; the secret may still be replaced.</param>
    Task RotateAsync(string name, string secret, TimeSpan overlap, CancellationToken cancel);

    /// <summary>Deletes every secret of a name; nothing happens when there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancel);
}
