using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Notifications.Planning;

/// <summary>What ends a notification well.</summary>
[JsonConverter(typeof(SnakeCaseNames<Goal>))]
public enum Goal
{
    /// <summary>A delivery receipt, or acceptance where the channel gives no receipts.</summary>
    Delivery,

    /// <summary>The person's answer. Delivery alone is not enough. Passes quiet hours, never a STOP.</summary>
    Answer,
}

/// <summary>One way to reach the person.</summary>
/// <param name="Channel">A name <see cref="Capabilities.Of"/> knows.</param>
/// <param name="Address">The id of the address; never the number or mailbox itself.</param>
/// <param name="Verified">Whether the customer proved that it is theirs.</param>
/// <param name="OptedOut">Whether they said STOP there.</param>
/// <param name="Dead">Whether it was found not to exist.</param>
/// <param name="RecentSends">When anything was sent there before this notification, within the last hour; any order.</param>
/// <param name="LastHeard">When the person last wrote from there; <c>null</c>: never.</param>
/// <param name="Anytime">Whether a session window does not count, since the provider has agreed to the words.</param>
public sealed record Candidate(
    string Channel,
    string Address,
    bool Verified,
    bool OptedOut = false,
    bool Dead = false,
    EquatableArray<DateTimeOffset> RecentSends = default,
    DateTimeOffset? LastHeard = null,
    bool Anytime = false);

/// <summary>How long each step may take. All of them are above zero.</summary>
/// <param name="Settle">For a send whose outcome is unknown to be settled by a callback or by asking.</param>
/// <param name="Receipt">For a receipt after the provider took the message.</param>
/// <param name="Answer">For an answer after delivery, before the next candidate is tried beside it.</param>
/// <param name="Retry">Before the first repeat; it doubles each time.</param>
/// <param name="MaxRetries">Repeats to one address at most, 0 to 10.</param>
/// <param name="MaxPerHour">Sends to one address in any hour at most, at least 1.</param>
public sealed record Pace(TimeSpan Settle, TimeSpan Receipt, TimeSpan Answer, TimeSpan Retry, int MaxRetries, int MaxPerHour)
{
    /// <summary>For something that is valid for minutes.</summary>
    public static Pace Confirmation { get; } = new(
        Settle: TimeSpan.FromSeconds(20), Receipt: TimeSpan.FromSeconds(45), Answer: TimeSpan.FromSeconds(120),
        Retry: TimeSpan.FromSeconds(5), MaxRetries: 2, MaxPerHour: 10);

    /// <summary>For something that is still worth reading tomorrow.</summary>
    public static Pace Notice { get; } = new(
        Settle: TimeSpan.FromMinutes(5), Receipt: TimeSpan.FromMinutes(30), Answer: TimeSpan.FromHours(24),
        Retry: TimeSpan.FromSeconds(30), MaxRetries: 5, MaxPerHour: 20);

    /// <summary>The same, with the next candidate tried after this long without an answer.</summary>
    /// <param name="limit">Above zero. No step before the answer may take longer either.</param>
    public Pace WithFallbackAfter(TimeSpan limit) => this with { Settle = Shorter(Settle, limit), Receipt = Shorter(Receipt, limit), Answer = limit };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>What a notification set out to do; fixed when it was asked for.</summary>
/// <param name="Goal">What ends it well.</param>
/// <param name="Candidates">The chosen method first, then the fallback order.</param>
/// <param name="Deadline">When it is no longer worth sending or waiting.</param>
/// <param name="Pace">How long each step may take.</param>
/// <param name="VerifiedOnly">Whether only a verified address may get it. Always so for <see cref="Goal.Answer"/>.</param>
/// <param name="Quiet">When channels that ring stay silent for notices, within the notification's life: in order, and no two overlap.</param>
public sealed record Plan(
    Goal Goal,
    EquatableArray<Candidate> Candidates,
    DateTimeOffset Deadline,
    Pace Pace,
    bool VerifiedOnly = true,
    EquatableArray<QuietWindow> Quiet = default);

/// <summary>How far one send got. It only moves forward.</summary>
[JsonConverter(typeof(SnakeCaseNames<TryState>))]
public enum TryState
{
    /// <summary>Started, nothing heard yet. After a crash it stays here until it is settled.</summary>
    InFlight,

    /// <summary>Timed out, or the provider's answer was no answer. It may have been sent: never repeated.</summary>
    Unknown,

    /// <summary>Provably never got to the provider: may be repeated.</summary>
    NeverReached,

    /// <summary>Refused, or reported as not delivered.</summary>
    Failed,

    /// <summary>The provider took it.</summary>
    Accepted,

    /// <summary>The provider says it arrived.</summary>
    Delivered,
}

/// <summary>One send of this notification.</summary>
/// <param name="Channel">The channel it went over.</param>
/// <param name="Address">The address it went to.</param>
/// <param name="State">How far it got.</param>
/// <param name="Since">When it got there.</param>
/// <param name="Error">Why it failed; set exactly when <paramref name="State"/> is <see cref="TryState.Failed"/>.</param>
public sealed record Try(string Channel, string Address, TryState State, DateTimeOffset Since, ErrorClass? Error = null);
