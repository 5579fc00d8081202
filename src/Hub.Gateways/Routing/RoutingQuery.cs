using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.Http;

namespace Hub.Gateways.Routing;

/// <summary>What is to be routed.</summary>
/// <param name="InstrumentType">Such as <c>card</c>.</param>
/// <param name="Bank">The bank of an account, or the scheme of a card; empty where there is none.</param>
/// <param name="Amount">How much.</param>
/// <param name="Merchant">Whose payment, <c>mer_…</c>.</param>
public sealed record RoutingQuery(string InstrumentType, string Bank, Amount Amount, string Merchant)
{
    /// <summary>Who captures: a merchant may do so in parts.</summary>
    public CaptureMode Mode { get; init; }
}

/// <summary>One gateway, as the routing sees it at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Capabilities">What it declares.</param>
/// <param name="Standing">How it is doing.</param>
public sealed record RoutingCandidate(string Name, GatewayCapabilities Capabilities, GatewayStanding Standing);

/// <summary>What a gateway takes for one payment.</summary>
/// <param name="BasisPoints">Of the amount, in hundredths of a percent; 0 to 10,000.</param>
/// <param name="FixedMinor">On top, in minor units of the payment's currency, whichever that is; 0 or more.</param>
public sealed record GatewayCost(int BasisPoints, long FixedMinor)
{
    /// <summary>Of a gateway whose cost nobody declared.</summary>
    public static GatewayCost None { get; } = new(0, 0);

    /// <summary>The cost of an amount, in ten-thousandths of a minor unit: nothing is rounded.</summary>
    internal Int128 Of(Amount amount) => ((Int128)amount.Minor * BasisPoints) + ((Int128)FixedMinor * 10_000);
}
