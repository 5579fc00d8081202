using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.Routing;

namespace Hub.Gateways.Tests.Routing;

public sealed class RoutingOptionsTests
{
    private static readonly RoutingRule Good = new("good", RoutingEffect.Only, ["stripe"]);

    public static TheoryData<RoutingOptions, string> Wrong => new()
    {
        { new() { Order = ["visa"] }, "Gateways:Routing:Order names 'visa', and the gateways set up are stripe, sandbox." },
        { new() { Order = ["stripe", "stripe"] }, "Gateways:Routing:Order names a gateway twice." },
        { new() { FailureBasisPoints = 10_001 }, "Gateways:Routing:FailureBasisPoints is 10001" },
        { new() { FailureBasisPoints = -1 }, "Gateways:Routing:FailureBasisPoints is -1" },
        { Costs("visa", 1, 1), "Gateways:Routing:Costs names 'visa'" },
        { Costs("stripe", 10_001, 1), "Gateways:Routing:Costs:stripe:BasisPoints is 10001" },
        { Costs("stripe", 1, -1), "Gateways:Routing:Costs:stripe:FixedMinor is -1" },
        { Rules(Good with { Name = "" }), "Gateways:Routing:Rules:0 needs a Name" },
        { Rules(Good with { Name = new string('n', 41) }), "Gateways:Routing:Rules:0 needs a Name" },
        { Rules(Good with { Name = "a b" }), "Gateways:Routing:Rules:0 needs a Name" },
        { Rules(Good with { Gateways = [] }), "Gateways:Routing:Rules:0 names no gateway" },
        { Rules(Good with { Gateways = ["visa"] }), "Gateways:Routing:Rules:0 names the gateway 'visa'" },
        { Rules(Good with { Instruments = ["cards"] }), "Gateways:Routing:Rules:0 names the instrument 'cards'" },
        { Rules(Good with { Currencies = ["eur"] }), "Gateways:Routing:Rules:0 names the currency 'eur'" },
        { Rules(Good with { MinMinor = 1 }), "Gateways:Routing:Rules:0 has an amount, so it must name one currency" },
        { Rules(Good with { MaxMinor = 1, Currencies = ["EUR", "USD"] }), "Gateways:Routing:Rules:0 has an amount, so it must name one currency" },
        { Rules(Good with { MinMinor = -1, Currencies = ["EUR"] }), "Gateways:Routing:Rules:0 has an amount below zero" },
        { Rules(Good with { MinMinor = 2, MaxMinor = 1, Currencies = ["EUR"] }), "Gateways:Routing:Rules:0 has a MinMinor above its MaxMinor" },
        { Rules(Good, Good), "Gateways:Routing:Rules:1 has the name 'good', as another rule has." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_meant_is_named_at_the_start(RoutingOptions options, string expected)
    {
        Assert.StartsWith(expected, options.Problem(["stripe", "sandbox"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_meant_passes()
    {
        Assert.Null(RoutingOptions.Default.Problem([]));
        Assert.Null(new RoutingOptions
        {
            Order = ["sandbox"],
            Costs = new Dictionary<string, GatewayCost> { ["stripe"] = new(10_000, Amount.MaxMinor) },
            Rules = [Good with { MinMinor = 1, MaxMinor = 1, Currencies = ["EUR"], Instruments = [InstrumentType.ECheck] }, Good with { Name = "b" }],
        }.Problem(["stripe", "sandbox"]));
    }

    private static RoutingOptions Rules(params RoutingRule[] rules) => RoutingOptions.Default with { Rules = rules };

    private static RoutingOptions Costs(string gateway, int basisPoints, long fixedMinor) =>
        RoutingOptions.Default with { Costs = new Dictionary<string, GatewayCost> { [gateway] = new(basisPoints, fixedMinor) } };
}
