using System.Text.Json.Serialization;

namespace Hub.Sandbox.Bank;

/// <summary>An object of the bank as its API shows it.</summary>
internal interface IBankObject
{
    string Id { get; }
}

/// <summary>An object that is about money.</summary>
internal interface IMoney : IBankObject
{
    /// <summary>Minor units.</summary>
    long Amount { get; }

    /// <summary>ISO 4217.</summary>
    string Currency { get; }
}

/// <summary>A hold on a card. Status: authorized, declined, requires_action, pending.</summary>
internal sealed record BankAuthorization(
    string Id, string Status, long Amount, string Currency, string Reference, string? DeclineCode,
    DateTimeOffset? CaptureBefore, string? ActionUrl, string? ConfirmationDigest) : IBankObject;

/// <summary>A capture. Status: succeeded, failed.</summary>
internal sealed record BankCapture(
    string Id, string Authorization, string Status, long Amount, string Currency, string Reference, string? FailureCode, BankTransfer? Transfer = null) : IMoney;

/// <summary>A release of what is left of a hold. Status: succeeded, failed.</summary>
internal sealed record BankVoid(string Id, string Authorization, string Status, string Reference, string? FailureCode) : IBankObject;

/// <summary>A refund. Status: succeeded, failed, pending.</summary>
internal sealed record BankRefund(
    string Id, string Capture, string Status, long Amount, string Currency, string Reference, string? FailureCode, BankTransfer? Transfer = null) : IMoney;

/// <summary>A customer asked for the money of a capture back. Status: needs_response, under_review, won, lost, accepted.</summary>
internal sealed record BankDispute(
    string Id, string Capture, string Status, long Amount, string Currency, string Reason, DateTimeOffset? RespondBy, string Reference) : IBankObject;

/// <summary>What became of the money of an object, signed.</summary>
/// <param name="Kind">What, as in <see cref="Hub.Gateways.SandboxBank.TransferStatement.Kind"/>.</param>
/// <param name="IdempotencyKey">Of the operation that made the object.</param>
/// <param name="Payee">The merchant's name.</param>
/// <param name="At">When.</param>
/// <param name="Signature">Over the <see cref="Hub.Gateways.SandboxBank.TransferStatement"/> of all that and the object's id, amount and currency.</param>
internal sealed record BankTransfer(string Kind, string IdempotencyKey, string Payee, DateTimeOffset At, string Signature);

/// <summary>An authorization in the books. The card number is not kept.</summary>
/// <param name="Object">As the API shows it.</param>
/// <param name="Key">The idempotency key that made it.</param>
/// <param name="Behaviour">What its card does.</param>
/// <param name="Payee">The merchant's name.</param>
/// <param name="Last4">The last four digits.</param>
/// <param name="Captured">Minor units captured.</param>
/// <param name="Closed">Whether a final capture was made.</param>
/// <param name="Voided">Whether what is left was released.</param>
/// <param name="At">When it was made.</param>
internal sealed record AuthorizationEntry(
    BankAuthorization Object, string Key, CardBehaviour Behaviour, string Payee, string Last4, long Captured, bool Closed, bool Voided, DateTimeOffset At) : IBankEntry
{
    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;

    [JsonIgnore]
    internal long Remaining => Closed || Voided ? 0 : Object.Amount - Captured;
}

/// <summary>A capture in the books.</summary>
/// <param name="Object">As the API shows it.</param>
/// <param name="Key">The idempotency key that made it.</param>
/// <param name="Behaviour">What its card does.</param>
/// <param name="Refunded">Minor units refunded, those under way included.</param>
/// <param name="At">When it was made.</param>
/// <param name="Disputed">Minor units the bank took back for disputes that are open or went against the merchant.</param>
internal sealed record CaptureEntry(
    BankCapture Object, string Key, CardBehaviour Behaviour, long Refunded, DateTimeOffset At, long Disputed = 0) : IBankEntry
{
    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;
}

/// <summary>A void in the books.</summary>
internal sealed record VoidEntry(BankVoid Object, string Key, DateTimeOffset At) : IBankEntry
{
    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;
}

/// <summary>A refund in the books.</summary>
internal sealed record RefundEntry(BankRefund Object, string Key, DateTimeOffset At) : IBankEntry
{
    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;
}

/// <summary>A dispute in the books.</summary>
/// <param name="Object">As the API shows it.</param>
/// <param name="Key">The idempotency key of the disputed capture.</param>
/// <param name="At">When it was opened.</param>
/// <param name="Evidence">The merchant's words; <c>null</c> while there are none.</param>
internal sealed record DisputeEntry(BankDispute Object, string Key, DateTimeOffset At, string? Evidence = null) : IBankEntry
{
    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;
}

/// <summary>POST /authorizations.</summary>
internal sealed record AuthorizeRequest(long Amount, string Currency, CardDetails Card, string Payee, string Reference);

/// <summary>The card of an authorization.</summary>
internal sealed record CardDetails(string Number, int ExpMonth, int ExpYear, string? SecurityCode = null)
{
    /// <summary>Says nothing, so that no card number can slip into a log.</summary>
    public override string ToString() => "a card";
}

/// <summary>POST /authorizations/{id}/captures.</summary>
internal sealed record CaptureRequest(long Amount, bool Final, string Reference);

/// <summary>POST /authorizations/{id}/void.</summary>
internal sealed record VoidRequest(string Reference);

/// <summary>POST /captures/{id}/refunds.</summary>
internal sealed record RefundRequest(long Amount, string Reference);

/// <summary>POST /disputes/{id}/evidence.</summary>
internal sealed record EvidenceRequest(string Evidence, string Reference)
{
    /// <summary>Says nothing: evidence names people.</summary>
    public override string ToString() => "evidence";
}

/// <summary>POST /disputes/{id}/accept.</summary>
internal sealed record AcceptRequest(string Reference);

/// <summary>GET /operations/{key}.</summary>
internal sealed record BankOperation(string Kind, object Object);

/// <summary>The body of a webhook.</summary>
internal sealed record BankEvent(string Id, string Type, DateTimeOffset CreatedAt, string IdempotencyKey, object Object);
