namespace Hub.Gateways.Http;

/// <summary>What may travel on of a bank's words.</summary>
internal static class BankWords
{
    /// <summary>The longest id or key of a bank.</summary>
    private const int MaxName = 200;

    /// <summary>The longest address of a page.</summary>
    private const int MaxAddress = 2048;

    /// <summary>Whether it may be an id or key: 1 to 200 letters, digits and <c>_ - / : .</c></summary>
    internal static bool IsId(string? text) =>
        text is { Length: > 0 and <= MaxName } && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '/' or ':' or '.');

    /// <summary>Lets plain words through and nothing that could carry a number or a name.</summary>
    internal static string Code(string? code) =>
        code is { Length: > 0 and <= 64 } && code.All(sign => char.IsAsciiLetterLower(sign) || sign == '_') ? code : GatewayAnswer.UnrecognizedCode;

    /// <summary>Whether a customer's browser may be sent there: an absolute http or https address.</summary>
    internal static bool IsPage(string? url) =>
        url is { Length: > 0 and <= MaxAddress } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http");
}
