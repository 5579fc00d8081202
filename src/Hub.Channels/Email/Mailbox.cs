using System.Buffers;
using System.Net.Mail;

namespace Hub.Channels.Email;

/// <summary>A mailbox, <c>local@domain</c>, and nothing else: no display name, no comment, no list.</summary>
/// <remarks>Source: RFC 5321, 4.5.3.1 (lengths). Only ASCII: a name outside it must come in as punycode.</remarks>
public readonly record struct Mailbox
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;

    private static readonly SearchValues<char> Specials = SearchValues.Create("<>()[],;:\\\"");

    private readonly string? _address;

    private Mailbox(string address) => _address = address;

    /// <summary>As given.</summary>
    public string Address => _address ?? throw new InvalidOperationException("A mailbox was never set.");

    /// <summary>Reads a bare mailbox.</summary>
    public static bool TryParse(string? text, out Mailbox mailbox)
    {
        mailbox = default;
        if (text is null || text.Length > LongestAddress) return false;
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.AsSpan().ContainsAny(Specials)) return false;
        if (!MailAddress.TryCreate(text, out var parsed) || parsed.Address != text) return false;
        if (parsed.User.Length > LongestLocalPart || !parsed.Host.Contains('.', StringComparison.Ordinal)) return false;
        mailbox = new Mailbox(text);
        return true;
    }

    /// <summary>The domain alone, for logs.</summary>
    public override string ToString() => _address is null ? "" : $"…{_address[_address.LastIndexOf('@')..]}";
}

/// <summary>What may stand in a header.</summary>
public static class HeaderText
{
    /// <summary>The longest value that is taken.</summary>
    public const int MaxLength = 400;

    /// <summary>Whether it holds no line break and no other control character, so that it cannot begin a header of its own.</summary>
    /// <remarks><see cref="MailAddress"/> lets CR and LF into display names, so this is asked of every field.</remarks>
    public static bool IsSafe(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaxLength && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');
    }
}
