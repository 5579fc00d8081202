using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Payments.Bank;

/// <summary>What a bank said of one operation, or why it said nothing.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Authorized), "authorized")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(ActionRequired), "action_required")]
[JsonDerivedType(typeof(Prepared), "prepared")]
[JsonDerivedType(typeof(Captured), "captured")]
[JsonDerivedType(typeof(Cleared), "cleared")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(DisputeAnswered), "dispute_answered")]
[JsonDerivedType(typeof(Voided), "voided")]
[JsonDerivedType(typeof(Refunded), "refunded")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Pending), "pending")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(NeverReached), "never_reached")]
[JsonDerivedType(typeof(NotFound), "not_found")]
public abstract record BankAnswer
{
    /// <summary>The bank holds the amount.</summary>
    /// <param name="BankId">The bank's own id of the authorization.</param>
    /// <param name="Amount">What it holds.</param>
    /// <param name="CaptureBefore">When the hold lapses; <c>null</c> where the bank sets no end.</param>
    /// <param name="CodeDigest">The digest of the bank's own one-time code, where it supplies one.</param>
    public sealed record Authorized(string BankId, Amount Amount, DateTimeOffset? CaptureBefore, string? CodeDigest) : BankAnswer;

    /// <summary>The bank says no.</summary>
    public sealed record Declined(string Code) : BankAnswer;

    /// <summary>The customer has to act at the bank first.</summary>
    public sealed record ActionRequired(string BankId, string? Url) : BankAnswer;

    /// <summary>The bank made a place for the authorization under its own id; nothing was asked of the money yet.</summary>
    public sealed record Prepared(string BankId) : BankAnswer;

    /// <summary>Money that had moved without a hold has cleared; that it had moved is said with it, since reports may overtake each other.</summary>
    public sealed record Cleared(string BankId, Amount Amount) : BankAnswer;

    /// <summary>Money that had moved went back to the customer's bank; that it had moved is said with it.</summary>
    /// <param name="BankId">The bank's id of the movement, as in <see cref="Captured"/>.</param>
    /// <param name="Amount">What had moved, all of which went back.</param>
    /// <param name="Code">Why, in snake case.</param>
    public sealed record Returned(string BankId, Amount Amount, string Code) : BankAnswer;

    /// <summary>The bank has the merchant's answer to a dispute.</summary>
    public sealed record DisputeAnswered : BankAnswer;

    /// <summary>Money was taken: held money, or at once where there is no hold.</summary>
    public sealed record Captured(string BankId, Amount Amount) : BankAnswer;

    /// <summary>The hold was released.</summary>
    public sealed record Voided(string BankId) : BankAnswer;

    /// <summary>Captured money was given back.</summary>
    public sealed record Refunded(string BankId, Amount Amount) : BankAnswer;

    /// <summary>A capture, void or refund was refused.</summary>
    public sealed record Failed(string Code) : BankAnswer;

    /// <summary>The bank took it and has not decided yet.</summary>
    public sealed record Pending(string? BankId) : BankAnswer;

    /// <summary>No answer: a timeout, a dropped connection, a server error, an answer nobody can read.</summary>
    public sealed record Unknown(string Reason) : BankAnswer;

    /// <summary>Provably never reached the bank.</summary>
    /// <param name="Reason">Why, in snake case.</param>
    /// <param name="Final">Whether trying again cannot help, such as when the security code is gone.</param>
    public sealed record NeverReached(string Reason, bool Final = false) : BankAnswer;

    /// <summary>Asked about a key, the bank has never carried it out.</summary>
    public sealed record NotFound : BankAnswer;
}

/// <summary>By which way a bank's answer came.</summary>
[JsonConverter(typeof(SnakeCaseNames<AnswerSource>))]
public enum AnswerSource
{
    /// <summary>The response to the call.</summary>
    Response,

    /// <summary>An authenticated webhook.</summary>
    Webhook,

    /// <summary>The customer's browser brought it from the bank, signed.</summary>
    Return,

    /// <summary>The hub asked.</summary>
    Query,

    /// <summary>A member of staff settled it, with a reason.</summary>
    Operator,
}
