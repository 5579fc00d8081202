using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Api.Access;

/// <summary>Digests of passwords: PBKDF2 with SHA-256, a salt each, and the number of rounds beside it.</summary>
/// <remarks>Source: NIST SP 800-132; OWASP Password Storage Cheat Sheet for the rounds.</remarks>
internal sealed class Passwords(IRandomSource random, int iterations)
{
    internal const int MinLength = 12;
    internal const int MaxLength = 200;

    private const int SaltBytes = 16;
    private const int DigestBytes = 32;

    /// <summary>Such as <c>pbkdf2-sha256$600000$salt$digest</c>.</summary>
    internal string Digest(string password)
    {
        var salt = new byte[SaltBytes];
        random.Fill(salt);
        return $"pbkdf2-sha256${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, iterations))}";
    }

    /// <summary>Whether this is the password; takes as long when it is not.</summary>
    internal static bool Verify(string password, string digest) => Fits(Stretch(password, digest), digest);

    /// <summary>What a password comes to under the salt and the rounds of a digest; as slow as <see cref="Verify"/>.</summary>
    internal static byte[] Stretch(string password, string digest)
    {
        var parts = digest.Split('$');
        return Derive(password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Whether what a password came to is what the digest was made of.</summary>
    internal static bool Fits(byte[] stretched, string digest) => CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(digest.Split('$')[3]), stretched);

    /// <summary>Bytes that hold a password, made as slow to try as a password's own digest.</summary>
    /// <param name="holdsPassword">Such as the body of a request.</param>
    /// <param name="salt">16 bytes or more.</param>
    internal byte[] Slow(ReadOnlySpan<byte> holdsPassword, ReadOnlySpan<byte> salt) => Rfc2898DeriveBytes.Pbkdf2(holdsPassword, salt, iterations, HashAlgorithmName.SHA256, DigestBytes);

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC)), salt, rounds, HashAlgorithmName.SHA256, DigestBytes);
}
