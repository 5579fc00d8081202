namespace Hub.Gateways.Vault;

/// <summary>The ECDSA P-256 key pairs the hub signs with whatever others keep and check later, such as receipts.</summary>
public interface ISigningKeys
{
    /// <summary>
    /// The public halves as a JWK set (RFC 7517), for <c>GET /v1/keys/signing</c>: the current one first, then the retired ones, the newest first.
    /// </summary>
    string PublicJwks { get; }

    /// <summary>Signs with the current key (ES256 of RFC 7518: SHA-256, r and s of 32 bytes each).</summary>
    /// <param name="toSign">What is signed, made once the key's id is known: the id is part of it.</param>
    SignedBytes Sign(Func<string, byte[]> toSign);

    /// <summary>
    /// Makes a new current key. The one before it is retired: its private half is forgotten, its public half stays published until
    /// <see cref="RemoveRetired"/>.
    /// </summary>
    void Rotate();

    /// <summary>Stops publishing the keys that were retired more than eleven years ago: nobody has to keep what they signed any more.</summary>
    void RemoveRetired();
}

/// <summary>A signature with what it is over.</summary>
/// <param name="Bytes">What was signed.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record SignedBytes(byte[] Bytes, byte[] Signature);
