using System.Security.Cryptography;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;

namespace Hub.Actors.Tests.Engine;

/// <summary>What the tests of any engine share: ways to speak to tills nobody else uses, and to write past the engine.</summary>
public abstract class ActorsSuite<TBench>(TBench bench) : IClassFixture<TBench>
    where TBench : class, IActorsBench
{
    protected TBench Bench { get; } = bench;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A till of this test's own.</summary>
    protected string Till { get; } = "t" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    protected Task<TurnOutcome> SendAsync(string id, TillCommand command, string? till = null) =>
        Bench.Actors.SendAsync(Tests.Till.Kind[till ?? Till], new Envelope(id, command), Cancel);

    protected async Task<TurnOutcome.Committed> CommitAsync(string id, TillCommand command, string? till = null) =>
        Assert.IsType<TurnOutcome.Committed>(await SendAsync(id, command, till));

    protected async Task<TillState> StateAsync(string? till = null) => (TillState)(await Bench.Actors.ReadAsync(Tests.Till.Kind[till ?? Till], Cancel)).State;

    /// <summary>The commands in the till's stream, one for each event.</summary>
    protected IReadOnlyList<string> Stored() => [.. Bench.Rival.ReadStream($"till/{Till}", 0).Events.Select(one => one.CommandId)];

    /// <summary>Appends as another owner of the till.</summary>
    protected void Rival(string id, TillEvent happened, TillCommand? command = null)
    {
        var payload = Tests.Till.Kind.WriteEvent(happened);
        var hash = SHA256.HashData(Tests.Till.Kind.WriteCommand(command ?? new TillCommand.Break()));
        var append = new JournalWrite.Append(
            $"till/{Till}", 0, Stored().Count, [new EventWrite(happened, Tests.Till.Kind.TypeName(happened, payload), payload, [], [])], id, hash, default);
        Assert.IsType<WriteResult.Appended>(Bench.Rival.Write([append])[0]);
    }

    /// <summary>Has the journal do something whenever a command is about to be stored, or has just been.</summary>
    /// <returns>Ends it.</returns>
    protected IDisposable Whenever(string id, Action<JournalWrite.Append>? before = null, Action<JournalWrite.Append>? after = null)
    {
        foreach (var store in Bench.Stores)
        {
            store.Before = batch => Act(batch, id, before);
            store.After = batch => Act(batch, id, after);
        }

        return new Ended(Bench.Stores);
    }

    private static void Act(IReadOnlyList<JournalWrite> batch, string id, Action<JournalWrite.Append>? act)
    {
        if (act is not null && batch.OfType<JournalWrite.Append>().FirstOrDefault(append => append.CommandId == id) is { } mine)
        {
            act(mine);
        }
    }

    private sealed class Ended(IReadOnlyList<Journal.FaultyStore> stores) : IDisposable
    {
        public void Dispose()
        {
            foreach (var store in stores)
            {
                (store.Before, store.After) = (_ => { }, _ => { });
            }
        }
    }
}
