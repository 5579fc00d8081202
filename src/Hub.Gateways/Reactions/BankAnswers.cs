using Hub.Domain.Payments.Bank;

namespace Hub.Gateways.Reactions;

/// <summary>Puts what a gateway answered into the words of the payment.</summary>
public static class BankAnswers
{
    /// <summary>The same answer, as the domain knows it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A gateway answer nobody taught it: a bug.</exception>
    public static BankAnswer ToDomain(this GatewayAnswer answer) => answer switch
    {
        GatewayAnswer.Authorized a => new BankAnswer.Authorized(a.BankId, a.Amount, a.CaptureBefore, a.ConfirmationDigest),
        GatewayAnswer.Declined d => new BankAnswer.Declined(d.Code),
        GatewayAnswer.ActionRequired a => new BankAnswer.ActionRequired(a.BankId, a.Url),
        GatewayAnswer.Prepared p => new BankAnswer.Prepared(p.BankId),
        GatewayAnswer.Cleared c => new BankAnswer.Cleared(c.BankId, c.Amount),
        GatewayAnswer.Returned r => new BankAnswer.Returned(r.BankId, r.Amount, r.Code),
        GatewayAnswer.DisputeAnswered => new BankAnswer.DisputeAnswered(),
        GatewayAnswer.Pending => new BankAnswer.Pending(null),
        GatewayAnswer.Captured c => new BankAnswer.Captured(c.BankId, c.Amount),
        GatewayAnswer.Voided v => new BankAnswer.Voided(v.BankId),
        GatewayAnswer.Refunded r => new BankAnswer.Refunded(r.BankId, r.Amount),
        GatewayAnswer.RefundPending r => new BankAnswer.Pending(r.BankId),
        GatewayAnswer.OperationFailed f => new BankAnswer.Failed(f.Code),
        GatewayAnswer.NotFound => new BankAnswer.NotFound(),
        GatewayAnswer.Unknown u => new BankAnswer.Unknown(u.Reason),
        GatewayAnswer.NeverReached n => new BankAnswer.NeverReached(n.Reason, IsFinal(n.Reason)),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer?.GetType().Name, "No such answer."),
    };

    // What is gone from the vault, or was never an id, is no better at the next try.
    private static bool IsFinal(string reason) => reason is NeverReachedReason.SecurityCodeMissing or NeverReachedReason.InstrumentMissing
        or NeverReachedReason.InstrumentUnreadable or NeverReachedReason.EvidenceErased or NeverReachedReason.BankIdUnusable;
}
