using Hub.Actors.Views;
using Hub.Domain.Orders;

namespace Hub.Channels.Incoming;

/// <summary>Finds a customer's orders, for whoever asks how they stand.</summary>
public interface ICustomerOrders
{
    /// <summary>The newest orders of a customer, newest first. They may lag behind the journal by a moment: what is told of one is read anew.</summary>
    /// <param name="customer">Whose, <c>cus_…</c>.</param>
    IReadOnlyList<Order> Newest(string customer);
}

/// <summary>A customer's orders as this node's views show them.</summary>
/// <param name="views">The views.</param>
public sealed class ViewedOrders(IViews views) : ICustomerOrders
{
    // Nobody asks by text message for an order that a hundred others came after.
    private const int Most = 100;

    /// <inheritdoc/>
    public IReadOnlyList<Order> Newest(string customer)
    {
        ArgumentException.ThrowIfNullOrEmpty(customer);
        return [.. views.List(new ViewQuery("order", Customer: customer, Limit: Most)).Rows.Select(row => row.State).OfType<Order>()];
    }
}
