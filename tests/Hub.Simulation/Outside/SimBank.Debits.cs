using System.Text.Json;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

// What a bank without holds does: the money moves at once, or when the customer has been to the bank's page.
internal sealed partial class SimBank
{
    private BankEntry Order(JsonElement asked)
    {
        var entry = New("order", asked.GetProperty("amount").GetInt64());
        (entry.Currency, entry.Status) = (asked.GetProperty("currency").GetString()!, "requires_action");
        if (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank))
        {
            world.Counters.Add("net bank: the customer dallies");
            ActLater(entry);
        }
        else
        {
            world.After(TimeSpan.FromSeconds(20), () => Resolve(entry.Id, approve: true));
        }

        return entry;
    }

    private BankEntry Debit(JsonElement asked)
    {
        var entry = New("debit", asked.GetProperty("amount").GetInt64());
        (entry.Currency, entry.Status) = (asked.GetProperty("currency").GetString()!, "accepted");
        var odd = world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank) ? 1 + world.Choices.Next(Strand.Parties, 3) : 0;
        if (odd == 1)
        {
            world.Counters.Add("debit bank: declined");
            entry.Status = "declined";
            return entry;
        }

        entry.Silent = IsSilent();

        // Cleared and then returned after all, or returned without ever having cleared.
        if (odd != 2) world.After(TimeSpan.FromHours(30), () => GoOn(entry, "cleared"));
        if (odd != 0) world.After(TimeSpan.FromHours(odd == 2 ? 20 : 60), () => GoOn(entry, "returned"));
        return entry;
    }

    private void GoOn(BankEntry entry, string status)
    {
        // What was paid back is not there to go back once more.
        if (status == "returned" && entry.Taken > 0) return;
        world.Counters.Add($"debit bank: {status}");
        entry.Status = status;
        world.Story?.Tell(world.Now, Name, $"{entry.Kind} {entry.Id}: {status}");
        TellUnlessSilent(entry);
    }

    // What is decided days later may be told to nobody; the hub has to ask for it.
    private bool IsSilent()
    {
        var silent = world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank / 3);
        if (silent) world.Counters.Add("bank: does not tell what it decides later");
        return silent;
    }

    private void TellUnlessSilent(BankEntry entry)
    {
        if (!entry.Silent) Tell(entry);
    }
}
