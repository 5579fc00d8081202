using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Domain.Payments;

/// <summary>What a payment is.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(NoPayment), "none")]
[JsonDerivedType(typeof(Payment), "payment")]
public abstract record PaymentState : State;

/// <summary>Not begun.</summary>
public sealed record NoPayment : PaymentState
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>Something a person has to look at.</summary>
/// <param name="Id">Such as <c>cas_…_1</c>.</param>
/// <param name="Reason">In snake case, such as <c>amount_mismatch</c>.</param>
/// <param name="Operation">The bank operation it is about; <c>null</c> when it is about none.</param>
/// <param name="Open">Whether somebody still has to look.</param>
public sealed record Case(string Id, string Reason, string? Operation, bool Open);

/// <summary>Money the bank moved in another amount than was asked: aside until somebody says what is to hold.</summary>
/// <param name="Operation">The bank operation it was reported for.</param>
/// <param name="Amount">What the bank says it moved.</param>
/// <param name="Gateway">Which bank.</param>
public sealed record Suspense(string Operation, Amount Amount, string Gateway);

/// <summary>A payment that was begun; ended ones too.</summary>
/// <remarks>The status is derived from its parts, so that the two can never disagree.</remarks>
public sealed record Payment(
    string Id,
    OrderGrant Grant,
    CaptureMode Mode,
    DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt) : PaymentState
{
    /// <summary>Every try, oldest first.</summary>
    public EquatableArray<Attempt> Attempts { get; init; } = [];

    /// <summary>Every capture, oldest first.</summary>
    public EquatableArray<Capture> Captures { get; init; } = [];

    /// <summary>Every refund, oldest first.</summary>
    public EquatableArray<Refund> Refunds { get; init; } = [];

    /// <summary>Every dispute, oldest first.</summary>
    public EquatableArray<Dispute> Disputes { get; init; } = [];

    /// <summary>Disputes the bank told of that fit no money this payment knows of, yet.</summary>
    public EquatableArray<UnmatchedDispute> UnmatchedDisputes { get; init; } = [];

    /// <summary>What stands in suspense until the operation it was reported for has ended.</summary>
    public EquatableArray<Suspense> Suspended { get; init; } = [];

    /// <summary>Everything somebody has or had to look at.</summary>
    public EquatableArray<Case> Cases { get; init; } = [];

    /// <summary>Wrong answers so far, over all confirmations and channels.</summary>
    public int WrongAnswers { get; init; }

    /// <summary>Whether a person has to decide before it goes on.</summary>
    public bool InReview { get; init; }

    /// <summary>Whether the deadline passed while something was unknown.</summary>
    public bool ExpiryDeferred { get; init; }

    /// <summary>How it ended without money moved; <c>null</c> while it may still move.</summary>
    public PaymentStatus? Ended { get; init; }

    /// <summary>Why it was canceled.</summary>
    public string? CancelReason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => new(Grant.Merchant, Grant.Customer, Grant.Order, Id);

    /// <summary>The newest attempt.</summary>
    [JsonIgnore]
    public Attempt? LastAttempt => Attempts.Count == 0 ? null : Attempts[^1];

    /// <summary>How often the customer tried; what the hub began anew at another gateway is the same try.</summary>
    [JsonIgnore]
    public int Tries => Attempts.Count(a => !a.Rerouted);

    /// <summary>The attempt another one must wait for.</summary>
    [JsonIgnore]
    public Attempt? LiveAttempt => LastAttempt is { IsLive: true } live ? live : null;

    /// <summary>The confirmation that can still be answered.</summary>
    [JsonIgnore]
    public Confirmation? OpenConfirmation => LastAttempt?.Confirmation is { IsOpen: true } open ? open : null;

    /// <summary>Taken for certain, in minor units, also what the bank took back later; never what came too late.</summary>
    [JsonIgnore]
    public long Captured => Captures.Where(c => c is { Taken: true, TooLate: false }).Sum(c => c.Amount.Minor);

    /// <summary>Taken or possibly taken, in minor units.</summary>
    [JsonIgnore]
    public long CapturedOrInFlight => Captures.Where(c => c is { Counts: true, TooLate: false }).Sum(c => c.Amount.Minor);

    /// <summary>Given back for certain, in minor units; never what came too late.</summary>
    [JsonIgnore]
    public long Refunded => Refunds.Where(r => r.Status is RefundStatus.Succeeded && !Captures.Any(c => c.Id == r.Capture && c.TooLate)).Sum(r => r.Amount.Minor);

    /// <summary>What could be given back now, in minor units: nothing while a dispute is open.</summary>
    [JsonIgnore]
    public long Refundable => Disputes.Any(d => d.IsActive) ? 0 : Captures.Where(c => c.Status is CaptureStatus.Succeeded).Sum(c => RefundRules.Refundable(c, this));

    /// <summary>Taken back by the customer's bank, in minor units.</summary>
    [JsonIgnore]
    public long Returned => Captures.Where(c => c is { Status: CaptureStatus.Returned, TooLate: false }).Sum(c => c.Amount.Minor);

    /// <summary>What the hold still covers, in minor units; a final capture released the rest with it.</summary>
    [JsonIgnore]
    public long Capturable => LastAttempt is { Status: AttemptStatus.Authorized } attempt && !TakenForGood(attempt.Id)
        ? attempt.Amount.Minor - CapturedOrInFlight
        : 0;

    /// <summary>Whether a capture paid for the order: what came too late pays for nothing.</summary>
    /// <param name="capture">One of this payment's captures.</param>
    public bool PaidWith(string capture) => Captures.Any(c => c.Id == capture && c is { Taken: true, TooLate: false });

    /// <summary>Whether the customer's bank took a capture's money back.</summary>
    /// <param name="capture">One of this payment's captures, or <c>null</c> for none.</param>
    public bool HasReturned(string? capture) => Captures.Any(c => c.Id == capture && c.Status is CaptureStatus.Returned);

    /// <summary>Whether a capture's money is still on its way from the customer's bank: an e-check that has not cleared.</summary>
    /// <param name="capture">One of this payment's captures.</param>
    public bool IsClearing(Capture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        return capture is { Status: CaptureStatus.Succeeded, ClearedAt: null } && Attempts.Any(a => a.Id == capture.Attempt && a.Instrument.Type == InstrumentType.ECheck);
    }

    /// <summary>Whether a final capture took or released all of an attempt's hold.</summary>
    /// <param name="attempt">One of this payment's attempts.</param>
    public bool TakenForGood(string attempt) => Captures.Any(c => c.Attempt == attempt && c is { Final: true, Taken: true });

    /// <summary>Whether the bank owes the answer to anything.</summary>
    [JsonIgnore]
    public bool AwaitsBank =>
        Attempts.Any(a => a.AwaitsBank || a.Void is { IsOpen: true }) || Captures.Any(c => c.InFlight);

    /// <summary>Where it stands.</summary>
    [JsonIgnore]
    public PaymentStatus Status => Ended ?? (InReview ? PaymentStatus.RequiresReview : StatusOfParts());

    /// <summary>The bank operation with this key.</summary>
    /// <returns><c>null</c> when this payment has none such.</returns>
    public BankOperation? FindOperation(string key) =>
        Attempts.Select(a => a.Authorize).Concat(Attempts.Select(a => a.Void).OfType<BankOperation>())
            .Concat(Captures.Select(c => c.Operation)).Concat(Refunds.Select(r => r.Operation))
            .Concat(Disputes.Select(d => d.Answer).OfType<BankOperation>())
            .FirstOrDefault(o => o.Key == key);

    /// <summary>The attempt that a bank operation belongs to, through its capture where it has one; every operation of it is its gateway's.</summary>
    /// <param name="key">The operation's key.</param>
    /// <returns><c>null</c> when this payment has no such operation.</returns>
    public Attempt? AttemptOf(string key)
    {
        var captureId = Refunds.FirstOrDefault(r => r.Operation.Key == key)?.Capture ?? Disputes.FirstOrDefault(d => d.Answer?.Key == key)?.Capture;
        var capture = Captures.FirstOrDefault(c => c.Id == captureId || c.Operation.Key == key);
        return Attempts.FirstOrDefault(a => a.Id == capture?.Attempt || a.Authorize.Key == key || a.Void?.Key == key);
    }

    /// <summary>The id an attempt's confirmation has or will have; its code derives from it, so it is known beforehand.</summary>
    /// <param name="attempt">One of this payment's attempts.</param>
    public string ConfirmationIdOf(string attempt) => PartId("con", Attempts.TakeWhile(a => a.Id != attempt).Count());

    /// <summary>The payment that an operation's key or a part's id belongs to.</summary>
    /// <param name="part">Such as <c>att_…_1/authorize</c> or <c>con_…_1</c>.</param>
    /// <returns><c>null</c> when it is shaped like none.</returns>
    public static string? IdOfPart(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Split('_') is [_, { Length: > 0 } suffix, _] ? $"pay_{suffix}" : null;
    }

    /// <summary>An id of one of this payment's parts: the payment's own id under another prefix, and a number.</summary>
    /// <param name="prefix">Such as <c>att</c>.</param>
    /// <param name="count">How many such parts there are already.</param>
    internal string PartId(string prefix, int count) => $"{prefix}_{Id[(Id.IndexOf('_', StringComparison.Ordinal) + 1)..]}_{count + 1}";

    private PaymentStatus StatusOfParts()
    {
        if (Captures.Any(c => c.InFlight))
        {
            return PaymentStatus.Processing;
        }

        if (Captured > 0)
        {
            return Capturable > 0 ? PaymentStatus.PartiallyCaptured : PaymentStatus.Succeeded;
        }

        return LastAttempt switch
        {
            { Status: AttemptStatus.Authenticating } => PaymentStatus.RequiresAction,
            { AwaitsBank: true } or { Status: AttemptStatus.Voiding } => PaymentStatus.Processing,
            { Status: AttemptStatus.Authorized or AttemptStatus.Created, Confirmation: null } => PaymentStatus.Processing,
            { Status: AttemptStatus.Authorized or AttemptStatus.Created, Confirmation.IsOpen: true } => PaymentStatus.AwaitingConfirmation,
            { Status: AttemptStatus.Authorized } => PaymentStatus.RequiresCapture,
            { Status: AttemptStatus.Created } => PaymentStatus.Processing,
            _ => PaymentStatus.RequiresPaymentMethod,
        };
    }
}
