using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.Cards;
using Hub.Gateways.SandboxBank;

namespace Hub.Gateways.Routing;

/// <summary>Which sorts of instruments a payment can be paid with, as <see cref="GatewayRouter"/> would then route them.</summary>
/// <param name="gateways">Every gateway.</param>
/// <param name="options">The rules.</param>
public sealed class InstrumentOffers(GatewayDirectory gateways, RoutingOptions options)
{
    private static readonly string[] Schemes = [.. Enum.GetValues<CardBrand>().Select(brand => brand.Code())];
    private static readonly string[] Banks = [.. NetBanks.All.Select(bank => bank.Id)];

    // Stored value has no bank, and an e-check's is known once the account was typed.
    private static readonly string[] Unknown = [""];

    private static readonly (string Type, string[] Brands)[] All =
    [
        (InstrumentType.Card, Schemes), (InstrumentType.WalletCard, Schemes), (InstrumentType.BankAccount, Banks), (InstrumentType.ECash, Unknown), (InstrumentType.ECheck, Unknown),
    ];

    /// <summary>The types some configured gateway takes, whichever scheme or bank they are of.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="merchant">Whose payment, <c>mer_…</c>.</param>
    /// <param name="mode">Money that moves at once cannot wait for a merchant who captures.</param>
    /// <returns>Names of <see cref="InstrumentType"/>, always in the same order; empty where nobody takes anything.</returns>
    public EquatableArray<string> For(Amount amount, string merchant, CaptureMode mode) =>
        All.Where(one => Array.Exists(one.Brands, brand => IsTaken(new RoutingQuery(one.Type, brand, amount, merchant) { Mode = mode }))).Select(one => one.Type).ToEquatableArray();

    private bool IsTaken(RoutingQuery query) => gateways.InOrder.Any(gateway =>
        gateway.Capabilities.Takes(query.InstrumentType, query.Amount.Currency)
        && (query.Mode is not CaptureMode.Manual || gateway.Capabilities.Hold)
        && RoutePlan.Admits(options, gateway.Name, query));
}
