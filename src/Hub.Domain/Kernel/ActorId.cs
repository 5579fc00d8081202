namespace Hub.Domain.Kernel;

/// <summary>The address of one actor: its kind and its key. Also the key of its stream, as <c>kind/key</c>.</summary>
/// <param name="Kind">A kind's name, such as <c>payment</c>.</param>
/// <param name="Key">The id within the kind, such as <c>pay_01jd…</c>.</param>
public readonly record struct ActorId(string Kind, string Key)
{
    /// <summary>The stream's key: <c>kind/key</c>.</summary>
    public override string ToString() => $"{Kind}/{Key}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">There is no <c>/</c> in it: a caller's bug.</exception>
    public static ActorId Parse(string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var slash = stream.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? new ActorId(stream[..slash], stream[(slash + 1)..]) : throw new FormatException($"'{stream}' names no actor.");
    }
}
