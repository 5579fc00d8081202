using System.Text.Json.Serialization;

namespace Hub.Domain.Customers.Wallets;

/// <summary>The customer's electronic wallet: cards behind a password of its own. The password's digest lies in the vault.</summary>
/// <param name="Secret">The vault's name for the digest.</param>
/// <param name="SetAt">When that password was set.</param>
public sealed record Wallet(string Secret, DateTimeOffset SetAt)
{
    /// <summary>Wrong passwords since the last right one or the last lock.</summary>
    public int WrongPasswords { get; init; }

    /// <summary>How often it was locked since the last right one; every lock is twice as long as the one before.</summary>
    public int Locks { get; init; }

    /// <summary>Until when no password is tried; <c>null</c> when it never was locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The keyed digest of the token it was last opened with.</summary>
    public string? Session { get; init; }

    /// <summary>From when on that token opens nothing.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>Whether a token opens it at a time.</summary>
    /// <param name="session">The keyed digest of the token; <c>null</c> where none was given.</param>
    /// <param name="at">The time.</param>
    public bool IsOpenFor(string? session, DateTimeOffset at) => session is not null && session == Session && at < OpenUntil;

    /// <summary>Whether no password is tried at a time.</summary>
    public bool IsLocked(DateTimeOffset at) => at < LockedUntil;
}
