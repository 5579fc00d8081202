using System.Text;
using Hub.Actors.Ports;
using Hub.Channels.Confirmations;
using Hub.Domain.Confirmations;

namespace Hub.Channels.Chat;

/// <summary>A browser or app as an address: a secret that it keeps, of which the hub knows a keyed digest alone, bound to one customer.</summary>
public sealed class ChatDevices(IKeyring keyring, AddressKeys addresses)
{
    /// <summary>The shortest secret, in characters: 32 random bytes in base64url.</summary>
    public const int MinSecret = 43;

    /// <summary>The longest secret.</summary>
    public const int MaxSecret = 128;

    private const char Between = ':';

    /// <summary>Whether a text can be a secret: letters, digits, <c>-</c> and <c>_</c>, long enough that nobody guesses it.</summary>
    public static bool IsSecret(string? secret) => secret is { Length: >= MinSecret and <= MaxSecret } && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>The address's value: the customer, and the digest of the secret.</summary>
    public string ValueOf(string customer, string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return $"{customer}{Between}{Convert.ToHexStringLower(keyring.Mac(KeyPurpose.Credential, Encoding.UTF8.GetBytes($"chat\n{customer}\n{secret}")))}";
    }

    /// <summary>The key of the device's address actor.</summary>
    /// <returns><c>null</c> when the secret is none.</returns>
    public string? KeyOf(string customer, string? secret) => IsSecret(secret) ? addresses.Of(Channel.Chat, ValueOf(customer, secret!)) : null;

    /// <summary>The customer an address's value names.</summary>
    public static string CustomerOf(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Split(Between)[0];
    }
}
