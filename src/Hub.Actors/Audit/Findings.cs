using Hub.Domain.Kernel;

namespace Hub.Actors.Audit;

/// <summary>Where checkers say what they looked at and what they found.</summary>
internal sealed class Findings
{
    // A journal that is wrong from end to end must not fill the memory with the news of it.
    private const int KeptPerInvariant = 100;

    private readonly long[] _looked = new long[Invariants.Last + 1];
    private readonly long[] _found = new long[Invariants.Last + 1];
    private readonly List<Violation> _violations = [];
    private ActorId _actor;
    private long _position;

    /// <summary>The first violations of each invariant, in the order they were found.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>From here on it is about this event.</summary>
    public void Turn(ActorId actor, long position) => (_actor, _position) = (actor, position);

    /// <summary>An invariant was looked at on something.</summary>
    public void Looked(int invariant) => _looked[invariant]++;

    /// <summary>The current event breaks an invariant.</summary>
    public void Report(int invariant, string what) => Report(invariant, _actor.ToString(), _position, what);

    /// <summary>Something breaks an invariant.</summary>
    public void Report(int invariant, string actor, long position, string what)
    {
        if (_found[invariant]++ < KeptPerInvariant)
        {
            _violations.Add(new Violation(invariant, actor, position, what));
        }
    }

    /// <summary>What was made of each invariant that was looked at, by number.</summary>
    public IReadOnlyList<InvariantTally> Tally() =>
        [.. Invariants.Shown.Where(n => _looked[n] > 0 || _found[n] > 0).Select(n => new InvariantTally(n, _looked[n], _found[n]))];
}
