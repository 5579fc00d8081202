using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hub.Silo;

/// <summary>Ready while the data folder has space for what is written next.</summary>
/// <remarks>A hub on a full disk refuses every write and goes on by itself once there is space: until then others should be asked.</remarks>
internal sealed class DiskHealth(HubSettings settings) : IHealthCheck
{
    // In bytes: what a busy hub writes in a second or two. Less, and it is about to refuse.
    private const long Least = 4 * 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(settings.Data).AvailableFreeSpace;
        return Task.FromResult(free < Least
            ? HealthCheckResult.Unhealthy($"The disk of {settings.Data} has {free} bytes left; at least {Least} are needed.")
            : HealthCheckResult.Healthy());
    }
}
