using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Notifications.Planning;

/// <summary>What a notification does next.</summary>
public abstract record NextStep
{
    private NextStep()
    {
    }

    /// <summary>Send to this candidate now.</summary>
    public sealed record Send(Candidate To) : NextStep;

    /// <summary>Ask again at <paramref name="Time"/>, or when something is heard; always later than now.</summary>
    public sealed record WaitUntil(DateTimeOffset Time) : NextStep;

    /// <summary>Done: it ended well, nothing more may be sent.</summary>
    public sealed record Acknowledge : NextStep;

    /// <summary>It ended badly: nothing more may be sent.</summary>
    public sealed record GiveUp(GiveUpReason Reason) : NextStep;
}

/// <summary>Why a notification ended badly. Numbers are never reused.</summary>
[JsonConverter(typeof(SnakeCaseNames<GiveUpReason>))]
public enum GiveUpReason
{
    /// <summary>No candidate could be used at all: opted out, dead, not verified, or capped past the deadline.</summary>
    NothingUsable = 1,

    /// <summary>Every candidate that could be used was tried, and each refused.</summary>
    AllFailed = 2,

    /// <summary>It was sent, and no answer came in time.</summary>
    NoAnswer = 3,

    /// <summary>It was sent, and no receipt came in time.</summary>
    NoReceipt = 4,

    /// <summary>The deadline passed before anything could be sent.</summary>
    TooLate = 5,
}
