using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;

namespace Hub.Domain.Payments.Refunds;

/// <summary>Where one refund stands.</summary>
[JsonConverter(typeof(SnakeCaseNames<RefundStatus>))]
public enum RefundStatus
{
    /// <summary>Waits for a second person.</summary>
    RequiresReview,

    /// <summary>Asked for.</summary>
    Pending,

    /// <summary>The bank was asked and nobody knows what it did.</summary>
    Unknown,

    /// <summary>The money is back with the customer.</summary>
    Succeeded,

    /// <summary>The bank refused; the amount counts as captured again.</summary>
    Failed,

    /// <summary>Withdrawn before the bank was asked.</summary>
    Canceled,

    /// <summary>Succeeded, and later came back from the customer's bank.</summary>
    Reversed,
}

/// <summary>Giving captured money back.</summary>
/// <param name="Id">Such as <c>ref_…_1</c>.</param>
/// <param name="Capture">Which capture it is taken from.</param>
/// <param name="Amount">How much.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Operation">The intent at the bank.</param>
public sealed record Refund(string Id, string Capture, Amount Amount, RefundStatus Status, BankOperation Operation)
{
    /// <summary>Who asked for it; a late one is agreed to by another.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The bank's id of the refund.</summary>
    public string? BankId { get; init; }

    /// <summary>Why the bank refused.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Whether its amount counts against what was captured: given back, or possibly given back.</summary>
    [JsonIgnore]
    public bool Counts => Status is RefundStatus.RequiresReview or RefundStatus.Pending or RefundStatus.Unknown or RefundStatus.Succeeded;

    /// <summary>Whether the bank's answer is still to come.</summary>
    [JsonIgnore]
    public bool InFlight => Status is RefundStatus.Pending or RefundStatus.Unknown;
}
