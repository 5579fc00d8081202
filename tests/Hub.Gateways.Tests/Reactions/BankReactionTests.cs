using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>Carrying out a payment's intents when processes die at the worst moments.</summary>
public sealed class BankReactionTests
{
    private const string Key = "att_1_1/authorize";

    /// <summary>A process died after a report and before its checkpoint; the next one called again under the same event and died too.</summary>
    [Fact]
    [Trait("Invariant", "26")]
    public async Task One_event_that_is_handled_once_more_after_another_call_still_gets_its_answer_through()
    {
        var (payment, bank) = (OnePayment.Submitted(50_00, SilentBank.GatewayName), new SilentBank());
        var reaction = payment.At(bank);
        var submitted = payment.Newest<PaymentEvent.Submitted>();

        payment.Do(new PaymentCommand.StartBankCall(Key, 1));
        await reaction.HandleAsync(submitted, TestContext.Current.CancellationToken);
        Assert.Equal(BankOperationProgress.Intended, payment.Payment.FindOperation(Key)!.Progress);

        payment.Do(new PaymentCommand.TimerDue($"bank:{Key}"));
        payment.Do(new PaymentCommand.StartBankCall(Key, 2));
        await reaction.HandleAsync(submitted, TestContext.Current.CancellationToken);
        Assert.Equal(BankOperationProgress.Intended, payment.Payment.FindOperation(Key)!.Progress);
        Assert.Equal([Key, Key], bank.Asked);
    }

    /// <summary>A bank that has never heard of anything.</summary>
    private sealed class SilentBank : StubGateway
    {
        internal const string GatewayName = "silent";

        internal List<string> Asked { get; } = [];

        public override string Name => GatewayName;

        public override Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel)
        {
            Asked.Add(order.IdempotencyKey);
            return Task.FromResult<GatewayAnswer>(new GatewayAnswer.NotFound());
        }
    }
}
