using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.ECash;

namespace Hub.Gateways.Tests.ECash;

/// <summary>Stored value moves for the payment's own customer, whatever a bank id says (invariant 22).</summary>
[Trait("Invariant", "22")]
public sealed class ECashGatewayTests
{
    private const string Hold = "att_1_1/authorize";

    private static readonly Amount Eur20 = new(20_00, Currency.Eur);

    private readonly Customers _customers = new();
    private readonly ECashGateway _gateway;

    public ECashGatewayTests()
    {
        _customers.Add("cus_1", 50_00);
        _customers.Add("cus_12", 50_00);
        _gateway = new ECashGateway(_customers);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payment_takes_and_gives_back_what_its_own_customer_holds()
    {
        var held = Assert.IsType<GatewayAnswer.Authorized>(await AuthorizeAsync("cus_1"));
        var taken = Assert.IsType<GatewayAnswer.Captured>(await _gateway.CaptureAsync(Capture(held.BankId, "cus_1"), Cancel));
        Assert.Equal(30_00, _customers.Available("cus_1"));

        var refunded = await _gateway.RefundAsync(new RefundOrder("ref_1_1/refund", "r", taken.BankId, Eur20, "Shop", "cus_1"), Cancel);

        Assert.Equal(new GatewayAnswer.Refunded("cus_1:ref_1_1/refund", Eur20), refunded);
        Assert.Equal((50_00, 50_00), (_customers.Available("cus_1"), _customers.Available("cus_12")));
    }

    [Theory]
    [InlineData("cus_1:att_1_1/authorize", "cus_12")]
    [InlineData("cus_12:att_1_1/authorize", "cus_1")]
    [InlineData("att_1_1/authorize", "cus_1")]
    [InlineData(":att_1_1/authorize", "cus_1")]
    [InlineData("cus_1", "cus_1")]
    [InlineData("", "cus_1")]
    public async Task An_id_that_is_not_of_the_payments_customer_moves_nobodys_money(string bankId, string customer)
    {
        await AuthorizeAsync("cus_1");
        await AuthorizeAsync("cus_12");
        _customers.Asked.Clear();
        var refused = new GatewayAnswer.OperationFailed("not_authorized");

        Assert.Equal(refused, await _gateway.CaptureAsync(Capture(bankId, customer), Cancel));
        Assert.Equal(refused, await _gateway.VoidAsync(new VoidOrder("att_1_1/void", "r", bankId, customer), Cancel));
        Assert.Equal(refused, await _gateway.RefundAsync(new RefundOrder("ref_1_1/refund", "r", bankId, Eur20, "Shop", customer), Cancel));

        Assert.Empty(_customers.Asked);
        Assert.Equal((30_00, 30_00), (_customers.Available("cus_1"), _customers.Available("cus_12")));
    }

    [Theory]
    [InlineData("cus_1", true)]
    [InlineData("cus_12", false)]
    public async Task A_release_is_found_under_the_customer_it_was_for(string customer, bool found)
    {
        await AuthorizeAsync("cus_1");
        await _gateway.VoidAsync(new VoidOrder("att_1_1/void", "r", $"cus_1:{Hold}", "cus_1"), Cancel);

        var answer = await _gateway.QueryAsync(new QueryOrder(BankOperationKind.Void, "att_1_1/void", "r", $"cus_1:{Hold}", "Shop", customer), Cancel);

        Assert.Equal(found ? new GatewayAnswer.Voided("cus_1:att_1_1/void") : new GatewayAnswer.NotFound(), answer);
    }

    private Task<GatewayAnswer> AuthorizeAsync(string customer) => _gateway.AuthorizeAsync(
        new AuthorizeOrder(Hold, "r", Eur20, new InstrumentRef("ins_1e", InstrumentType.ECash, "ecash", "", 0, 0), null, "Shop", customer), Cancel);

    private static CaptureOrder Capture(string bankId, string customer) => new("cap_1_1/capture", "r", bankId, Eur20, Final: true, "Shop", customer);
}
