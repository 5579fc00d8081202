using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.Http;
using Hub.Gateways.Routing;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Routing;

/// <summary>What a payment is said to take is what the router would then route.</summary>
public sealed class InstrumentOffersTests
{
    private static readonly IGateway[] Gateways =
    [
        new Declared("cards", hold: true, null, InstrumentType.Card, InstrumentType.WalletCard),
        new Declared("banks", hold: false, [Currency.Eur], InstrumentType.BankAccount),
        new Declared("debits", hold: false, [Currency.Eur], InstrumentType.ECheck),
        new Declared("value", hold: true, null, InstrumentType.ECash),
    ];

    private static readonly RoutingRule Never = new("never", RoutingEffect.Never, ["cards"]);

    public static TheoryData<string, RoutingRule?, string, CaptureMode, long, string> Rows => new()
    {
        { "everything", null, "EUR", CaptureMode.Automatic, 50_00, "card wallet_card bank_account ecash echeck" },
        { "another currency", null, "USD", CaptureMode.Automatic, 50_00, "card wallet_card ecash" },
        { "what cannot wait", null, "EUR", CaptureMode.Manual, 50_00, "card wallet_card ecash" },
        { "one sort is barred", Never with { Instruments = [InstrumentType.WalletCard] }, "EUR", CaptureMode.Manual, 50_00, "card ecash" },
        { "for somebody else", Never with { Merchants = ["mer_toys"] }, "EUR", CaptureMode.Manual, 50_00, "card wallet_card ecash" },
        { "for this merchant", Never with { Merchants = ["mer_books"] }, "EUR", CaptureMode.Manual, 50_00, "ecash" },
        { "one scheme of four", Never with { Banks = ["visa"] }, "EUR", CaptureMode.Manual, 50_00, "card wallet_card ecash" },
        { "all four", Never with { Banks = ["visa", "mastercard", "amex", "unionpay"] }, "EUR", CaptureMode.Manual, 50_00, "ecash" },
        { "below the limit", Never with { Currencies = ["EUR"], MinMinor = 50_01 }, "EUR", CaptureMode.Manual, 50_00, "card wallet_card ecash" },
        { "at the limit", Never with { Currencies = ["EUR"], MinMinor = 50_00 }, "EUR", CaptureMode.Manual, 50_00, "ecash" },
        { "above the limit", Never with { Currencies = ["EUR"], MinMinor = 49_99 }, "EUR", CaptureMode.Manual, 50_00, "ecash" },
        { "one only", new RoutingRule("only", RoutingEffect.Only, ["banks"]), "EUR", CaptureMode.Automatic, 50_00, "bank_account" },
        { "a preference bars nobody", new RoutingRule("prefer", RoutingEffect.Prefer, ["banks"]), "EUR", CaptureMode.Manual, 50_00, "card wallet_card ecash" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_type_is_offered_where_the_router_would_find_a_bank_for_it(string what, RoutingRule? rule, string currency, CaptureMode mode, long minor, string expected)
    {
        var (directory, options) = (new GatewayDirectory(Gateways), RoutingOptions.Default with { Rules = rule is null ? [] : [rule] });
        var router = new GatewayRouter(directory, new GatewayHealths(TimeProvider.System), options);
        Assert.True(Currency.TryParse(currency, out var known));
        var amount = new Amount(minor, known);

        var offered = new InstrumentOffers(directory, options).For(amount, "mer_books", mode);

        Assert.True(expected == string.Join(' ', offered), $"{what}: {string.Join(' ', offered)}");
        foreach (var type in Gateways.SelectMany(gateway => gateway.Capabilities.Instruments))
        {
            string[] brands = type is InstrumentType.Card or InstrumentType.WalletCard ? ["visa", "mastercard", "amex", "unionpay"] : type is InstrumentType.BankAccount ? ["aster", "dogwood"] : [""];
            var routed = brands.SelectMany(brand => router.Plan(new InstrumentRef("ins_1", type, brand, "", 12, 2040), amount, "mer_books", CaptureMode.Automatic));
            Assert.True(routed.Any(choice => mode is CaptureMode.Automatic || choice.Terms.Hold) == offered.Contains(type), $"{what}: {type}");
        }
    }

    /// <summary>A gateway that declares what it takes, and is asked for nothing else here.</summary>
    private sealed class Declared(string name, bool hold, EquatableArray<Currency>? currencies, params string[] instruments) : StubGateway
    {
        public override string Name => name;

        public override GatewayCapabilities Capabilities { get; } = new(
            instruments.ToEquatableArray(), currencies, hold, PartialCapture: true, MultiCapture: true, Void: true, Refund: true, Query: true, Webhook: true, TimeSpan.MaxValue);
    }
}
