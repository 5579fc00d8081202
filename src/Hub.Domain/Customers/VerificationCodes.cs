using System.Security.Cryptography;
using System.Text;
using Hub.Domain.Kernel;

namespace Hub.Domain.Customers;

/// <summary>Comparing a typed code with the one that was sent to an address, whatever it is to prove.</summary>
internal static class VerificationCodes
{
    /// <summary>Compares in constant time; a wrong code is counted.</summary>
    /// <param name="address">Where the code was sent.</param>
    /// <param name="digest">The keyed digest of what was typed.</param>
    /// <param name="at">The time of the turn.</param>
    /// <param name="then">What the right code leads to.</param>
    internal static Decision<CustomerEvent> Check(CustomerAddress address, string digest, DateTimeOffset at, Func<Verification, CustomerEvent[]> then)
    {
        if (address.Verification is not { } asked || at >= asked.ExpiresAt) return RejectionCode.VerificationExpired;
        if (asked.WrongCodes >= CustomerDecider.MaxWrongCodes) return RejectionCode.VerificationExhausted;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(digest), Encoding.UTF8.GetBytes(asked.Digest))
            ? then(asked)
            : new CustomerEvent.VerificationFailed(address.Id, asked.Id, asked.WrongCodes + 1);
    }
}
