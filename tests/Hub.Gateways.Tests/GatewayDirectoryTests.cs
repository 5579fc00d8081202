using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateways.Tests;

public sealed class GatewayDirectoryTests
{
    private readonly SandboxBankGateway _bank = new(
        new HttpMessageInvoker(new SocketsHttpHandler()),
        new FakeCardVault(),
        new SandboxBankOptions { BaseAddress = new Uri("http://localhost:1"), ApiKey = "key", WebhookSecrets = [] },
        NullLogger<SandboxBankGateway>.Instance);

    [Fact]
    public void A_gateway_is_found_by_its_name()
    {
        var directory = new GatewayDirectory([_bank]);

        Assert.Same(_bank, directory.Find("sandbox"));
        Assert.Null(directory.Find("other"));
    }

    [Fact]
    public void Two_gateways_never_share_a_name() => Assert.Throws<ArgumentException>(() => new GatewayDirectory([_bank, _bank]));

    [Fact]
    public void A_gateway_with_a_list_of_currencies_takes_only_those()
    {
        var euroOnly = _bank.Capabilities with { Currencies = [Currency.Eur] };

        Assert.True(euroOnly.Takes(InstrumentType.Card, Currency.Eur));
        Assert.False(euroOnly.Takes(InstrumentType.Card, Currency.Usd));
    }
}
