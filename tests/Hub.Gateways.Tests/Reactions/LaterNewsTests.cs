using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>What a bank decides after it has answered: the hub asks for it, since webhooks get lost.</summary>
public sealed class LaterNewsTests
{
    private static readonly Amount Price = new(50_00, Currency.Eur);

    [Fact]
    [Trait("Invariant", "26")]
    public async Task Money_that_came_back_in_silence_is_found_by_asking()
    {
        var (payment, bank) = (OnePayment.Debited(50_00, TellingBank.GatewayName), new TellingBank());

        await AskAsync(payment, bank, "clearing:cap_1_1");
        Assert.Equal(CaptureStatus.Succeeded, Assert.Single(payment.Payment.Captures).Status);

        bank.Answer = new GatewayAnswer.Returned("bmo_1", Price, "account_closed");
        await AskAsync(payment, bank, "clearing:cap_1_1");
        Assert.Equal(CaptureStatus.Returned, Assert.Single(payment.Payment.Captures).Status);
    }

    /// <summary>That nobody could tell is no news of money that had moved: the next question comes by itself.</summary>
    [Fact]
    public async Task A_question_without_an_answer_changes_nothing()
    {
        var (payment, bank) = (OnePayment.Debited(50_00, TellingBank.GatewayName), new TellingBank { Answer = new GatewayAnswer.NotFound() });

        await AskAsync(payment, bank, "clearing:cap_1_1");

        Assert.Equal(CaptureStatus.Succeeded, Assert.Single(payment.Payment.Captures).Status);
        Assert.Empty(payment.Payment.Cases);
    }

    [Fact]
    [Trait("Invariant", "26")]
    public async Task A_dispute_that_ended_in_silence_is_found_by_asking()
    {
        var (payment, bank) = (OnePayment.Contested(50_00, TellingBank.GatewayName), new TellingBank());

        await AskAsync(payment, bank, "deciding:dsp_1_1");
        Assert.Equal(DisputeStatus.NeedsResponse, Assert.Single(payment.Payment.Disputes).Status);

        bank.Dispute = new DisputeReport("", "", "bdi_1", DisputeStatus.Won, Price, "fraudulent", null);
        await AskAsync(payment, bank, "deciding:dsp_1_1");
        Assert.Equal(DisputeStatus.Won, Assert.Single(payment.Payment.Disputes).Status);
    }

    private static Task AskAsync(OnePayment payment, TellingBank bank, string timer) =>
        payment.At(bank).HandleAsync(payment.Fired(timer), TestContext.Current.CancellationToken);

    /// <summary>A bank that is only asked.</summary>
    private sealed class TellingBank : StubGateway
    {
        internal const string GatewayName = "telling";

        internal GatewayAnswer Answer { get; set; } = new GatewayAnswer.Captured("bmo_1", Price);

        internal DisputeReport? Dispute { get; set; }

        public override string Name => GatewayName;

        public override Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel) => Task.FromResult(Answer);

        public override Task<DisputeReport?> FindDisputeAsync(string bankDispute, CancellationToken cancel) => Task.FromResult(Dispute);
    }
}
