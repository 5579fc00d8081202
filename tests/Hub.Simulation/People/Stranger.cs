using System.Text.RegularExpressions;
using Hub.Simulation.Core;
using Hub.Simulation.Outside;

namespace Hub.Simulation.People;

/// <summary>Somebody who was given a customer's old number, and cannot know what the hub wants of them.</summary>
internal sealed partial class Stranger(World world, SimPhones phones, string number)
{
    private static readonly TimeSpan AMonth = TimeSpan.FromDays(31);

    /// <summary>They read a message.</summary>
    /// <param name="words">What it says.</param>
    /// <param name="habit">What they say to whatever comes; empty for nothing.</param>
    public void Reads(string words, string habit)
    {
        if (Ask().Match(words) is { Success: true } ask && world.Choices.Next(Strand.Reach, 3) == 1)
        {
            world.Counters.Add("people: a stranger says that it is not theirs");
            phones.Write(number, $"NOT ME {ask.Groups[1].Value}");
            return;
        }

        if (habit.Length == 0)
        {
            return;
        }

        phones.Write(number, habit);
        if (habit == "STOP" && world.Choices.Next(Strand.Reach, 2) == 1)
        {
            world.Counters.Add("people: a stranger starts a month later");
            world.After(AMonth, () => phones.Write(number, "START"));
        }
    }

    [GeneratedRegex(@"Reply PAY (\d{4})")]
    private static partial Regex Ask();
}
