using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;

namespace Hub.Gateways;

/// <summary>Hold an amount on an instrument, or move it at once where the gateway declares no hold. A number is read from the vault by the gateway, nowhere else.</summary>
/// <param name="IdempotencyKey">1 to 200 visible ASCII characters; the same across retries.</param>
/// <param name="Reference">The hub's name for this operation, echoed by the bank; 1 to 200 characters.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="Instrument">The instrument; what it stands for lies in the vault under its id.</param>
/// <param name="SecurityCode">Where its security code lies in the vault; <c>null</c> to authorize without one.</param>
/// <param name="Payee">The merchant's name as the customer will read it.</param>
/// <param name="Customer">Whose money it is, <c>cus_…</c>.</param>
public sealed record AuthorizeOrder(
    string IdempotencyKey, string Reference, Amount Amount, InstrumentRef Instrument, string? SecurityCode, string Payee, string Customer)
{
    /// <summary>The bank's id of what <see cref="GatewayAnswer.Prepared"/> told of; <c>null</c> until it was journaled.</summary>
    public string? Prepared { get; init; }

    /// <summary>Where the customer comes back to after acting at the bank; an absolute address.</summary>
    public string? ReturnUrl { get; init; }
}

/// <summary>Ask what became of an operation.</summary>
/// <param name="Operation">What was asked for under the key; an answer about anything else is Unknown.</param>
/// <param name="IdempotencyKey">The key of the operation.</param>
/// <param name="Reference">The hub's name for the operation, as it was sent.</param>
/// <param name="BankAuthorization">The bank's id of the authorization it belongs to, as far as it is known.</param>
/// <param name="Payee">As in <see cref="CaptureOrder"/>.</param>
/// <param name="Customer">Whose money it is, <c>cus_…</c>.</param>
public sealed record QueryOrder(
    BankOperationKind Operation, string IdempotencyKey, string Reference, string? BankAuthorization, string Payee, string Customer)
{
    /// <summary>The bank's id of the dispute, where its answer is asked about.</summary>
    public string? BankDispute { get; init; }

    /// <summary>Whether that answer gave in; a bank that has evidence from elsewhere has not got it.</summary>
    public bool Concedes { get; init; }
}

/// <summary>Take all or part of an authorization.</summary>
/// <param name="IdempotencyKey">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="Reference">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="BankAuthorization">The bank's id of the authorization.</param>
/// <param name="Amount">More than zero; its currency is the authorization's.</param>
/// <param name="Final">Whether the rest is given back.</param>
/// <param name="Payee">The merchant's name, as it was given with the authorization; what the bank says of money must be about it.</param>
/// <param name="Customer">As in <see cref="AuthorizeOrder"/>.</param>
public sealed record CaptureOrder(
    string IdempotencyKey, string Reference, string BankAuthorization, Amount Amount, bool Final, string Payee, string Customer);

/// <summary>Give back an authorization.</summary>
/// <param name="IdempotencyKey">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="Reference">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="BankAuthorization">The bank's id of the authorization.</param>
/// <param name="Customer">As in <see cref="AuthorizeOrder"/>.</param>
public sealed record VoidOrder(string IdempotencyKey, string Reference, string BankAuthorization, string Customer);

/// <summary>Pay back all or part of a capture.</summary>
/// <param name="IdempotencyKey">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="Reference">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="BankCapture">The bank's id of the capture.</param>
/// <param name="Amount">More than zero; its currency is the capture's.</param>
/// <param name="Payee">As in <see cref="CaptureOrder"/>.</param>
/// <param name="Customer">As in <see cref="AuthorizeOrder"/>.</param>
public sealed record RefundOrder(string IdempotencyKey, string Reference, string BankCapture, Amount Amount, string Payee, string Customer);

/// <summary>Answer a dispute: with evidence, or by giving in.</summary>
/// <param name="IdempotencyKey">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="Reference">As in <see cref="AuthorizeOrder"/>.</param>
/// <param name="BankDispute">The bank's id of the dispute.</param>
/// <param name="Evidence">The merchant's words, 1 to 10,000 characters; <c>null</c> to give in.</param>
public sealed record DisputeOrder(string IdempotencyKey, string Reference, string BankDispute, string? Evidence)
{
    /// <summary>Prints the dispute, never the evidence: it names people.</summary>
    public override string ToString() => $"{nameof(DisputeOrder)} {IdempotencyKey} {BankDispute}";
}
