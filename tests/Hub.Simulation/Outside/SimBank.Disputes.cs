using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

// Customers who want their money back from the bank, and what becomes of that.
internal sealed partial class SimBank
{
    private static readonly TimeSpan DecidesAfter = TimeSpan.FromDays(5);

    private void MaybeDisputed(BankEntry taken)
    {
        if (!world.Faulty || !world.Choices.Chance(Strand.Parties, mix.Bank / 2))
        {
            return;
        }

        var silent = IsSilent();
        world.After(TimeSpan.FromMinutes(30 + world.Choices.Next(Strand.Parties, 1_000)), () => OpenDispute(taken, silent));
    }

    private void OpenDispute(BankEntry taken, bool silent)
    {
        world.Counters.Add("bank: a dispute");
        var dispute = New("dispute", taken.Amount);
        (dispute.Parent, dispute.Currency, dispute.Status, dispute.Key, dispute.Reference) = (taken, taken.Currency, "needs_response", taken.Key, taken.Reference);
        dispute.Silent = silent;
        dispute.HeldUntil = world.Time + TimeSpan.FromDays(4);
        _byId[dispute.Id] = dispute;
        books.Add(dispute);
        world.Story?.Tell(world.Now, Name, $"dispute {dispute.Id} of {taken.Id}");
        Tell(dispute);
        var wins = world.Choices.Next(Strand.Parties, 2) == 0;
        world.After(DecidesAfter, () => Decided(dispute, wins ? "won" : "lost"));
    }

    private void Decided(BankEntry dispute, string status)
    {
        if (dispute.Status == "accepted")
        {
            return;
        }

        world.Counters.Add($"bank: a dispute is {status}");
        dispute.Status = status;
        TellUnlessSilent(dispute);
    }

    private BankEntry AnswerDispute(BankEntry dispute, bool consents)
    {
        var entry = New("dispute_answer", dispute.Amount);
        (entry.Parent, entry.Currency, entry.Status) = (dispute, dispute.Currency, "succeeded");
        if (dispute.Status is "needs_response" or "under_review")
        {
            world.Counters.Add(consents ? "bank: a dispute is conceded" : "bank: a dispute is contested");
            dispute.Status = consents ? "accepted" : "under_review";
        }

        return entry;
    }
}
