using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Journeys;

/// <summary>Tests that share one running hub; after each of them hub, bank and books must agree.</summary>
public abstract class AtRest(RunningHub hub) : IClassFixture<RunningHub>, IAsyncLifetime
{
    /// <summary>The hub.</summary>
    protected RunningHub Hub { get; } = hub;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Invariants 6 to 10 and 24, for every payment so far.</summary>
    public async ValueTask DisposeAsync()
    {
        await Truth.HoldsAsync(Hub);
        GC.SuppressFinalize(this);
    }
}
