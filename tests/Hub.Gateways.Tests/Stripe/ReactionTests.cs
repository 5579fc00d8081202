using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Gateways.Reactions;
using Hub.Gateways.Tests.Reactions;
using Hub.Gateways.Tests.SandboxBank;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>A payment's own rules, carried out at Stripe: the intent is journaled between the two calls, and another bank is asked only where Stripe has nothing.</summary>
public sealed class ReactionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Invariant 9: the intent is in the journal before it is confirmed.</summary>
    [Fact]
    [Trait("Invariant", "9")]
    public async Task The_intent_is_journaled_and_then_confirmed()
    {
        await using var stripe = await FakeStripe.StartAsync();
        var payment = OnePayment.Submitted(49_90, "stripe");
        var reaction = Reaction(payment, StripeFixture.Gateway(stripe.Address));

        await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);
        Assert.Equal(("pi_1", 0), (payment.Payment.Attempts[0].BankId, stripe.Books.Holds));
        await reaction.HandleAsync(payment.Newest<PaymentEvent.AttemptPrepared>(), Cancel);

        Assert.Equal((AttemptStatus.Authorized, 1), (payment.Payment.Attempts[0].Status, stripe.Books.Holds));
        Assert.Equal(["att_1_1/authorize/create", "att_1_1/authorize"], stripe.Calls.Select(call => call.Key));
    }

    /// <summary>Invariant 11: the next bank's turn comes only where this one provably holds nothing.</summary>
    [Theory]
    [InlineData("/payment_intents", StripeFault.Status500After, true)]
    [InlineData("/payment_intents", StripeFault.DroppedAfter, true)]
    [InlineData("/payment_intents", StripeFault.Throttled, true)]
    [InlineData("/confirm", StripeFault.Throttled, true)]
    [InlineData("/confirm", StripeFault.Status500After, false)]
    [InlineData("/confirm", StripeFault.DroppedBefore, false)]
    [InlineData("/confirm", StripeFault.DroppedAfter, false)]
    [InlineData("/confirm", StripeFault.Conflict, false)]
    [Trait("Invariant", "11")]
    public async Task The_next_bank_is_asked_only_where_Stripe_provably_holds_nothing(string path, StripeFault fault, bool next)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var bank = await BankListener.AnswersAsync(201, GatewayFixture.Authorization("authorized", reference: "pay_1/att_1_2/authorize"));
        var payment = OnePayment.Submitted(49_90, "stripe", "sandbox");
        var reaction = Reaction(payment, StripeFixture.Gateway(stripe.Address), GatewayFixture.Gateway(bank.Address));
        stripe.FailNext(path, fault);

        await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);
        if (path == "/confirm") await reaction.HandleAsync(payment.Newest<PaymentEvent.AttemptPrepared>(), Cancel);
        if (next) await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);

        Assert.Equal(next ? 1 : 0, bank.Requests.Count);
        Assert.Equal(next ? ["stripe", "sandbox"] : ["stripe"], payment.Payment.Attempts.Select(attempt => attempt.Gateway));
        Assert.True(!next || stripe.Books.Holds is 0);
    }

    private static BankReaction Reaction(OnePayment payment, params IGateway[] gateways) =>
        new(payment, new GatewayDirectory(gateways), new FakeCardVault(), new NoPersons(), new CheckoutAddress(new Uri("https://hub.example")));
}
