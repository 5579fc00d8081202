namespace Hub.Api.Edge;

/// <summary>How the API is reached and how often.</summary>
public sealed record EdgeOptions
{
    /// <summary>How merchants address the hub, such as <c>https://pay.example</c>: signatures are checked against it. <c>null</c>: as each request came.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Sign-ins of one IP address a minute.</summary>
    public int SignInsPerMinute { get; init; } = 10;

    /// <summary>Customer sessions one credential may make a minute.</summary>
    public int SessionsPerMinute { get; init; } = 6_000;

    /// <summary>Codes one credential may try or have sent a minute, and addresses it may take away or give back. The actors count too; this keeps guesses from reaching them.</summary>
    public int CodesPerMinute { get; init; } = 30;

    /// <summary>Messages one credential may write in a conversation a minute.</summary>
    public int MessagesPerMinute { get; init; } = 30;

    /// <summary>How often one credential may mark a minute what it has read.</summary>
    public int ReadsPerMinute { get; init; } = 120;
}
