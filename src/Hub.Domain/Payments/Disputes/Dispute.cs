using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;

namespace Hub.Domain.Payments.Disputes;

/// <summary>Where one dispute stands.</summary>
[JsonConverter(typeof(SnakeCaseNames<DisputeStatus>))]
public enum DisputeStatus
{
    /// <summary>The bank waits for the merchant's evidence, or for its consent.</summary>
    NeedsResponse,

    /// <summary>The evidence is with the bank.</summary>
    UnderReview,

    /// <summary>The bank decided for the merchant; the money is back.</summary>
    Won,

    /// <summary>The bank decided for the customer.</summary>
    Lost,

    /// <summary>The merchant gave in.</summary>
    Accepted,
}

/// <summary>The customer asked the bank for the money of one capture back.</summary>
/// <param name="Id">Such as <c>dsp_…_1</c>.</param>
/// <param name="Capture">Whose money.</param>
/// <param name="BankId">The bank's id of the dispute.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reason">The bank's word for why, in snake case.</param>
/// <param name="RespondBy">Until when evidence counts; <c>null</c> where the bank set no end.</param>
/// <param name="Status">Where it stands.</param>
public sealed record Dispute(string Id, string Capture, string BankId, Amount Amount, string Reason, DateTimeOffset? RespondBy, DisputeStatus Status)
{
    /// <summary>The merchant's answer on its way to the bank: evidence, or consent.</summary>
    public BankOperation? Answer { get; init; }

    /// <summary>The merchant's words, for the bank, sealed; <c>null</c> where it gave in or has not answered.</summary>
    public Sealed? Evidence { get; init; }

    /// <summary>How often the merchant answered.</summary>
    public int Answers { get; init; }

    /// <summary>Times the bank was asked how it stands.</summary>
    public int Questions { get; init; }

    /// <summary>Whether the bank has not decided yet: the money is with the bank, and refunds wait.</summary>
    [JsonIgnore]
    public bool IsActive => Status is DisputeStatus.NeedsResponse or DisputeStatus.UnderReview;

    /// <summary>Whether the money is the customer's again, or may become so.</summary>
    [JsonIgnore]
    public bool Counts => Status is not DisputeStatus.Won;
}

/// <summary>A dispute that fits no money the payment knows of, yet: its capture's answer may still be on its way.</summary>
/// <param name="Operation">The key of the operation that is said to have taken the money.</param>
/// <param name="Gateway">Whose bank says so.</param>
/// <param name="BankId">The bank's id of the dispute.</param>
/// <param name="Status">Where it stands there.</param>
/// <param name="Amount">What is disputed.</param>
/// <param name="Reason">The bank's word for why, in snake case.</param>
/// <param name="RespondBy">Until when evidence counts.</param>
public sealed record UnmatchedDispute(
    string Operation, string Gateway, string BankId, DisputeStatus Status, Amount Amount, string Reason, DateTimeOffset? RespondBy);
