using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.Http;
using Hub.Gateways.Routing;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Stripe;
using Hub.Gateways.Tests.SandboxBank;
using Hub.Gateways.Tests.Stripe;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Routing;

/// <summary>The router asks the gateways there are, as they are doing now.</summary>
public sealed class GatewayRouterTests : IDisposable
{
    private static readonly InstrumentRef Card = StripeFixture.Card;

    private readonly GatewayHealths _healths = new(new FakeTime());
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());
    private readonly GatewayDirectory _directory;
    private readonly GatewayRouter _router;

    public GatewayRouterTests()
    {
        _directory = new GatewayDirectory([StripeFixture.Gateway(_http), GatewayFixture.Gateway(_http)]);
        _router = new GatewayRouter(_directory, _healths, RoutingOptions.Default);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public void Without_rules_every_gateway_that_takes_it_follows_in_the_order_of_the_directory() =>
        Assert.Equal([StripeGateway.GatewayName, SandboxBankGateway.GatewayName], Plan(Card, Currency.Eur));

    [Fact]
    public void A_gateway_with_a_list_of_currencies_takes_only_those() => Assert.Equal([SandboxBankGateway.GatewayName], Plan(Card, Currency.Parse("ISK")));

    [Theory]
    [InlineData(InstrumentType.BankAccount)]
    [InlineData(InstrumentType.ECash)]
    [InlineData("e_cash")]
    public void What_no_gateway_takes_has_no_plan(string type) => Assert.Empty(Plan(Card with { Type = type }, Currency.Eur));

    [Fact]
    public void The_health_of_the_moment_counts()
    {
        _healths[StripeGateway.GatewayName].Opened(TimeSpan.FromSeconds(15));

        Assert.Equal([SandboxBankGateway.GatewayName, StripeGateway.GatewayName], Plan(Card, Currency.Eur));
        Assert.Equal("has not answered lately: tried last", _router.Plan(Card, new Amount(1, Currency.Eur), "mer_1", CaptureMode.Automatic)[1].Reason);
    }

    [Fact]
    public void Wrong_rules_are_refused_at_the_start()
    {
        var rules = RoutingOptions.Default with { Rules = [new RoutingRule("", RoutingEffect.Only, ["stripe"])] };

        Assert.Equal("options", Assert.Throws<ArgumentException>(() => new GatewayRouter(_directory, _healths, rules)).ParamName);
    }

    private IEnumerable<string> Plan(InstrumentRef instrument, Currency currency) =>
        _router.Plan(instrument, new Amount(1, currency), "mer_1", CaptureMode.Automatic).Select(choice => choice.Gateway);
}
