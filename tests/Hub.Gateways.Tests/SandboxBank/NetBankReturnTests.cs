using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>The browser carries the customer's answer; only what the bank signed, just now and for this payment, counts (invariants 12, 13, 15).</summary>
public sealed class NetBankReturnTests : IDisposable
{
    private static readonly TransferStatement Paid = new(
        NetBankGateway.GatewayName, TransferStatement.Captured, "att_1_1/authorize", "bno_1", 4990, "EUR", GatewayFixture.Payee, FakeTime.Noon);

    private readonly FakeTime _time = new();
    private readonly Signer _bank = new();

    public void Dispose() => _bank.Dispose();

    [Fact]
    public void A_signed_return_is_a_report_and_the_same_one_every_time()
    {
        var report = Assert.IsType<BankReturn.Reported>(Read(Paid)).Report;
        Assert.Equal(
            new BankReport("return/bno_1/captured", BankOperationKind.Authorize, "att_1_1/authorize", "pay_1/att_1_1/authorize", new GatewayAnswer.Captured("bno_1", new Amount(4990, Currency.Eur)), FakeTime.Noon)
            {
                Payee = GatewayFixture.Payee,
            },
            report);
        Assert.Equal(report, Assert.IsType<BankReturn.Reported>(Read(Paid)).Report);
        Assert.Equal(new GatewayAnswer.Declined("customer_denied"), Assert.IsType<BankReturn.Reported>(Read(Paid with { Kind = TransferStatement.Declined })).Report.Answer);
    }

    [Theory]
    [InlineData("bank_key", "att_1_2/authorize")]
    [InlineData("bank_kind", "declined")]
    [InlineData("bank_order", "bno_2")]
    [InlineData("bank_amount", "4991")]
    [InlineData("bank_currency", "USD")]
    [InlineData("bank_payee", "Red Bottle Books")]
    [InlineData("bank_at", "1774958400001")]
    [InlineData("bank_signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bank_signature", "short")]
    [InlineData("bank_signature", null)]
    public void A_changed_word_is_a_forgery(string name, string? value) =>
        Assert.Equal(new BankReturn.Refused(ReturnFault.Forged), Read(Paid, query => query[name] = value));

    [Theory]
    [InlineData("bank_key")]
    [InlineData("bank_kind")]
    [InlineData("bank_order")]
    [InlineData("bank_amount")]
    [InlineData("bank_currency")]
    [InlineData("bank_payee")]
    [InlineData("bank_at")]
    public void A_missing_word_is_malformed(string name) =>
        Assert.Equal(new BankReturn.Refused(ReturnFault.Malformed), Read(Paid, query => query.Remove(name)));

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_return_is_from_now_or_it_is_old(int seconds, bool taken)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(taken, Read(Paid) is BankReturn.Reported);
        Assert.Equal(!taken, Read(Paid) == new BankReturn.Refused(ReturnFault.Old));
    }

    [Theory]
    [InlineData("pay_2")]
    [InlineData("pay_")]
    [InlineData("pay_11")]
    public void A_return_to_another_payments_page_is_refused(string payment) =>
        Assert.Equal(new BankReturn.Refused(ReturnFault.OtherPayment), Read(Paid, payment: payment));

    [Fact]
    public void A_return_signed_for_another_bank_or_by_another_is_a_forgery()
    {
        Assert.Equal(new BankReturn.Refused(ReturnFault.Forged), Read(Paid with { Bank = "sandbox_other" }));
        using var stranger = new Signer();
        Assert.Equal(new BankReturn.Refused(ReturnFault.Forged), Read(Paid, query => query["bank_signature"] = stranger.Sign(Paid)));
    }

    private BankReturn Read(TransferStatement said, Action<Dictionary<string, string?>>? change = null, string payment = "pay_1")
    {
        var query = NetBankReturn.Write(said, _bank.Sign(said)).ToDictionary(p => p.Key, p => (string?)p.Value, StringComparer.Ordinal);
        change?.Invoke(query);
        var options = GatewayFixture.Options(new Uri("http://bank.invalid")) with { Name = NetBankGateway.GatewayName, PublicKeys = [_bank.PublicKey] };
        return new NetBankReturn(options, _time).Read(query.GetValueOrDefault, payment);
    }
}
