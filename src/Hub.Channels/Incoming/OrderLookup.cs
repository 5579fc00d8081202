using Hub.Domain.Addresses;
using Hub.Domain.Orders;

namespace Hub.Channels.Incoming;

/// <summary>Whose orders something that was written is about.</summary>
public abstract record Found
{
    private Found()
    {
    }

    /// <summary>Nobody proved that this address is theirs: nothing of anybody is told there.</summary>
    public sealed record Nobody : Found;

    /// <summary>Several hold the address, and no order of only one of them was named.</summary>
    public sealed record Several : Found;

    /// <summary>No order of that name is known of those who hold the address.</summary>
    public sealed record NoSuchOrder : Found;

    /// <summary>One customer.</summary>
    /// <param name="Who">The customer.</param>
    /// <param name="Orders">The order that was named; all of them where none was, newest first.</param>
    public sealed record One(Holder Who, IReadOnlyList<Order> Orders) : Found;
}

/// <summary>Finds whom, and which order, somebody at an address writes about.</summary>
/// <remarks>
/// Nothing of one customer is told to an address that two of them share, and nothing is guessed: then an order has to be named, and
/// its name has to fit one order of one of them. An order is named by the shop's reference, in any case, or by the end of the hub's id.
/// </remarks>
/// <param name="orders">Finds a customer's orders.</param>
public sealed class OrderLookup(ICustomerOrders orders)
{
    /// <summary>The least of the hub's id that names an order: six characters of a ULID's random part.</summary>
    public const int ShortestEnd = 6;

    private const string IdPrefix = "ord_";

    /// <summary>Looks it up.</summary>
    /// <param name="address">Where it was written.</param>
    /// <param name="reference">The order that was named; <c>null</c> for none.</param>
    public Found Find(AddressState address, string? reference)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Holders.Count == 0) return new Found.Nobody();
        if (reference is null) return address.OnlyHolder is { } only ? new Found.One(only, orders.Newest(only.Customer)) : new Found.Several();
        var fitting = address.Holders
            .SelectMany(holder => orders.Newest(holder.Customer).Where(order => IsNamed(order, reference)).Select(order => (holder, order)))
            .Take(2)
            .ToList();
        return fitting switch
        {
            [var (holder, order)] => new Found.One(holder, [order]),
            [] => new Found.NoSuchOrder(),
            _ => new Found.Several(),
        };
    }

    /// <summary>Whether an order goes by a name that somebody typed.</summary>
    public static bool IsNamed(Order order, string reference)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(reference);
        if (order.Reference.Equals(reference, StringComparison.OrdinalIgnoreCase)) return true;
        var end = reference.StartsWith(IdPrefix, StringComparison.OrdinalIgnoreCase) ? reference[IdPrefix.Length..] : reference;
        return end.Length >= ShortestEnd && end.Length <= order.Id.Length - IdPrefix.Length && order.Id.EndsWith(end, StringComparison.OrdinalIgnoreCase);
    }
}
