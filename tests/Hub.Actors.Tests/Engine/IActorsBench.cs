using Hub.Actors.Journal;
using Hub.Actors.Tests.Feed;
using Hub.Actors.Tests.Journal;

namespace Hub.Actors.Tests.Engine;

/// <summary>An engine under test, with what the suite needs around it. It is shared by the tests of one class; each uses tills of its own.</summary>
public interface IActorsBench
{
    /// <summary>The way to the actors.</summary>
    IActors Actors { get; }

    /// <summary>The journal as another owner of the same actors writes and reads it, past this engine's memory.</summary>
    IJournalStore Rival { get; }

    /// <summary>The journal of every process of the engine, to fail where a test says so.</summary>
    IReadOnlyList<FaultyStore> Stores { get; }

    /// <summary>The engine's clock.</summary>
    FakeTime Time { get; }

    /// <summary>The reaction that runs.</summary>
    Recorder Seen { get; }

    /// <summary>How many actors are in memory.</summary>
    long Resident { get; }

    /// <summary>Has every actor that is idle leave memory.</summary>
    Task ForgetIdleAsync();

    /// <summary>Completes once the reaction has handled everything so far.</summary>
    Task SettledAsync();
}
