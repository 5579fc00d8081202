using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>Net banking and e-checks over a real connection: money that moves at once, and sometimes back.</summary>
public sealed class NoHoldTests
{
    private const string Down = """{"error":{"code":"bank_down","message":"no"}}""";

    private static readonly Amount Eur4990 = new(4990, Currency.Eur);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, GatewayAnswer> Orders => new()
    {
        { 201, Order("requires_action", ""","action_url":"http://bank.example/o/1" """), new GatewayAnswer.ActionRequired("bno_1", "http://bank.example/o/1") },
        { 201, Order("succeeded"), new GatewayAnswer.Captured("bno_1", Eur4990) },
        { 201, Order("declined", ""","decline_code":"customer_denied" """), new GatewayAnswer.Declined("customer_denied") },
        { 201, Order("returned", ""","return_code":"payment_recalled" """), new GatewayAnswer.Returned("bno_1", Eur4990, "payment_recalled") },
        { 201, Order("authorized"), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { 400, """{"error":{"code":"invalid_bank","message":"no"}}""", new GatewayAnswer.OperationFailed("invalid_bank") },
        { 503, Down, new GatewayAnswer.Unknown(UnknownReason.ServerError) },
    };

    public static TheoryData<int, string, GatewayAnswer> Debits => new()
    {
        { 201, Debit("accepted"), new GatewayAnswer.Captured("bde_1", Eur4990) },
        { 201, Debit("declined", ""","decline_code":"account_not_found" """), new GatewayAnswer.Declined("account_not_found") },
        { 201, Debit("authorized"), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
    };

    public static TheoryData<string, GatewayAnswer> DebitQueries => new()
    {
        { Debit("accepted"), new GatewayAnswer.Captured("bde_1", Eur4990) },
        { Debit("cleared"), new GatewayAnswer.Cleared("bde_1", Eur4990) },
        { Debit("returned", ""","return_code":"account_closed" """), new GatewayAnswer.Returned("bde_1", Eur4990, "account_closed") },
        { Debit("declined", ""","decline_code":"account_not_found" """), new GatewayAnswer.Declined("account_not_found") },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task An_order_says_what_the_bank_said(int status, string body, GatewayAnswer expected)
    {
        await using var bank = await BankListener.AnswersAsync(status, body);
        Assert.Equal(expected, await Net(bank.Address).AuthorizeAsync(Of(InstrumentType.BankAccount, "cedar"), Cancel));
        Assert.Equal("""{"bank":"cedar","amount":4990,"currency":"EUR","payee":"Blue Bottle Books","reference":"pay_1/att_1/authorize","return_url":"http://hub.example/checkout/pay_1"}""", Assert.Single(bank.Requests).Body);
    }

    /// <summary>Only the connector's own word makes a 503 a call that provably began nothing (invariant 11).</summary>
    [Fact]
    public async Task A_bank_that_is_down_was_never_reached()
    {
        await using var bank = await BankListener.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers["Bank-Request"] = "not-begun";
            return Task.CompletedTask;
        });
        Assert.Equal(new GatewayAnswer.NeverReached(NeverReachedReason.BankDown), await Net(bank.Address).AuthorizeAsync(Of(InstrumentType.BankAccount, "dogwood"), Cancel));
    }

    [Theory]
    [MemberData(nameof(Debits))]
    public async Task A_debit_says_what_the_bank_said(int status, string body, GatewayAnswer expected)
    {
        await using var bank = await BankListener.AnswersAsync(status, body);
        Assert.Equal(expected, await Checks(bank.Address).AuthorizeAsync(Of(InstrumentType.ECheck, "Aster Bank"), Cancel));
        Assert.Equal("""{"amount":4990,"currency":"EUR","account":{"routing_number":"011000015","account_number":"000100010001","holder":"Ada Lovelace"},"payee":"Blue Bottle Books","reference":"pay_1/att_1/authorize"}""", Assert.Single(bank.Requests).Body);
    }

    [Theory]
    [MemberData(nameof(DebitQueries))]
    public async Task A_query_tells_where_a_debit_stands_and_what_had_been_taken(string body, GatewayAnswer expected)
    {
        await using var bank = await BankListener.AnswersAsync(200, $$"""{"kind":"debit","object":{{body}}}""");
        Assert.Equal(expected, await Checks(bank.Address).QueryAsync(Ask(BankOperationKind.Authorize), Cancel));
    }

    [Fact]
    public async Task Without_an_account_no_byte_leaves()
    {
        using var http = FakeHandler.Throws(new InvalidOperationException("Nothing may be sent."));
        var gateway = new DebitGateway(http, new FakeCardVault { Account = null }, Settings(DebitGateway.GatewayName, new Uri("http://bank.invalid")), NullLogger<DebitGateway>.Instance);
        Assert.Equal(new GatewayAnswer.NeverReached(NeverReachedReason.InstrumentMissing), await gateway.AuthorizeAsync(Of(InstrumentType.ECheck, "x"), Cancel));
    }

    [Fact]
    public async Task There_is_no_hold_to_capture_or_to_void()
    {
        using var http = FakeHandler.Throws(new InvalidOperationException("Nothing may be sent."));
        IGateway[] all =
        [
            new NetBankGateway(http, Settings(NetBankGateway.GatewayName, new Uri("http://bank.invalid")), NullLogger<NetBankGateway>.Instance),
            new DebitGateway(http, new FakeCardVault(), Settings(DebitGateway.GatewayName, new Uri("http://bank.invalid")), NullLogger<DebitGateway>.Instance),
        ];
        foreach (var gateway in all)
        {
            Assert.Equal((false, false, true, true), (gateway.Capabilities.Hold, gateway.Capabilities.Void, gateway.Capabilities.Refund, gateway.Capabilities.Query));
            Assert.Equal(new GatewayAnswer.OperationFailed("not_supported"), await gateway.CaptureAsync(Capture, Cancel));
            Assert.Equal(new GatewayAnswer.OperationFailed("not_supported"), await gateway.VoidAsync(Voiding, Cancel));
            Assert.Equal(new GatewayAnswer.OperationFailed("not_supported"), await gateway.AnswerDisputeAsync(new DisputeOrder("k", "r", "d", null), Cancel));
        }
    }

    [Theory]
    [InlineData("bno_1", true)]
    [InlineData("bno_2", false)]
    public async Task A_refund_is_of_the_order_that_was_named(string order, bool refunded)
    {
        await using var bank = await BankListener.AnswersAsync(201, $$"""{"id":"bre_1","order":"{{order}}","status":"succeeded","amount":4990,"currency":"EUR","reference":"pay_1/ref_1"}""");
        var answer = await Net(bank.Address).RefundAsync(Refund with { BankCapture = "bno_1" }, Cancel);
        Assert.Equal(refunded ? new GatewayAnswer.Refunded("bre_1", Eur4990) : new GatewayAnswer.Unknown(UnknownReason.Mismatch), answer);
        Assert.Equal("/bank/v1/orders/bno_1/refunds", Assert.Single(bank.Requests).Path);
    }

    [Theory]
    [InlineData("Delivered on Monday.", "disputes/bdi_1/evidence", """{"evidence":"Delivered on Monday.","reference":"r"}""")]
    [InlineData(null, "disputes/bdi_1/accept", """{"reference":"r"}""")]
    public async Task A_dispute_is_answered_with_evidence_or_by_giving_in(string? evidence, string path, string body)
    {
        await using var bank = await BankListener.AnswersAsync(200, """{"id":"bdi_1","capture":"bca_1","status":"under_review","amount":4990,"currency":"EUR","reason":"x","reference":"pay_1/cap_1"}""");
        Assert.Equal(new GatewayAnswer.DisputeAnswered(), await Gateway(bank.Address).AnswerDisputeAsync(new DisputeOrder("k1", "r", "bdi_1", evidence), Cancel));
        Assert.Equal(new Seen("POST", $"/bank/v1/{path}", "Bearer bank_sandbox_key", "k1", body), Assert.Single(bank.Requests));
    }

    [Fact]
    public async Task A_dispute_that_is_over_cannot_be_answered()
    {
        await using var bank = await BankListener.AnswersAsync(400, """{"error":{"code":"dispute_closed","message":"no"}}""");
        Assert.Equal(new GatewayAnswer.OperationFailed("dispute_closed"), await Gateway(bank.Address).AnswerDisputeAsync(new DisputeOrder("k1", "r", "bdi_1", "x"), Cancel));
    }

    private static AuthorizeOrder Of(string type, string brand) =>
        Authorize with { Instrument = Card with { Type = type, Brand = brand }, SecurityCode = null, ReturnUrl = "http://hub.example/checkout/pay_1" };

    private static SandboxBankOptions Settings(string name, Uri address) => Options(address) with { Name = name };

    private static HttpMessageInvoker Http() => GatewayServices.BankConnection(TimeSpan.FromSeconds(20), new FakeTime());

    private static NetBankGateway Net(Uri address) => new(Http(), Settings(NetBankGateway.GatewayName, address), NullLogger<NetBankGateway>.Instance);

    private static DebitGateway Checks(Uri address) => new(Http(), new FakeCardVault(), Settings(DebitGateway.GatewayName, address), NullLogger<DebitGateway>.Instance);

    private static string Order(string status, string more = "") =>
        $$"""{"id":"bno_1","status":"{{status}}","bank":"cedar","amount":4990,"currency":"EUR","reference":"pay_1/att_1/authorize"{{more}}}""";

    private static string Debit(string status, string more = "") =>
        $$"""{"id":"bde_1","status":"{{status}}","amount":4990,"currency":"EUR","reference":"pay_1/att_1/authorize"{{more}}}""";
}
