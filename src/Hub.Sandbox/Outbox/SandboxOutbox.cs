using System.Collections.Concurrent;
using Hub.Sandbox.Storage;
using Microsoft.Extensions.Logging;

namespace Hub.Sandbox.Outbox;

/// <summary>Delivers what the sandbox owes: webhooks, callbacks, late answers. Survives the end of the process.</summary>
/// <remarks>At least once: a process that ends between a delivery and the note about it delivers again.</remarks>
internal sealed partial class SandboxOutbox(SandboxStore store, TimeProvider time, IEnumerable<IOutboxParty> parties, ILogger<SandboxOutbox> log) : IDisposable
{
    internal static readonly SandboxTables Tables = new(
        "CREATE TABLE IF NOT EXISTS outbox(number INTEGER PRIMARY KEY AUTOINCREMENT, party TEXT NOT NULL, target TEXT NOT NULL, name TEXT NOT NULL, bodies TEXT NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL) STRICT");

    private readonly Dictionary<string, IOutboxParty> _parties = parties.ToDictionary(p => p.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, ITimer> _timers = new();
    private readonly SemaphoreSlim _lines = new(128);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Notes a delivery in a transaction; <see cref="Dispatch"/> it once that is committed.</summary>
    internal static OutboxDelivery Add(SandboxTransaction transaction, string party, string target, string name, IReadOnlyList<string> bodies, DateTimeOffset due)
    {
        transaction.Execute(
            "INSERT INTO outbox(party, target, name, bodies, attempts, due) VALUES($0, $1, $2, $3, 0, $4)",
            party, target, name, SandboxJson.Write(bodies), due.ToUnixTimeMilliseconds());
        return new(transaction.Number("SELECT last_insert_rowid()"), party, target, name, bodies, 0, due);
    }

    /// <summary>Takes up what an earlier process left.</summary>
    internal void Resume()
    {
        var left = store.Read(t => t.All(
            "SELECT number, party, target, name, bodies, attempts, due FROM outbox ORDER BY number",
            r => new OutboxDelivery(
                r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), SandboxJson.Read<string[]>(r.GetString(4)),
                r.GetInt32(5), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(6)))));
        foreach (var delivery in left) Dispatch(delivery);
    }

    /// <summary>Delivers now, or when it is due; does not wait for it.</summary>
    internal void Dispatch(OutboxDelivery delivery)
    {
        var wait = delivery.Due - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            _ = DeliverAsync(delivery);
            return;
        }

        // Set going only once it is kept, so that a timer that fires at once still finds itself there.
        var timer = time.CreateTimer(_ => WhenDue(delivery), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timers[delivery.Number] = timer;
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Delivers now and waits until it is taken or has failed once.</summary>
    internal async Task DeliverAsync(OutboxDelivery delivery)
    {
        var party = _parties[delivery.Party];
        try
        {
            await _lines.WaitAsync(_stopping.Token);
            try
            {
                while (delivery.Bodies.Count > 0 && await TakenAsync(party, delivery)) delivery = delivery with { Bodies = [.. delivery.Bodies.Skip(1)], Attempts = 0 };
            }
            finally
            {
                _lines.Release();
            }

            await SettleAsync(party, delivery);
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            LogLeft(delivery.Party, delivery.Name);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // Nobody waits for this task: a bug here must be seen in the log rather than be lost.
            LogBroken(broken, delivery.Party, delivery.Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stopping.IsCancellationRequested) return;
        _stopping.Cancel();
        foreach (var timer in _timers.Values) timer.Dispose();
    }

    private void WhenDue(OutboxDelivery delivery)
    {
        if (_timers.TryRemove(delivery.Number, out var timer)) timer.Dispose();
        _ = DeliverAsync(delivery);
    }

    private async Task<bool> TakenAsync(IOutboxParty party, OutboxDelivery delivery)
    {
        try
        {
            return await party.DeliverAsync(delivery, delivery.Bodies[0], _stopping.Token);
        }
        catch (HttpRequestException unreachable)
        {
            LogUnreachable(unreachable.HttpRequestError, delivery.Party, delivery.Name);
            return false;
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            LogUnreachable(HttpRequestError.Unknown, delivery.Party, delivery.Name);
            return false;
        }
    }

    private async Task SettleAsync(IOutboxParty party, OutboxDelivery delivery)
    {
        if (delivery.Bodies.Count == 0 || delivery.Attempts >= party.Pauses.Count)
        {
            if (delivery.Bodies.Count > 0) LogGivenUp(delivery.Party, delivery.Name, delivery.Attempts + 1);
            await store.WriteAsync(t => t.Execute("DELETE FROM outbox WHERE number = $0", delivery.Number));
            return;
        }

        var next = delivery with { Attempts = delivery.Attempts + 1, Due = time.GetUtcNow() + party.Pauses[delivery.Attempts] };
        await store.WriteAsync(t => t.Execute(
            "UPDATE outbox SET bodies = $1, attempts = $2, due = $3 WHERE number = $0",
            next.Number, SandboxJson.Write(next.Bodies), next.Attempts, next.Due.ToUnixTimeMilliseconds()));
        Dispatch(next);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Party} leaves {Name} for the next start")]
    private partial void LogLeft(string party, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Party} could not deliver {Name} ({Error}) and tries again")]
    private partial void LogUnreachable(HttpRequestError error, string party, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Party} gave {Name} up after {Attempts} attempts")]
    private partial void LogGivenUp(string party, string name, int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Party} broke while delivering {Name}")]
    private partial void LogBroken(Exception broken, string party, string name);
}
