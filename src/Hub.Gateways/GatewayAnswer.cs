using Hub.Domain.Money;

namespace Hub.Gateways;

/// <summary>What a bank answered, or what is known in the absence of an answer.</summary>
/// <remarks>
/// Amounts are the bank's own words; whether they fit what was asked is for the domain to judge (invariant 13).
/// Codes are lower-case words with underscores, at most 64 characters; anything else a bank says becomes
/// <see cref="UnrecognizedCode"/>, so that no foreign text travels on.
/// </remarks>
public abstract record GatewayAnswer
{
    /// <summary>Stands in for a code of the bank that is no plain word.</summary>
    public const string UnrecognizedCode = "unrecognized";

    private GatewayAnswer()
    {
    }

    /// <summary>The amount is held.</summary>
    /// <param name="BankId">The bank's id of the authorization.</param>
    /// <param name="Amount">What the bank says it holds.</param>
    /// <param name="CaptureBefore">When the hold ends; <c>null</c> where the bank does not say.</param>
    /// <param name="ConfirmationDigest">The bank's own digest of the code the customer will type, where it supplies one.</param>
    public sealed record Authorized(string BankId, Amount Amount, DateTimeOffset? CaptureBefore, string? ConfirmationDigest) : GatewayAnswer;

    /// <summary>The bank declined; nothing is held. Another instrument may do.</summary>
    public sealed record Declined(string Code) : GatewayAnswer;

    /// <summary>The customer has to do something at the bank's page first.</summary>
    /// <param name="BankId">The bank's id of the authorization.</param>
    /// <param name="Url">An absolute http or https address.</param>
    public sealed record ActionRequired(string BankId, string Url) : GatewayAnswer;

    /// <summary>
    /// To an authorization only: the bank made a place for it under an id of its own, and nothing was asked of the customer's
    /// money yet. The id is journaled, then the order comes again with <see cref="AuthorizeOrder.Prepared"/> set.
    /// </summary>
    /// <param name="BankId">The bank's id of what was prepared; later that of the authorization.</param>
    public sealed record Prepared(string BankId) : GatewayAnswer;

    /// <summary>Money that had moved without a hold has cleared: it is the hub's for good, as far as the bank can promise that.</summary>
    /// <param name="BankId">The bank's id of the movement.</param>
    /// <param name="Amount">What the bank says had moved.</param>
    public sealed record Cleared(string BankId, Amount Amount) : GatewayAnswer;

    /// <summary>Money that had moved was given back to the customer's bank, such as a debit for which the account had no funds.</summary>
    /// <param name="BankId">The bank's id of the movement.</param>
    /// <param name="Amount">What the bank says had moved, all of which went back.</param>
    /// <param name="Code">Why.</param>
    public sealed record Returned(string BankId, Amount Amount, string Code) : GatewayAnswer;

    /// <summary>The bank took it on and will tell by webhook, or when asked.</summary>
    public sealed record Pending : GatewayAnswer;

    /// <summary>Taken; of an authorization without a hold, at once.</summary>
    /// <param name="BankId">The bank's id of the capture, which a refund will name.</param>
    /// <param name="Amount">What the bank says it took.</param>
    public sealed record Captured(string BankId, Amount Amount) : GatewayAnswer;

    /// <summary>Given back.</summary>
    /// <param name="BankId">The bank's id of the void.</param>
    public sealed record Voided(string BankId) : GatewayAnswer;

    /// <summary>Paid back.</summary>
    /// <param name="BankId">The bank's id of the refund.</param>
    /// <param name="Amount">What the bank says it paid back.</param>
    public sealed record Refunded(string BankId, Amount Amount) : GatewayAnswer;

    /// <summary>The refund is on its way and may still fail.</summary>
    /// <param name="BankId">The bank's id of the refund.</param>
    /// <param name="Amount">What the bank says it will pay back.</param>
    public sealed record RefundPending(string BankId, Amount Amount) : GatewayAnswer;

    /// <summary>The bank has the merchant's answer to a dispute, and will tell by webhook how it decides.</summary>
    public sealed record DisputeAnswered : GatewayAnswer;

    /// <summary>
    /// The bank refused or failed the operation and says so: no money moved. For an authorization this is no decline of
    /// the customer's instrument but a request the bank would not carry out; the attempt failed.
    /// </summary>
    public sealed record OperationFailed(string Code) : GatewayAnswer;

    /// <summary>
    /// To a query only: the key was never carried out, as far as the bank knows now. A request that is still on its way
    /// may change that; repeating under the same key is safe, concluding anything else is not, until its bytes cannot arrive any more.
    /// </summary>
    public sealed record NotFound : GatewayAnswer;

    /// <summary>Nobody can say whether it was carried out (invariant 11). Ask; never repeat under another key.</summary>
    /// <param name="Reason">One of <see cref="UnknownReason"/>.</param>
    public sealed record Unknown(string Reason) : GatewayAnswer;

    /// <summary>
    /// This call provably changed nothing at the bank. An earlier call under the same key may have: after an
    /// <see cref="Unknown"/> it is the query that decides.
    /// </summary>
    /// <param name="Reason">One of <see cref="NeverReachedReason"/>.</param>
    public sealed record NeverReached(string Reason) : GatewayAnswer;
}

/// <summary>Why an outcome is unknown.</summary>
public static class UnknownReason
{
    /// <summary>No answer in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The connection broke after bytes may have left.</summary>
    public const string Dropped = "dropped";

    /// <summary>A 5xx status.</summary>
    public const string ServerError = "server_error";

    /// <summary>A status the bank's contract does not have for this operation: a redirect, a proxy's page.</summary>
    public const string UnexpectedStatus = "unexpected_status";

    /// <summary>The answer is no JSON of the agreed shape, or too large.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The answer is about another operation.</summary>
    public const string Mismatch = "mismatch";

    /// <summary>The bank says this key is in use or belongs to another request.</summary>
    public const string KeyConflict = "key_conflict";

    /// <summary>The bank signs what it says of money, and this carries no signature of the bank's over what was asked for.</summary>
    public const string SignatureInvalid = "signature_invalid";

    /// <summary>A query could not be asked.</summary>
    public const string QueryFailed = "query_failed";

    /// <summary>A query could not be asked, since the settings no longer have the gateway.</summary>
    public const string GatewayNotConfigured = NeverReachedReason.GatewayNotConfigured;
}

/// <summary>Why a call provably changed nothing.</summary>
public static class NeverReachedReason
{
    /// <summary>The bank's name has no address.</summary>
    public const string NameResolution = "name_resolution";

    /// <summary>No connection was made.</summary>
    public const string Connection = "connection";

    /// <summary>No secure connection was made.</summary>
    public const string SecureConnection = "secure_connection";

    /// <summary>The proxy made no tunnel.</summary>
    public const string Proxy = "proxy";

    /// <summary>429: turned away before processing.</summary>
    public const string Throttled = "throttled";

    /// <summary>The customer's own bank is down, and the connector says that nothing was begun.</summary>
    public const string BankDown = "bank_down";

    /// <summary>401: turned away before processing.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The bank has not answered lately, so nothing was sent.</summary>
    public const string CircuitOpen = "circuit_open";

    /// <summary>The place for the authorization was not made, or its id was lost: nothing was asked of the customer's money.</summary>
    public const string NotPrepared = "not_prepared";

    /// <summary>The settings no longer have the gateway; they may have it again after the next start.</summary>
    public const string GatewayNotConfigured = "gateway_not_configured";

    /// <summary>The vault cannot be read for now.</summary>
    public const string VaultUnavailable = "vault_unavailable";

    /// <summary>What the hub has for the bank's id of what is acted on cannot be one.</summary>
    public const string BankIdUnusable = "bank_id_unusable";

    /// <summary>What the vault has of the instrument is not what it was given.</summary>
    public const string InstrumentUnreadable = "instrument_unreadable";

    /// <summary>The evidence was erased with the person it speaks of.</summary>
    public const string EvidenceErased = "evidence_erased";

    /// <summary>The vault no longer has the instrument.</summary>
    public const string InstrumentMissing = "instrument_missing";

    /// <summary>The vault no longer has the security code; the customer has to type it again.</summary>
    public const string SecurityCodeMissing = "security_code_missing";
}
