using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Tests.Support;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>Invariant 11: a query settles what is unknown, and only the bank's own words do.</summary>
public sealed class QueryTests
{
    private const string None = """{"error":{"code":"not_found","message":"no"}}""";

    private static readonly Amount Eur4990 = new(4990, Currency.Eur);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<BankOperationKind, int, string, GatewayAnswer> Answers => new()
    {
        { BankOperationKind.Authorize, 200, Of("authorization", Authorization("authorized")), new GatewayAnswer.Authorized("bau_1", Eur4990, null, null) },
        { BankOperationKind.Authorize, 200, Of("authorization", Authorization("declined", ""","decline_code":"expired_card" """)), new GatewayAnswer.Declined("expired_card") },
        { BankOperationKind.Authorize, 200, Of("authorization", Authorization("pending")), new GatewayAnswer.Pending() },
        { BankOperationKind.Capture, 200, Of("capture", OfCapture("succeeded")), new GatewayAnswer.Captured("bca_1", Eur4990) },
        { BankOperationKind.Void, 200, Of("void", OfVoid("succeeded")), new GatewayAnswer.Voided("bvo_1") },
        { BankOperationKind.Refund, 200, Of("refund", OfRefund("pending")), new GatewayAnswer.RefundPending("bre_1", Eur4990) },
        { BankOperationKind.Capture, 200, Of("authorization", Authorization("authorized")), new GatewayAnswer.Unknown(UnknownReason.Mismatch) },
        { BankOperationKind.Refund, 200, """{"kind":"refund"}""", new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { BankOperationKind.Refund, 200, "garbage", new GatewayAnswer.Unknown(UnknownReason.Unreadable) },
        { BankOperationKind.Authorize, 404, None, new GatewayAnswer.NotFound() },
        { BankOperationKind.Authorize, 404, "", new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
        { BankOperationKind.Authorize, 404, "{}", new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
        { BankOperationKind.Authorize, 400, None, new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
        { BankOperationKind.Authorize, 401, None, new GatewayAnswer.Unknown(UnknownReason.QueryFailed) },
        { BankOperationKind.Authorize, 429, None, new GatewayAnswer.Unknown(UnknownReason.QueryFailed) },
        { BankOperationKind.Authorize, 500, None, new GatewayAnswer.Unknown(UnknownReason.ServerError) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_query_answers_as_the_operation_would_have(BankOperationKind operation, int status, string body, GatewayAnswer expected)
    {
        await using var bank = await BankListener.AnswersAsync(status, body);

        Assert.Equal(expected, await Gateway(bank.Address).QueryAsync(Ask(operation), Cancel));
    }

    /// <summary>Invariant 13: what the bank says of one operation is no answer to a question about another.</summary>
    [Theory]
    [InlineData("authorized")]
    [InlineData("declined")]
    [InlineData("pending")]
    public async Task An_answer_about_another_operation_is_none(string status)
    {
        await using var bank = await BankListener.AnswersAsync(200, Of("authorization", Authorization(status, reference: "pay_1/att_2/authorize")));

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Mismatch), await Gateway(bank.Address).QueryAsync(Ask(BankOperationKind.Authorize), Cancel));
    }

    [Fact]
    public async Task A_query_that_never_left_says_nothing_about_the_operation()
    {
        using var http = FakeHandler.Throws(new HttpRequestException(HttpRequestError.ConnectionError));

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.QueryFailed), await Gateway(http).QueryAsync(Ask(BankOperationKind.Authorize), Cancel));
    }

    [Fact]
    public async Task A_query_names_the_key_as_it_was_sent()
    {
        await using var bank = await BankListener.AnswersAsync(404, None);

        await Gateway(bank.Address).QueryAsync(Ask(BankOperationKind.Authorize), Cancel);

        Assert.Equal(new Seen("GET", "/bank/v1/operations/pay_1/att_1/authorize", "Bearer bank_sandbox_key", "", ""), Assert.Single(bank.Requests));
    }

    private static string Of(string kind, string found) => $$"""{"kind":"{{kind}}","object":{{found}}}""";
}
