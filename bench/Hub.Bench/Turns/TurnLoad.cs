using System.Diagnostics;
using Hub.Actors;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Bench.Load;

namespace Hub.Bench.Turns;

/// <summary>The same writes, as turns of actors and as bare appends to the committer.</summary>
internal static class TurnLoad
{
    private static readonly TallyCommand.Count Command = new(
        49_90, "cus_01jd0000000000000000000000", "mer_01jd0000000000000000000000", "ord_01jd0000000000000000000000", new string('w', 96));

    /// <summary>The event of a turn, as the journal stores it: about 300 bytes.</summary>
    public static byte[] Payload { get; } = Tally.Kind.WriteEvent(
        Tally.Decide(Command, DateTimeOffset.UnixEpoch.AddTicks(1_234_567), Tally.Initial).Events[0]);

    /// <summary>The same event, ready to append.</summary>
    public static EventWrite Event { get; } = new(
        Tally.Decide(Command, DateTimeOffset.UnixEpoch, Tally.Initial).Events[0], "counted", Payload, [], []);

    /// <summary>Takes turns in a closed loop.</summary>
    public static Task<Sample> TurnsAsync(HubEngine engine, CountedStore store, int clients, TimeSpan span) => ClosedLoop.RunAsync(
        clients,
        span,
        _ =>
        {
            var keys = new Keys();
            return () => TurnAsync(engine.Actors, keys.Next().Key);
        },
        () => store.Commits);

    /// <summary>Appends the same in a closed loop, with everything but the command's id made beforehand.</summary>
    public static Task<Sample> AppendsAsync(GroupCommitter committer, CountedStore store, int clients, TimeSpan span)
    {
        EventWrite[] events = [Event];
        var hash = new byte[32];
        return ClosedLoop.RunAsync(
            clients,
            span,
            _ =>
            {
                var keys = new Keys();
                return async () =>
                {
                    var (key, expected) = keys.Next();
                    var append = new JournalWrite.Append("tally/" + key, keys.StreamId, expected, events, Keys.NewCommand(), hash, DateTimeOffset.UnixEpoch);
                    keys.StreamId = ((WriteResult.Appended)await committer.WriteAsync(append)).StreamId;
                };
            },
            () => store.Commits);
    }

    /// <summary>Sends turns at a fixed pace, whether or not the earlier ones were answered. A turn's time counts from when it was due.</summary>
    public static async Task<Sample> PacedAsync(HubEngine engine, CountedStore store, int perSecond, TimeSpan span)
    {
        var total = (int)(perSecond * span.TotalSeconds);
        var lanes = Enumerable.Range(0, 1_024).Select(_ => new Keys()).ToArray();
        var (running, latencies, gate) = (new List<Task>(total), new Latencies(), new Lock());
        var before = store.Commits;
        var meter = Meter.Start();
        var start = Stopwatch.GetTimestamp();
        await Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < total; i++)
                {
                    var due = start + (i * Stopwatch.Frequency / perSecond);
                    while (Stopwatch.GetTimestamp() < due)
                    {
                        Thread.Sleep(0);
                    }

                    running.Add(TimeAsync(lanes[i % lanes.Length].Next().Key, due));
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(running);
        return meter.Stop(total, store.Commits - before, latencies);

        async Task TimeAsync(string key, long due)
        {
            await TurnAsync(engine.Actors, key);
            lock (gate)
            {
                latencies.Add(Stopwatch.GetElapsedTime(due));
            }
        }
    }

    /// <summary>Takes one turn.</summary>
    public static async Task TurnAsync(IActors actors, string key)
    {
        var outcome = await actors.SendAsync(Tally.Kind[key], new Envelope(Keys.NewCommand(), Command), CancellationToken.None);
        if (outcome is not TurnOutcome.Committed { Repeated: false })
        {
            throw new InvalidOperationException($"A turn came to {outcome}.");
        }
    }
}
