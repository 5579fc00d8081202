using Hub.Domain.Money;

namespace Hub.Gateways;

/// <summary>The operations that carry an idempotency key.</summary>
public enum GatewayOperation
{
    /// <summary>Holds an amount.</summary>
    Authorize,

    /// <summary>Takes what is held.</summary>
    Capture,

    /// <summary>Gives back what is held.</summary>
    Void,

    /// <summary>Pays back what was taken.</summary>
    Refund,
}

/// <summary>Hold an amount on an instrument. The card itself is read from the vault by the gateway, nowhere else.</summary>
/// <param name="IdempotencyKey">1 to 200 visible ASCII characters; the same across retries.</param>
/// <param name="Reference">The hub's name for this operation, echoed by the bank; 1 to 200 characters.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="Instrument">The vaulted instrument, <c>ins_…</c>.</param>
/// <param name="SecurityCode">Where its security code lies in the vault; <c>null</c> to authorize without one.</param>
/// <param name="Payee">The merchant's name as the customer will read it.</param>
public sealed record AuthorizeOrder(
    string IdempotencyKey, string Reference, Amount Amount, string Instrument, string? SecurityCode, string Payee);

/// <summary>Take all or part of an authorization.</summary>
/// <param name="IdempotencyKey">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="Reference">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="BankAuthorization">The bank's id of the authorization.</param>
/// <param name="Amount">More than zero; its currency is the authorization's.</param>
/// <param name="Final">Whether the rest is given back.</param>
public sealed record CaptureOrder(
    string IdempotencyKey, string Reference, string BankAuthorization, Amount Amount, bool Final);

/// <summary>Give back an authorization.</summary>
/// <param name="IdempotencyKey">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="Reference">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="BankAuthorization">The bank's id of the authorization.</param>
public sealed record VoidOrder(string IdempotencyKey, string Reference, string BankAuthorization);

/// <summary>Pay back all or part of a capture.</summary>
/// <param name="IdempotencyKey">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="Reference">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="BankCapture">The bank's id of the capture.</param>
/// <param name="Amount">More than zero; its currency is the capture's.</param>
public sealed record RefundOrder(string IdempotencyKey, string Reference, string BankCapture, Amount Amount);
