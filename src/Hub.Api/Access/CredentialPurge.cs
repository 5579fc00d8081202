using Hub.Api.Access.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Access;

/// <summary>Deletes credentials that ended more than a day ago, once an hour.</summary>
internal sealed partial class CredentialPurge(ICredentials credentials, TimeProvider time, ILogger<CredentialPurge> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Every, time, stoppingToken);
            try
            {
                Purged(await credentials.PurgeAsync(stoppingToken));
            }
            catch (AccessUnavailableException failure)
            {
                NotPurged(failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Deleted {Count} credentials that had ended")]
    private partial void Purged(int count);

    [LoggerMessage(LogLevel.Warning, "Credentials that had ended could not be deleted; trying again in an hour")]
    private partial void NotPurged(Exception failure);
}
