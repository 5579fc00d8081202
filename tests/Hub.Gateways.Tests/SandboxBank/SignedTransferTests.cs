using System.Text;
using Hub.Domain.Money;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>Where the bank promised to sign what it says of money, nothing else makes a success.</summary>
public sealed class SignedTransferTests : IDisposable
{
    private static readonly GatewayAnswer Captured = new GatewayAnswer.Captured("bca_1", new Amount(4990, Currency.Eur));
    private static readonly GatewayAnswer Invalid = new GatewayAnswer.Unknown(UnknownReason.SignatureInvalid);

    private readonly Signer _current = new();
    private readonly Signer _next = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _current.Dispose();
        _next.Dispose();
    }

    [Fact]
    public void What_is_signed_never_changes_its_shape() => Assert.Equal(
        "omnihub.bank.transfer.1\n7:sandbox\n7:capture\n5:btr_1\n11:pay_1/cap_1\n4:4990\n3:EUR\n6:Café\n\n13:1774958400000\n",
        Encoding.UTF8.GetString(new TransferStatement("sandbox", "capture", "btr_1", "pay_1/cap_1", 4990, "EUR", "Café\n", FakeTime.Noon).ToBytes()));

    [Fact]
    public async Task A_capture_counts_under_either_of_two_keys()
    {
        Assert.Equal(Captured, await CaptureAsync(_current.Transfer("sandbox", "capture", "pay_1/cap_1")));
        Assert.Equal(Captured, await CaptureAsync(_next.Transfer("sandbox", "capture", "pay_1/cap_1")));
    }

    [Fact]
    public async Task A_capture_without_the_banks_signature_is_unknown()
    {
        using var stranger = new Signer();
        Assert.Equal(Invalid, await CaptureAsync(""));
        Assert.Equal(Invalid, await CaptureAsync(stranger.Transfer("sandbox", "capture", "pay_1/cap_1")));
        Assert.Equal(Invalid, await CaptureAsync(_current.Transfer("sandbox_b", "capture", "pay_1/cap_1")));
        Assert.Equal(Invalid, await CaptureAsync(_current.Transfer("sandbox", "refund", "pay_1/cap_1")));
        Assert.Equal(Invalid, await CaptureAsync(_current.Transfer("sandbox", "capture", "pay_1/cap_2")));
        Assert.Equal(Invalid, await CaptureAsync(_current.Transfer("sandbox", "capture", "pay_1/cap_1", amount: 4989)));
        Assert.Equal(Invalid, await CaptureAsync(_current.Transfer("sandbox", "capture", "pay_1/cap_1", currency: "USD")));
        Assert.Equal(Invalid, await CaptureAsync(_current.Transfer("sandbox", "capture", "pay_1/cap_1").Replace("Blue", "Red", StringComparison.Ordinal)));
        Assert.Equal(Invalid, await CaptureAsync(_current.Transfer("sandbox", "capture", "pay_1/cap_1").Replace("12:00:00Z", "12:00:01Z", StringComparison.Ordinal)));
        Assert.Equal(Invalid, await CaptureAsync(""","transfer":{"id":"btr_1","amount":4990,"currency":"EUR","payee":"x","at":"2026-03-31T12:00:00Z","signature":"$"}"""));
    }

    [Fact]
    public async Task A_key_that_was_taken_away_counts_no_more()
    {
        await using var bank = await BankListener.AnswersAsync(201, OfCapture("succeeded", _current.Transfer("sandbox", "capture", "pay_1/cap_1")));
        Assert.Equal(Invalid, await Signed(bank.Address, _next.PublicKey).CaptureAsync(Capture, Cancel));
    }

    [Fact]
    public async Task A_failure_needs_no_signature() =>
        Assert.Equal(new GatewayAnswer.OperationFailed("exceeds_authorized"), await CaptureAsync(""","failure_code":"exceeds_authorized" """, "failed"));

    [Fact]
    public async Task A_refund_is_signed_too()
    {
        await using var good = await BankListener.AnswersAsync(201, OfRefund("succeeded", _current.Transfer("sandbox", "refund", "pay_1/ref_1")));
        await using var bad = await BankListener.AnswersAsync(201, OfRefund("succeeded"));
        await using var pending = await BankListener.AnswersAsync(201, OfRefund("pending"));
        var amount = new Amount(4990, Currency.Eur);
        Assert.Equal(new GatewayAnswer.Refunded("bre_1", amount), await Signed(good.Address, _current.PublicKey).RefundAsync(Refund, Cancel));
        Assert.Equal(Invalid, await Signed(bad.Address, _current.PublicKey).RefundAsync(Refund, Cancel));
        Assert.Equal(new GatewayAnswer.RefundPending("bre_1", amount), await Signed(pending.Address, _current.PublicKey).RefundAsync(Refund, Cancel));
    }

    [Fact]
    public async Task A_query_is_held_to_the_same()
    {
        await using var bank = await BankListener.AnswersAsync(200, $$"""{"kind":"capture","object":{{OfCapture("succeeded")}}}""");
        Assert.Equal(Invalid, await Signed(bank.Address, _current.PublicKey).QueryAsync(new QueryOrder(GatewayOperation.Capture, "pay_1/cap_1"), Cancel));
    }

    [Fact]
    public void A_key_on_another_curve_is_a_wrong_setting()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => Signed(new Uri("http://bank.invalid"), other.ExportSubjectPublicKeyInfoPem()));
    }

    private async Task<GatewayAnswer> CaptureAsync(string more, string status = "succeeded")
    {
        await using var bank = await BankListener.AnswersAsync(201, OfCapture(status, more));
        return await Signed(bank.Address, _current.PublicKey, _next.PublicKey).CaptureAsync(Capture, Cancel);
    }

    private static SandboxBankGateway Signed(Uri address, params string[] keys) => new(
        GatewayServices.BankConnection(TimeSpan.FromSeconds(20), new FakeTime()), new FakeCardVault(), Options(address) with { PublicKeys = keys },
        NullLogger<SandboxBankGateway>.Instance);
}
