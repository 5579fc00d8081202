using Spectre.Console;

namespace Hub.Bench;

/// <summary>One line of the report.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">What it came to.</param>
/// <param name="Against">What it is compared with; empty when with nothing.</param>
/// <param name="Ratio">Measured over compared, or the figure the goal speaks of; <c>null</c> when there is none.</param>
/// <param name="Goal">Of DESIGN 15; <c>null</c> when it names none.</param>
/// <param name="AtMost">Whether less is better.</param>
internal sealed record Line(string What, string Measured, string Against = "", double? Ratio = null, double? Goal = null, bool AtMost = false)
{
    /// <summary>Whether the goal is reached; <c>null</c> when there is none.</summary>
    public bool? Reached => Ratio is { } ratio && Goal is { } goal ? (AtMost ? ratio <= goal : ratio >= goal) : null;
}

/// <summary>The table at the end.</summary>
internal static class Report
{
    public static void Print(IAnsiConsole console, IEnumerable<Line> lines)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("what").AddColumn("measured").AddColumn("compared with")
            .AddColumn(new TableColumn("ratio").RightAligned()).AddColumn(new TableColumn("goal").RightAligned()).AddColumn("reached");
        foreach (var line in lines)
        {
            table.AddRow(
                line.What.EscapeMarkup(), line.Measured.EscapeMarkup(), line.Against.EscapeMarkup(), Number(line.Ratio),
                line.Goal is null ? "" : (line.AtMost ? "≤ " : "≥ ") + Number(line.Goal),
                line.Reached switch { true => "[green]yes[/]", false => "[yellow]no[/]", null => "" });
        }

        console.Write(table);
    }

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => $"{value:N0}",
        >= 10 => $"{value:N1}",
        _ => $"{value:N2}",
    };
}
