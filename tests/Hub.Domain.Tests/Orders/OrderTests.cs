global using OrderRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Orders.OrderDecider, Hub.Domain.Orders.OrderCommand, Hub.Domain.Orders.OrderEvent, Hub.Domain.Orders.OrderState>;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Orders.References;
using Hub.Domain.Payments;
using Hub.Domain.Tests.Testing;

namespace Hub.Domain.Tests.Orders;

/// <summary>An order: placed, accepted, paid by one payment, shipped, delivered.</summary>
public sealed class OrderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly InvoiceLine Line = new("sku", "Tea", 2, 20_00, 6_00);

    private static OrderCommand.Place Place(params InvoiceLine[] lines) => new(
        "ord_1", "mer_1", "Shop", "cus_1", "A-1", new Invoice(Currency.Eur, lines.ToEquatableArray(), 10_00), new Consignee(new Sealed("n"), new Sealed("a")),
        new DeliveryTerms("parcel", null), new SignatureProof("sig_1", "d", "s", Noon));

    private static OrderRun Placed() => OrderRun.Given().Do(Place(Line), Noon);

    private static string Hash(OrderRun run) => ((Order)run.State).InvoiceHash;

    private static OrderRun Granted() => Placed().Do(new OrderCommand.GrantPayment("pay_1", CaptureMode.Automatic), Noon);

    private static OrderRun Paid() => Granted().Do(new OrderCommand.PaymentSucceeded("pay_1"), Noon);

    /// <summary>The goods may be on their way: what is owed is owed all the same, and one payment may ask for it again.</summary>
    [Theory]
    [InlineData(0, OrderStatus.Accepted, OrderStatus.Paid)]
    [InlineData(1, OrderStatus.Shipped, OrderStatus.Shipped)]
    [InlineData(2, OrderStatus.Delivered, OrderStatus.Delivered)]
    [Trait("Invariant", "24")]
    public void An_order_whose_money_went_back_can_be_paid_anew(int steps, OrderStatus returned, OrderStatus paid)
    {
        var run = Paid();
        if (steps > 0) run = run.Do(new OrderCommand.Ship("post", "1"), Noon);
        if (steps > 1) run = run.Do(new OrderCommand.Deliver(), Noon);
        run = run.When(new OrderCommand.PaymentReturned("pay_1"), Noon).Then(new OrderEvent.PaymentReturned("pay_1", Noon));

        Assert.Equal((returned, false, false), (((Order)run.State).Status, ((Order)run.State).IsPaid, ((Order)run.State).PaymentOpen));
        run.When(new OrderCommand.PaymentReturned("pay_1"), Noon).ThenNothing();
        run.When(new OrderCommand.GrantPayment("pay_1", CaptureMode.Automatic), Noon).ThenRejected(RejectionCode.IllegalState);
        if (steps == 0) run.When(new OrderCommand.Ship("post", "1"), Noon).ThenRejected(RejectionCode.OrderNotPaid);

        var again = run.Do(new OrderCommand.GrantPayment("pay_2", CaptureMode.Automatic), Noon).When(new OrderCommand.PaymentReturned("pay_1"), Noon).ThenNothing()
            .Do(new OrderCommand.PaymentSucceeded("pay_2"), Noon);
        Assert.Equal((paid, true), (((Order)again.State).Status, ((Order)again.State).IsPaid));
        again.When(new OrderCommand.GrantPayment("pay_3", CaptureMode.Automatic), Noon).ThenRejected(RejectionCode.OrderAlreadyPaid);
    }

    [Fact]
    public void Money_that_went_back_before_the_order_heard_of_it_leaves_it_payable() =>
        Granted().When(new OrderCommand.PaymentReturned("pay_1"), Noon).ThenTypes(typeof(OrderEvent.PaymentReturned))
            .When(new OrderCommand.GrantPayment("pay_2", CaptureMode.Automatic), Noon).ThenTypes(typeof(OrderEvent.PaymentGranted));

    [Theory]
    [InlineData(0, 1, 0, RejectionCode.AmountNotPositive)]
    [InlineData(1, 1, 0, null)]
    [InlineData(Invoice.MaxQuantity, 1, 0, null)]
    [InlineData(Invoice.MaxQuantity + 1, 1, 0, RejectionCode.AmountNotPositive)]
    [InlineData(1, -1, 0, RejectionCode.AmountNotPositive)]
    [InlineData(1, 0, 0, null)]
    [InlineData(1, Amount.MaxMinor - 10_00, 0, null)]
    [InlineData(1, Amount.MaxMinor - 9_99, 0, RejectionCode.AmountTooLarge)]
    [InlineData(1, Amount.MaxMinor + 1, 0, RejectionCode.AmountTooLarge)]
    [InlineData(2, 50, 100, null)]
    [InlineData(2, 50, 101, RejectionCode.TotalMismatch)]
    [InlineData(1, 1, -1, RejectionCode.AmountNotPositive)]
    [InlineData(1, 1, long.MaxValue, RejectionCode.TotalMismatch)]
    public void A_line_keeps_its_bounds(int quantity, long price, long tax, RejectionCode? rejection) =>
        Expect(OrderRun.Given().When(Place(Line with { Quantity = quantity, UnitPrice = price, Tax = tax }), Noon), rejection);

    [Theory]
    [InlineData(0, RejectionCode.OrderHasNoLines)]
    [InlineData(1, null)]
    [InlineData(Invoice.MaxLines, null)]
    [InlineData(Invoice.MaxLines + 1, RejectionCode.TooManyLines)]
    [InlineData(1_000, RejectionCode.TooManyLines)]
    public void An_order_has_lines_but_not_too_many(int count, RejectionCode? rejection) =>
        Expect(OrderRun.Given().When(Place([.. Enumerable.Repeat(Line, count)]), Noon), rejection);

    [Fact]
    public void The_largest_order_the_bounds_let_in_is_refused_for_its_total_and_not_by_an_overflow()
    {
        var huge = Line with { Quantity = Invoice.MaxQuantity, UnitPrice = Amount.MaxMinor };
        OrderRun.Given().When(Place([.. Enumerable.Repeat(huge, Invoice.MaxLines)]), Noon).ThenRejected(RejectionCode.AmountTooLarge);
    }

    [Fact]
    public void A_customer_accepts_exactly_that_invoice_once()
    {
        var run = Placed();
        run.When(new OrderCommand.Accept("another", Channel.Web), Noon).ThenRejected(RejectionCode.InvoiceHashMismatch);
        run.When(new OrderCommand.Accept(Hash(run), Channel.Web), Noon).Then(new OrderEvent.Accepted(Hash(run), Channel.Web, Noon))
            .When(new OrderCommand.Accept(Hash(run), Channel.Sms), Noon).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "24")]
    public void One_payment_at_a_time_and_none_after_one_has_captured()
    {
        var other = new OrderCommand.GrantPayment("pay_2", CaptureMode.Automatic);
        Granted().When(other, Noon).ThenRejected(RejectionCode.OrderHasOpenPayment);
        Granted().When(new OrderCommand.GrantPayment("pay_1", CaptureMode.Automatic), Noon).ThenNothing();
        Paid().When(other, Noon).ThenRejected(RejectionCode.OrderAlreadyPaid);

        var released = Granted().Do(new OrderCommand.PaymentEnded("pay_1"), Noon);
        released.When(new OrderCommand.GrantPayment("pay_1", CaptureMode.Automatic), Noon).ThenRejected(RejectionCode.IllegalState);
        released.When(other, Noon).ThenTypes(typeof(OrderEvent.PaymentGranted));
        released.When(new OrderCommand.PaymentEnded("pay_1"), Noon).ThenNothing();
    }

    [Fact]
    public void Only_the_granted_payment_pays()
    {
        Granted().When(new OrderCommand.PaymentSucceeded("pay_2"), Noon).ThenRejected(RejectionCode.IllegalState);
        Granted().When(new OrderCommand.PaymentSucceeded("pay_1"), Noon).Then(new OrderEvent.Paid("pay_1", Noon))
            .When(new OrderCommand.PaymentSucceeded("pay_1"), Noon).ThenNothing();
    }

    [Fact]
    public void Goods_travel_only_once_paid_and_arrive_only_once_shipped()
    {
        var ship = new OrderCommand.Ship("dhl", "1");
        Granted().When(ship, Noon).ThenRejected(RejectionCode.OrderNotPaid);
        Paid().When(new OrderCommand.Deliver(), Noon).ThenRejected(RejectionCode.OrderNotShipped);
        var shipped = Paid().When(ship, Noon).Then(new OrderEvent.Shipped("dhl", "1", Noon));
        shipped.When(ship, Noon).ThenRejected(RejectionCode.IllegalState);
        shipped.When(new OrderCommand.Deliver(), Noon).Then(new OrderEvent.Delivered(Noon)).When(new OrderCommand.Deliver(), Noon).ThenNothing();
    }

    [Fact]
    public void An_order_somebody_may_be_paying_is_not_withdrawn()
    {
        Granted().When(new OrderCommand.Cancel("x"), Noon).ThenRejected(RejectionCode.OrderHasOpenPayment);
        var canceled = Placed().Do(new OrderCommand.Cancel("x"), Noon);
        canceled.When(new OrderCommand.Accept(Hash(canceled), Channel.Web), Noon).ThenRejected(RejectionCode.OrderCanceled);
        canceled.When(new OrderCommand.GrantPayment("pay_1", CaptureMode.Manual), Noon).ThenRejected(RejectionCode.OrderCanceled);
        canceled.When(new OrderCommand.Ship("dhl", "1"), Noon).ThenRejected(RejectionCode.OrderCanceled);
        canceled.When(new OrderCommand.Cancel("x"), Noon).ThenNothing();
        OrderRun.Given().When(new OrderCommand.Deliver(), Noon).ThenRejected(RejectionCode.NotFound);
        Placed().When(Place(Line), Noon).ThenRejected(RejectionCode.AlreadyExists);
    }

    [Fact]
    public void A_reference_belongs_to_the_first_order_that_claims_it()
    {
        var run = Run<ReferenceDecider, ReferenceCommand, ReferenceEvent, ReferenceState>.Given().When(new ReferenceCommand.Claim("ord_1"), Noon).Then(new ReferenceEvent.Claimed("ord_1"));
        run.When(new ReferenceCommand.Claim("ord_1"), Noon).ThenNothing();
        run.When(new ReferenceCommand.Claim("ord_2"), Noon).ThenRejected(RejectionCode.OrderReferenceTaken);
    }

    [Fact]
    public void Two_invoices_that_differ_anywhere_have_different_hashes() => Properties.Check(runs: 500, length: 12, numbers =>
    {
        var luck = new Luck(numbers);
        var invoice = new Invoice(Currency.Eur, [Word(luck), Word(luck)], luck.Below(9));
        var other = luck.Below(7) switch
        {
            0 => invoice with { Shipping = invoice.Shipping + 1 },
            1 => invoice with { Currency = Currency.Usd },
            2 => invoice with { Lines = invoice.Lines.With(0, invoice.Lines[0] with { Quantity = invoice.Lines[0].Quantity + 1 }) },
            3 => invoice with { Lines = invoice.Lines.With(1, invoice.Lines[1] with { Name = invoice.Lines[1].Name + "\n1" }) },
            4 => invoice with { Lines = invoice.Lines.With(0, invoice.Lines[0] with { Sku = invoice.Lines[0].Sku + "1", Name = invoice.Lines[0].Name }) },
            5 => invoice with { Lines = [invoice.Lines[0]] },
            _ => invoice with { Lines = invoice.Lines.With(0, invoice.Lines[0] with { Tax = invoice.Lines[0].Tax + 1 }) },
        };

        Assert.Equal(invoice.Hash("ord_1", "mer_1"), (invoice with { }).Hash("ord_1", "mer_1"));
        Assert.NotEqual(invoice.Hash("ord_1", "mer_1"), other.Hash("ord_1", "mer_1"));
        Assert.NotEqual(invoice.Hash("ord_1", "mer_1"), invoice.Hash("ord_1", "mer_2"));
        Assert.NotEqual(invoice.Hash("ord_1", "mer_1"), invoice.Hash("ord_2", "mer_1"));
    });

    private static InvoiceLine Word(Luck luck) => new($"{luck.Below(3)}", luck.Of(["", "1:", "a\n", "é", "10"]), 1 + luck.Below(3), luck.Below(50), luck.Below(2));

    private static void Expect(Turn<OrderDecider, OrderCommand, OrderEvent, OrderState> turn, RejectionCode? rejection)
    {
        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(OrderEvent.Placed));
    }
}
