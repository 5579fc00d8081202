using Hub.Actors.Tests;

namespace Hub.Grains.Tests.Engine;

/// <summary>A till, as a grain.</summary>
public interface ITillGrain : IActorGrain;

/// <inheritdoc cref="ITillGrain"/>
public sealed class TillGrain(GrainParts parts) : ActorGrain(Till.Kind, parts), ITillGrain;
