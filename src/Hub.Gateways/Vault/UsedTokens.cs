using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Gateways.Vault;

/// <summary>Remembers which use-once tokens were used, and for what, until they expire by themselves.</summary>
internal static class UsedTokens
{
    /// <summary>How much longer than its message a token is remembered, in case the clock is set back.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>Uses a token within the change that it lets happen, so that neither is ever there without the other.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="token">The token.</param>
    /// <param name="usedFor">What it lets happen; the same thing again is a repeated request and passes.</param>
    internal static bool TryUse(IVaultWriter writer, UseOnce token, string usedFor)
    {
        var id = Digest($"{token.Customer.Length}:{token.Customer}|{token.Token}");
        if (writer.Find(VaultKind.UsedToken, id) is { } used)
        {
            return CryptographicOperations.FixedTimeEquals(used.Body, Encoding.UTF8.GetBytes(Digest(usedFor)));
        }

        writer.Put(new VaultRow(VaultKind.UsedToken, id, null, 0, Encoding.UTF8.GetBytes(Digest(usedFor)), token.ExpiresAt + Slack));
        return true;
    }

    private static string Digest(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
