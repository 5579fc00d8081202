using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Hub.Api.Tests.Attacks;

[assembly: AssemblyFixture(typeof(AttackFigures))]

namespace Hub.Api.Tests.Attacks;

/// <summary>Counts every attack that was really tried, and says at the end how many, in the file that <c>HUB_FIGURES</c> names.</summary>
/// <remarks>One figure a line: its name, a tab, the number.</remarks>
public sealed class AttackFigures : IDisposable
{
    private static readonly ConcurrentDictionary<AttackRow, long> Counts = new();

    /// <summary>Something hostile was sent.</summary>
    internal static void Tried(AttackRow row, long times = 1) => Counts.AddOrUpdate(row, times, (_, known) => known + times);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("HUB_FIGURES") is not { Length: > 0 } path || Counts.IsEmpty) return;
        var lines = string.Create(CultureInfo.InvariantCulture, $"attacks tried\t{Counts.Values.Sum()}\nattack rows\t{Counts.Count}\n");
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(lines));
    }
}
