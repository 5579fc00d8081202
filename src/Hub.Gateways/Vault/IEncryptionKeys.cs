namespace Hub.Gateways.Vault;

/// <summary>The RSA key pairs that customers' devices encrypt cards for.</summary>
public interface IEncryptionKeys
{
    /// <summary>The public half of the current key as a JWK set (RFC 7517), for <c>GET /v1/keys/encryption</c>.</summary>
    string PublicJwks { get; }

    /// <summary>Unwraps a content key with the private half of a key, current or retired (RSA-OAEP with SHA-256).</summary>
    /// <param name="keyId">The <c>kid</c> of the message.</param>
    /// <param name="wrapped">As it came.</param>
    /// <returns>What was inside, of any length; <c>null</c> where it does not open.</returns>
    byte[]? Unwrap(string keyId, byte[] wrapped);

    /// <summary>Whether there is such a key.</summary>
    bool Knows(string keyId);

    /// <summary>Makes a new current key. The one before it is retired: not published any more, and readable until <see cref="RemoveRetired"/>.</summary>
    void Rotate();

    /// <summary>Deletes the keys that were retired more than an hour ago; no message for them can still be valid.</summary>
    void RemoveRetired();
}
