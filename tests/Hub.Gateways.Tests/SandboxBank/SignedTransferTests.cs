using System.Text;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Signatures;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>Where the bank promised to sign what it says of money, nothing else makes a success.</summary>
public sealed class SignedTransferTests : IDisposable
{
    private const string CaptureKey = "cap_1_1/capture";

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

    /// <summary>Each way to show a transfer of something else as this capture's: another movement, operation, object, amount, currency, payee or bank.</summary>
    public static TheoryData<string, string, string, long, string, string, string> OtherTransfers => new()
    {
        { "refunded", CaptureKey, "bca_1", 4990, "EUR", Payee, "sandbox" },
        { "returned", CaptureKey, "bca_1", 4990, "EUR", Payee, "sandbox" },
        { "cleared", CaptureKey, "bca_1", 4990, "EUR", Payee, "sandbox" },
        { "captured", "cap_1_2/capture", "bca_1", 4990, "EUR", Payee, "sandbox" },
        { "captured", CaptureKey, "bca_2", 4990, "EUR", Payee, "sandbox" },
        { "captured", CaptureKey, "bca_1", 4989, "EUR", Payee, "sandbox" },
        { "captured", CaptureKey, "bca_1", 4991, "EUR", Payee, "sandbox" },
        { "captured", CaptureKey, "bca_1", 4990, "USD", Payee, "sandbox" },
        { "captured", CaptureKey, "bca_1", 4990, "EUR", "Red Bottle Books", "sandbox" },
        { "captured", CaptureKey, "bca_1", 4990, "EUR", Payee, "sandbox_b" },
    };

    [Fact]
    public void What_is_signed_never_changes_its_shape() => Assert.Equal(
        "omnihub.bank.transfer.1\n7:sandbox\n8:captured\n15:cap_1_1/capture\n5:bca_1\n4:4990\n3:EUR\n6:Café\n\n13:1774958400000\n",
        Encoding.UTF8.GetString(new TransferStatement("sandbox", "captured", "cap_1_1/capture", "bca_1", 4990, "EUR", "Café\n", FakeTime.Noon).ToBytes()));

    [Fact]
    public async Task A_capture_counts_under_either_of_two_keys()
    {
        Assert.Equal(Captured, await CaptureAsync(_current.Transfer("captured", CaptureKey, "bca_1")));
        Assert.Equal(Captured, await CaptureAsync(_next.Transfer("captured", CaptureKey, "bca_1")));
    }

    /// <summary>The same in a response, in the answer to a query and in a webhook; there the payee is the payment's to compare, and is told with the report.</summary>
    [Theory]
    [MemberData(nameof(OtherTransfers))]
    public async Task A_signed_transfer_of_something_else_is_unknown(string kind, string key, string id, long amount, string currency, string payee, string bank)
    {
        var shown = _current.Transfer(kind, key, id, amount, currency, payee, bank);

        Assert.Equal(Invalid, await CaptureAsync(shown));
        Assert.Equal(Invalid, await QueryAsync(shown));
        var report = Webhook(shown);
        Assert.True(report.Answer == Invalid || report.Payee == "Red Bottle Books");
    }

    [Fact]
    public async Task The_banks_signature_over_what_was_asked_counts_however_it_comes()
    {
        var shown = _current.Transfer("captured", CaptureKey, "bca_1");

        Assert.Equal(Captured, await QueryAsync(shown));
        Assert.Equal((Captured, Payee), (Webhook(shown).Answer, Webhook(shown).Payee));
    }

    [Fact]
    public async Task A_capture_without_the_banks_signature_is_unknown()
    {
        using var stranger = new Signer();
        var good = _current.Transfer("captured", CaptureKey, "bca_1");
        string[] all =
        [
            "",
            stranger.Transfer("captured", CaptureKey, "bca_1"),
            good.Replace("12:00:00Z", "12:00:01Z", StringComparison.Ordinal),
            good.Replace("\"at\":\"2026-03-31T12:00:00Z\",", "", StringComparison.Ordinal),
            good.Replace("\"payee\":\"Blue Bottle Books\",", "", StringComparison.Ordinal),
            good.Replace("\"signature\":\"", "\"signature\":\"$", StringComparison.Ordinal),
        ];
        foreach (var shown in all)
        {
            Assert.Equal(Invalid, await CaptureAsync(shown));
            Assert.Equal(Invalid, await QueryAsync(shown));
            Assert.Equal(Invalid, Webhook(shown).Answer);
        }
    }

    /// <summary>What became of a debit later is a statement of its own: the signature under which it was taken says nothing of it.</summary>
    [Theory]
    [InlineData("accepted", "captured", typeof(GatewayAnswer.Captured))]
    [InlineData("cleared", "cleared", typeof(GatewayAnswer.Cleared))]
    [InlineData("returned", "returned", typeof(GatewayAnswer.Returned))]
    public void Each_step_of_a_debit_is_signed_for_itself(string status, string kind, Type expected)
    {
        foreach (var signed in (string[])["captured", "cleared", "returned", "refunded"])
        {
            var answer = Debit(status, _current.Transfer(signed, Key, "bde_1", bank: DebitGateway.GatewayName)).Answer;
            Assert.Equal(signed == kind ? expected : typeof(GatewayAnswer.Unknown), answer.GetType());
        }

        Assert.Equal(Invalid, Debit(status, "").Answer);
    }

    [Fact]
    public async Task A_key_that_was_taken_away_counts_no_more()
    {
        await using var bank = await BankListener.AnswersAsync(201, OfCapture("succeeded", _current.Transfer("captured", Capture.IdempotencyKey, "bca_1")));
        Assert.Equal(Invalid, await Signed(bank.Address, _next.PublicKey).CaptureAsync(Capture, Cancel));
    }

    [Fact]
    public async Task A_failure_needs_no_signature() =>
        Assert.Equal(new GatewayAnswer.OperationFailed("exceeds_authorized"), await CaptureAsync(""","failure_code":"exceeds_authorized" """, "failed"));

    [Fact]
    public async Task A_refund_is_signed_too()
    {
        await using var good = await BankListener.AnswersAsync(201, OfRefund("succeeded", _current.Transfer("refunded", Refund.IdempotencyKey, "bre_1")));
        await using var bad = await BankListener.AnswersAsync(201, OfRefund("succeeded"));
        await using var pending = await BankListener.AnswersAsync(201, OfRefund("pending"));
        var amount = new Amount(4990, Currency.Eur);
        Assert.Equal(new GatewayAnswer.Refunded("bre_1", amount), await Signed(good.Address, _current.PublicKey).RefundAsync(Refund, Cancel));
        Assert.Equal(Invalid, await Signed(bad.Address, _current.PublicKey).RefundAsync(Refund, Cancel));
        Assert.Equal(new GatewayAnswer.RefundPending("bre_1", amount), await Signed(pending.Address, _current.PublicKey).RefundAsync(Refund, Cancel));
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
        return await Signed(bank.Address, _current.PublicKey, _next.PublicKey).CaptureAsync(Capture with { IdempotencyKey = CaptureKey }, Cancel);
    }

    private async Task<GatewayAnswer> QueryAsync(string more)
    {
        await using var bank = await BankListener.AnswersAsync(200, $$"""{"kind":"capture","object":{{OfCapture("succeeded", more)}}}""");
        return await Signed(bank.Address, _current.PublicKey).QueryAsync(Ask(BankOperationKind.Capture, CaptureKey), Cancel);
    }

    private BankReport Webhook(string more) => Report(BankDialect.Cards, SandboxBankGateway.GatewayName, "capture.updated", CaptureKey, OfCapture("succeeded", more));

    private BankReport Debit(string status, string more) => Report(
        BankDialect.Debits, DebitGateway.GatewayName, "debit.updated", Key,
        $$"""{"id":"bde_1","status":"{{status}}","amount":4990,"currency":"EUR","reference":"r","return_code":"account_closed"{{more}}}""");

    private BankReport Report(BankDialect dialect, string gateway, string type, string key, string found)
    {
        var options = Options(new Uri("http://bank.invalid")) with { PublicKeys = [_current.PublicKey] };
        var body = Encoding.UTF8.GetBytes($$"""{"id":"bev_1","type":"{{type}}","created_at":"2026-03-31T12:00:00Z","idempotency_key":"{{key}}","object":{{found}}}""");
        var signature = StandardWebhook.Sign("bev_1", FakeTime.Noon, body, options.WebhookSecrets[0]);
        var read = new BankWebhooks(gateway, options, new FakeTime(), dialect).Read("bev_1", $"{FakeTime.Noon.ToUnixTimeSeconds()}", signature, body);
        return Assert.IsType<BankWebhook.Reported>(read).Report;
    }

    private static SandboxBankGateway Signed(Uri address, params string[] keys) => new(
        GatewayServices.BankConnection(TimeSpan.FromSeconds(20), new FakeTime()), new FakeCardVault(), Options(address) with { PublicKeys = keys },
        NullLogger<SandboxBankGateway>.Instance);
}
