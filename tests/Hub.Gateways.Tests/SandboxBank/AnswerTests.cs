using System.Globalization;
using Hub.Domain.Money;
using Hub.Gateways.Tests.Support;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>What the bank's whole answers come to, over a real connection.</summary>
public sealed class AnswerTests
{
    private static readonly Amount Eur4990 = new(4990, Currency.Eur);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, GatewayAnswer> Authorizations => new()
    {
        { 201, Authorization("authorized"), new GatewayAnswer.Authorized("bau_1", Eur4990, null, null) },
        { 200, Authorization("authorized"), new GatewayAnswer.Authorized("bau_1", Eur4990, null, null) },
        {
            201,
            Authorization("authorized", ""","capture_before":"2026-04-07T12:00:00Z","confirmation_digest":"abc","new_member":[1]"""),
            new GatewayAnswer.Authorized("bau_1", Eur4990, DateTimeOffset.Parse("2026-04-07T12:00:00Z", CultureInfo.InvariantCulture), "abc")
        },
        { 201, Authorization("authorized").Replace("4990", "4991", StringComparison.Ordinal), new GatewayAnswer.Authorized("bau_1", new Amount(4991, Currency.Eur), null, null) },
        { 201, Authorization("authorized").Replace("EUR", "USD", StringComparison.Ordinal), new GatewayAnswer.Authorized("bau_1", new Amount(4990, Currency.Usd), null, null) },
        { 201, Authorization("declined", ""","decline_code":"insufficient_funds" """), new GatewayAnswer.Declined("insufficient_funds") },
        { 201, Authorization("declined"), new GatewayAnswer.Declined("unrecognized") },
        { 201, Authorization("declined", ""","decline_code":"Card 4242424242424242 is bad" """), new GatewayAnswer.Declined("unrecognized") },
        { 201, Authorization("declined", ""","decline_code":"4242424242424242" """), new GatewayAnswer.Declined("unrecognized") },
        {
            201,
            Authorization("requires_action", ""","action_url":"http://bank.example/act/1" """),
            new GatewayAnswer.ActionRequired("bau_1", "http://bank.example/act/1")
        },
        { 201, Authorization("requires_action", ""","action_url":"javascript:alert(1)" """), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { 201, Authorization("requires_action", ""","action_url":"http://bank.example/\r\nact/1" """), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { 201, Authorization("requires_action", ""","action_url":"http://bank.example/act 1" """), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { 201, Authorization("requires_action", ""","action_url":"/act/1" """), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { 201, Authorization("requires_action"), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { 202, """{"status":"pending"}""", new GatewayAnswer.Pending() },
        { 202, Authorization("authorized"), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { 201, Authorization("authorized", reference: "pay_2/att_1/authorize"), new GatewayAnswer.Unknown(UnknownReason.Mismatch) },
        { 201, Authorization("reversed"), new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
    };

    public static TheoryData<string> Garbage => new(
        "",
        "{",
        "null",
        "[]",
        "\"authorized\"",
        "<html>OK</html>",
        Authorization("authorized").Replace("4990", "49.90", StringComparison.Ordinal),
        Authorization("authorized").Replace("4990", "4990.0", StringComparison.Ordinal),
        Authorization("authorized").Replace("4990", "1e3", StringComparison.Ordinal),
        Authorization("authorized").Replace("4990", "\"4990\"", StringComparison.Ordinal),
        Authorization("authorized").Replace("4990", "9223372036854775808", StringComparison.Ordinal),
        Authorization("authorized").Replace("\"amount\":4990,", "", StringComparison.Ordinal),
        Authorization("authorized").Replace("EUR", "eur", StringComparison.Ordinal),
        Authorization("authorized").Replace("EUR", "XXX", StringComparison.Ordinal),
        Authorization("authorized").Replace("bau_1", "", StringComparison.Ordinal),
        Authorization("authorized").Replace("bau_1", "b u", StringComparison.Ordinal),
        Authorization("authorized").Replace("bau_1", ".", StringComparison.Ordinal),
        Authorization("authorized").Replace("bau_1", "..", StringComparison.Ordinal),
        Authorization("authorized").Replace("bau_1", new string('b', 201), StringComparison.Ordinal),
        Authorization("authorized").Replace("bau_1", "\\ud800", StringComparison.Ordinal),
        Authorization("authorized", ""","amount":4990"""),
        Authorization("authorized", ""","capture_before":"soon" """),
        Authorization("authorized", ""","deep":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"""));

    /// <summary>Invariant 13: the bank's own amount and currency come through, for the domain to compare.</summary>
    [Theory]
    [MemberData(nameof(Authorizations))]
    public async Task An_authorization_says_what_the_bank_said(int status, string body, GatewayAnswer expected)
    {
        await using var bank = await BankListener.AnswersAsync(status, body);

        var answer = await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel);

        Assert.Equal(expected, answer);
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task A_success_that_cannot_be_read_is_unknown(string body)
    {
        await using var bank = await BankListener.AnswersAsync(201, body);

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Unreadable), await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/plain")]
    [InlineData("application/problem+json")]
    public async Task A_success_that_is_no_json_is_unknown(string contentType)
    {
        await using var bank = await BankListener.AnswersAsync(201, Authorization("authorized"), contentType);

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Unreadable), await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_body_of_64_KiB_is_read_and_one_byte_more_is_not(int more, bool read)
    {
        var body = Authorization("authorized");
        await using var bank = await BankListener.AnswersAsync(201, body + new string(' ', (64 * 1024) - body.Length + more));

        var answer = await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel);
        // The gateway itself keeps the same limit, since in the simulator nothing stands in front of it.
        using var bare = new HttpMessageInvoker(new SocketsHttpHandler());
        var alone = await Gateway(bare, bank.Address).AuthorizeAsync(Authorize, Cancel);

        GatewayAnswer expected = read ? new GatewayAnswer.Authorized("bau_1", Eur4990, null, null) : new GatewayAnswer.Unknown(UnknownReason.Unreadable);
        Assert.Equal(expected, answer);
        Assert.Equal(expected, alone);
    }

    [Fact]
    public async Task Captures_voids_and_refunds_say_what_the_bank_said()
    {
        Assert.Equal(new GatewayAnswer.Captured("bca_1", Eur4990), await CaptureAsync(OfCapture("succeeded")));
        Assert.Equal(new GatewayAnswer.OperationFailed("exceeds_authorized"), await CaptureAsync(OfCapture("failed", ""","failure_code":"exceeds_authorized" """)));
        Assert.Equal(new GatewayAnswer.OperationFailed("unrecognized"), await CaptureAsync(OfCapture("failed")));
        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Mismatch), await CaptureAsync(OfCapture("succeeded", authorization: "bau_2")));
        Assert.Equal(new GatewayAnswer.Voided("bvo_1"), await VoidAsync(OfVoid("succeeded")));
        Assert.Equal(new GatewayAnswer.OperationFailed("authorization_expired"), await VoidAsync(OfVoid("failed", ""","failure_code":"authorization_expired" """)));
        Assert.Equal(new GatewayAnswer.Refunded("bre_1", Eur4990), await RefundAsync(OfRefund("succeeded")));
        Assert.Equal(new GatewayAnswer.RefundPending("bre_1", Eur4990), await RefundAsync(OfRefund("pending")));
        Assert.Equal(new GatewayAnswer.OperationFailed("account_closed"), await RefundAsync(OfRefund("failed", ""","failure_code":"account_closed" """)));
        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Mismatch), await RefundAsync(OfRefund("succeeded", capture: "bca_2")));
    }

    private static async Task<GatewayAnswer> CaptureAsync(string body)
    {
        await using var bank = await BankListener.AnswersAsync(201, body);
        return await Gateway(bank.Address).CaptureAsync(Capture, Cancel);
    }

    private static async Task<GatewayAnswer> VoidAsync(string body)
    {
        await using var bank = await BankListener.AnswersAsync(201, body);
        return await Gateway(bank.Address).VoidAsync(Voiding, Cancel);
    }

    private static async Task<GatewayAnswer> RefundAsync(string body)
    {
        await using var bank = await BankListener.AnswersAsync(201, body);
        return await Gateway(bank.Address).RefundAsync(Refund, Cancel);
    }
}
