using Hub.Actors.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>Hears that another node wrote. What it wrote is not told; whoever is woken looks. A call that is missed is made good by looking anyway.</summary>
internal sealed class PostgresListener(PostgresOptions options, Func<int> ownWriter, TimeProvider time, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _listening = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Listens from now on.</summary>
    public void Start(Action look) =>
        _listening = SteadyLoop.RunAsync("listening for other nodes", stop => ListenAsync(look, stop), time, log, _stop.Token);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        _listening.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task ListenAsync(Action look, CancellationToken stop)
    {
        await Task.Yield();
        await using var connection = new NpgsqlConnection(options.Single("omnihub listener"));
        var others = false;
        // Every commit tells its own node too, which knows already.
        connection.Notification += (_, told) => others |= told.PID != ownWriter();
        await connection.OpenAsync(stop);
        await using (var listen = new NpgsqlCommand("LISTEN hub_journal", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        // What was written while nobody listened.
        others = true;
        while (true)
        {
            if (others)
            {
                others = false;
                look();
            }

            await connection.WaitAsync(stop);
        }
    }
}
