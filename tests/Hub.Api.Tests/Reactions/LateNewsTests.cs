using Hub.Actors.Reactions;
using Hub.Channels.Webhooks;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Tests.Payments;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Api.Tests.Reactions;

/// <summary>Reactions may come late: what they tell merchants and orders is true when it is told.</summary>
public sealed class LateNewsTests
{
    [Fact]
    public async Task Money_that_moved_and_went_back_is_told_once_as_returned()
    {
        Assert.Equal(["payment.awaiting_confirmation", "payment.succeeded"], await WebhooksAsync(Debited()));
        Assert.Equal(["payment.awaiting_confirmation", "payment.succeeded", "payment.cleared"], await WebhooksAsync(Debited().Bank(Authorize, Cleared(), AnswerSource.Webhook)));

        var returned = Debited().Bank(Authorize, Cleared(), AnswerSource.Webhook).Bank(Authorize, Returned(), AnswerSource.Webhook);
        Assert.Equal(["payment.awaiting_confirmation", "payment.returned", "payment.case_opened"], await WebhooksAsync(returned));
        Assert.Equal([typeof(OrderCommand.PaymentReturned)], await OrdersAsync(returned));
        Assert.Equal([typeof(OrderCommand.PaymentSucceeded)], await OrdersAsync(Debited()));
    }

    /// <summary>It paid for nothing: no shop reopens an order that another payment has paid.</summary>
    [Fact]
    public async Task Money_that_came_too_late_and_went_back_is_no_news_to_merchant_and_order()
    {
        var late = LeftTheBank().Bank(Authorize, Returned(), AnswerSource.Webhook);

        Assert.DoesNotContain("payment.returned", await WebhooksAsync(late));
        Assert.Equal([typeof(OrderCommand.PaymentEnded)], await OrdersAsync(late));
    }

    [Theory]
    [InlineData(false, new[] { "payment.partially_captured" })]
    [InlineData(true, new[] { "payment.succeeded" })]
    public async Task A_capture_is_told_as_what_it_was_whatever_came_after(bool final, string[] types)
    {
        var captured = PartlyCaptured(20_00, final);
        Assert.Equal(types, (await WebhooksAsync(captured)).Where(IsOfMoney));

        if (final) return;
        var whole = captured.Do(new PaymentCommand.Capture(null, true, "mer_1"), Noon).Start("cap_1_2/capture").Bank("cap_1_2/capture", new BankAnswer.Captured("c2", Eur(30_00)));
        Assert.Equal(["payment.partially_captured", "payment.succeeded"], (await WebhooksAsync(whole)).Where(IsOfMoney));
        var released = captured.Do(new PaymentCommand.VoidRemainder("mer_1"), Noon).Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Voided("v"));
        Assert.Equal(["payment.partially_captured", "payment.succeeded"], (await WebhooksAsync(released)).Where(IsOfMoney));
    }

    [Theory]
    [InlineData(false, new[] { "order.paid" })]
    [InlineData(true, new string[0])]
    public async Task No_shop_ships_for_money_that_has_gone_back(bool returned, string[] types)
    {
        var place = new OrderCommand.Place(
            "ord_1", "mer_1", "Shop", "cus_1", "A-1", new Invoice(Currency.Eur, [new InvoiceLine("sku", "Tea", 1, 50_00, 0)], 0), new Consignee(new Sealed("n"), new Sealed("a")),
            new DeliveryTerms("parcel", null), new SignatureProof("sig_1", "d", "s", Noon));
        OrderCommand[] life = [place, new OrderCommand.GrantPayment("pay_1", CaptureMode.Automatic), new OrderCommand.PaymentSucceeded("pay_1")];
        var order = life.Concat(returned ? [new OrderCommand.PaymentReturned("pay_1")] : [])
            .Aggregate(OrderDecider.Initial, (state, command) => OrderDecider.Decide(command, Noon, state).Events.Aggregate(state, OrderDecider.Evolve));

        Assert.Equal(types, (await WhatIsTold.OfOrderAsync(told => new WebhookReaction(told, told), order, new OrderEvent.Paid("pay_1", Noon))).Webhooks);
    }

    private static bool IsOfMoney(string type) => type is "payment.partially_captured" or "payment.succeeded";

    private static async Task<IEnumerable<string>> WebhooksAsync(PaymentRun run) =>
        (await WhatIsTold.AllAsync(told => new WebhookReaction(told, told), run.State, run.History)).Webhooks;

    private static async Task<IEnumerable<Type>> OrdersAsync(PaymentRun run) =>
        (await WhatIsTold.AllAsync(told => new OrderReaction(told), run.State, run.History)).Asked.Select(c => c.GetType());
}
