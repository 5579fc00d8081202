using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Tests.Notifications.Planning;

/// <summary>Whole runs with every sort of luck: they end, in time, and nothing is sent where it must not be.</summary>
[Trait("Invariant", "17")]
public sealed class PlannerRunTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_run_ends_by_its_deadline_and_never_sends_to_a_blocked_address_or_twice_what_may_have_arrived()
    {
        for (var seed = 0; seed < 2_000; seed++) Run(new Random(seed), seed);
    }

    private static void Run(Random luck, int seed)
    {
        var plan = RandomPlan(luck);
        var tries = default(EquatableArray<Try>);
        var now = Noon;
        for (var step = 0; step < 200; step++)
        {
            switch (Planner.Next(plan, tries, answered: false, now))
            {
                case NextStep.Send send:
                    AssertMaySend(plan, tries, send.To, now, seed);
                    tries = tries.Add(RandomTry(luck, send.To, now));
                    break;
                case NextStep.WaitUntil wait:
                    Assert.True(wait.Time > now && wait.Time <= plan.Deadline, $"seed {seed}: waits until {wait.Time:O} at {now:O}");
                    now = wait.Time;
                    break;
                default:
                    return;
            }
        }

        Assert.Fail($"seed {seed}: no end after 200 steps");
    }

    private static void AssertMaySend(Plan plan, EquatableArray<Try> tries, Candidate to, DateTimeOffset now, int seed)
    {
        var there = tries.Where(t => t.Channel == to.Channel && t.Address == to.Address).ToList();
        var why = $"seed {seed}, {to.Channel} {to.Address}";
        Assert.False(to.OptedOut || to.Dead, why);
        Assert.True(to.Verified || plan.Goal == Goal.Delivery, why);
        Assert.True(now < plan.Deadline, why);
        Assert.False(plan.Goal == Goal.Delivery && to.Channel == "sms" && plan.Quiet.Any(w => w.From <= now && now < w.Until), why);
        Assert.DoesNotContain(there, t => t.State is TryState.InFlight or TryState.Unknown or TryState.Accepted or TryState.Delivered);
        Assert.True(there.Count <= plan.Pace.MaxRetries, why);
        Assert.DoesNotContain(tries, t => t.Address == to.Address && t.Error is ErrorClass.OptedOut or ErrorClass.AddressGone);
    }

    private static Plan RandomPlan(Random luck)
    {
        var candidates = Enumerable.Range(0, luck.Next(0, 4)).Select(i => new Candidate(
            luck.Next(2) == 0 ? "sms" : "email",
            $"adr_{i}",
            Verified: luck.Next(5) > 0,
            OptedOut: luck.Next(6) == 0,
            Dead: luck.Next(6) == 0));
        var goal = luck.Next(2) == 0 ? Goal.Answer : Goal.Delivery;
        var quiet = luck.Next(3) == 0 ? RandomNights(luck) : [];
        return new Plan(
            goal,
            candidates.ToEquatableArray(),
            Noon + TimeSpan.FromMinutes(luck.Next(1, 2_000)),
            luck.Next(2) == 0 ? Pace.Confirmation : Pace.Notice,
            VerifiedOnly: luck.Next(2) == 0,
            quiet);
    }

    private static EquatableArray<QuietWindow> RandomNights(Random luck)
    {
        var windows = new List<QuietWindow>();
        for (var from = luck.Next(0, 60); from < 2_000; from = (int)(windows[^1].Until - Noon).TotalMinutes + luck.Next(0, 600))
        {
            windows.Add(new QuietWindow(Noon.AddMinutes(from), Noon.AddMinutes(from + luck.Next(1, 600))));
        }

        return windows.ToEquatableArray();
    }

    private static Try RandomTry(Random luck, Candidate to, DateTimeOffset now)
    {
        var state = (TryState)luck.Next((int)TryState.Delivered + 1);
        var errors = Enum.GetValues<ErrorClass>();
        return new Try(to.Channel, to.Address, state, now, state == TryState.Failed ? errors[luck.Next(errors.Length)] : null);
    }
}
