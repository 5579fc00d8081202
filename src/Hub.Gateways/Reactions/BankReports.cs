using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Domain.Payments;

namespace Hub.Gateways.Reactions;

/// <summary>What banks report unasked, held to what the hub knows.</summary>
public static class BankReports
{
    /// <summary>A report as far as it is about the payment it names: money for another payee than the payment's is none of its money.</summary>
    /// <param name="actors">The way to the payment.</param>
    /// <param name="report">Authenticated, and perhaps about a payment this hub does not know.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>The report; with <see cref="UnknownReason.SignatureInvalid"/> for its answer where the bank signed another payee.</returns>
    public static async Task<BankReport> AsAskedAsync(this IActors actors, BankReport report, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actors);
        ArgumentNullException.ThrowIfNull(report);
        if (report.Payee is not { } payee || Payment.IdOfPart(report.IdempotencyKey) is not { } id) return report;
        return await actors.FindAsync<Payment>(HubKinds.Payment[id], atLeast: 0, cancel) is { } payment && payment.Grant.Payee != payee
            ? report with { Answer = new GatewayAnswer.Unknown(UnknownReason.SignatureInvalid) }
            : report;
    }
}
