using System.Buffers.Text;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Api.Customers;

/// <summary>The token a wallet is opened with. Like a one-time code it derives from what it is for, so that a repeated request gets the same; what is kept is its digest.</summary>
public sealed class WalletTokens(IKeyring keyring)
{
    /// <summary>The header it comes in where a request has no body.</summary>
    internal const string Header = "Wallet-Token";

    private const string Prefix = "wal_";

    /// <summary>The token that one request gets.</summary>
    /// <param name="customer">Whose wallet.</param>
    /// <param name="commandId">Which request.</param>
    internal string For(string customer, string commandId) => Prefix + Base64Url.EncodeToString(Mac($"wallet-token:{customer}:{commandId}"));

    /// <summary>What is kept of a token; <c>null</c> for none.</summary>
    internal string? DigestOf(string customer, string? token) => token is null ? null : Convert.ToHexStringLower(Mac($"wallet:{customer}:{token}"));

    /// <summary>What a command carries of a typed password. Keyed and made for one request, so that it tells two passwords of that request apart and is good for nothing else.</summary>
    /// <param name="customer">Whose wallet.</param>
    /// <param name="commandId">Which request.</param>
    /// <param name="stretched">What the slow digest makes of it: the journal keeps a hash of the command for ever, and whoever has the keys too must try no password faster by it.</param>
    internal string DigestOfGuess(string customer, string commandId, ReadOnlySpan<byte> stretched) =>
        Convert.ToHexStringLower(Mac($"wallet-guess:{customer}:{commandId}:{Convert.ToHexStringLower(stretched)}"));

    private byte[] Mac(string what) => keyring.Mac(KeyPurpose.Credential, Encoding.UTF8.GetBytes(what));
}
