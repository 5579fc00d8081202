using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Hub.Gateways.SandboxBank;

/// <summary>Any object of the bank, flat: which members must be there follows from its kind and status.</summary>
internal sealed record BankObject(
    string? Id = null,
    string? Status = null,
    long? Amount = null,
    string? Currency = null,
    string? Reference = null,
    string? Authorization = null,
    string? Capture = null,
    string? DeclineCode = null,
    string? FailureCode = null,
    DateTimeOffset? CaptureBefore = null,
    string? ActionUrl = null,
    string? ConfirmationDigest = null,
    string? ReturnCode = null,
    string? Order = null,
    string? Debit = null,
    string? Reason = null,
    DateTimeOffset? RespondBy = null,
    BankTransfer? Transfer = null);

/// <summary>The bank's signature over what it says of money, and the two words of it that the object does not have.</summary>
internal sealed record BankTransfer(string? Payee = null, DateTimeOffset? At = null, string? Signature = null);

/// <summary>The answer to a query.</summary>
internal sealed record BankOperation(string? Kind = null, BankObject? Object = null);

/// <summary>The body of a refusal.</summary>
internal sealed record BankErrorBody(BankError? Error = null);

/// <summary>Why the bank refused.</summary>
internal sealed record BankError(string? Code = null, string? Message = null);

/// <summary>The body of a webhook.</summary>
internal sealed record BankEvent(
    string? Id = null, string? Type = null, DateTimeOffset? CreatedAt = null, string? IdempotencyKey = null, BankObject? Object = null);

/// <summary>What the hub asks for; the one shape a card number leaves in.</summary>
internal sealed record BankAuthorize(long Amount, string Currency, BankCard Card, string Payee, string Reference)
{
    public override string ToString() => nameof(BankAuthorize);
}

/// <summary>A card on its way to the bank.</summary>
internal sealed record BankCard(string Number, int ExpMonth, int ExpYear, string? SecurityCode)
{
    public override string ToString() => nameof(BankCard);
}

internal sealed record BankCapture(long Amount, bool Final, string Reference);

internal sealed record BankVoid(string Reference);

internal sealed record BankRefund(long Amount, string Reference);

/// <summary>The merchant's words, for the bank's people; they may name persons.</summary>
internal sealed record BankEvidence(string Evidence, string Reference)
{
    public override string ToString() => nameof(BankEvidence);
}

/// <summary>A new member of the bank's must not stop payments, so unknown ones are passed over; one given twice has no meaning.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(BankObject))]
[JsonSerializable(typeof(BankOperation))]
[JsonSerializable(typeof(BankErrorBody))]
[JsonSerializable(typeof(BankEvent))]
[JsonSerializable(typeof(BankAuthorize))]
[JsonSerializable(typeof(BankCapture))]
[JsonSerializable(typeof(BankVoid))]
[JsonSerializable(typeof(BankRefund))]
[JsonSerializable(typeof(BankEvidence))]
[JsonSerializable(typeof(BankNetOrder))]
[JsonSerializable(typeof(BankDebitOrder))]
internal sealed partial class BankJson : JsonSerializerContext
{
    /// <summary>Reads a body.</summary>
    /// <returns><c>null</c> for anything that is not of that shape, or no UTF-8: the serializer would pass over broken text in members it does not know.</returns>
    internal static T? Read<T>(ReadOnlySpan<byte> body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
        where T : class
    {
        if (!Utf8.IsValid(body))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
