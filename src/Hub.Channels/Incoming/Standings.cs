using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Channels.Templates;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Channels.Incoming;

/// <summary>How orders stand, in the one word that a customer is told.</summary>
/// <param name="actors">The way to orders and payments.</param>
public sealed class Standings(IActors actors)
{
    /// <summary>The most orders that one answer tells of.</summary>
    public const int MostTold = 3;

    private const char Between = ' ';

    /// <summary>Which orders an answer is about: those that are open, newest first, or the latest where none is.</summary>
    /// <param name="orders">The customer's, newest first.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyList<Order>> ToTellAsync(IReadOnlyList<Order> orders, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var open = new List<Order>();
        foreach (var order in orders)
        {
            if (open.Count == MostTold) break;
            if (IsOpen(Of(order, await PaymentOfAsync(order, cancel)))) open.Add(order);
        }

        return open.Count > 0 ? open : [.. orders.Take(1)];
    }

    /// <summary>What an answer is about, as its notification carries it; the words are made when it is sent.</summary>
    /// <param name="merchant">Whose customer.</param>
    /// <param name="customer">Who asked.</param>
    /// <param name="orders">At most <see cref="MostTold"/>; none where it is about the customer alone.</param>
    public static About AboutOf(string merchant, string customer, IReadOnlyList<Order> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        return orders switch
        {
            [] => new About(merchant, customer),
            [var one] => new About(merchant, customer, one.Id, one.Payment),
            _ => new About(merchant, customer, Part: string.Join(Between, orders.Select(o => o.Id))),
        };
    }

    /// <summary>What the answer says, read anew.</summary>
    /// <returns><c>null</c> when none of the orders exists.</returns>
    public async Task<MessageContent?> SayAsync(About about, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(about);
        var told = new List<(Order Order, Standing Standing)>();
        foreach (var id in about.Order is { } one ? [one] : (about.Part ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries))
        {
            if (await actors.FindAnewAsync<Order>(HubKinds.Order[id], cancel) is not { } order || order.Customer != about.Customer) continue;
            told.Add((order, Of(order, await PaymentOfAsync(order, cancel))));
        }

        return told switch
        {
            [] => null,
            [var (order, standing)] => new MessageContent.StatusAnswer(order.Payee, order.Reference, standing),
            _ => new MessageContent.StatusAnswers(told.Select(t => new OrderStanding(t.Order.Reference, t.Standing)).ToEquatableArray()),
        };
    }

    /// <summary>How an order stands.</summary>
    /// <param name="order">Which.</param>
    /// <param name="payment">Its last payment; <c>null</c> for none.</param>
    public static Standing Of(Order order, Payment? payment)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order switch
        {
            { Status: OrderStatus.Canceled } => Standing.Canceled,
            { Status: OrderStatus.Delivered } => Standing.Delivered,
            { ReturnedAt: not null } => Standing.Returned,
            { Status: OrderStatus.Shipped } => Standing.Shipped,
            { Status: OrderStatus.Paid } => Standing.Paid,
            { Status: OrderStatus.Placed, Payment: null } => Standing.Placed,
            _ => OfPayment(payment),
        };
    }

    /// <summary>Whether more is to come.</summary>
    public static bool IsOpen(Standing standing) => standing is not (Standing.Delivered or Standing.Canceled or Standing.Expired);

    private static Standing OfPayment(Payment? payment) => payment?.Status switch
    {
        PaymentStatus.AwaitingConfirmation => Standing.AwaitingConfirmation,
        PaymentStatus.RequiresReview => Standing.InReview,
        PaymentStatus.Processing or PaymentStatus.RequiresCapture or PaymentStatus.PartiallyCaptured => Standing.Processing,

        // The money is there, and the order hears of it next.
        PaymentStatus.Succeeded => Standing.Paid,
        PaymentStatus.Expired => Standing.Expired,
        _ => Standing.AwaitingPayment,
    };

    private async Task<Payment?> PaymentOfAsync(Order order, CancellationToken cancel) =>
        order.Payment is { } id ? await actors.FindAnewAsync<Payment>(HubKinds.Payment[id], cancel) : null;
}
