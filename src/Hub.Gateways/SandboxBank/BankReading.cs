using System.Net;
using Hub.Domain.Money;
using Hub.Gateways.Http;

namespace Hub.Gateways.SandboxBank;

/// <summary>What the bank's replies mean. The one place where a status code or a status word becomes an answer.</summary>
internal static class BankReading
{
    /// <summary>The longest id, key or code of the bank.</summary>
    private const int MaxName = 200;

    /// <summary>The answer to an operation.</summary>
    /// <param name="reply">What came back.</param>
    /// <param name="operation">What was asked.</param>
    /// <param name="reference">The reference sent; the answer must carry it.</param>
    /// <param name="parent">The bank's id of the authorization or capture that was acted on; the answer must carry it.</param>
    internal static GatewayAnswer OfOperation(BankReply reply, GatewayOperation operation, string reference, string? parent = null) => reply switch
    {
        BankReply.NotSent no => new GatewayAnswer.NeverReached(no.Reason),
        BankReply.Lost lost => new GatewayAnswer.Unknown(lost.Reason),
        BankReply.Answered { Status: HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted } done =>
            OfBody(done, operation, reference, parent),
        // The key names another request or is in use: the earlier request under it may well have been carried out.
        BankReply.Answered { Status: HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity } =>
            new GatewayAnswer.Unknown(UnknownReason.KeyConflict),
        // Only the bank's own words say that it refused; a proxy's page on the way says nothing about the bank.
        BankReply.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound } refused when ErrorCode(refused) is { } code =>
            new GatewayAnswer.OperationFailed(Code(code)),
        _ => new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus),
    };

    /// <summary>The answer to a query.</summary>
    internal static GatewayAnswer OfQuery(BankReply reply, GatewayOperation operation) => reply switch
    {
        BankReply.NotSent => new GatewayAnswer.Unknown(UnknownReason.QueryFailed),
        BankReply.Lost lost => new GatewayAnswer.Unknown(lost.Reason),
        BankReply.Answered { Status: HttpStatusCode.OK, Body: { } body } =>
            BankJson.Read(body, BankJson.Default.BankOperation) is not { Kind: { } kind, Object: { } found }
                ? new GatewayAnswer.Unknown(UnknownReason.Unreadable)
                : kind == Kind(operation) ? OfObject(found, operation) : new GatewayAnswer.Unknown(UnknownReason.Mismatch),
        BankReply.Answered { Status: HttpStatusCode.OK } => new GatewayAnswer.Unknown(UnknownReason.Unreadable),
        BankReply.Answered { Status: HttpStatusCode.NotFound } none when ErrorCode(none) is not null => new GatewayAnswer.NotFound(),
        _ => new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus),
    };

    /// <summary>What an object of the bank says about the operation that made it.</summary>
    internal static GatewayAnswer OfObject(BankObject found, GatewayOperation operation) => (operation, found.Status) switch
    {
        (GatewayOperation.Authorize, "authorized") => Held(found),
        (GatewayOperation.Authorize, "declined") => new GatewayAnswer.Declined(Code(found.DeclineCode)),
        (GatewayOperation.Authorize, "requires_action") => Action(found),
        (GatewayOperation.Authorize or GatewayOperation.Capture or GatewayOperation.Void, "pending") => new GatewayAnswer.Pending(),
        (GatewayOperation.Capture, "succeeded") => Moved(found, (id, amount) => new GatewayAnswer.Captured(id, amount)),
        (GatewayOperation.Void, "succeeded") when IsId(found.Id) => new GatewayAnswer.Voided(found.Id!),
        (GatewayOperation.Refund, "succeeded") => Moved(found, (id, amount) => new GatewayAnswer.Refunded(id, amount)),
        (GatewayOperation.Refund, "pending") => Moved(found, (id, amount) => new GatewayAnswer.RefundPending(id, amount)),
        (GatewayOperation.Capture or GatewayOperation.Void or GatewayOperation.Refund, "failed") =>
            new GatewayAnswer.OperationFailed(Code(found.FailureCode)),
        _ => new GatewayAnswer.Unknown(UnknownReason.Unreadable),
    };

    /// <summary>The bank's word for an operation.</summary>
    internal static string Kind(GatewayOperation operation) => operation switch
    {
        GatewayOperation.Authorize => "authorization",
        GatewayOperation.Capture => "capture",
        GatewayOperation.Void => "void",
        GatewayOperation.Refund => "refund",
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>Whether it may be an id or key: 1 to 200 letters, digits and <c>_ - / : .</c></summary>
    internal static bool IsId(string? text) =>
        text is { Length: > 0 and <= MaxName } && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '/' or ':' or '.');

    private static GatewayAnswer OfBody(BankReply.Answered reply, GatewayOperation operation, string reference, string? parent)
    {
        if (reply.Body is null || BankJson.Read(reply.Body, BankJson.Default.BankObject) is not { } found)
        {
            return new GatewayAnswer.Unknown(UnknownReason.Unreadable);
        }

        if (reply.Status == HttpStatusCode.Accepted)
        {
            // Taken on, nothing decided: the one answer that need not repeat what it is about.
            return found.Status == "pending" ? OfObject(found, operation) : new GatewayAnswer.Unknown(UnknownReason.Unreadable);
        }

        var about = operation switch
        {
            GatewayOperation.Capture or GatewayOperation.Void => found.Authorization,
            GatewayOperation.Refund => found.Capture,
            _ => null,
        };
        return found.Reference == reference && about == parent
            ? OfObject(found, operation)
            : new GatewayAnswer.Unknown(UnknownReason.Mismatch);
    }

    private static GatewayAnswer Held(BankObject found) =>
        found.ConfirmationDigest is null or { Length: > 0 and <= MaxName }
            ? Moved(found, (id, amount) => new GatewayAnswer.Authorized(id, amount, found.CaptureBefore, found.ConfirmationDigest))
            : new GatewayAnswer.Unknown(UnknownReason.Unreadable);

    private static GatewayAnswer Action(BankObject found) =>
        IsId(found.Id) && found.ActionUrl is { Length: <= 2048 } url
            && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? new GatewayAnswer.ActionRequired(found.Id!, url)
            : new GatewayAnswer.Unknown(UnknownReason.Unreadable);

    private static GatewayAnswer Moved(BankObject found, Func<string, Amount, GatewayAnswer> answer) =>
        IsId(found.Id) && found.Amount is { } minor && Currency.TryParse(found.Currency, out var currency)
            ? answer(found.Id!, new Amount(minor, currency))
            : new GatewayAnswer.Unknown(UnknownReason.Unreadable);

    private static string? ErrorCode(BankReply.Answered reply) =>
        reply.Body is { } body ? BankJson.Read(body, BankJson.Default.BankErrorBody)?.Error?.Code : null;

    /// <summary>Lets plain words through and nothing that could carry a number or a name.</summary>
    private static string Code(string? code) =>
        code is { Length: > 0 and <= 64 } && code.All(sign => char.IsAsciiLetterLower(sign) || sign == '_') ? code : GatewayAnswer.UnrecognizedCode;
}
