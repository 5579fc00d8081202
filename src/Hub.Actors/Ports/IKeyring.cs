using Hub.Domain.Kernel;

namespace Hub.Actors.Ports;

/// <summary>Keyed digests of things that must be compared but never stored.</summary>
public interface IKeyring
{
    /// <summary>HMAC-SHA-256 of <paramref name="data"/> under the key kept for <paramref name="purpose"/>.</summary>
    /// <param name="purpose">A fixed name from <see cref="KeyPurpose"/>; every purpose has a key of its own.</param>
    /// <param name="data">What to digest.</param>
    /// <returns>32 bytes.</returns>
    byte[] Mac(string purpose, ReadOnlySpan<byte> data);
}

/// <summary>The purposes of the hub's own symmetric keys.</summary>
public static class KeyPurpose
{
    /// <summary>Phone numbers and mailboxes, so that they can be found again without being stored in the clear.</summary>
    public const string Address = "address";

    /// <summary>Derives confirmation and verification codes.</summary>
    public const string Code = "code";

    /// <summary>Digests of typed codes, before they reach a command, a log or the journal.</summary>
    public const string CodeDigest = "code-digest";

    /// <summary>Fingerprints of request bodies, for idempotency.</summary>
    public const string Fingerprint = "fingerprint";

    /// <summary>What mails name themselves by, so that only their own bounces, replies and unsubscribe links count.</summary>
    public const string Mail = "mail";

    /// <summary>API keys, session tokens and the like, at rest.</summary>
    public const string Credential = "credential";

    /// <summary>Card numbers, to tell whether two instruments are the same card.</summary>
    public const string CardFingerprint = "card-fingerprint";

    /// <summary>Bank account numbers, to tell whether two instruments are the same account.</summary>
    public const string AccountFingerprint = "account-fingerprint";
}

/// <summary>A person was forgotten: nothing more is sealed for them. Whoever read of them a moment earlier is told by this.</summary>
/// <param name="person">Such as <c>cus_…</c>.</param>
public sealed class PersonErasedException(string person) : InvalidOperationException($"{person} was erased.");

/// <summary>Encrypts personal fields under a key per customer that lies outside the journal.</summary>
public interface IPersonalData
{
    /// <summary>Seals a field. Deterministic per customer and words, so that a retried command compares equal.</summary>
    /// <param name="customer">Whose data it is, <c>cus_…</c>; the key is made on first use.</param>
    /// <param name="words">The plain text; at most 16 KiB of UTF-8.</param>
    /// <exception cref="PersonErasedException">The customer was erased, perhaps a moment ago.</exception>
    Sealed Seal(string customer, string words);

    /// <summary>Opens a field.</summary>
    /// <returns>The words, or <c>null</c> once the customer was erased.</returns>
    string? Open(string customer, Sealed text);

    /// <summary>Whether the key was deleted: nothing of theirs can be opened, and nothing more can be sealed.</summary>
    bool IsErased(string customer);

    /// <summary>Deletes the customer's key: everything sealed under it is gone for good.</summary>
    void Erase(string customer);
}

/// <summary>Whose key an address's own value is sealed under.</summary>
public static class AddressOwners
{
    /// <summary>The name of the address's present key: the first that was not erased.</summary>
    /// <param name="persons">Knows which were.</param>
    /// <param name="key">The address actor's key.</param>
    public static string AddressOwner(this IPersonalData persons, string key)
    {
        ArgumentNullException.ThrowIfNull(persons);
        var generation = 0;
        while (persons.IsErased(Name(generation)))
        {
            generation++;
        }

        return Name(generation);

        string Name(int number) => number == 0 ? $"adr:{key}" : $"adr:{key}:{number}";
    }
}

/// <summary>Where randomness comes from; the simulator has its own.</summary>
public interface IRandomSource
{
    /// <summary>Fills with unpredictable bytes.</summary>
    void Fill(Span<byte> bytes);
}
