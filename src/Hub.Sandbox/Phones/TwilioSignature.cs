using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Sandbox.Phones;

/// <summary>X-Twilio-Signature over a form.</summary>
/// <remarks>Source: Twilio's "Webhooks security" documentation: HMAC-SHA-1 over the address, then every name and value, names in ordinal order.</remarks>
internal static class TwilioSignature
{
    internal const string Header = "X-Twilio-Signature";

    [SuppressMessage("Security", "CA5350", Justification = "The protocol fixes HMAC-SHA-1; as a keyed hash it still holds.")]
    internal static string Sign(string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(f => f.Key, StringComparer.Ordinal)) text.Append(name).Append(value);
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(SandboxKeys.TwilioAuthToken), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
