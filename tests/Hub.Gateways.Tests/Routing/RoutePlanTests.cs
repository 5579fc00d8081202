using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.Http;
using Hub.Gateways.Routing;

namespace Hub.Gateways.Tests.Routing;

/// <summary>The plan is a function of rules, capabilities, standings and question: each test is one row of that table.</summary>
public sealed class RoutePlanTests
{
    private static readonly GatewayCapabilities Everything = new(
        [InstrumentType.Card, InstrumentType.WalletCard], null, Hold: true, PartialCapture: true, MultiCapture: true, Void: true, Refund: true, Query: true, Webhook: true, TimeSpan.FromHours(24));

    private static readonly RoutingQuery Card50 = new(InstrumentType.Card, "visa", new Amount(50_00, Currency.Eur), "mer_books");

    private static readonly RoutingCandidate[] Three = [Well("a"), Well("b"), Well("c")];

    public static TheoryData<string, RoutingRule, string> Rules => new()
    {
        { "a rule without limits", Rule(RoutingEffect.Prefer, "c"), "c a b" },
        { "the order named", Rule(RoutingEffect.Prefer, "c", "b"), "c b a" },
        { "only", Rule(RoutingEffect.Only, "b"), "b" },
        { "only, in the usual order", Rule(RoutingEffect.Only, "c", "a"), "a c" },
        { "never", Rule(RoutingEffect.Never, "a"), "b c" },
        { "nobody is left", Rule(RoutingEffect.Never, "a", "b", "c"), "" },
        { "the instrument", Rule(RoutingEffect.Only, "b") with { Instruments = [InstrumentType.Card] }, "b" },
        { "another instrument", Rule(RoutingEffect.Only, "b") with { Instruments = [InstrumentType.BankAccount] }, "a b c" },
        { "the currency", Rule(RoutingEffect.Only, "b") with { Currencies = ["USD", "EUR"] }, "b" },
        { "another currency", Rule(RoutingEffect.Only, "b") with { Currencies = ["USD"] }, "a b c" },
        { "the merchant", Rule(RoutingEffect.Only, "b") with { Merchants = ["mer_books"] }, "b" },
        { "another merchant", Rule(RoutingEffect.Only, "b") with { Merchants = ["mer_toys"] }, "a b c" },
        { "the scheme", Rule(RoutingEffect.Only, "b") with { Banks = ["visa"] }, "b" },
        { "another bank", Rule(RoutingEffect.Only, "b") with { Banks = ["Visa"] }, "a b c" },
        { "all limits at once", Rule(RoutingEffect.Only, "b") with { Currencies = ["EUR"], Banks = ["amex"] }, "a b c" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_applies_where_all_that_it_names_fits(string what, RoutingRule rule, string expected) =>
        Assert.True(expected == Order(Options(rule), Three, Card50), what);

    [Theory]
    [InlineData(50_01, null, "a b c")]
    [InlineData(50_00, null, "b")]
    [InlineData(49_99, null, "b")]
    [InlineData(null, 49_99, "a b c")]
    [InlineData(null, 50_00, "b")]
    [InlineData(null, 50_01, "b")]
    [InlineData(50_00, 50_00, "b")]
    public void Both_ends_of_an_amount_belong_to_it(int? min, int? max, string expected) =>
        Assert.Equal(expected, Order(Options(Rule(RoutingEffect.Only, "b") with { Currencies = ["EUR"], MinMinor = min, MaxMinor = max }), Three, Card50));

    [Fact]
    public void Never_goes_before_only_and_only_before_prefer()
    {
        var options = Options(Named("x", RoutingEffect.Prefer, "a", "c"), Named("y", RoutingEffect.Only, "a", "b", "c"), Named("z", RoutingEffect.Never, "a"));

        Assert.Equal("c b", Order(options, Three, Card50));
        Assert.Equal("", Order(Options(Named("x", RoutingEffect.Only, "a"), Named("y", RoutingEffect.Only, "b")), Three, Card50));
        Assert.Equal("c b a", Order(Options(Named("x", RoutingEffect.Prefer, "c"), Named("y", RoutingEffect.Prefer, "b", "c")), Three, Card50));
    }

    [Fact]
    public void Only_a_gateway_that_takes_the_instrument_in_the_currency_is_asked()
    {
        RoutingCandidate[] some = [Well("a") with { Capabilities = Everything with { Instruments = [InstrumentType.BankAccount] } }, Well("b") with { Capabilities = Everything with { Currencies = [Currency.Usd] } }, Well("c")];

        Assert.Equal("c", Order(RoutingOptions.Default, some, Card50));
        Assert.Equal("b c", Order(RoutingOptions.Default, some, Card50 with { Amount = new Amount(1, Currency.Usd) }));
        Assert.Equal("", Order(RoutingOptions.Default, some, Card50 with { InstrumentType = InstrumentType.ECash }));
    }

    /// <summary>A merchant who captures may do so in parts; a rule's wish still goes before.</summary>
    [Theory]
    [InlineData(CaptureMode.Automatic, "a b c", "b a c")]
    [InlineData(CaptureMode.Manual, "c a b", "b c a")]
    public void Where_the_merchant_captures_who_takes_from_a_hold_more_than_once_comes_first(CaptureMode mode, string expected, string preferred)
    {
        var once = Everything with { MultiCapture = false };
        RoutingCandidate[] some = [Well("a") with { Capabilities = once }, Well("b") with { Capabilities = once }, Well("c")];

        Assert.Equal(expected, Order(RoutingOptions.Default, some, Card50 with { Mode = mode }));
        Assert.Equal(preferred, Order(Options(Rule(RoutingEffect.Prefer, "b")), some, Card50 with { Mode = mode }));
    }

    [Theory]
    [InlineData(50_00, "b a")]
    [InlineData(20_01, "b a")]
    [InlineData(20_00, "a b")]
    [InlineData(19_99, "a b")]
    public void The_cheaper_one_comes_first_and_a_tie_keeps_the_order(long minor, string expected)
    {
        var options = RoutingOptions.Default with { Costs = new Dictionary<string, GatewayCost> { ["a"] = new(150, 0), ["b"] = new(25, 25) } };

        Assert.Equal(expected, Order(options, [Well("a"), Well("b")], Card50 with { Amount = new Amount(minor, Currency.Eur) }));
    }

    // With 500 basis points for a failure, ten percent of them weigh as much as half a percent of cost.
    [Theory]
    [InlineData(9_100, "a b")]
    [InlineData(9_000, "a b")]
    [InlineData(8_900, "b a")]
    public void A_gateway_that_leaves_calls_without_an_answer_must_be_cheaper_by_what_they_cost(int answered, string expected)
    {
        var options = RoutingOptions.Default with { Costs = new Dictionary<string, GatewayCost> { ["a"] = new(100, 0), ["b"] = new(150, 0) } };

        Assert.Equal(expected, Order(options, [new RoutingCandidate("a", Everything, new GatewayStanding(false, answered)), Well("b")], Card50));
        Assert.Equal("a b", Order(options with { FailureBasisPoints = 0 }, [new RoutingCandidate("a", Everything, new GatewayStanding(false, answered)), Well("b")], Card50));
    }

    [Theory]
    [InlineData(9_901, "a b")]
    [InlineData(9_900, "b a")]
    public void Less_than_one_call_in_a_hundred_turns_nothing_about(int answered, string expected) =>
        Assert.Equal(expected, Order(RoutingOptions.Default, [new RoutingCandidate("a", Everything, new GatewayStanding(false, answered)), Well("b")], Card50));

    [Fact]
    public void An_open_circuit_is_last_whatever_the_rules_prefer_and_still_there_when_it_is_the_only_one()
    {
        var open = new RoutingCandidate("a", Everything, new GatewayStanding(true, 5_000));

        Assert.Equal("b a", Order(Options(Rule(RoutingEffect.Prefer, "a")), [open, Well("b")], Card50));
        var choice = Assert.Single(RoutePlan.Make(Options(Rule(RoutingEffect.Only, "a")), [open, Well("b")], Card50));
        Assert.Equal("has not answered lately: tried last", choice.Reason);
    }

    [Fact]
    public void The_configured_order_decides_where_all_else_is_equal()
    {
        Assert.Equal("a b c", Order(RoutingOptions.Default, Three, Card50));
        Assert.Equal("c a b", Order(RoutingOptions.Default with { Order = ["c"] }, Three, Card50));
        Assert.Equal("b c a", Order(RoutingOptions.Default with { Order = ["b", "c"] }, Three, Card50));
    }

    [Fact]
    public void Every_choice_says_why_and_carries_what_the_gateway_declared()
    {
        var options = Options(Named("visa-eu", RoutingEffect.Prefer, "b")) with { Costs = new Dictionary<string, GatewayCost> { ["b"] = new(29, 25) } };

        var plan = RoutePlan.Make(options, [Well("a"), new RoutingCandidate("b", Everything with { MultiCapture = false }, new GatewayStanding(false, 9_876))], Card50);

        Assert.Equal("preferred by rule visa-eu; costs EUR 0.40, answers 98.7 %", plan[0].Reason);
        Assert.Equal("by cost, answers and order; answers 100.0 %", plan[1].Reason);
        Assert.Equal((false, true), (plan[0].Terms.MultiCapture, plan[1].Terms.MultiCapture));
        Assert.Equal("allowed by rule visa-eu; answers 100.0 %", RoutePlan.Make(Options(Named("visa-eu", RoutingEffect.Only, "a")), Three, Card50)[0].Reason);
        Assert.Equal("the only one that takes it; answers 100.0 %", RoutePlan.Make(RoutingOptions.Default, [Well("a")], Card50)[0].Reason);
    }

    [Fact]
    public void The_largest_amount_at_the_highest_cost_and_the_longest_reason_fit()
    {
        var options = Options(Named(new string('r', 40), RoutingEffect.Prefer, "a")) with
        {
            Costs = new Dictionary<string, GatewayCost> { ["a"] = new(10_000, Amount.MaxMinor) },
            FailureBasisPoints = 10_000,
        };

        var choice = Assert.Single(RoutePlan.Make(options, [new RoutingCandidate("a", Everything, new GatewayStanding(false, 0))], Card50 with { Amount = new Amount(Amount.MaxMinor, Currency.Eur) }));

        Assert.Equal($"preferred by rule {new string('r', 40)}; costs EUR 19999999999.98, answers 0.0 %", choice.Reason);
        Assert.True(choice.Reason.Length <= 200);
    }

    [Fact]
    public void The_same_question_has_the_same_answer() =>
        Assert.Equal(RoutePlan.Make(RoutingOptions.Default, Three, Card50), RoutePlan.Make(RoutingOptions.Default, Three, Card50));

    private static RoutingCandidate Well(string name) => new(name, Everything, GatewayStanding.Unknown);

    private static RoutingOptions Options(params RoutingRule[] rules) => RoutingOptions.Default with { Rules = rules };

    private static RoutingRule Rule(RoutingEffect effect, params string[] gateways) => Named("rule", effect, gateways);

    private static RoutingRule Named(string name, RoutingEffect effect, params string[] gateways) => new(name, effect, gateways.ToEquatableArray());

    private static string Order(RoutingOptions options, RoutingCandidate[] candidates, RoutingQuery query) => string.Join(' ', RoutePlan.Make(options, candidates, query).Select(choice => choice.Gateway));
}
