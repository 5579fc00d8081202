using Hub.Actors.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hub.Silo;

/// <summary>Ready once the engine runs and no reaction has given up on a stream.</summary>
internal sealed class EngineHealth(HubEngine engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!engine.IsRunning) return Task.FromResult(HealthCheckResult.Unhealthy("The engine has not started."));
        var parked = engine.Reactions.Where(reaction => reaction.Parked.Count > 0).Select(reaction => reaction.Name).Distinct(StringComparer.Ordinal).ToList();
        return Task.FromResult(parked.Count > 0
            ? HealthCheckResult.Degraded($"Parked streams in: {string.Join(", ", parked)}.")
            : HealthCheckResult.Healthy());
    }
}
