using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Domain.Customers.Wallets;

/// <summary>A code that was typed to prove that the wallet is one's own.</summary>
/// <param name="Address">The address it was sent to, <c>adr_…</c>.</param>
/// <param name="Digest">The keyed digest of the six digits, made for the wallet: no other code fits.</param>
public sealed record WalletProof(string Address, string Digest);

/// <summary>Proving by a code, at an address that is the customer's for certain, that the wallet is theirs.</summary>
/// <remarks>
/// The owner can be kept waiting and never kept out: nothing counts for ever. Each code that nobody typed doubles the wait for the
/// next, up to an hour, and the right one ends all waiting. An address that is held proves nothing: whoever has a session may have
/// added it.
/// </remarks>
internal static class WalletProofs
{
    // 30 seconds, doubled up to 64 minutes: some thirty codes on a first day, each good for five guesses.
    private const int MaxDoublings = 7;

    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<CustomerEvent> Request(CustomerCommand.RequestWalletCode c, DateTimeOffset at, Customer customer)
    {
        if (customer.FindAddress(c.Address) is not { } address) return RejectionCode.NoSuchAddress;
        if (address.VerifiedAt is null) return RejectionCode.AddressNotVerified;
        if (!address.MayConfirm(at)) return RejectionCode.AddressHeld;
        if (at < address.NextCodeAt) return RejectionCode.ResendTooSoon;
        return new CustomerEvent.VerificationRequested(c.Address, c.Verification, c.Digest, at.AddMinutes((long)CustomerDecider.VerificationMinutes), at, ForWallet: true);
    }

    /// <summary>Compares a code; a right one is followed by what it was typed for.</summary>
    internal static Decision<CustomerEvent> Check(WalletProof proof, CustomerEvent then, DateTimeOffset at, Customer customer)
    {
        if (customer.FindAddress(proof.Address) is not { } address) return RejectionCode.NoSuchAddress;
        if (address.VerifiedAt is null) return RejectionCode.AddressNotVerified;
        if (!address.MayConfirm(at)) return RejectionCode.AddressHeld;
        return VerificationCodes.Check(address, proof.Digest, at, asked => [new CustomerEvent.WalletProved(address.Id, asked.Id, at), then]);
    }

    /// <summary>How long after a code the next one is sent, in seconds.</summary>
    /// <param name="codes">How many were sent since the last right one.</param>
    internal static long WaitAfter(int codes) => (long)PaymentLimits.ResendSeconds << Math.Clamp(codes - 1, 0, MaxDoublings);
}
