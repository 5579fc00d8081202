using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Channels.Confirmations;

/// <summary>
/// One-time codes. A code is a truncated HMAC of what it is for, so it can be sent again after a crash and is stored nowhere;
/// what is stored is a keyed digest of it, bound to where it counts.
/// </summary>
/// <remarks>Source: RFC 4226, 5.3 (dynamic truncation).</remarks>
public sealed class Codes(IKeyring keyring)
{
    /// <summary>The four digits that count from a bound address or session.</summary>
    /// <param name="confirmation">Such as <c>con_…_1</c>.</param>
    /// <param name="generation">Which code of it.</param>
    public string ForPhone(string confirmation, int generation) => Digits($"phone:{confirmation}:{generation}", 4);

    /// <summary>The six digits typed on a page.</summary>
    /// <inheritdoc cref="ForPhone" path="/param"/>
    public string ForPage(string confirmation, int generation) => Digits($"page:{confirmation}:{generation}", 6);

    /// <summary>The six digits that prove an address.</summary>
    /// <param name="verification">Such as <c>ver_…</c>.</param>
    public string ForVerification(string verification) => Digits($"verification:{verification}", 6);

    /// <summary>The digest of four digits as they are expected from one address.</summary>
    public string DigestAtAddress(string addressKey, string digits) => Digest($"address:{addressKey}:{digits}");

    /// <summary>The digest of four digits as a payment expects them.</summary>
    public string DigestOfPhone(string confirmation, string digits) => Digest($"phone:{confirmation}:{digits}");

    /// <summary>The digest of six digits typed on a page.</summary>
    public string DigestOfPage(string confirmation, string digits) => Digest($"page:{confirmation}:{digits}");

    /// <summary>The digest of six digits that prove an address.</summary>
    public string DigestOfVerification(string address, string digits) => Digest($"verification:{address}:{digits}");

    private string Digest(string what) => Convert.ToHexStringLower(keyring.Mac(KeyPurpose.CodeDigest, Encoding.UTF8.GetBytes(what)));

    private string Digits(string what, int length)
    {
        var mac = keyring.Mac(KeyPurpose.Code, Encoding.UTF8.GetBytes(what));
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 0x0f)) & 0x7fff_ffff;
        var modulus = length == 4 ? 10_000u : 1_000_000u;
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
    }
}
