using Hub.Domain.Kernel;

namespace Hub.Domain.Customers.Wallets;

/// <summary>Setting and opening the wallet. Whether a password fits is found out outside; how often it may be tried is decided here.</summary>
internal static class WalletRules
{
    /// <summary>Wrong passwords that lock it.</summary>
    internal const int MaxWrongPasswords = 5;

    /// <summary>How long an opened wallet stays open, in minutes: a checkout.</summary>
    internal const int OpenMinutes = 10;

    // 15 minutes, and twice as long each time, up to 16 hours: at most some twenty guesses on a first day, and five a day after.
    private const int LockMinutes = 15;
    private const int MaxDoublings = 6;

    internal static Decision<CustomerEvent> Set(CustomerCommand.SetWalletPassword c, DateTimeOffset at, Customer customer)
    {
        var set = new CustomerEvent.WalletPasswordSet(c.Secret, customer.Wallet?.Secret, at);

        // A new password takes the old one or the customer's own phone or mailbox, or the wallet would be whoever's that holds the session.
        if (customer.Wallet is { } wallet)
        {
            if (wallet.IsOpenFor(c.Session, at)) return set;
            return c is { OnePayment: false, Proof: { } again } ? WalletProofs.Check(again, set, at, customer) : RejectionCode.WalletClosed;
        }

        if (c.Proof is { } proof) return WalletProofs.Check(proof, set, at, customer);
        return c.OnePayment ? RejectionCode.WalletProofRequired : set;
    }

    internal static Decision<CustomerEvent> Open(CustomerCommand.OpenWallet c, DateTimeOffset at, Customer customer)
    {
        if (customer.Wallet is not { } wallet) return RejectionCode.WalletNotSet;

        // Also the right one: guesses made side by side must not slip through.
        if (wallet.IsLocked(at)) return RejectionCode.WalletLocked;
        if (wallet.Secret != c.Secret) return RejectionCode.VersionMismatch;
        if (c.Fits) return new CustomerEvent.WalletOpened(c.Session, at.AddMinutes((long)OpenMinutes));

        var count = wallet.WrongPasswords + 1;
        DateTimeOffset? until = count < MaxWrongPasswords ? null : at.AddMinutes((long)LockMinutes << Math.Min(wallet.Locks, MaxDoublings));
        return new CustomerEvent.WalletPasswordWrong(count, until);
    }

    internal static Wallet? Evolve(Wallet? wallet, CustomerEvent happened) => (wallet, happened) switch
    {
        (_, CustomerEvent.WalletProved) => wallet is null ? null : new Wallet(wallet.Secret, wallet.SetAt),
        (_, CustomerEvent.WalletPasswordSet e) => new Wallet(e.Secret, e.At) { Session = wallet?.Session, OpenUntil = wallet?.OpenUntil },
        ({ } w, CustomerEvent.WalletOpened e) => w with { Session = e.Session, OpenUntil = e.Until, WrongPasswords = 0, Locks = 0, LockedUntil = null },
        ({ } w, CustomerEvent.WalletPasswordWrong { LockedUntil: { } until }) => w with { WrongPasswords = 0, Locks = w.Locks + 1, LockedUntil = until },
        ({ } w, CustomerEvent.WalletPasswordWrong e) => w with { WrongPasswords = e.Count },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} of a wallet that was never set."),
    };
}
