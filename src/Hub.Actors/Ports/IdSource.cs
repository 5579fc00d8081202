namespace Hub.Actors.Ports;

/// <summary>Gives out prefixed ids that sort by birth: 48 bits of milliseconds, 80 random bits, in Crockford's base 32, lower case.</summary>
/// <remarks>Source: the ULID specification.</remarks>
public sealed class IdSource(TimeProvider time, IRandomSource random)
{
    /// <summary>Crockford's base 32, lower case: no letter that is read or said as another.</summary>
    public const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A new id such as <c>pay_01jd7…</c>.</summary>
    /// <param name="prefix">Three letters, without the underscore.</param>
    public string New(string prefix)
    {
        Span<byte> noise = stackalloc byte[10];
        random.Fill(noise);
        Span<char> text = stackalloc char[26];
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(milliseconds & 31)];
            milliseconds >>= 5;
        }

        var bits = new System.Numerics.BigInteger(noise, isUnsigned: true, isBigEndian: true);
        for (var i = 25; i >= 10; i--)
        {
            text[i] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }

        return $"{prefix}_{text}";
    }
}
