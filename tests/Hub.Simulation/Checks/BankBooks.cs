using Hub.Simulation.Core;
using Hub.Simulation.Outside;
using Hub.Simulation.People;

namespace Hub.Simulation.Checks;

/// <summary>What the bank's own books must never show, whatever the hub believes.</summary>
internal sealed class BankBooks(World world, SimBanks bank, Scene scene)
{
    // As far ahead as a clock is ever put here. A hub whose clock is that wrong takes a hold for lapsed so long before the bank does.
    private static readonly TimeSpan WrongestClock = TimeSpan.FromHours(1);

    private int _seen;

    /// <summary>Looks at what the bank did since the last time (invariants 10, 11, 24).</summary>
    public void Check()
    {
        for (; _seen < bank.Entries.Count; _seen++)
        {
            var entry = bank.Entries[_seen];
            var payment = entry.Payment;
            var own = bank.Entries.Take(_seen + 1).Where(other => other.Payment == payment).ToList();
            if (IsHeld(entry) && own.Any(other => other != entry && IsHeld(other) && world.Time < other.HeldUntil - WrongestClock))
            {
                world.Break(11, $"the bank holds money twice for {payment}");
            }

            var moved = own.Where(other => other.HasMoved).Sum(other => other.Amount);
            var total = scene.Journeys.FirstOrDefault(journey => journey.Payment == payment)?.Total ?? long.MaxValue;
            if (moved > total)
            {
                world.Break(24, $"the bank took {moved} for {payment}, whose invoice is {total}");
            }
        }
    }

    /// <summary>Whether a hold stands.</summary>
    public bool IsHeld(BankEntry entry) =>
        entry is { Kind: "authorization", Status: "authorized", Voided: false, Closed: false } && entry.Taken < entry.Amount && world.Time < entry.HeldUntil;
}
