using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hub.Gateways.Vault;

namespace Hub.Simulation.Node;

/// <summary>
/// A customer's device and the hub's encryption keys. The content key travels as it is: what RSA costs would only make the simulator slow,
/// and it is tested elsewhere. All else is the real thing.
/// </summary>
internal sealed class SimDevice : IEncryptionKeys
{
    private const string KeyId = "simulated";

    private static readonly byte[] ContentKey = SHA256.HashData("simulated content key"u8);
    private static readonly byte[] Nonce = new byte[12];

    /// <inheritdoc/>
    public string PublicJwks => throw new NotSupportedException();

    /// <summary>A security code as a device encrypts it.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="token">Used once.</param>
    /// <param name="until">Until when it is good.</param>
    public static string Encrypt(string customer, string token, DateTimeOffset until)
    {
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"{{KeyId}}"}"""));
        var plain = Encoding.UTF8.GetBytes($$"""{"security_code":"123","customer":"{{customer}}","jti":"{{token}}","exp":{{until.ToUnixTimeSeconds()}}}""");
        var (hidden, tag) = (new byte[plain.Length], new byte[16]);
        using var cipher = new AesGcm(ContentKey, tag.Length);
        cipher.Encrypt(Nonce, plain, hidden, tag, Encoding.ASCII.GetBytes(header));
        return string.Join('.', header, Base64Url.EncodeToString(ContentKey), Base64Url.EncodeToString(Nonce), Base64Url.EncodeToString(hidden), Base64Url.EncodeToString(tag));
    }

    /// <inheritdoc/>
    public byte[]? Unwrap(string keyId, byte[] wrapped) => [.. wrapped];

    /// <inheritdoc/>
    public bool Knows(string keyId) => keyId == KeyId;

    /// <inheritdoc/>
    public void Rotate() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void RemoveRetired() => throw new NotSupportedException();
}
