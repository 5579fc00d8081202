using Hub.Api.Access;
using Hub.Api.Cases;
using Hub.Domain.Cases;
using Hub.Simulation.Core;
using Hub.Simulation.Node;
using Hub.Simulation.Outside;

namespace Hub.Simulation.People;

/// <summary>Somebody who settles cases: they ring the bank, and write down what it says.</summary>
internal sealed class Operator(World world, Cluster cluster, SimBanks banks)
{
    private readonly Caller _caller = new Caller.Staff("operator@hub.example", [StaffRole.Finance], [Scene.MerchantId]) { CredentialId = "staff_1" };
    private int _settled;

    /// <summary>Settles one case.</summary>
    public Task SettleAsync(CaseMatter matter)
    {
        var key = $"settle-{++_settled}";
        var asked = matter.Operation is { } operation ? Truth(operation) : new SettleCase("seen");
        world.Counters.Add($"operator: settles {matter.Reason}");
        return world.Home.Start(async () =>
        {
            var answer = await cluster.InsistAsync(front => front.SettleAsync(_caller, key, matter.Id, asked));
            world.Story?.Tell(world.Now, "operator", $"{matter.Reason} of {matter.Operation}: {asked.Outcome} {answer.Status}{(answer.Ok || answer.Status == 0 ? "" : $" {answer.Get("code")}")}");
            if (!answer.Ok)
            {
                world.Counters.Add($"operator: could not settle {matter.Reason}: {answer.Get("code")}");
            }
        });
    }

    private SettleCase Truth(string operation) => banks.Find(operation) switch
    {
        { Status: "authorized" or "succeeded" or "accepted" or "cleared" or "returned" } done => new SettleCase("the bank did it", CaseOutcome.Succeeded, done.Id),

        { Kind: "dispute_answer" } has => new SettleCase("the bank has it", CaseOutcome.Succeeded, has.Id),

        // A hold that could not be given back ends by itself in a week; then nothing is held, which is all that was wanted.
        var refused when HoldOf(operation) is { } held && (held.Voided || world.Time >= held.HeldUntil) =>
            new SettleCase("the hold has lapsed", CaseOutcome.Succeeded, refused?.Id ?? held.Id),
        _ => new SettleCase("the bank did not do it", CaseOutcome.Failed),
    };

    // What a release was to give back, whether or not the bank ever heard of the release.
    private BankEntry? HoldOf(string operation) =>
        operation.EndsWith("/void", StringComparison.Ordinal) ? banks.Find($"{operation[..^"/void".Length]}/authorize") : null;
}
