using Hub.Actors;
using Hub.Domain.Kernel;
using Hub.Grains.Wire;

namespace Hub.Grains;

/// <summary>The Orleans engine: every actor is a grain somewhere in the cluster.</summary>
/// <remarks>
/// A call that timed out, or whose silo died, may still run, or have run. It is not sent again from here: whoever sent it gets
/// <see cref="JournalUnavailableException"/>, and may try again with the same command id, which takes effect at most once.
/// </remarks>
/// <param name="grains">The way into the cluster.</param>
/// <param name="ways">The grains, by the name of their kind.</param>
/// <param name="resident">How many actors are in this process's memory.</param>
public sealed class OrleansActors(IGrainFactory grains, IReadOnlyDictionary<string, GrainWay> ways, Func<long> resident) : IActorHost
{
    /// <inheritdoc/>
    public long Resident => resident();

    /// <inheritdoc/>
    public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(command.Id.Length, Envelope.MaxId, nameof(command));
        var turn = TakeAsync(actor, command);
        return cancel.CanBeCanceled ? turn.WaitAsync(cancel) : turn;
    }

    /// <inheritdoc/>
    public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel)
    {
        var reading = ReadAsync(actor, atLeast);
        return cancel.CanBeCanceled ? reading.WaitAsync(cancel) : reading;
    }

    /// <summary>Nothing to do: Orleans takes idle grains out of memory by itself.</summary>
    public Task RunAsync(CancellationToken stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop);

    /// <summary>Nothing to wait for: the silo has finished its turns before the engine stops.</summary>
    public Task StopAsync() => Task.CompletedTask;

    private async Task<TurnOutcome> TakeAsync(ActorId actor, Envelope command)
    {
        try
        {
            return (await Grain(actor).TakeAsync(TurnCall.From(command))).ToOutcome();
        }
        catch (Exception lost) when (IsLost(lost))
        {
            throw Unreached(actor, lost);
        }
    }

    private async Task<ActorReading> ReadAsync(ActorId actor, long atLeast)
    {
        try
        {
            var answer = await Grain(actor).ReadAsync(atLeast);
            return new ActorReading(answer.Version, answer.State);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            throw Unreached(actor, lost);
        }
    }

    private IActorGrain Grain(ActorId actor) => ways.TryGetValue(actor.Kind, out var way)
        ? way(grains, actor.Key)
        : throw new ArgumentException($"There is no kind of actor called '{actor.Kind}'.", nameof(actor));

    // What Orleans throws of itself, about the cluster. What the turn threw is none of these.
    private static bool IsLost(Exception failure) => failure is TimeoutException or Orleans.Runtime.OrleansException or ObjectDisposedException;

    private static JournalUnavailableException Unreached(ActorId actor, Exception lost) =>
        new($"{actor} was not reached in the cluster, or did not answer; try again with the same id.", lost);
}
