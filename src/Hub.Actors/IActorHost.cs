namespace Hub.Actors;

/// <summary>Where the actors of this process live: what an engine needs of the way to them, beside the way itself.</summary>
public interface IActorHost : IActors
{
    /// <summary>How many actors are in this process's memory.</summary>
    long Resident { get; }

    /// <summary>Keeps house until told to stop.</summary>
    Task RunAsync(CancellationToken stop);

    /// <summary>Refuses new turns and completes once those that were taken on have ended.</summary>
    Task StopAsync();
}
