using System.Runtime.CompilerServices;
using Hub.Actors.Turns;

namespace Hub.Actors.Local;

/// <summary>One piece of work in a mailbox. It is done first and answered after the mailbox has moved on.</summary>
internal abstract class Work
{
    /// <summary>What came after it.</summary>
    public Work? Next { get; set; }

    /// <summary>Does it. Never throws: a failure is part of the answer.</summary>
    public abstract ValueTask RunAsync(TurnTaker turns, ResidentActor actor);

    /// <summary>Tells the caller.</summary>
    public abstract void Answer();
}

/// <summary>Work that answers with a value.</summary>
internal abstract class Work<T> : Work
    where T : class
{
    // The caller goes on right where the answer is given: the pump sees to it that nothing else waits behind.
    private readonly TaskCompletionSource<T> _done = new();
    private T? _value;
    private Exception? _failure;

    /// <summary>The answer.</summary>
    public Task<T> Done => _done.Task;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask RunAsync(TurnTaker turns, ResidentActor actor)
    {
        try
        {
            _value = await ComputeAsync(turns, actor);
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }

    /// <inheritdoc/>
    public override void Answer()
    {
        if (_failure is null)
        {
            _done.SetResult(_value!);
        }
        else
        {
            _done.SetException(_failure);
        }
    }

    /// <summary>The work itself.</summary>
    protected abstract ValueTask<T> ComputeAsync(TurnTaker turns, ResidentActor actor);
}

/// <summary>A command to take a turn with.</summary>
internal sealed class TurnWork(Envelope command) : Work<TurnOutcome>
{
    /// <inheritdoc/>
    protected override ValueTask<TurnOutcome> ComputeAsync(TurnTaker turns, ResidentActor actor) => turns.TakeAsync(actor, command);
}

/// <summary>A read, in its place among the turns.</summary>
/// <param name="atLeast">A version the caller knows of.</param>
internal sealed class ReadWork(long atLeast) : Work<ActorReading>
{
    /// <inheritdoc/>
    protected override ValueTask<ActorReading> ComputeAsync(TurnTaker turns, ResidentActor actor) => ValueTask.FromResult(turns.Read(actor, atLeast));
}
