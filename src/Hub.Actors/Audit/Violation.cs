namespace Hub.Actors.Audit;

/// <summary>A place where a journal breaks an invariant.</summary>
/// <param name="Invariant">Its number, see <see cref="Invariants"/>.</param>
/// <param name="Actor">Whose stream, <c>kind/key</c>; empty when it is about the whole journal.</param>
/// <param name="Position">The event that shows it; the last one of the actor when it is something that did not happen.</param>
/// <param name="What">In one sentence; holds no personal data.</param>
public sealed record Violation(int Invariant, string Actor, long Position, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"invariant {Invariant}, {(Actor.Length == 0 ? "the journal" : Actor)} at {Position}: {What}";
}

/// <summary>What an audit made of one invariant.</summary>
/// <param name="Invariant">Its number.</param>
/// <param name="Looked">How many events, or other things, it was looked at on.</param>
/// <param name="Found">How many violations there are; more than are kept, perhaps.</param>
public sealed record InvariantTally(int Invariant, long Looked, long Found)
{
    /// <summary>In one line.</summary>
    public string Statement => Invariants.StatementOf(Invariant);
}
