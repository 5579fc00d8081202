using Hub.Domain.Kernel;

namespace Hub.Domain.Notifications.Planning;

/// <summary>Chooses a notification's next step. Pure: the same plan, tries and time give the same step.</summary>
/// <remarks>
/// Candidates are walked in order, and the first that may be sent to, or that is worth waiting for, decides:
/// <code>
/// last try there    what it asks for
/// none              send; wait for quiet windows or the cap if they end before the deadline; else the next candidate
/// in flight         wait Settle, then the next candidate; never repeated here
/// unknown           wait Settle, then the next candidate; never repeated here
/// never reached     repeat after Retry, 2 Retry, 4 Retry …, MaxRetries times; then the next candidate
/// failed            by error class: repeat as above, once, or the next candidate at once
/// accepted          wait Receipt (as if delivered where there are no receipts), then the next candidate
/// delivered         wait Answer, then the next candidate; an Answer that outlasts the deadline is awaited until then
/// </code>
/// Invariant 17: it always ends, and nothing is sent after it ended well.
/// </remarks>
public static class Planner
{
    private static readonly TimeSpan CapWindow = TimeSpan.FromHours(1);

    /// <summary>The next step.</summary>
    /// <param name="plan">What it set out to do.</param>
    /// <param name="tries">Every send so far, oldest first.</param>
    /// <param name="answered">Whether the person acknowledged it, on whatever channel.</param>
    /// <param name="now">The time of the turn.</param>
    public static NextStep Next(Plan plan, EquatableArray<Try> tries, bool answered, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (answered || ReachedGoal(plan, tries)) return new NextStep.Acknowledge();
        if (now >= plan.Deadline) return new NextStep.GiveUp(WhyTooLate(plan, tries));

        foreach (var candidate in plan.Candidates)
        {
            if (IsBlocked(plan, candidate, tries, now)) continue;
            if (ReadyAt(plan, candidate, tries, now) is not { } ready) continue;
            if (ready.At >= plan.Deadline && ready.Then is Then.Answer) break;
            if (ready.At >= plan.Deadline) continue;
            if (ready.At > now) return new NextStep.WaitUntil(ready.At);
            if (ready.Then is Then.Send) return new NextStep.Send(candidate);
        }

        // An answer or a receipt may still come from what was sent, though nothing more will be.
        if (tries.Any(IsOut)) return new NextStep.WaitUntil(plan.Deadline);
        return new NextStep.GiveUp(tries.Count > 0 ? GiveUpReason.AllFailed : GiveUpReason.NothingUsable);
    }

    /// <summary>Whether a channel must stay silent at a moment: asked once more when a send is about to leave, which may be long after it was chosen.</summary>
    public static bool IsQuiet(Plan plan, string channel, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return !PassesQuiet(plan, channel) && QuietWindow.EndOf(plan.Quiet, at) > at;
    }

    private static bool PassesQuiet(Plan plan, string channel) => plan.Goal == Goal.Answer || !Capabilities.Of(channel).Intrusive;

    private static bool ReachedGoal(Plan plan, EquatableArray<Try> tries) =>
        plan.Goal == Goal.Delivery && tries.Any(t =>
            t.State == TryState.Delivered || (t.State == TryState.Accepted && !Capabilities.Of(t.Channel).Receipts));

    private static GiveUpReason WhyTooLate(Plan plan, EquatableArray<Try> tries)
    {
        if (tries.Any(IsOut)) return plan.Goal == Goal.Answer ? GiveUpReason.NoAnswer : GiveUpReason.NoReceipt;
        return tries.Count > 0 ? GiveUpReason.AllFailed : GiveUpReason.TooLate;
    }

    private static bool IsOut(Try one) =>
        one.State is TryState.InFlight or TryState.Unknown or TryState.Accepted or TryState.Delivered;

    /// <summary>Whether nothing may go there at all: by what is known of the address, or by what a try has shown.</summary>
    private static bool IsBlocked(Plan plan, Candidate candidate, EquatableArray<Try> tries, DateTimeOffset now)
    {
        if (candidate.OptedOut || candidate.Dead) return true;
        if (!candidate.Verified && (plan.VerifiedOnly || plan.Goal == Goal.Answer)) return true;
        var window = Capabilities.Of(candidate.Channel).SessionWindow;
        if (window is { } open && !candidate.Anytime && (candidate.LastHeard is not { } heard || now - heard >= open)) return true;
        return tries.Any(t => t.Error is { } error && error.WhatToDo() switch
        {
            WhatToDo.AddressDead or WhatToDo.OptedOut => t.Address == candidate.Address,
            WhatToDo.StopAndAlert or WhatToDo.NeverRetry => t.Channel == candidate.Channel,
            _ => false,
        });
    }

    /// <summary>When this candidate may be sent to, or until when it is worth waiting for; <c>null</c>: no more.</summary>
    private static (DateTimeOffset At, Then Then)? ReadyAt(Plan plan, Candidate candidate, EquatableArray<Try> tries, DateTimeOffset now)
    {
        var here = tries.Where(t => t.Channel == candidate.Channel && t.Address == candidate.Address).ToEquatableArray();
        if (here.Count == 0) return (OpensAt(plan, candidate, here, now, now), Then.Send);

        var last = here[^1];
        return last.State switch
        {
            TryState.InFlight or TryState.Unknown => WaitFor(plan.Pace.Settle, Then.Word),
            TryState.Accepted when Capabilities.Of(last.Channel).Receipts => WaitFor(plan.Pace.Receipt, Then.Word),
            TryState.Accepted or TryState.Delivered => WaitFor(plan.Pace.Answer, Then.Answer),
            _ when here.Count > RepeatsAllowed(plan, last) => null,
            _ => (OpensAt(plan, candidate, here, Later(now, last.Since + Backoff(plan.Pace, here.Count)), now), Then.Send),
        };

        (DateTimeOffset, Then)? WaitFor(TimeSpan patience, Then what) =>
            last.Since + patience > now ? (last.Since + patience, what) : null;
    }

    /// <summary>What a candidate is for: something may be sent to it, or something is awaited from it.</summary>
    private enum Then
    {
        /// <summary>A send.</summary>
        Send,

        /// <summary>The provider's word on a send.</summary>
        Word,

        /// <summary>The person's answer to what arrived.</summary>
        Answer,
    }

    private static int RepeatsAllowed(Plan plan, Try last)
    {
        var whatToDo = last.Error?.WhatToDo() ?? WhatToDo.RetryLater;
        return whatToDo switch
        {
            WhatToDo.RetryLater => plan.Pace.MaxRetries,
            WhatToDo.RetryOnce => Math.Min(1, plan.Pace.MaxRetries),
            _ => 0,
        };
    }

    private static TimeSpan Backoff(Pace pace, int tries) => new(checked(pace.Retry.Ticks << (tries - 1)));

    /// <summary>When the cap and quiet windows let something through, not before <paramref name="earliest"/>.</summary>
    private static DateTimeOffset OpensAt(Plan plan, Candidate candidate, EquatableArray<Try> here, DateTimeOffset earliest, DateTimeOffset now)
    {
        var sends = candidate.RecentSends
            .Concat(here.Where(t => t.State != TryState.NeverReached).Select(t => t.Since))
            .Where(at => at > now - CapWindow)
            .Order()
            .ToEquatableArray();
        var open = sends.Count < plan.Pace.MaxPerHour ? earliest : Later(earliest, sends[sends.Count - plan.Pace.MaxPerHour] + CapWindow);
        return PassesQuiet(plan, candidate.Channel) ? open : QuietWindow.EndOf(plan.Quiet, open);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
