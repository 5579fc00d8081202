using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Confirmations;

/// <summary>A way to reach a person.</summary>
[JsonConverter(typeof(SnakeCaseNames<Channel>))]
public enum Channel
{
    /// <summary>A page in a browser.</summary>
    Web,

    /// <summary>An app or an installed page.</summary>
    Mobile,

    /// <summary>A text message.</summary>
    Sms,

    /// <summary>WhatsApp.</summary>
    Whatsapp,

    /// <summary>The chat widget.</summary>
    Chat,

    /// <summary>E-mail.</summary>
    Email,
}

/// <summary>An address the customer verified, over which a confirmation may be asked and answered.</summary>
/// <param name="Channel">How it is reached.</param>
/// <param name="AddressId">The customer's address, <c>adr_…</c>.</param>
/// <param name="AddressKey">The key of the address actor: a keyed digest of sender and number or mailbox.</param>
/// <param name="Value">The number or mailbox, sealed under the customer's key.</param>
public sealed record Route(Channel Channel, string AddressId, string AddressKey, Sealed Value)
{
    /// <summary>Whose key the value is sealed under, where it is not the customer's: a stranger's own address.</summary>
    public string? SealedFor { get; init; }
}

/// <summary>Where one confirmation stands. A wrong answer is a counter, not a state.</summary>
[JsonConverter(typeof(SnakeCaseNames<ConfirmationStatus>))]
public enum ConfirmationStatus
{
    /// <summary>Requested; nothing was sent yet.</summary>
    Created,

    /// <summary>Handed to a channel.</summary>
    Sent,

    /// <summary>The customer approved.</summary>
    Matched,

    /// <summary>The customer refused.</summary>
    Rejected,

    /// <summary>Too many wrong answers.</summary>
    Exhausted,

    /// <summary>No answer in time.</summary>
    Expired,

    /// <summary>What it asked for has changed.</summary>
    Superseded,
}

/// <summary>What the customer is expected to answer, as keyed digests; the codes are stored nowhere.</summary>
/// <param name="Generation">Which code of this confirmation; a number taken at an address moves on to the next.</param>
/// <param name="PhoneDigest">Digest of the four digits that count from a bound address or session (SMS, WhatsApp, chat).</param>
/// <param name="PageDigest">Digest of the six digits typed on a page.</param>
public sealed record Challenge(int Generation, string PhoneDigest, string PageDigest);

/// <summary>The customer's out-of-band yes or no to one amount, payee and attempt.</summary>
/// <param name="Id">Such as <c>con_…_1</c>.</param>
/// <param name="Challenge">What is expected.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="ExpiresAt">From this moment on an answer is late.</param>
/// <param name="Status">Where it stands.</param>
/// <remarks>Bound to payment, attempt, amount, currency, payee and payer by living inside the attempt. Source: PSD2 RTS art. 5.</remarks>
public sealed record Confirmation(
    string Id,
    Challenge Challenge,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    ConfirmationStatus Status)
{
    /// <summary>The channel it last went out on.</summary>
    public Channel? SentOn { get; init; }

    /// <summary>The channel that ended it.</summary>
    public Channel? AnsweredOn { get; init; }

    /// <summary>How often it was asked to be sent again.</summary>
    public int Resends { get; init; }

    /// <summary>When it was last asked for or sent again.</summary>
    public DateTimeOffset LastRequestedAt { get; init; } = RequestedAt;

    /// <summary>Whether an answer can still count.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is ConfirmationStatus.Created or ConfirmationStatus.Sent;
}
