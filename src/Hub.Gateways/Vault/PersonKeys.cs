using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;
using Hub.Domain.Kernel;

namespace Hub.Gateways.Vault;

/// <summary>Personal fields under a key per customer that lies here and not in the journal.</summary>
/// <remarks>
/// Text form: <c>p1.</c> and base64url of nonce · ciphertext · tag. The nonce is HMAC-SHA-256 of the words, cut to 96 bits,
/// under a key of its own (as in SIV, RFC 5297): the same words of the same customer give the same text, so a retried
/// command compares equal; two texts of one customer tell only whether their words are equal.
/// A key that was opened is remembered for <see cref="OpenedKeys.Memory"/>: so long after an erasure by another node this one may still
/// show what it had opened, or seal what nobody will read again. An erasure made here takes effect at once.
/// </remarks>
internal sealed class PersonKeys(SealedRows rows, TimeProvider time, IRandomSource random) : IPersonalData
{
    /// <summary>The longest text that is sealed, in bytes of UTF-8.</summary>
    internal const int MaxWords = 16 * 1024;

    private const string Version = "p1.";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly OpenedKeys _opened = new(time);

    /// <inheritdoc/>
    public Sealed Seal(string customer, string words)
    {
        var plain = Encoding.UTF8.GetBytes(words);
        if (plain.Length > MaxWords)
        {
            throw new ArgumentException($"A personal field is at most {MaxWords} bytes.", nameof(words));
        }

        var key = KeyOf(customer) ?? Make(customer);
        var box = new byte[NonceSize + plain.Length + TagSize];
        HMACSHA256.HashData(key.ForNonces, plain).AsSpan(0, NonceSize).CopyTo(box);
        using var cipher = new AesGcm(key.ForWords, TagSize);
        cipher.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), Encoding.UTF8.GetBytes(customer));
        return new Sealed(Version + Base64Url.EncodeToString(box));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The vault never had a key for this customer, or this text is not of theirs: the journal and the vault do not belong together.</exception>
    public string? Open(string customer, Sealed text)
    {
        if (KeyOf(customer) is not { } key)
        {
            return IsErased(customer) ? null : throw new InvalidDataException($"The vault has no key of {customer}.");
        }

        if (text.Text is not { } form || !form.StartsWith(Version, StringComparison.Ordinal) || !Base64Url.IsValid(form.AsSpan(Version.Length)))
        {
            throw NotTheirs(customer, null);
        }

        var box = Base64Url.DecodeFromChars(form.AsSpan(Version.Length));
        if (box.Length < NonceSize + TagSize)
        {
            throw NotTheirs(customer, null);
        }

        var plain = new byte[box.Length - NonceSize - TagSize];
        try
        {
            using var cipher = new AesGcm(key.ForWords, TagSize);
            cipher.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), plain, Encoding.UTF8.GetBytes(customer));
        }
        catch (CryptographicException broken)
        {
            throw NotTheirs(customer, broken);
        }

        return Encoding.UTF8.GetString(plain);
    }

    /// <inheritdoc/>
    public void Erase(string customer)
    {
        rows.Store.Write(writer =>
        {
            writer.Delete(VaultKind.PersonKey, customer);
            SealedRows.Mark(writer, VaultKind.ErasedPerson, customer);
        });
        _opened.Forget(customer);
        rows.Store.Scrub();
    }

    private PersonKey? KeyOf(string customer)
    {
        if (_opened.Find(customer) is { } known)
        {
            return known;
        }

        // Counted and timed before it is read: what is forgotten meanwhile, here or on another node, is not kept.
        var (before, readAt) = (_opened.Forgotten, time.GetTimestamp());
        if (rows.Find(VaultKind.PersonKey, customer) is not { } kept)
        {
            _opened.Drop(customer);
            return null;
        }

        var key = new PersonKey(kept);
        _opened.Keep(customer, key, before, readAt);
        return key;
    }

    private PersonKey Make(string customer)
    {
        byte[]? kept = null;
        rows.Store.Write(writer =>
        {
            if (writer.Find(VaultKind.ErasedPerson, customer) is not null)
            {
                throw new PersonErasedException(customer);
            }

            // Somebody else may have made it a moment ago.
            kept = rows.Open(writer.Find(VaultKind.PersonKey, customer), writer);
            if (kept is null)
            {
                kept = new byte[SealBox.KeySize];
                random.Fill(kept);
                rows.Put(writer, VaultKind.PersonKey, customer, kept);
            }
        });
        return new PersonKey(kept!);
    }

    /// <inheritdoc/>
    public bool IsErased(string customer) => rows.Store.Find(VaultKind.ErasedPerson, customer) is not null;

    private static InvalidDataException NotTheirs(string customer, Exception? inner) =>
        new($"A personal field was not sealed for {customer}.", inner);
}

/// <summary>The two keys of one customer.</summary>
internal sealed class PersonKey(byte[] root)
{
    internal byte[] ForWords { get; } = HKDF.Expand(HashAlgorithmName.SHA256, root, SealBox.KeySize, "omnihub.person.1/words"u8.ToArray());

    internal byte[] ForNonces { get; } = HKDF.Expand(HashAlgorithmName.SHA256, root, SealBox.KeySize, "omnihub.person.1/nonces"u8.ToArray());
}

/// <summary>Keys opened lately: two generations, so that it stays bounded without counting who was used when.</summary>
/// <param name="time">Its monotonic time tells how old they are: a clock that is set, or frozen in the sandbox, does not matter.</param>
internal sealed class OpenedKeys(TimeProvider time)
{
    /// <summary>The size of one generation.</summary>
    internal const int Generation = 8192;

    /// <summary>How long a key is believed to be there without asking: another node may have erased it.</summary>
    internal static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Dictionary<string, Opened> _young = new(StringComparer.Ordinal);
    private Dictionary<string, Opened> _old = new(StringComparer.Ordinal);
    private long _forgotten;

    /// <summary>How many keys were forgotten; a key read before a rise must not be kept.</summary>
    internal long Forgotten
    {
        get
        {
            lock (_gate)
            {
                return _forgotten;
            }
        }
    }

    internal PersonKey? Find(string customer)
    {
        lock (_gate)
        {
            if (!_young.TryGetValue(customer, out var opened) && !_old.TryGetValue(customer, out opened)) return null;
            return time.GetElapsedTime(opened.ReadAt) < Memory ? opened.Key : null;
        }
    }

    internal void Keep(string customer, PersonKey key, long forgottenBefore, long readAt)
    {
        lock (_gate)
        {
            if (_forgotten != forgottenBefore) return;
            if (_young.Count >= Generation)
            {
                (_old, _young) = (_young, new Dictionary<string, Opened>(StringComparer.Ordinal));
            }

            _young[customer] = new Opened(key, readAt);
        }
    }

    /// <summary>It is there no more, and whoever is reading it just now must not keep it.</summary>
    internal void Forget(string customer)
    {
        lock (_gate)
        {
            _forgotten++;
            Drop(customer);
        }
    }

    /// <summary>It was not there when it was looked for.</summary>
    internal void Drop(string customer)
    {
        lock (_gate)
        {
            _young.Remove(customer);
            _old.Remove(customer);
        }
    }

    private readonly record struct Opened(PersonKey Key, long ReadAt);
}
