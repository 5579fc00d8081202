using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Channels.Sms;

/// <summary>Checks <c>X-Twilio-Signature</c>. To be asked before anything of the request is parsed or believed.</summary>
/// <remarks>Source: Twilio, "Security: validating requests"; vectors of its helper library are the tests.</remarks>
/// <param name="authTokens">The tokens that are valid now: two while one is being rotated.</param>
public sealed class TwilioSignature(IReadOnlyList<string> authTokens)
{
    private const string BodyHash = "bodySHA256";

    /// <summary>Checks a form: HMAC over the URL and every name and value.</summary>
    /// <param name="url">The public URL as Twilio was given it, query included; case matters.</param>
    /// <param name="form">Every field, decoded.</param>
    /// <param name="signature">The header's value; <c>null</c> fails.</param>
    public bool IsValid(string url, IEnumerable<KeyValuePair<string, string>> form, string? signature)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(form);
        var fields = new StringBuilder();
        foreach (var field in form.Distinct().OrderBy(f => f.Key, StringComparer.Ordinal).ThenBy(f => f.Value, StringComparer.Ordinal))
        {
            fields.Append(field.Key).Append(field.Value);
        }

        return Matches(url, fields.ToString(), signature);
    }

    /// <summary>Checks a body that is no form: HMAC over the URL, which carries the body's hash.</summary>
    /// <param name="url">As above; its <c>bodySHA256</c> must be the hex SHA-256 of <paramref name="body"/>.</param>
    /// <param name="body">The raw bytes as received.</param>
    /// <param name="signature">The header's value; <c>null</c> fails.</param>
    public bool IsValid(string url, ReadOnlySpan<byte> body, string? signature)
    {
        ArgumentNullException.ThrowIfNull(url);
        var claimed = QueryValue(url, BodyHash);
        var actual = Convert.ToHexStringLower(SHA256.HashData(body));
        var sameBody = claimed is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(claimed), Encoding.UTF8.GetBytes(actual));
        return Matches(url, "", signature) & sameBody;
    }

    /// <summary>The signature Twilio would send under the first token; the sandbox and the tests sign with it.</summary>
    public string Sign(string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var fields = form.Distinct().OrderBy(f => f.Key, StringComparer.Ordinal).ThenBy(f => f.Value, StringComparer.Ordinal);
        return Convert.ToBase64String(Mac(authTokens[0], url + string.Concat(fields.Select(f => f.Key + f.Value))));
    }

    private bool Matches(string url, string fields, string? signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        var isReadable = Convert.TryFromBase64String(signature ?? "", given, out var length) && length == given.Length;
        var matches = false;
        foreach (var token in authTokens)
        {
            // Every variant is computed, so that the time says nothing of which one fits.
            matches |= CryptographicOperations.FixedTimeEquals(given, Mac(token, url + fields));
            matches |= CryptographicOperations.FixedTimeEquals(given, Mac(token, WithOtherPort(url) + fields));
        }

        return isReadable & matches;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Twilio signs with HMAC-SHA1 and nothing else.")]
    private static byte[] Mac(string token, string data) => HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(data));

    /// <summary>The URL with its default port added, or removed where it is written out; Twilio is known to sign either.</summary>
    private static string WithOtherPort(string url)
    {
        var defaultPort = url.StartsWith("https://", StringComparison.Ordinal) ? ":443" : ":80";
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3) return url;
        var end = url.AsSpan(start).IndexOfAny("/?#") is var at and >= 0 ? start + at : url.Length;
        var authority = url[start..end];
        if (authority.EndsWith(defaultPort, StringComparison.Ordinal)) return url.Remove(end - defaultPort.Length, defaultPort.Length);
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var hasPort = host.LastIndexOf(':') > host.LastIndexOf(']');
        return hasPort ? url : url.Insert(end, defaultPort);
    }

    private static string? QueryValue(string url, string name)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return null;
        var values = url[(query + 1)..].Split('&').Where(p => p.StartsWith(name + "=", StringComparison.Ordinal)).ToList();
        return values.Count == 1 ? values[0][(name.Length + 1)..] : null;
    }
}
