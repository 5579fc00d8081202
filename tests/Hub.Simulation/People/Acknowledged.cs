using Hub.Simulation.Core;
using Hub.Simulation.Disk;
using Hub.Simulation.Node;

namespace Hub.Simulation.People;

/// <summary>What clients were told, kept outside the hub: none of it may be gone after a crash (invariant 3), no answer may change (4).</summary>
internal sealed class Acknowledged(World world, SimDisk disk)
{
    private readonly SortedDictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>A request was answered: what stands in the journal of the actor now must stand there for ever.</summary>
    /// <param name="stream">The actor, such as <c>payment/pay_…</c>; <c>null</c> when the answer names none.</param>
    /// <param name="key">The client's key.</param>
    /// <param name="answer">What it was told.</param>
    public void Note(string? stream, string key, Answer answer)
    {
        if (_answers.TryGetValue(key, out var before) && (before.Status != answer.Status || !before.Body.AsSpan().SequenceEqual(answer.Body)))
        {
            world.Break(4, $"request {key} was answered {before.Status}, and later {answer.Status}");
        }

        _answers[key] = answer;
        if (answer.Ok && stream is not null)
        {
            _versions[stream] = Math.Max(_versions.GetValueOrDefault(stream), disk.Tables.ReadStream(stream, 0).Events.Count);
        }
    }

    /// <summary>Looks whether all of it is still there.</summary>
    public void Check()
    {
        foreach (var (stream, version) in _versions)
        {
            var head = disk.Tables.ReadStream(stream, 0).Events.Count;
            if (head < version)
            {
                world.Break(3, $"a client was told of version {version} of {stream}, and the journal ends at {head}");
                return;
            }
        }
    }
}
