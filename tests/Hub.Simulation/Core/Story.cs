namespace Hub.Simulation.Core;

/// <summary>What happened, as a timeline a person can read.</summary>
internal sealed class Story
{
    private readonly List<(TimeSpan At, string Who, string What)> _lines = [];

    /// <summary>The lines in their order.</summary>
    public IReadOnlyList<(TimeSpan At, string Who, string What)> Lines => _lines;

    /// <summary>One line.</summary>
    public void Tell(TimeSpan at, string who, string what) => _lines.Add((at, who, what));

    /// <summary>The whole story.</summary>
    public void Write(TextWriter to)
    {
        TimeSpan? last = null;
        foreach (var (at, who, what) in _lines)
        {
            to.WriteLine($"{(at == last ? "" : Clock(at)),16}  {who,-12} {what}");
            last = at;
        }
    }

    private static string Clock(TimeSpan at) =>
        at < TimeSpan.FromDays(1) ? $"{at:hh\\:mm\\:ss\\.fff}" : $"{at.Days}d {at:hh\\:mm\\:ss\\.fff}";
}
