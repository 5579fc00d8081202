using System.Net;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Gateways.Http;

namespace Hub.Gateways.SandboxBank;

/// <summary>What a bank's replies mean. The one place where a status code or a status word becomes an answer.</summary>
/// <param name="gateway">The gateway's name, to which the bank signs.</param>
/// <param name="dialect">How the bank calls what it does.</param>
/// <param name="keys">Where there are any, money moved only where one of them signed that it did.</param>
internal sealed class BankReading(string gateway, BankDialect dialect, BankKeys keys)
{
    /// <summary>The longest digest of a code that the bank supplies.</summary>
    private const int MaxDigest = 200;

    /// <summary>The answer to an operation.</summary>
    /// <param name="reply">What came back.</param>
    /// <param name="asked">What was asked.</param>
    internal GatewayAnswer OfOperation(BankReply reply, BankAsked asked) => reply switch
    {
        BankReply.NotSent no => new GatewayAnswer.NeverReached(no.Reason),
        BankReply.Lost lost => new GatewayAnswer.Unknown(lost.Reason),
        BankReply.Answered { Status: HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted } done =>
            OfBody(done, asked),
        // The key names another request or is in use: the earlier request under it may well have been carried out.
        BankReply.Answered { Status: HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity } =>
            new GatewayAnswer.Unknown(UnknownReason.KeyConflict),
        // Only the bank's own words say that it refused; a proxy's page on the way says nothing about the bank.
        BankReply.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound } refused when ErrorCode(refused) is { } code =>
            new GatewayAnswer.OperationFailed(BankWords.Code(code)),
        _ => new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus),
    };

    /// <summary>The answer to a query: where the operation stands now.</summary>
    /// <remarks>That money was cleared or returned says with it that it had been taken, and how much, for those who never heard of that.</remarks>
    internal GatewayAnswer OfQuery(BankReply reply, BankAsked asked) => reply switch
    {
        BankReply.NotSent => new GatewayAnswer.Unknown(UnknownReason.QueryFailed),
        BankReply.Lost lost => new GatewayAnswer.Unknown(lost.Reason),
        BankReply.Answered { Status: HttpStatusCode.OK, Body: { } body } =>
            BankJson.Read(body, BankJson.Default.BankOperation) is not { Kind: { } kind, Object: { } found }
                ? new GatewayAnswer.Unknown(UnknownReason.Unreadable)
                : kind == dialect.Kind(asked.Operation) && IsAbout(found, asked) ? OfObject(found, asked) : new GatewayAnswer.Unknown(UnknownReason.Mismatch),
        BankReply.Answered { Status: HttpStatusCode.OK } => new GatewayAnswer.Unknown(UnknownReason.Unreadable),
        BankReply.Answered { Status: HttpStatusCode.NotFound } none when ErrorCode(none) is not null => new GatewayAnswer.NotFound(),
        _ => new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus),
    };

    /// <summary>What an object of the bank says about the operation that made it.</summary>
    internal GatewayAnswer OfObject(BankObject found, BankAsked asked) => (asked.Operation, found.Status) switch
    {
        (BankOperationKind.Authorize, "declined") => new GatewayAnswer.Declined(BankWords.Code(found.DeclineCode)),
        (BankOperationKind.Authorize, "requires_action") => Action(found),
        (BankOperationKind.Authorize or BankOperationKind.Capture or BankOperationKind.Void, "pending") => new GatewayAnswer.Pending(),
        (BankOperationKind.Authorize, "authorized") when dialect.Hold => Held(found),
        (BankOperationKind.Authorize, "succeeded" or "accepted") when !dialect.Hold => Signed(found, asked, TransferStatement.Captured, Taken),
        (BankOperationKind.Authorize, "cleared") when !dialect.Hold => Signed(found, asked, TransferStatement.Cleared, Settled),
        (BankOperationKind.Authorize, "returned") when !dialect.Hold => Signed(found, asked, TransferStatement.Returned, TakenBack),
        (BankOperationKind.Capture, "succeeded") => Signed(found, asked, TransferStatement.Captured, Taken),
        (BankOperationKind.Void, "succeeded") when BankWords.IsId(found.Id) => new GatewayAnswer.Voided(found.Id!),
        (BankOperationKind.Refund, "succeeded") => Signed(found, asked, TransferStatement.Refunded, GivenBack),
        (BankOperationKind.Refund, "pending") => Moved(found, (id, amount) => new GatewayAnswer.RefundPending(id, amount)),
        (BankOperationKind.Capture or BankOperationKind.Void or BankOperationKind.Refund, "failed") =>
            new GatewayAnswer.OperationFailed(BankWords.Code(found.FailureCode)),
        (BankOperationKind.DisputeAnswer, "under_review" or "won" or "lost" or "accepted") => new GatewayAnswer.DisputeAnswered(),
        _ => new GatewayAnswer.Unknown(UnknownReason.Unreadable),
    };

    /// <summary>What a bank tells of a dispute; <c>null</c> where its words make no sense.</summary>
    internal static DisputeReport? OfDispute(string eventId, string key, BankObject found)
    {
        DisputeStatus? status = found.Status switch
        {
            "needs_response" => DisputeStatus.NeedsResponse,
            "under_review" => DisputeStatus.UnderReview,
            "won" => DisputeStatus.Won,
            "lost" => DisputeStatus.Lost,
            "accepted" => DisputeStatus.Accepted,
            _ => null,
        };
        return status is { } stands && BankWords.IsId(found.Id) && found.Amount is { } minor && Currency.TryParse(found.Currency, out var currency)
            ? new DisputeReport(eventId, key, found.Id!, stands, new Amount(minor, currency), BankWords.Code(found.Reason), found.RespondBy)
            : null;
    }

    private GatewayAnswer OfBody(BankReply.Answered reply, BankAsked asked)
    {
        if (reply.Body is null || BankJson.Read(reply.Body, BankJson.Default.BankObject) is not { } found)
        {
            return new GatewayAnswer.Unknown(UnknownReason.Unreadable);
        }

        if (reply.Status == HttpStatusCode.Accepted)
        {
            // Taken on, nothing decided: the one answer that need not repeat what it is about.
            return found.Status == "pending" ? OfObject(found, asked) : new GatewayAnswer.Unknown(UnknownReason.Unreadable);
        }

        return IsAbout(found, asked) && dialect.Parent(found, asked.Operation) == asked.Parent
            ? OfObject(found, asked)
            : new GatewayAnswer.Unknown(UnknownReason.Mismatch);
    }

    // A dispute carries the reference of what it is about, and not of the answer to it; its id says enough.
    private static bool IsAbout(BankObject found, BankAsked asked) => found.Reference == asked.Reference || asked.Operation is BankOperationKind.DisputeAnswer;

    /// <summary>An answer by which money moved: it counts where the bank signed that what was asked for came to this, or promised no signature.</summary>
    private GatewayAnswer Signed(BankObject found, BankAsked asked, string kind, Func<BankObject, GatewayAnswer> answer)
    {
        var signed = found is { Id: { } id, Amount: { } amount, Currency: { } currency, Transfer: { Payee: { } payee, At: { } at, Signature: var signature } }
            && keys.Signed(new TransferStatement(gateway, kind, asked.Key, id, amount, currency, asked.Payee ?? payee, at), signature);
        return signed || !keys.Promised ? answer(found) : new GatewayAnswer.Unknown(UnknownReason.SignatureInvalid);
    }

    private static GatewayAnswer Taken(BankObject found) => Moved(found, (id, amount) => new GatewayAnswer.Captured(id, amount));

    private static GatewayAnswer Settled(BankObject found) => Moved(found, (id, amount) => new GatewayAnswer.Cleared(id, amount));

    private static GatewayAnswer TakenBack(BankObject found) => Moved(found, (id, amount) => new GatewayAnswer.Returned(id, amount, BankWords.Code(found.ReturnCode)));

    private static GatewayAnswer GivenBack(BankObject found) => Moved(found, (id, amount) => new GatewayAnswer.Refunded(id, amount));

    private static GatewayAnswer Held(BankObject found) =>
        found.ConfirmationDigest is null or { Length: > 0 and <= MaxDigest }
            ? Moved(found, (id, amount) => new GatewayAnswer.Authorized(id, amount, found.CaptureBefore, found.ConfirmationDigest))
            : new GatewayAnswer.Unknown(UnknownReason.Unreadable);

    private static GatewayAnswer Action(BankObject found) =>
        BankWords.IsId(found.Id) && BankWords.IsPage(found.ActionUrl)
            ? new GatewayAnswer.ActionRequired(found.Id!, found.ActionUrl!)
            : new GatewayAnswer.Unknown(UnknownReason.Unreadable);

    private static GatewayAnswer Moved(BankObject found, Func<string, Amount, GatewayAnswer> answer) =>
        BankWords.IsId(found.Id) && found.Amount is { } minor && Currency.TryParse(found.Currency, out var currency)
            ? answer(found.Id!, new Amount(minor, currency))
            : new GatewayAnswer.Unknown(UnknownReason.Unreadable);

    private static string? ErrorCode(BankReply.Answered reply) =>
        reply.Body is { } body ? BankJson.Read(body, BankJson.Default.BankErrorBody)?.Error?.Code : null;
}
