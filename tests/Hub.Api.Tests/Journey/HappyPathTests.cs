using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>The rig itself: a journey that goes well, so that what is refused elsewhere is refused for its own reason.</summary>
[Collection("journey")]
public sealed class HappyPathTests(JourneyHub hub)
{
    [Fact]
    public async Task A_confirmed_payment_is_captured()
    {
        var sale = await (await hub.Acme.SellAsync(await (await hub.Acme.NewPayerAsync()).VerifiedAsync())).ConfirmedAsync();

        Assert.Equal("succeeded", await sale.StatusAsync());
        Assert.Equal(4_990, (await sale.ReadAsync()).GetProperty("amount_captured").GetInt64());
    }
}
