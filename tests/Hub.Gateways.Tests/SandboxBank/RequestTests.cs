using Hub.Domain.Payments.Bank;
using Hub.Gateways.Tests.Support;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>What leaves the hub, and what happens to the security code.</summary>
public sealed class RequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_is_sent_as_the_bank_reads_it()
    {
        await using var bank = await BankListener.AnswersAsync(500, "");
        var gateway = Gateway(bank.Address);

        await gateway.AuthorizeAsync(Authorize, Cancel);
        await gateway.AuthorizeAsync(Authorize with { SecurityCode = null }, Cancel);
        await gateway.CaptureAsync(Capture, Cancel);
        await gateway.VoidAsync(Voiding, Cancel);
        await gateway.RefundAsync(Refund, Cancel);

        const string Bearer = "Bearer bank_sandbox_key";
        Assert.Equal(
            [
                new Seen("POST", "/bank/v1/authorizations", Bearer, Key, """{"amount":4990,"currency":"EUR","card":{"number":"4242424242424242","exp_month":4,"exp_year":2031,"security_code":"737"},"payee":"Blue Bottle Books","reference":"pay_1/att_1/authorize"}"""),
                new Seen("POST", "/bank/v1/authorizations", Bearer, Key, """{"amount":4990,"currency":"EUR","card":{"number":"4242424242424242","exp_month":4,"exp_year":2031,"security_code":null},"payee":"Blue Bottle Books","reference":"pay_1/att_1/authorize"}"""),
                new Seen("POST", "/bank/v1/authorizations/bau_1/captures", Bearer, "pay_1/cap_1", """{"amount":4990,"final":true,"reference":"pay_1/cap_1"}"""),
                new Seen("POST", "/bank/v1/authorizations/bau_1/void", Bearer, "pay_1/void", """{"reference":"pay_1/void"}"""),
                new Seen("POST", "/bank/v1/captures/bca_1/refunds", Bearer, "pay_1/ref_1", """{"amount":4990,"reference":"pay_1/ref_1"}"""),
            ],
            bank.Requests);
    }

    [Theory]
    [Trait("Invariant", "11")]
    [InlineData(201, "authorized")]
    [InlineData(201, "declined")]
    [InlineData(500, "authorized")]
    public async Task A_security_code_stays_until_the_answer_is_journaled_so_that_a_lost_one_can_be_asked_for_again(int status, string word)
    {
        var vault = new FakeCardVault();
        await using var bank = await BankListener.AnswersAsync(status, Authorization(word));

        await Gateway(bank.Address, vault: vault).AuthorizeAsync(Authorize, Cancel);

        Assert.NotNull(vault.SecurityCode);
    }

    [Fact]
    public async Task Without_its_card_or_its_code_nothing_is_sent()
    {
        var noCall = new FakeHandler((_, _) => throw new InvalidOperationException("sent"));
        using var http = new HttpMessageInvoker(noCall);

        Assert.Equal(
            new GatewayAnswer.NeverReached(NeverReachedReason.InstrumentMissing),
            await Gateway(http, vault: new FakeCardVault { Card = null }).AuthorizeAsync(Authorize, Cancel));
        Assert.Equal(
            new GatewayAnswer.NeverReached(NeverReachedReason.SecurityCodeMissing),
            await Gateway(http, vault: new FakeCardVault { SecurityCode = null }).AuthorizeAsync(Authorize, Cancel));
        Assert.Equal(0, noCall.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nX: y")]
    [InlineData("é")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    public async Task A_key_that_could_become_another_address_is_a_bug(string key)
    {
        using var http = FakeHandler.Throws(new InvalidOperationException("sent"));

        await Assert.ThrowsAsync<ArgumentException>(() => Gateway(http).QueryAsync(Ask(BankOperationKind.Authorize, key), Cancel));
    }
}
