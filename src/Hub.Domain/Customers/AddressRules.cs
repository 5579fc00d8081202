using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Customers;

/// <summary>How addresses join a customer, and leave it: by proof alone, for all to see, and with a way back.</summary>
/// <remarks>
/// An address that comes after a proved one may come from whoever got hold of a session. So it proves itself by its own code, no
/// confirmation goes there for a while, and the addresses from before are told, who may object (decision 0022). Nothing is ever
/// merged: the same number under two customers stays two addresses of two customers.
/// </remarks>
public static class AddressRules
{
    /// <summary>For how long a removed address can come back, in days.</summary>
    public const int RestoreDays = 30;

    /// <summary>The most removed addresses that are kept of those that nobody proved; one that was proved keeps its days whatever else is removed.</summary>
    public const int MaxRemoved = 20;

    /// <summary>The longest that a new address may be held, in hours.</summary>
    public const int MaxHoldHours = 168;

    /// <summary>The most devices with a chat among a customer's addresses.</summary>
    public const int MaxDevices = 5;

    internal static CustomerAddress New(NewAddress address) => new(address.Id, address.Channel, address.AddressKey, address.Value) { Twin = address.Twin };

    internal static Customer With(Customer c, string id, Func<CustomerAddress, CustomerAddress> change) =>
        c with { Addresses = c.Addresses.Select(a => a.Id == id ? change(a) : a).ToEquatableArray() };

    internal static Decision<CustomerEvent> Add(CustomerCommand.AddAddress c, DateTimeOffset at, Customer customer)
    {
        if (customer.Addresses.Count >= CustomerDecider.MaxAddresses) return RejectionCode.TooManyAddresses;
        if (customer.Addresses.Any(a => a.Id == c.Address.Id || a.AddressKey == c.Address.AddressKey)) return RejectionCode.AlreadyExists;
        if (c.Address.Channel is Channel.Chat && customer.Addresses.Count(a => a.Channel is Channel.Chat) >= MaxDevices) return RejectionCode.TooManyAddresses;
        return new CustomerEvent.AddressAdded(c.Address, at);
    }

    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<CustomerEvent> Request(CustomerCommand.RequestVerification c, DateTimeOffset at, Customer customer)
    {
        if (customer.FindAddress(c.Address) is not { } address) return RejectionCode.NoSuchAddress;
        if (address.VerifiedAt is not null) return RejectionCode.AddressAlreadyVerified;
        if (ProvedBy(address, customer) is not { } carrier) return RejectionCode.AddressNotVerified;
        if (carrier.CodesSent >= CustomerDecider.MaxCodesSent) return RejectionCode.TooManyResends;
        if (at < carrier.NextCodeAt) return RejectionCode.ResendTooSoon;
        return new CustomerEvent.VerificationRequested(c.Address, c.Verification, c.Digest, at.AddMinutes((long)CustomerDecider.VerificationMinutes), at);
    }

    /// <summary>Where the code goes that proves an address: to itself, and for a device, which nothing can be sent to, to the proved address it was bound by.</summary>
    /// <returns><c>null</c> when that one is not, or no longer, the customer's.</returns>
    public static CustomerAddress? ProvedBy(CustomerAddress address, Customer customer)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(customer);
        return address.Channel is Channel.Chat
            ? customer.Addresses.FirstOrDefault(a => a is { VerifiedAt: not null, Channel: not Channel.Chat } && a.AddressKey == address.Twin)
            : address;
    }

    internal static Decision<CustomerEvent> Check(CustomerCommand.CheckVerification c, DateTimeOffset at, Customer customer)
    {
        if (customer.FindAddress(c.Address) is not { } address) return RejectionCode.NoSuchAddress;
        if (address.VerifiedAt is not null) return RejectionCode.AddressAlreadyVerified;
        if (ProvedBy(address, customer) is not { } carrier) return RejectionCode.AddressNotVerified;

        // The number was lost and proved anew meanwhile: who read the code on it is not known.
        if (carrier.VerifiedAt > address.Verification?.RequestedAt) return RejectionCode.VerificationExpired;
        var held = HeldUntil(address, c.HoldHours, at, customer);
        if (held is not null && AddressChanges.NextAt(customer, at) is not null) return RejectionCode.TooManyAddressChanges;
        return VerificationCodes.Check(address, c.Digest, at, asked => [new CustomerEvent.AddressVerified(c.Address, asked.Id, at, held)]);
    }

    internal static Decision<CustomerEvent> Remove(CustomerCommand.RemoveAddress c, DateTimeOffset at, Customer customer) =>
        customer.FindAddress(c.Address) is { } address
            ? AddressChanges.Bounded(new CustomerEvent.AddressRemoved(address.Id, address.AddressKey, c.By, at, WarnedUntil(address, c.HoldHours, at)), c.By, at, customer)
            : RejectionCode.NoSuchAddress;

    internal static Decision<CustomerEvent> Restore(CustomerCommand.RestoreAddress c, DateTimeOffset at, Customer customer)
    {
        if (customer.FindAddress(c.Address) is not null) return Decision<CustomerEvent>.Nothing;
        if (customer.Removed.FirstOrDefault(r => r.Address.Id == c.Address) is not { } removed || at >= removed.At.AddDays((long)RestoreDays)) return RejectionCode.NoSuchAddress;
        if (customer.Addresses.Count >= CustomerDecider.MaxAddresses) return RejectionCode.TooManyAddresses;
        if (customer.Addresses.Any(a => a.AddressKey == removed.Address.AddressKey)) return RejectionCode.AlreadyExists;
        var isLater = removed.Address.IsLater || customer.Addresses.Any(a => a.VerifiedAt is not null);
        var held = removed.Address.VerifiedAt is null ? null : HeldUntil(removed.Address with { IsLater = isLater }, c.HoldHours, at, customer);
        return AddressChanges.Bounded(new CustomerEvent.AddressRestored(c.Address, c.By, at, held), c.By, at, customer);
    }

    internal static Decision<CustomerEvent> Lose(CustomerCommand.LoseAddress c, DateTimeOffset at, Customer customer) =>
        Lost(Ever(customer).Where(a => a.Id == c.Address && a.VerifiedAt is not null), c.Reason, at, customer).ToList();

    /// <summary>The addresses that are told when one is proved that is held: those that may confirm, and those that could until they were taken away a short while ago, given back since or not.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="added">The one that was proved.</param>
    /// <param name="at">When.</param>
    public static IEnumerable<CustomerAddress> Warned(Customer customer, CustomerAddress added, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(added);
        return customer.Addresses.Where(a => a.IsWarned(at))
            .Concat(customer.Removed.Where(r => at < r.WarnedUntil).Select(r => r.Address))
            .Where(a => a.Id != added.Id && a.AddressKey != added.AddressKey)
            .DistinctBy(a => a.AddressKey);
    }

    /// <summary>The addresses that are told when one is taken away: those that are told of a new one, and itself for a last time.</summary>
    /// <remarks>Nobody is told of one that was never proved: a slip of the pen is not somebody's phone. A browser is asked nothing that is no confirmation.</remarks>
    /// <param name="customer">Whose, after it was taken away.</param>
    /// <param name="removed">Which, and when.</param>
    public static IEnumerable<CustomerAddress> Told(Customer customer, RemovedAddress removed)
    {
        ArgumentNullException.ThrowIfNull(removed);
        if (removed.Address is { VerifiedAt: null } or { Channel: Channel.Chat }) return [];
        return Warned(customer, removed.Address, removed.At).Append(removed.Address).Where(a => a.Channel is not Channel.Chat);
    }

    // An objection counts from an address of before; what was no longer held when it was said had been told of, and nobody objected in time.
    // One that was taken away objects to what it was told of, as long as that is held, be it given back since: else either would silence it.
    internal static Decision<CustomerEvent> Object(CustomerCommand.ObjectToAddresses c, DateTimeOffset at, Customer customer)
    {
        var said = c.Said ?? at;
        if (Ever(customer).FirstOrDefault(a => a.Id == c.From) is not { } from) return Decision<CustomerEvent>.Nothing;
        var isThere = customer.FindAddress(c.From) is not null;
        var until = isThere ? from.WarnedUntil : customer.Removed.First(r => r.Address.Id == c.From).WarnedUntil;
        var objects = isThere && from.MayConfirm(said);
        var others = Ever(customer).Where(a => a.VerifiedAt is not null && !IsOneNumber(a, from)).ToList();
        var held = others.Where(a => said < a.HeldUntil && !(said < a.WarnedUntil) && (objects || a.VerifiedAt < until)).ToList();

        // What the same number proved since needed no waiting only because of it.
        return Lost(others.Where(a => held.Exists(h => IsOneNumber(a, h) && a.VerifiedAt >= h.VerifiedAt)), "not_me", at, customer).ToList();
    }

    // Who writes from a number has it, by whichever name and on whichever channel it is kept; a browser may be anybody's.
    private static bool IsOneNumber(CustomerAddress a, CustomerAddress from) =>
        a.Id == from.Id || (a.Channel is not Channel.Chat && from.Channel is not Channel.Chat && (a.AddressKey == from.AddressKey || a.AddressKey == from.Twin));

    // What was taken away can come back as it was, so what is said of a number is said of those too.
    private static IEnumerable<CustomerAddress> Ever(Customer customer) => customer.Addresses.Concat(customer.Removed.Select(r => r.Address));

    // A device is worth what the address is worth that its code came to: whoever was given the number since may have been given the device too.
    private static IEnumerable<CustomerEvent> Lost(IEnumerable<CustomerAddress> addresses, string reason, DateTimeOffset at, Customer customer) => addresses
        .SelectMany(lost => Ever(customer).Where(a => a is { Channel: Channel.Chat, VerifiedAt: not null } && a.Twin == lost.AddressKey).Prepend(lost))
        .DistinctBy(a => a.Id)
        .Select(CustomerEvent (a) => new CustomerEvent.AddressLost(a.Id, a.AddressKey, reason, at));

    internal static Decision<CustomerEvent> Say(CustomerCommand.Say c, DateTimeOffset at, Customer customer)
    {
        if (customer.FindAddress(c.Address) is not { } address) return Decision<CustomerEvent>.Nothing;
        return new CustomerEvent.AddressSaid(address.Id, address.Channel, c.What, at);
    }

    internal static Customer Evolve(Customer c, CustomerEvent happened) => Changed(c, happened) with { Told = AddressChanges.After(c, happened) };

    private static Customer Changed(Customer c, CustomerEvent happened) => happened switch
    {
        CustomerEvent.AddressAdded e => c with { Addresses = c.Addresses.Add(New(e.Address) with { IsLater = c.HasProved, CodesSent = CodesSent(c, e.Address.AddressKey) }) },
        CustomerEvent.VerificationRequested e => Carried(c, e.Address, a => a with { CodesSent = a.CodesSent + 1, DeviceCodeAt = e.At }, a => a with
        {
            Verification = new Verification(e.Verification, e.Digest, e.At, e.ExpiresAt, 0),
            CodesSent = a.CodesSent + (a.VerifiedAt is null ? 1 : 0),
            WalletCodes = a.WalletCodes + (a.VerifiedAt is null ? 0 : 1),
        }),
        CustomerEvent.VerificationFailed e => With(c, e.Address, a => a with { Verification = a.Verification! with { WrongCodes = e.Count } }),
        CustomerEvent.AddressVerified e => Carried(c, e.Address, a => a with { CodesSent = 0, DeviceCodeAt = null }, a => Back(c, a, e.HeldUntil, e.At) with { VerifiedAt = e.At, LostReason = null }) with { HasProved = true },
        CustomerEvent.AddressRemoved e => Removed(c, new RemovedAddress(c.FindAddress(e.Address)!, e.At, e.WarnedUntil)),
        CustomerEvent.AddressRestored e => c with
        {
            Addresses = c.Addresses.Add(Back(c, c.Removed.First(r => r.Address.Id == e.Address).Address, e.HeldUntil, e.At)),
            Removed = c.Removed.Where(r => r.Address.Id != e.Address).ToEquatableArray(),
        },
        CustomerEvent.AddressLost e => With(c, e.Address, a => Lost(a, e.Reason)) with
        {
            // It is told of nothing more either: somebody else may read it.
            Removed = c.Removed.Select(r => r.Address.Id == e.Address ? r with { Address = Lost(r.Address, e.Reason), WarnedUntil = null } : r).ToEquatableArray(),
        },
        CustomerEvent.AddressSaid e => With(c, e.Address, a => e.What switch
        {
            Inbound.Stop => a with { OptedOutAt = e.At },
            Inbound.Start => a with { OptedOutAt = null },
            _ => a,
        }),
        _ => throw new CorruptJournalException(c, happened),
    };

    // A number that was still told when it came back, given back or added anew under whichever name, is told until it may confirm again: else
    // something could be proved in silence.
    private static CustomerAddress Back(Customer c, CustomerAddress a, DateTimeOffset? heldUntil, DateTimeOffset at)
    {
        var warnedUntil = c.Removed.Where(r => r.Address.AddressKey == a.AddressKey).Max(r => r.WarnedUntil);
        return a with
        {
            Verification = null,
            HeldUntil = heldUntil,
            WarnedUntil = !(at < warnedUntil) ? null : heldUntil > warnedUntil ? heldUntil : warnedUntil,
        };
    }

    private static CustomerAddress Lost(CustomerAddress a, string reason) =>
        a with { VerifiedAt = null, HeldUntil = null, WarnedUntil = null, Verification = null, CodesSent = 0, LostReason = reason };

    private static Customer Removed(Customer c, RemovedAddress removed) => c with
    {
        Addresses = c.Addresses.Where(a => a.Id != removed.Address.Id).ToEquatableArray(),
        Removed = Kept(c.Removed.Where(r => removed.At < r.At.AddDays((long)RestoreDays)).Append(removed).ToList()).ToEquatableArray(),
    };

    // Adding junk and removing it must not push out what the customer may want back, nor how many codes somebody was sent.
    private static IEnumerable<RemovedAddress> Kept(List<RemovedAddress> removed)
    {
        var tooMany = removed.Where(r => !r.Address.WasProved).OrderBy(r => r.Address.CodesSent).SkipLast(MaxRemoved).ToHashSet();
        return removed.Where(r => !tooMany.Contains(r));
    }

    // The secret of a device is new whenever somebody likes, so its codes count where they arrive; a right one shows that they were asked for.
    private static Customer Carried(Customer c, string id, Func<CustomerAddress, CustomerAddress> carrier, Func<CustomerAddress, CustomerAddress> own) =>
        With(c.FindAddress(id) is { Channel: Channel.Chat, VerifiedAt: null } device && ProvedBy(device, c) is { } via ? With(c, via.Id, carrier) : c, id, own);

    // Taking an address away and adding it anew buys no more codes.
    private static int CodesSent(Customer c, string addressKey) =>
        c.Removed.Where(r => r.Address.AddressKey == addressKey).Select(r => r.Address.CodesSent).DefaultIfEmpty().Max();

    // One that could confirm nothing yet was never in the right to be told.
    private static DateTimeOffset? WarnedUntil(CustomerAddress address, int hours, DateTimeOffset at) =>
        address.IsWarned(at) && hours > 0 ? at.AddHours((long)Math.Min(hours, MaxHoldHours)) : null;

    private static DateTimeOffset? HeldUntil(CustomerAddress address, int hours, DateTimeOffset at, Customer customer)
    {
        var isSuspect = address.IsLater || address.LostReason is not null;
        if (!isSuspect || hours <= 0) return null;
        var isKnown = address.LostReason is null && address.Twin is { } twin && customer.Addresses.Any(a => a.AddressKey == twin && a.MayConfirm(at));
        return isKnown ? null : at.AddHours((long)Math.Min(hours, MaxHoldHours));
    }
}
