using System.Globalization;
using System.Text.Json.Serialization;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Api.Views;

/// <summary>A way to reach a customer.</summary>
/// <param name="Id">Such as <c>adr_…</c>.</param>
/// <param name="Channel">How.</param>
/// <param name="Address">The number or mailbox, for the merchant that knows it; else <c>null</c>.</param>
/// <param name="Display">The same with its middle left out.</param>
/// <param name="Verified">Whether the customer proved it is theirs.</param>
/// <param name="VerifiedAt">When.</param>
/// <param name="OptedOut">Whether somebody there said STOP: nothing is sent there until they say START.</param>
/// <param name="OptedOutAt">When.</param>
/// <param name="HeldUntil">Until when no confirmation goes there, since it was added after a verified one; <c>null</c> for none.</param>
/// <param name="ReverifyReason">Why it has to be verified anew: <c>gone</c>, <c>unreachable</c>, <c>opted_out</c>, <c>not_me</c>; else <c>null</c>.</param>
public sealed record AddressView(
    string Id, Channel Channel, string? Address, string Display, bool Verified, DateTimeOffset? VerifiedAt, bool OptedOut = false, DateTimeOffset? OptedOutAt = null,
    DateTimeOffset? HeldUntil = null, string? ReverifyReason = null);

/// <summary>How the customer wants to confirm.</summary>
/// <param name="Method">The channel asked first.</param>
/// <param name="Fallback">The channels after it, in order.</param>
/// <param name="FallbackAfterSeconds">How long a request that arrived waits for its answer before the next channel is asked too.</param>
public sealed record ConfirmationWishView(Channel Method, IReadOnlyList<Channel> Fallback, int FallbackAfterSeconds);

/// <summary>The channels each kind of notice may use, in order; none: it is muted.</summary>
/// <param name="Receipts">The electronic receipt.</param>
/// <param name="PaymentStatus">A payment was declined, canceled, not confirmed in time, or taken back by the bank.</param>
/// <param name="Refunds">Money went back.</param>
/// <param name="Shipping">The goods are on their way, or arrived.</param>
public sealed record NoticesView(IReadOnlyList<Channel> Receipts, IReadOnlyList<Channel> PaymentStatus, IReadOnlyList<Channel> Refunds, IReadOnlyList<Channel> Shipping);

/// <summary>When no phone rings for a notice, by the customer's own clock.</summary>
/// <param name="From">When they begin, such as <c>22:00</c>.</param>
/// <param name="To">When they end; on the next day where it is the earlier one.</param>
/// <param name="TimeZone">The IANA name of the customer's time zone.</param>
public sealed record QuietHoursView(string From, string To, string TimeZone);

/// <summary>Something to pay with.</summary>
public sealed record InstrumentView(string Id, string Type, string Brand, string Last4, int ExpMonth, int ExpYear)
{
    /// <summary>Always <c>instrument</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "instrument";

    /// <summary>The view of an instrument.</summary>
    public static InstrumentView Of(InstrumentRef i)
    {
        ArgumentNullException.ThrowIfNull(i);
        return new InstrumentView(i.Id, i.Type, i.Brand, i.Last4, i.ExpMonth, i.ExpYear);
    }
}

/// <summary>Stored value in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Balance">What the customer has, in minor units.</param>
/// <param name="Available">What of it no open payment waits for.</param>
public sealed record ECashView(string Currency, long Balance, long Available);

/// <summary>A customer; personal fields are <c>null</c> once it was erased.</summary>
public sealed record CustomerView(
    string Id,
    string Merchant,
    string? Name,
    IReadOnlyList<AddressView> Addresses,
    ConfirmationWishView Confirmation,
    string Locale,
    NoticesView Notifications,
    QuietHoursView? QuietHours,
    DigestView? Digest,
    IReadOnlyList<InstrumentView> Instruments,
    IReadOnlyList<ECashView> Ecash,
    bool Erased,
    DateTimeOffset CreatedAt,
    long Version)
{
    /// <summary>Always <c>customer</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "customer";

    /// <summary>The view of a state, for one caller: the whole address is the merchant's to see, others see its ends.</summary>
    public static CustomerView Of(Customer customer, long version, IPersonalData persons, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(persons);
        var wishes = customer.Preferences;
        return new CustomerView(
            customer.Id, customer.Merchant, persons.Open(customer.Id, customer.Name),
            [.. customer.Addresses.Select(a => AddressOf(customer, a, persons, caller is Caller.Merchant))],
            new ConfirmationWishView(wishes.Method, [.. wishes.Fallback], wishes.FallbackAfterSeconds ?? Preferences.DefaultFallbackSeconds), wishes.Locale,
            NoticesOf(wishes), wishes.Quiet is { } quiet ? new QuietHoursView(TimeOf(quiet.FromMinute), TimeOf(quiet.ToMinute), quiet.TimeZone) : null,
            DigestView.Of(wishes.Digest),
            [.. customer.Instruments.Where(i => i.Type != InstrumentType.WalletCard).Select(InstrumentView.Of)],
            [.. customer.Cash.Balances.Select(b => new ECashView(b.Currency.Code, b.Minor, customer.Cash.Available(b.Currency)))], customer.Erased, customer.CreatedAt, version);
    }

    private static NoticesView NoticesOf(Preferences wishes) => new(
        [.. wishes.ChannelsFor(NoticeTopic.Receipts)], [.. wishes.ChannelsFor(NoticeTopic.PaymentStatus)],
        [.. wishes.ChannelsFor(NoticeTopic.Refunds)], [.. wishes.ChannelsFor(NoticeTopic.Shipping)]);

    private static string TimeOf(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static AddressView AddressOf(Customer customer, CustomerAddress a, IPersonalData persons, bool whole)
    {
        var value = persons.Open(customer.Id, a.Value);
        return new AddressView(a.Id, a.Channel, whole && a.Channel is not Channel.Chat ? value : null, value is null ? "erased" : Mask(a.Channel, value), a.VerifiedAt is not null, a.VerifiedAt,
            a.OptedOutAt is not null, a.OptedOutAt, a.HeldUntil, a.LostReason);
    }

    private static string Mask(Channel channel, string value)
    {
        // A device's value is nothing to read, nor to write to.
        if (channel is Channel.Chat) return "chat";
        if (channel is not Channel.Email) return value.Length > 8 ? $"{value[..2]} ••• {value[^4..]}" : "•••";
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return at > 0 ? $"{value[0]}•••{value[at..]}" : "•••";
    }
}
