using Hub.Domain.Confirmations;
using Hub.Domain.Payments;

namespace Hub.Api.Payments;

/// <summary>A payment for an order's total.</summary>
/// <param name="Order">The order, <c>ord_…</c>.</param>
/// <param name="Capture">Who captures.</param>
public sealed record CreatePayment(string Order, CaptureMode Capture = CaptureMode.Automatic);

/// <summary>The customer's "pay now".</summary>
/// <param name="Instrument">One of the customer's, <c>ins_…</c>.</param>
/// <param name="SecurityCode">Of a card: JWE compact; sealed until the authorization, minutes at most.</param>
/// <param name="Wallet">Of a card in the wallet: the token the wallet was opened with.</param>
public sealed record SubmitPayment(string Instrument, string? SecurityCode = null, string? Wallet = null);

/// <summary>Yes or no.</summary>
public enum ConfirmationAnswer
{
    /// <summary>Pay.</summary>
    Approve,

    /// <summary>Do not pay.</summary>
    Reject,
}

/// <summary>The customer's answer on a page.</summary>
/// <param name="Answer">Yes or no.</param>
/// <param name="Code">The six digits; required to approve.</param>
/// <param name="Reason"><c>not_me</c> when the customer never ordered this.</param>
public sealed record AnswerRequest(ConfirmationAnswer Answer, string? Code = null, string? Reason = null)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => $"{nameof(AnswerRequest)} {Answer}";
}

/// <summary>Have the request sent again.</summary>
/// <param name="Channel">The channel wished for first.</param>
public sealed record ResendRequest(Channel? Channel = null);

/// <summary>Take held money.</summary>
/// <param name="Amount">Minor units; all that is left when not given.</param>
/// <param name="Final">Whether the rest is released.</param>
public sealed record CaptureRequest(long? Amount = null, bool Final = false);

/// <summary>Why it is canceled.</summary>
public sealed record CancelRequest(string? Reason = null);

/// <summary>Give money back.</summary>
/// <param name="Amount">Minor units; all that is left when not given.</param>
/// <param name="Reason">In your words; nothing personal.</param>
public sealed record RefundRequest(long? Amount = null, string? Reason = null);
