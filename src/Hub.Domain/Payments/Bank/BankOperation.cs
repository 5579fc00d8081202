using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Payments.Bank;

/// <summary>What the hub can ask a bank to do.</summary>
[JsonConverter(typeof(SnakeCaseNames<BankOperationKind>))]
public enum BankOperationKind
{
    /// <summary>Hold an amount on an instrument.</summary>
    Authorize,

    /// <summary>Take held money.</summary>
    Capture,

    /// <summary>Release what is held.</summary>
    Void,

    /// <summary>Give captured money back.</summary>
    Refund,

    /// <summary>Answer a dispute, with evidence or with consent.</summary>
    DisputeAnswer,
}

/// <summary>How far one intent at the bank has come.</summary>
[JsonConverter(typeof(SnakeCaseNames<BankOperationProgress>))]
public enum BankOperationProgress
{
    /// <summary>Journaled; no byte has left, or the last call provably never reached the bank.</summary>
    Intended,

    /// <summary>A call is journaled as started.</summary>
    Started,

    /// <summary>A call ended without an answer; only the bank or an operator can tell.</summary>
    Unknown,

    /// <summary>The bank answered, or an operator settled it.</summary>
    Ended,

    /// <summary>Journaled, and not to be carried out before a person has agreed: the customer to a debit, a second person to a late refund.</summary>
    Waiting,
}

/// <summary>One intent at one gateway. Its key is its id and never changes (invariant 9).</summary>
/// <param name="Key">The idempotency key, such as <c>att_…_1/authorize</c>.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Progress">How far it has come.</param>
/// <param name="Tries">Calls started so far.</param>
/// <param name="Queries">Times the bank was asked what became of it.</param>
public sealed record BankOperation(string Key, BankOperationKind Kind, BankOperationProgress Progress, int Tries, int Queries)
{
    /// <summary>A new intent, before any call.</summary>
    public static BankOperation Intend(string key, BankOperationKind kind) => new(key, kind, BankOperationProgress.Intended, 0, 0);

    /// <summary>A new intent that somebody has to agree to first.</summary>
    public static BankOperation Await(string key, BankOperationKind kind) => new(key, kind, BankOperationProgress.Waiting, 0, 0);

    /// <summary>When the first call left; the bank remembers the key from then on.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whether some call may have reached the bank without an answer: from then on a failure to connect proves nothing.</summary>
    public bool MaybeReached { get; init; }

    /// <summary>Whether its next call waits for a time: until that has come, nobody starts one.</summary>
    public bool Postponed { get; init; }

    /// <summary>Whether the bank provably has nothing of it and no call is under way: it can be withdrawn without asking anybody.</summary>
    [JsonIgnore]
    public bool NeverLeft => Progress is BankOperationProgress.Intended && !MaybeReached;

    /// <summary>Whether an answer is still to come.</summary>
    [JsonIgnore]
    public bool IsOpen => Progress is not (BankOperationProgress.Ended or BankOperationProgress.Waiting);
}
