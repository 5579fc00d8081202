using System.Collections.Concurrent;
using Hub.Actors.Turns;
using Hub.Domain.Kernel;

namespace Hub.Actors.Local;

/// <summary>The in-process engine: a mailbox per actor, one turn at a time in each, in the order of arrival. Idle actors leave memory.</summary>
/// <remarks>Runs on whatever scheduler its callers run on; actors share no lock.</remarks>
public sealed class LocalActors(TurnTaker turns, TimeProvider time, LocalActorsOptions options) : IActorHost
{
    private readonly ConcurrentDictionary<ActorId, Mailbox> _mailboxes = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _resident;
    private long _inFlight;
    private int _stopping;
    private int _sweeping;

    /// <inheritdoc/>
    public long Resident => Volatile.Read(ref _resident);

    /// <inheritdoc/>
    public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
    {
        var work = new TurnWork(command);
        if (!TryPost(actor, work))
        {
            return Task.FromException<TurnOutcome>(Stopping());
        }

        return cancel.CanBeCanceled ? work.Done.WaitAsync(cancel) : work.Done;
    }

    /// <inheritdoc/>
    public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel)
    {
        var work = new ReadWork(atLeast);
        if (!TryPost(actor, work))
        {
            return Task.FromException<ActorReading>(Stopping());
        }

        return cancel.CanBeCanceled ? work.Done.WaitAsync(cancel) : work.Done;
    }

    /// <summary>Sends idle actors out of memory until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(options.IdleAfter / 4, time, stop);
            Sweep();
        }
    }

    /// <summary>Takes the actors that were idle for long, and the longest idle ones above the maximum, out of memory.</summary>
    public void Sweep()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
        {
            return;
        }

        var now = time.GetTimestamp();
        var oldest = now - (long)(options.IdleAfter.TotalSeconds * time.TimestampFrequency);
        var kept = new List<(long LastUsed, Mailbox Mailbox)>();
        foreach (var mailbox in _mailboxes.Values)
        {
            if (!TryRetire(mailbox, oldest))
            {
                kept.Add((mailbox.LastUsed, mailbox));
            }
        }

        if (kept.Count > options.MaxResident)
        {
            // A tenth below the maximum, so that the next arrival does not sweep again. Ties go by name: a simulation must repeat.
            foreach (var (_, mailbox) in kept
                .OrderBy(one => one.LastUsed).ThenBy(one => one.Mailbox.Actor.Actor.ToString(), StringComparer.Ordinal)
                .Take(kept.Count - (options.MaxResident * 9 / 10)))
            {
                TryRetire(mailbox, now);
            }
        }

        Volatile.Write(ref _sweeping, 0);
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        // Whoever ends last completes the drain: here when nothing runs, else the last turn.
        if (Interlocked.Exchange(ref _stopping, 1) == 0 && Volatile.Read(ref _inFlight) == 0)
        {
            _drained.TrySetResult();
        }

        return _drained.Task;
    }

    private static JournalUnavailableException Stopping() => new("The hub is stopping; try again with the same id.");

    private bool TryPost(ActorId actor, Work work)
    {
        Interlocked.Increment(ref _inFlight);
        if (Volatile.Read(ref _stopping) == 1)
        {
            Ended();
            return false;
        }

        var (mailbox, pump) = Enqueue(actor, work);
        if (pump)
        {
            _ = PumpAsync(mailbox, work);
        }

        return true;
    }

    private (Mailbox Mailbox, bool Pump) Enqueue(ActorId actor, Work work)
    {
        while (true)
        {
            if (!_mailboxes.TryGetValue(actor, out var mailbox))
            {
                mailbox = new Mailbox(actor);
                if (!_mailboxes.TryAdd(actor, mailbox))
                {
                    continue;
                }

                if (Interlocked.Increment(ref _resident) > options.MaxResident)
                {
                    Sweep();
                }
            }

            if (mailbox.TryPost(work, time.GetTimestamp(), out var pump))
            {
                return (mailbox, pump);
            }
        }
    }

    private async Task PumpAsync(Mailbox mailbox, Work first)
    {
        for (Work? work = first, next; work is not null; work = next)
        {
            await work.RunAsync(turns, mailbox.Actor);
            next = mailbox.Next(work);
            Ended();
            if (next is null)
            {
                work.Answer();
            }
            else
            {
                // The caller goes on inside the answer; the next turn does not wait for that.
                _ = Task.Factory.StartNew(work.Answer, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
            }
        }
    }

    private bool TryRetire(Mailbox mailbox, long unusedSince)
    {
        if (!mailbox.TryRetire(unusedSince))
        {
            return false;
        }

        if (_mailboxes.TryRemove(new KeyValuePair<ActorId, Mailbox>(mailbox.Actor.Actor, mailbox)))
        {
            Interlocked.Decrement(ref _resident);
        }

        return true;
    }

    private void Ended()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0 && Volatile.Read(ref _stopping) == 1)
        {
            _drained.TrySetResult();
        }
    }
}

/// <summary>When actors leave memory.</summary>
/// <param name="IdleAfter">After this long without a turn.</param>
/// <param name="MaxResident">Above this many, the longest idle go first.</param>
public sealed record LocalActorsOptions(TimeSpan IdleAfter, int MaxResident)
{
    /// <summary>Ten minutes; a quarter of a million actors, about 200 MB.</summary>
    public static LocalActorsOptions Default { get; } = new(TimeSpan.FromMinutes(10), 250_000);
}
