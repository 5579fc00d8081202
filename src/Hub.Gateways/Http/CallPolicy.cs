namespace Hub.Gateways.Http;

/// <summary>How long one call to a bank may take, and when calls to it stop for a while.</summary>
/// <remarks>
/// The circuit opens when, of at least <see cref="MinimumCalls"/> calls within <see cref="Window"/>, at least
/// <see cref="FailurePercent"/> brought no answer. Below that many calls it stays closed: a hub with a call a minute loses
/// nothing by trying each of them.
/// </remarks>
public sealed record CallPolicy
{
    /// <summary>How long one call may take, its body included; 10 ms to a day.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From which share of calls without an answer the circuit opens; 1 to 100.</summary>
    public int FailurePercent { get; init; } = 50;

    /// <summary>How many calls within the window it takes to judge; 2 or more.</summary>
    public int MinimumCalls { get; init; } = 10;

    /// <summary>How far back calls count; half a second or more.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit lets nothing through; half a second to a day. Then one call tries whether the bank is back.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(15);
}
