using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;

namespace Hub.Domain.Payments.Captures;

/// <summary>Where one capture stands.</summary>
[JsonConverter(typeof(SnakeCaseNames<CaptureStatus>))]
public enum CaptureStatus
{
    /// <summary>Asked for.</summary>
    Pending,

    /// <summary>The bank was asked and nobody knows what it did.</summary>
    Unknown,

    /// <summary>The money is taken.</summary>
    Succeeded,

    /// <summary>The bank refused.</summary>
    Failed,

    /// <summary>Taken, and later given back by the bank.</summary>
    Returned,
}

/// <summary>Taking some or all of a hold.</summary>
/// <param name="Id">Such as <c>cap_…_1</c>.</param>
/// <param name="Attempt">Whose hold.</param>
/// <param name="Amount">How much.</param>
/// <param name="Final">Whether the rest of the hold is released with it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Operation">The intent at the bank.</param>
public sealed record Capture(string Id, string Attempt, Amount Amount, bool Final, CaptureStatus Status, BankOperation Operation)
{
    /// <summary>The bank's id of the capture.</summary>
    public string? BankId { get; init; }

    /// <summary>When the money was taken; the refund window starts here.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Why the bank refused.</summary>
    public string? FailureCode { get; init; }

    /// <summary>When the bank said it had cleared; <c>null</c> where it has not, where it went back after all, or where banks do not say.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>Whether the money came when nobody waited for it any more; it is paid back and pays for nothing.</summary>
    public bool TooLate { get; init; }

    /// <summary>Times the bank was asked whether it cleared or went back.</summary>
    public int Questions { get; init; }

    /// <summary>Whether the money is or was taken for certain.</summary>
    [JsonIgnore]
    public bool Taken => Status is CaptureStatus.Succeeded or CaptureStatus.Returned;

    /// <summary>Whether its amount counts against the hold: taken, or possibly taken.</summary>
    [JsonIgnore]
    public bool Counts => Taken || InFlight;

    /// <summary>Whether the bank's answer is still to come.</summary>
    [JsonIgnore]
    public bool InFlight => Status is CaptureStatus.Pending or CaptureStatus.Unknown;
}
