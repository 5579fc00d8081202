using Hub.Actors.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Actors.Postgres;

/// <summary>Hears that somebody notified a channel. What happened is not told; whoever is woken looks. A call that is missed is made good by looking anyway.</summary>
/// <param name="what">What it listens for, for the log.</param>
/// <param name="channel">Which channel; part of a statement, so never a setting.</param>
/// <param name="connect">Makes a session of its own, not open yet.</param>
/// <param name="own">The server's process whose notifications are passed over; 0 for none.</param>
/// <param name="time">Paces what is tried again.</param>
/// <param name="log">Hears of outages.</param>
internal sealed class PostgresListener(string what, string channel, Func<NpgsqlConnection> connect, Func<int> own, TimeProvider time, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _listening = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Listens from now on.</summary>
    /// <param name="look">Called on a thread of the pool, one call at a time; also once whenever it has begun to listen. May block.</param>
    public void Start(Action look) =>
        _listening = SteadyLoop.RunAsync(what, stop => ListenAsync(look, stop), time, log, _stop.Token);

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
        await using var connection = connect();
        var others = false;
        // Every commit tells its own node too, which knows already.
        connection.Notification += (_, told) => others |= told.PID != own();
        await connection.OpenAsync(stop);
        await using (var listen = new NpgsqlCommand($"LISTEN {channel}", connection))
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
