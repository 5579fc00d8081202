using System.Security.Cryptography;

namespace Hub.Domain.Signatures;

/// <summary>The <c>Content-Digest</c> field: a hash of the body exactly as it was sent.</summary>
/// <remarks>Source: RFC 9530, sections 2 and 5; the two algorithms listed there as active.</remarks>
public static class ContentDigest
{
    /// <summary>The longest field value that is looked at, in characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>The field value for a body: <c>sha-256=:…:</c>.</summary>
    /// <param name="body">The raw bytes; may be empty.</param>
    public static string Compute(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"sha-256=:{Convert.ToBase64String(hash)}:";
    }

    /// <summary>Whether a received field value belongs to this body.</summary>
    /// <param name="value">The field value; every sha-256 and sha-512 member in it must hold, and there must be one. Others are passed over.</param>
    /// <param name="body">The raw bytes as they were received.</param>
    /// <returns><c>false</c> also for a value that cannot be read.</returns>
    public static bool Matches(string value, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > MaxLength) return false;
        var members = new StructuredFieldReader(value).ByteSequences();
        if (members is null) return false;

        var known = 0;
        foreach (var (algorithm, claimed) in members)
        {
            var actual = algorithm switch
            {
                "sha-256" => SHA256.HashData(body),
                "sha-512" => SHA512.HashData(body),
                _ => null,
            };
            if (actual is null) continue;
            if (!CryptographicOperations.FixedTimeEquals(actual, claimed)) return false;
            known++;
        }

        return known > 0;
    }
}
