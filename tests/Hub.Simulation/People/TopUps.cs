namespace Hub.Simulation.People;

/// <summary>What was asked to be added to somebody's stored value, and what the hub said it had added.</summary>
internal sealed class TopUps
{
    /// <summary>How many were asked for; each under a key of its own, however often it was sent.</summary>
    public int Asked { get; set; }

    /// <summary>The amounts whose adding was answered, in minor units.</summary>
    public List<long> Acknowledged { get; } = [];
}
