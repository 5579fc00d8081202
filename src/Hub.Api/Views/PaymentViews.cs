using Hub.Domain.Payments;
using Hub.Gateways.Routing;

namespace Hub.Api.Views;

/// <summary>Makes the view of a payment, with what it can be paid with.</summary>
public sealed class PaymentViews(InstrumentOffers offers)
{
    /// <summary>The view of a state.</summary>
    /// <param name="payment">The state.</param>
    /// <param name="version">Its version.</param>
    public PaymentView Of(Payment payment, long version)
    {
        ArgumentNullException.ThrowIfNull(payment);

        // Once it has ended, or money was taken, no instrument is asked for any more.
        var open = payment.Ended is null && payment.CapturedOrInFlight == 0;
        return PaymentView.Of(payment, version, open ? [.. offers.For(payment.Grant.Amount, payment.Grant.Merchant, payment.Mode)] : []);
    }
}
