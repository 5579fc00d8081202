using Hub.Actors;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.Stripe;
using Hub.Gateways.Tests.Reactions;
using Hub.Gateways.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.Tests.Stripe;

public sealed class MoneyTests
{
    // Stripe's documentation, "Supported currencies": what it counts in whole units, of those the hub knows.
    private static readonly string[] ZeroDecimal = ["CLP", "JPY", "KRW", "VND"];

    [Fact]
    public void Stripe_and_the_hub_count_every_currency_it_takes_in_the_same_unit() =>
        Assert.All(StripeMoney.Currencies, currency => Assert.Equal(ZeroDecimal.Contains(currency.Code) ? 0 : 2, currency.Decimals));

    [Theory]
    [InlineData("ISK")]
    [InlineData("BHD")]
    [InlineData("JOD")]
    [InlineData("KWD")]
    [InlineData("OMR")]
    [InlineData("TND")]
    public void A_currency_that_Stripe_counts_otherwise_is_not_taken(string code)
    {
        Assert.DoesNotContain(Currency.Parse(code), StripeMoney.Currencies);
        Assert.Null(StripeMoney.Read(1, code));
    }

    [Theory]
    [InlineData("eur", "EUR")]
    [InlineData("jpy", "JPY")]
    public void A_currency_is_written_small(string stripes, string hubs)
    {
        Assert.Equal(stripes, StripeMoney.Code(Currency.Parse(hubs)));
        Assert.Equal(new Amount(5, Currency.Parse(hubs)), StripeMoney.Read(5, stripes));
    }

    [Fact]
    public void Stripe_is_there_when_it_is_set_up_and_not_otherwise()
    {
        using var folder = new TempFolder();
        using var with = Services(folder, StripeFixture.Options(new Uri("http://stripe.invalid")));
        using var without = Services(folder, null);

        Assert.Equal(StripeGateway.GatewayName, with.GetRequiredService<GatewayDirectory>().Find("stripe")!.Name);
        Assert.Equal(StripeGateway.GatewayName, Assert.Single(with.GetServices<IBankWebhooks>()).Gateway);
        Assert.Equal([InstrumentType.Card, InstrumentType.WalletCard], with.GetRequiredService<GatewayDirectory>().Find("stripe")!.Capabilities.Instruments);
        Assert.Null(without.GetRequiredService<GatewayDirectory>().Find("stripe"));
    }

    private static ServiceProvider Services(TempFolder folder, StripeOptions? stripe) => new ServiceCollection()
        .AddSingleton<TimeProvider>(new FakeTime())
        .AddSingleton<IActors, OnePayment>()
        .AddSingleton<ILoggerFactory, LoggerFactory>()
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddGateways(new GatewayOptions { DataFolder = folder.File("data"), Sandbox = true, Stripe = stripe })
        .BuildServiceProvider();
}
