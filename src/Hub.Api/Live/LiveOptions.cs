namespace Hub.Api.Live;

/// <summary>Limits of live connections.</summary>
public sealed record LiveOptions
{
    /// <summary>How many topics one connection may watch.</summary>
    public int MostTopics { get; init; } = 50;

    /// <summary>How many updates may wait for one connection; whoever falls further behind is cut off, and catches up by reconnecting.</summary>
    public int MostWaiting { get; init; } = 1_000;

    /// <summary>How many entries are read at once when a gap is replayed; 1 to 1,000.</summary>
    public int ReplayPage { get; init; } = 200;

    /// <summary>How often it is looked whether a connection's credential still holds.</summary>
    public TimeSpan RecheckEvery { get; init; } = TimeSpan.FromSeconds(2);
}
