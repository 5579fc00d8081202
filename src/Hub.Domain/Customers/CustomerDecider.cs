using Hub.Domain.Customers.Cash;
using Hub.Domain.Customers.Wallets;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Payments;

namespace Hub.Domain.Customers;

/// <summary>A merchant's customer: who may be asked to confirm, where, and what they pay with.</summary>
/// <remarks>Only an address the customer proved to be theirs may confirm; one that a merchant set starts unverified.</remarks>
public sealed class CustomerDecider : IDecider<CustomerCommand, CustomerEvent, CustomerState>
{
    /// <summary>The most addresses one customer may have.</summary>
    public const int MaxAddresses = 20;

    /// <summary>The most instruments one customer may have, and the most that are kept of those that came in sessions for one payment.</summary>
    public const int MaxInstruments = 20;

    /// <summary>The most instruments that are kept of those that came in sessions for the same payment.</summary>
    public const int MaxInstrumentsOfPayment = 5;

    /// <summary>How long a verification code is valid, in minutes.</summary>
    public const int VerificationMinutes = 10;

    /// <summary>Wrong codes after which a new one must be asked for.</summary>
    public const int MaxWrongCodes = 5;

    /// <summary>Codes sent to an address that never proved one, in all.</summary>
    public const int MaxCodesSent = 10;

    /// <inheritdoc/>
    public static CustomerState Initial { get; } = new NoCustomer();

    /// <inheritdoc/>
    public static Decision<CustomerEvent> Decide(CustomerCommand command, DateTimeOffset at, CustomerState state) => (command, state) switch
    {
        (CustomerCommand.Register c, NoCustomer) => Register(c, at),
        (CustomerCommand.Register, _) => RejectionCode.AlreadyExists,
        (CustomerCommand.Erase c, Customer customer) => customer.Erased ? Decision<CustomerEvent>.Nothing : new CustomerEvent.Erased(c.By, at),

        // Money that is under way comes to its end, whoever is forgotten.
        (CustomerCommand.SpendECash c, Customer customer) => ECashRules.Spend(c, customer),
        (CustomerCommand.ReleaseECash c, Customer customer) => ECashRules.Release(c, customer),
        (CustomerCommand.RefundECash c, Customer customer) => ECashRules.Refund(c, customer),
        (_, Customer { Erased: true }) => RejectionCode.CustomerErased,
        (CustomerCommand.TopUpECash c, Customer customer) => ECashRules.TopUp(c, at, customer),
        (CustomerCommand.HoldECash c, Customer customer) => ECashRules.Hold(c, customer),
        (CustomerCommand.SetWalletPassword c, Customer customer) => WalletRules.Set(c, at, customer),
        (CustomerCommand.RequestWalletCode c, Customer customer) => WalletProofs.Request(c, at, customer),
        (CustomerCommand.OpenWallet c, Customer customer) => WalletRules.Open(c, at, customer),
        (CustomerCommand.Change { Name: null, Preferences: null }, Customer) => Decision<CustomerEvent>.Nothing,
        (CustomerCommand.Change c, Customer) => new CustomerEvent.Changed(c.Name, c.Preferences),
        (CustomerCommand.Mute c, Customer customer) => Mute(c, at, customer),
        (CustomerCommand.AddAddress c, Customer customer) => AddressRules.Add(c, at, customer),
        (CustomerCommand.RequestVerification c, Customer customer) => AddressRules.Request(c, at, customer),
        (CustomerCommand.CheckVerification c, Customer customer) => AddressRules.Check(c, at, customer),
        (CustomerCommand.RemoveAddress c, Customer customer) => AddressRules.Remove(c, at, customer),
        (CustomerCommand.RestoreAddress c, Customer customer) => AddressRules.Restore(c, at, customer),
        (CustomerCommand.LoseAddress c, Customer customer) => AddressRules.Lose(c, at, customer),
        (CustomerCommand.ObjectToAddresses c, Customer customer) => AddressRules.Object(c, at, customer),
        (CustomerCommand.Say c, Customer customer) => AddressRules.Say(c, at, customer),
        (CustomerCommand.AddInstrument c, Customer customer) => InstrumentRules.Add(c, at, customer),
        (CustomerCommand.RemoveInstrument c, Customer customer) => RemoveInstrument(c, at, customer),
        _ => RejectionCode.NotFound,
    };

    /// <inheritdoc/>
    public static CustomerState Evolve(CustomerState state, CustomerEvent happened) => (state, happened) switch
    {
        (NoCustomer, CustomerEvent.Registered e) => new Customer(e.Id, e.Merchant, e.Name, e.Preferences, e.At)
        {
            Addresses = e.Addresses.Select(AddressRules.New).ToEquatableArray(),
        },
        (Customer c, CustomerEvent.Changed e) => c with { Name = e.Name ?? c.Name, Preferences = e.Preferences ?? c.Preferences },
        (Customer c, CustomerEvent.TopicMuted e) => c with { Preferences = c.Preferences.Without(e.Topic, e.Channel) },
        (Customer c, CustomerEvent.AddressAdded or CustomerEvent.VerificationRequested or CustomerEvent.VerificationFailed or CustomerEvent.AddressVerified
            or CustomerEvent.AddressRemoved or CustomerEvent.AddressRestored or CustomerEvent.AddressLost or CustomerEvent.AddressSaid) => AddressRules.Evolve(c, happened),
        (Customer c, CustomerEvent.InstrumentAdded e) => InstrumentRules.Evolve(c, e),
        (Customer c, CustomerEvent.InstrumentRemoved e) => InstrumentRules.Evolve(c, e),
        (Customer c, CustomerEvent.WalletProved e) => AddressRules.With(c, e.Address, a => a with { Verification = null, WalletCodes = 0 }) with { Wallet = WalletRules.Evolve(c.Wallet, e) },
        (Customer c, CustomerEvent.WalletPasswordSet or CustomerEvent.WalletOpened or CustomerEvent.WalletPasswordWrong) => c with { Wallet = WalletRules.Evolve(c.Wallet, happened) },
        (Customer c, CustomerEvent.ECashToppedUp or CustomerEvent.ECashHeld or CustomerEvent.ECashSpent or CustomerEvent.ECashReleased or CustomerEvent.ECashRefunded) =>
            c with { Cash = ECashRules.Evolve(c.Cash, happened) },
        (Customer c, CustomerEvent.Erased) => c with { Erased = true, Instruments = [], Passing = [], Removed = [] },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(CustomerEvent happened) => [];

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(CustomerEvent happened) => ECashRules.Postings(happened);

    /// <inheritdoc/>
    public static CustomerCommand OnTimer(string name) => throw new ArgumentException($"Customers set no timer '{name}'.", nameof(name));

    private static Decision<CustomerEvent> Register(CustomerCommand.Register c, DateTimeOffset at)
    {
        if (c.Addresses.Count > MaxAddresses) return RejectionCode.TooManyAddresses;
        var keys = c.Addresses.Select(a => a.AddressKey).Distinct().Count();
        var ids = c.Addresses.Select(a => a.Id).Distinct().Count();
        if (keys < c.Addresses.Count || ids < c.Addresses.Count) return RejectionCode.AlreadyExists;
        return new CustomerEvent.Registered(c.Id, c.Merchant, c.Name, c.Addresses, c.Preferences, at);
    }

    private static Decision<CustomerEvent> Mute(CustomerCommand.Mute c, DateTimeOffset at, Customer customer) =>
        customer.Preferences.ChannelsFor(c.Topic).Contains(c.Channel)
            ? new CustomerEvent.TopicMuted(c.Topic, c.Channel, c.Delivery, c.By, at)
            : Decision<CustomerEvent>.Nothing;

    private static Decision<CustomerEvent> RemoveInstrument(CustomerCommand.RemoveInstrument c, DateTimeOffset at, Customer customer)
    {
        if (customer.Instruments.FirstOrDefault(i => i.Id == c.Instrument) is not { } instrument) return RejectionCode.NoSuchInstrument;
        if (instrument.Type == InstrumentType.ECash) return RejectionCode.IllegalState;
        if (instrument.Type == InstrumentType.WalletCard && customer.Wallet?.IsOpenFor(c.Session, at) is not true) return RejectionCode.WalletClosed;
        return new CustomerEvent.InstrumentRemoved(c.Instrument);
    }
}
