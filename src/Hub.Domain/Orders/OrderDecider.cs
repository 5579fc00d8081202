using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;
using Hub.Domain.Payments;

namespace Hub.Domain.Orders;

/// <summary>An order: signed by the merchant, accepted by the customer, paid by one payment, shipped, delivered.</summary>
/// <remarks>Invariant 24: one open payment at a time, and none after one has captured.</remarks>
public sealed class OrderDecider : IDecider<OrderCommand, OrderEvent, OrderState>
{
    /// <inheritdoc/>
    public static OrderState Initial { get; } = new NoOrder();

    /// <inheritdoc/>
    public static Decision<OrderEvent> Decide(OrderCommand command, DateTimeOffset at, OrderState state) => (command, state) switch
    {
        (OrderCommand.Place c, NoOrder) => Place(c, at),
        (OrderCommand.Place, _) => RejectionCode.AlreadyExists,
        (OrderCommand.Accept c, Order order) => Accept(c, at, order),
        (OrderCommand.GrantPayment c, Order order) => GrantPayment(c, at, order),
        (OrderCommand.PaymentSucceeded c, Order order) => Paid(c, at, order),
        (OrderCommand.PaymentEnded c, Order order) => Released(c, order),
        (OrderCommand.PaymentReturned c, Order order) => Returned(c, at, order),
        (OrderCommand.Ship c, Order order) => Ship(c, at, order),
        (OrderCommand.Deliver, Order order) => Deliver(at, order),
        (OrderCommand.Cancel c, Order order) => Cancel(c, at, order),
        (OrderCommand.TimerDue, Order) => RejectionCode.NothingToDo,
        _ => RejectionCode.NotFound,
    };

    /// <inheritdoc/>
    public static OrderState Evolve(OrderState state, OrderEvent happened) => (state, happened) switch
    {
        (NoOrder, OrderEvent.Placed e) => new Order(e.Id, e.Merchant, e.Payee, e.Customer, e.Reference, e.Invoice, e.InvoiceHash, e.Consignee, e.Delivery, e.Signature, e.At),
        (Order order, OrderEvent.Accepted e) => order with { Status = OrderStatus.Accepted, Acceptance = new Acceptance(e.InvoiceHash, e.At) },
        (Order order, OrderEvent.PaymentGranted e) => order with { Payment = e.Payment, PaymentOpen = true },
        (Order order, OrderEvent.Paid) => order with { Status = order.IsSent ? order.Status : OrderStatus.Paid, ReturnedAt = null },
        (Order order, OrderEvent.PaymentReturned e) => order with { Status = order.IsSent ? order.Status : OrderStatus.Accepted, PaymentOpen = false, ReturnedAt = e.At },
        (Order order, OrderEvent.PaymentReleased) => order with { PaymentOpen = false },
        (Order order, OrderEvent.Shipped e) => order with { Status = OrderStatus.Shipped, Shipment = new Shipment(e.Carrier, e.Tracking, e.At) },
        (Order order, OrderEvent.Delivered e) => order with { Status = OrderStatus.Delivered, DeliveredAt = e.At },
        (Order order, OrderEvent.Canceled) => order with { Status = OrderStatus.Canceled },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(OrderEvent happened) => [];

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(OrderEvent happened) => [];

    /// <inheritdoc/>
    public static OrderCommand OnTimer(string name) => new OrderCommand.TimerDue(name);

    // Precedence is part of the API: the first failed check is the code the caller sees.
    private static Decision<OrderEvent> Place(OrderCommand.Place c, DateTimeOffset at)
    {
        if (c.Invoice.Lines.Count == 0) return RejectionCode.OrderHasNoLines;
        if (c.Invoice.Lines.Count > Invoice.MaxLines) return RejectionCode.TooManyLines;
        if (c.Invoice.Lines.Any(l => l.Quantity is <= 0 or > Invoice.MaxQuantity || l.UnitPrice < 0 || l.Tax < 0)) return RejectionCode.AmountNotPositive;
        if (c.Invoice.Shipping < 0) return RejectionCode.AmountNotPositive;
        if (c.Invoice.Lines.Any(l => l.UnitPrice > Amount.MaxMinor) || c.Invoice.Shipping > Amount.MaxMinor) return RejectionCode.AmountTooLarge;
        if (c.Invoice.Total.Minor <= 0) return RejectionCode.AmountNotPositive;
        if (c.Invoice.Total.Minor > Amount.MaxMinor) return RejectionCode.AmountTooLarge;
        if (c.Invoice.Lines.Any(l => l.Tax > l.Total)) return RejectionCode.TotalMismatch;
        return new OrderEvent.Placed(
            c.Id, c.Merchant, c.Payee, c.Customer, c.Reference, c.Invoice, c.Invoice.Hash(c.Id, c.Merchant), c.Consignee, c.Delivery, c.Signature, at);
    }

    private static Decision<OrderEvent> Accept(OrderCommand.Accept c, DateTimeOffset at, Order order)
    {
        if (c.InvoiceHash != order.InvoiceHash) return RejectionCode.InvoiceHashMismatch;
        if (order.Status is OrderStatus.Canceled) return RejectionCode.OrderCanceled;
        if (order.Acceptance is not null) return Decision<OrderEvent>.Nothing;
        return new OrderEvent.Accepted(c.InvoiceHash, c.By, at);
    }

    private static Decision<OrderEvent> GrantPayment(OrderCommand.GrantPayment c, DateTimeOffset at, Order order)
    {
        if (order.Status is OrderStatus.Canceled) return RejectionCode.OrderCanceled;
        if (order.IsPaid) return RejectionCode.OrderAlreadyPaid;
        if (order.PaymentOpen) return order.Payment == c.Payment ? Decision<OrderEvent>.Nothing : RejectionCode.OrderHasOpenPayment;
        if (order.Payment == c.Payment) return RejectionCode.IllegalState;
        return new OrderEvent.PaymentGranted(c.Payment, c.Mode, order.Grant, at);
    }

    private static Decision<OrderEvent> Paid(OrderCommand.PaymentSucceeded c, DateTimeOffset at, Order order)
    {
        if (c.Payment != order.Payment) return RejectionCode.IllegalState;
        if (order.IsPaid || order.Status is OrderStatus.Canceled) return Decision<OrderEvent>.Nothing;
        return new OrderEvent.Paid(c.Payment, at);
    }

    // The bank took the money back: the customer owes it again, whatever has become of the goods.
    private static Decision<OrderEvent> Returned(OrderCommand.PaymentReturned c, DateTimeOffset at, Order order)
    {
        if (c.Payment != order.Payment || (!order.PaymentOpen && !order.IsPaid)) return Decision<OrderEvent>.Nothing;
        return new OrderEvent.PaymentReturned(c.Payment, at);
    }

    private static Decision<OrderEvent> Released(OrderCommand.PaymentEnded c, Order order)
    {
        if (c.Payment != order.Payment || !order.PaymentOpen) return Decision<OrderEvent>.Nothing;
        return new OrderEvent.PaymentReleased(c.Payment);
    }

    private static Decision<OrderEvent> Ship(OrderCommand.Ship c, DateTimeOffset at, Order order)
    {
        if (order.Status is OrderStatus.Canceled) return RejectionCode.OrderCanceled;
        if (order.Status is OrderStatus.Placed or OrderStatus.Accepted) return RejectionCode.OrderNotPaid;
        if (order.Status is not OrderStatus.Paid) return RejectionCode.IllegalState;
        return new OrderEvent.Shipped(c.Carrier, c.Tracking, at);
    }

    private static Decision<OrderEvent> Deliver(DateTimeOffset at, Order order)
    {
        if (order.Status is OrderStatus.Delivered) return Decision<OrderEvent>.Nothing;
        if (order.Status is not OrderStatus.Shipped) return RejectionCode.OrderNotShipped;
        return new OrderEvent.Delivered(at);
    }

    private static Decision<OrderEvent> Cancel(OrderCommand.Cancel c, DateTimeOffset at, Order order)
    {
        if (order.Status is OrderStatus.Canceled) return Decision<OrderEvent>.Nothing;
        if (order.PaymentOpen) return RejectionCode.OrderHasOpenPayment;
        if (order.Status is not (OrderStatus.Placed or OrderStatus.Accepted)) return RejectionCode.OrderAlreadyPaid;
        return new OrderEvent.Canceled(c.Reason, at);
    }
}
