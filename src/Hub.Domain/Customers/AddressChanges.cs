using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Customers;

/// <summary>How often a customer's addresses are told that one of them was taken away, or that another one waits.</summary>
/// <remarks>
/// Whoever has a session could else take an address away and give it back without end, until the owner's phone had been sent as much as may be sent
/// to it in an hour: then neither a confirmation nor a warning gets there. What would be told once too often is refused, since done in silence it
/// would be worse. Staff are not bound: they undo what somebody has used the hour up with (decision 0022).
/// </remarks>
public static class AddressChanges
{
    /// <summary>The most changes of one customer that are told in any hour.</summary>
    public const int MaxPerHour = 6;

    /// <summary>Who takes addresses away and gives them back where it is no member of staff.</summary>
    public const string ByCustomer = "customer";

    /// <summary>From when on the next change can be told.</summary>
    /// <param name="customer">Whose addresses.</param>
    /// <param name="at">Now.</param>
    /// <returns><c>null</c> where it can be now.</returns>
    public static DateTimeOffset? NextAt(Customer customer, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var lately = Lately(customer, at).ToList();
        return lately.Count < MaxPerHour ? null : lately[^MaxPerHour].AddHours(1);
    }

    /// <summary>The change, unless it would be told once too often.</summary>
    /// <param name="change">What is to happen.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="at">When.</param>
    /// <param name="customer">Whose addresses.</param>
    internal static Decision<CustomerEvent> Bounded(CustomerEvent change, string by, DateTimeOffset at, Customer customer) =>
        by == ByCustomer && ToldAt(change, customer) is not null && NextAt(customer, at) is not null ? RejectionCode.TooManyAddressChanges : change;

    /// <summary>When changes were told, once one more has happened.</summary>
    /// <param name="customer">As it was before.</param>
    /// <param name="happened">The change.</param>
    internal static EquatableArray<DateTimeOffset> After(Customer customer, CustomerEvent happened) =>
        ToldAt(happened, customer) is { } at ? Lately(customer, at).Append(at).ToEquatableArray() : customer.Told;

    // Of one that nobody had proved, of a browser that goes and of what need not wait nobody is told.
    private static DateTimeOffset? ToldAt(CustomerEvent change, Customer before) => change switch
    {
        CustomerEvent.AddressVerified { HeldUntil: not null } e => e.At,
        CustomerEvent.AddressRestored { HeldUntil: not null } e => e.At,
        CustomerEvent.AddressRemoved e when before.FindAddress(e.Address) is { VerifiedAt: not null, Channel: not Channel.Chat } => e.At,
        _ => null,
    };

    private static IEnumerable<DateTimeOffset> Lately(Customer customer, DateTimeOffset at) => customer.Told.Where(told => told > at.AddHours(-1));
}
