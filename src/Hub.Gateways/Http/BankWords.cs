namespace Hub.Gateways.Http;

/// <summary>What may travel on of a bank's words, and what of the hub's may travel to a bank.</summary>
internal static class BankWords
{
    /// <summary>The longest id or key of a bank.</summary>
    private const int MaxName = 200;

    /// <summary>The longest address of a page.</summary>
    private const int MaxAddress = 2048;

    /// <summary>Whether it may be an id or key: 1 to 200 letters, digits and <c>_ - / : .</c>, and not one that leads elsewhere in an address.</summary>
    internal static bool IsId(string? text) =>
        text is { Length: > 0 and <= MaxName } and not ("." or "..") && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '/' or ':' or '.');

    /// <summary>An idempotency key, as it is sent.</summary>
    /// <exception cref="ArgumentException">It is none: a bug.</exception>
    internal static string Key(string key) =>
        IsId(key) ? key : throw new ArgumentException("An idempotency key is 1 to 200 letters, digits, and _ - / : .", nameof(key));

    /// <summary>One id as part of an address.</summary>
    /// <exception cref="ArgumentException">It is none: a bug, since every id of a bank was looked at when it came.</exception>
    internal static string Segment(string id) =>
        IsId(id) ? Uri.EscapeDataString(id) : throw new ArgumentException($"'{id}' cannot stand in an address.", nameof(id));

    /// <summary>Lets plain words through and nothing that could carry a number or a name.</summary>
    internal static string Code(string? code) =>
        code is { Length: > 0 and <= 64 } && code.All(sign => char.IsAsciiLetterLower(sign) || sign == '_') ? code : GatewayAnswer.UnrecognizedCode;

    /// <summary>Whether a customer's browser may be sent there: an absolute http or https address, as it stands. <see cref="Uri"/> alone passes over line breaks.</summary>
    internal static bool IsPage(string? url) =>
        url is { Length: > 0 and <= MaxAddress } && !url.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign)) && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http");
}
