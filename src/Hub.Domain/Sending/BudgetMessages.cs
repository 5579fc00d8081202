using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Sending;

/// <summary>Everything a budget can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Draw), "draw")]
public abstract record BudgetCommand : Command
{
    /// <summary>Asks for message parts to send; whoever draws more than it needs at once keeps the rest for the same hour.</summary>
    /// <param name="Least">Fewer are of no use; at least 1.</param>
    /// <param name="Wanted">At least <paramref name="Least"/>.</param>
    /// <param name="MostPerHour">What the settings allow now; at least 1.</param>
    public sealed record Draw(int Least, int Wanted, int MostPerHour) : BudgetCommand;
}

/// <summary>Everything that can have happened to a budget. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Drawn), "budget.drawn")]
public abstract record BudgetEvent : Event
{
    /// <summary>So many message parts may be sent in the hour of this time.</summary>
    public sealed record Drawn(int Parts, DateTimeOffset At) : BudgetEvent;
}
