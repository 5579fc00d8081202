using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers.Cash;
using Hub.Domain.Customers.Wallets;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Domain.Customers;

/// <summary>What a customer is.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(NoCustomer), "none")]
[JsonDerivedType(typeof(Customer), "customer")]
public abstract record CustomerState : State;

/// <summary>Not registered.</summary>
public sealed record NoCustomer : CustomerState
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>A code on its way to an address.</summary>
public sealed record Verification(string Id, string Digest, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, int WrongCodes);

/// <summary>A way to reach the customer.</summary>
public sealed record CustomerAddress(string Id, Channel Channel, string AddressKey, Sealed Value)
{
    /// <summary>When the customer proved it is theirs; <c>null</c> until then.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>The code that is on its way there: to prove the address, or, once it is proved, the wallet.</summary>
    public Verification? Verification { get; init; }

    /// <summary>
    /// How many codes were sent there before it was proved, and since then for devices of which none was proved; bounded, since a merchant may
    /// have named somebody else's number.
    /// </summary>
    public int CodesSent { get; init; }

    /// <summary>When a code for a device was last sent there; <c>null</c> for never.</summary>
    public DateTimeOffset? DeviceCodeAt { get; init; }

    /// <summary>How many codes for the wallet were sent there since the last right one.</summary>
    public int WalletCodes { get; init; }

    /// <summary>The key of the same number on the other channel that numbers have.</summary>
    public string? Twin { get; init; }

    /// <summary>Whether it was added when the customer had proved another address before: whoever has a session may have added it.</summary>
    public bool IsLater { get; init; }

    /// <summary>Until when no confirmation goes there; <c>null</c> for none.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>
    /// Until when it is told of addresses that are proved, and may object to those, though it waits itself: since it could confirm before it was
    /// taken away and given back, a short while ago. <c>null</c> for not at all.
    /// </summary>
    public DateTimeOffset? WarnedUntil { get; init; }

    /// <summary>When somebody there said STOP; <c>null</c> where nobody did, or START since.</summary>
    public DateTimeOffset? OptedOutAt { get; init; }

    /// <summary>Why it has to be proved anew; <c>null</c> where nothing is known against it.</summary>
    public string? LostReason { get; init; }

    /// <summary>Whether it was proved once, though nothing may go there any more.</summary>
    [JsonIgnore]
    public bool WasProved => VerifiedAt is not null || LostReason is not null;

    /// <summary>How a message gets there.</summary>
    [JsonIgnore]
    public Route Route => new(Channel, Id, AddressKey, Value);

    /// <summary>Whether a confirmation may go there, and be answered from there.</summary>
    public bool MayConfirm(DateTimeOffset at) => VerifiedAt is not null && !(at < HeldUntil);

    /// <summary>Whether it is told of addresses that come after it, and may object to them.</summary>
    public bool IsWarned(DateTimeOffset at) => MayConfirm(at) || (VerifiedAt is not null && at < WarnedUntil);

    /// <summary>From when on another code is sent there; <c>null</c> where none has to be waited for.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextCodeAt
    {
        get
        {
            var device = DeviceCodeAt?.AddSeconds(PaymentLimits.ResendSeconds);
            var own = Verification?.RequestedAt.AddSeconds(VerifiedAt is null ? PaymentLimits.ResendSeconds : WalletProofs.WaitAfter(WalletCodes));
            return own is null || device > own ? device : own;
        }
    }
}

/// <summary>An address that was removed, as it was.</summary>
/// <param name="Address">What it was.</param>
/// <param name="At">When it was removed.</param>
/// <param name="WarnedUntil">Until when it is told of addresses that are proved, and may object to those while they are held; <c>null</c> for not at all.</param>
public sealed record RemovedAddress(CustomerAddress Address, DateTimeOffset At, DateTimeOffset? WarnedUntil = null);

/// <summary>A registered customer; erased ones too.</summary>
public sealed record Customer(string Id, string Merchant, Sealed Name, Preferences Preferences, DateTimeOffset CreatedAt) : CustomerState
{
    /// <summary>Every address, oldest first.</summary>
    public EquatableArray<CustomerAddress> Addresses { get; init; } = [];

    /// <summary>Addresses that were removed and can come back, oldest first.</summary>
    public EquatableArray<RemovedAddress> Removed { get; init; } = [];

    /// <summary>When the customer's addresses were told of a change among them, oldest first; those of the last hour.</summary>
    public EquatableArray<DateTimeOffset> Told { get; init; } = [];

    /// <summary>Whether any address was ever proved: what comes after it waits, however many were taken away since.</summary>
    /// <remarks>States that were kept before this was noted tell it by the addresses they hold.</remarks>
    public bool HasProved { get => field || Addresses.Any(a => a.WasProved) || Removed.Any(r => r.Address.WasProved); init; }

    /// <summary>What it can pay with.</summary>
    public EquatableArray<InstrumentRef> Instruments { get; init; } = [];

    /// <summary>Which of <see cref="Instruments"/> came in sessions for one payment, oldest first; these make room for each other.</summary>
    public EquatableArray<PassingInstrument> Passing { get; init; } = [];

    /// <summary>The electronic wallet; <c>null</c> until it has a password.</summary>
    public Wallet? Wallet { get; init; }

    /// <summary>Stored value.</summary>
    public ECash Cash { get; init => field = value ?? new ECash(); } = new();

    /// <summary>Whether the person was forgotten.</summary>
    public bool Erased { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => new(Merchant, Id);

    /// <summary>The verified addresses in the order confirmations try them: the chosen method, then the fallback order. One that is held is not among them.</summary>
    /// <param name="at">The time it is asked.</param>
    public EquatableArray<Route> ConfirmationRoutes(DateTimeOffset at) =>
        Preferences.Fallback.Prepend(Preferences.Method).Distinct()
            .SelectMany(channel => Addresses.Where(a => !Erased && a.Channel == channel && a.MayConfirm(at)))
            .Select(a => a.Route)
            .ToEquatableArray();

    /// <summary>The address with this id.</summary>
    /// <returns><c>null</c> when there is none such.</returns>
    public CustomerAddress? FindAddress(string id) => Addresses.FirstOrDefault(a => a.Id == id);
}

/// <summary>How a customer is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CustomerCommand))]
[JsonSerializable(typeof(CustomerEvent))]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(NewAddress))]
[JsonSerializable(typeof(CustomerAddress))]
[JsonSerializable(typeof(RemovedAddress))]
[JsonSerializable(typeof(InstrumentRef))]
[JsonSerializable(typeof(PassingInstrument))]
[JsonSerializable(typeof(ECashHold))]
[JsonSerializable(typeof(ECashMove))]
[JsonSerializable(typeof(Amount))]
[JsonSerializable(typeof(TopicChoice))]
[JsonSerializable(typeof(NoticeTopic))]
[JsonSerializable(typeof(Channel))]
[JsonSerializable(typeof(DateTimeOffset))]
public sealed partial class CustomerJson : JsonSerializerContext;
