using System.Globalization;

namespace Hub.Domain.Signatures;

/// <summary>What of an HTTP message can be signed: its derived components, its fields, its body.</summary>
/// <remarks>Source: RFC 9421, sections 2.1 and 2.2.</remarks>
public sealed class SignedMessage
{
    private readonly Dictionary<string, string> _components;

    private SignedMessage(Dictionary<string, string> components, ReadOnlyMemory<byte> body)
    {
        _components = components;
        Body = body;
    }

    /// <summary>The body as it was sent.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>A request.</summary>
    /// <param name="method">The method as sent; case matters.</param>
    /// <param name="targetUri">Absolute, <c>https://host/path?query</c>: how the signer addressed it. The receiver builds it from its public address and the raw path.</param>
    /// <param name="fields">Header fields; a name that comes more than once is joined by a comma and a space, in order.</param>
    /// <param name="body">The raw bytes.</param>
    /// <exception cref="ArgumentException">The target is not absolute: a caller's bug.</exception>
    public static SignedMessage Request(string method, string targetUri, IEnumerable<KeyValuePair<string, string>> fields, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(targetUri);
        ArgumentNullException.ThrowIfNull(fields);
        var schemeEnd = targetUri.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd <= 0) throw new ArgumentException("The target must be an absolute URI.", nameof(targetUri));
        var components = Joined(fields);
        var scheme = targetUri[..schemeEnd].ToLowerInvariant();
        var rest = targetUri[(schemeEnd + 3)..].Split('#')[0];
        var authorityEnd = rest.IndexOfAny(['/', '?']);
        var authority = Authority(scheme, authorityEnd < 0 ? rest : rest[..authorityEnd]);
        var pathAndQuery = authorityEnd < 0 ? "" : rest[authorityEnd..];
        var queryAt = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = queryAt < 0 ? pathAndQuery : pathAndQuery[..queryAt];
        if (path.Length == 0) path = "/";
        var query = queryAt < 0 ? "" : pathAndQuery[queryAt..];

        components["@method"] = method;
        components["@scheme"] = scheme;
        components["@authority"] = authority;
        components["@path"] = path;
        components["@query"] = query.Length == 0 ? "?" : query;
        components["@request-target"] = path + query;
        components["@target-uri"] = $"{scheme}://{authority}{path}{query}";
        return new(components, body);
    }

    /// <summary>An answer.</summary>
    /// <param name="status">100 to 599.</param>
    /// <param name="fields">As for a request.</param>
    /// <param name="body">The raw bytes.</param>
    public static SignedMessage Response(int status, IEnumerable<KeyValuePair<string, string>> fields, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var components = Joined(fields);
        components["@status"] = status.ToString(CultureInfo.InvariantCulture);
        return new(components, body);
    }

    /// <summary>The value of a component.</summary>
    /// <param name="name">A derived name such as <c>@method</c>, or a field name in lower case.</param>
    /// <returns><c>null</c> when the message has no such component.</returns>
    public string? Component(string name) => _components.GetValueOrDefault(name);

    private static Dictionary<string, string> Joined(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var joined = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (given, value) in fields)
        {
            var name = given.ToLowerInvariant();
            // HTTP/2 writes pseudo-fields with a colon; a field that looks derived would shadow the real one.
            if (name.Length == 0 || name[0] is '@' or ':') continue;
            var trimmed = value.Trim(' ', '\t');
            joined[name] = joined.TryGetValue(name, out var before) ? $"{before}, {trimmed}" : trimmed;
        }

        return joined;
    }

    private static string Authority(string scheme, string authority)
    {
        var lower = authority.ToLowerInvariant();
        return (scheme, lower) switch
        {
            ("http", _) when lower.EndsWith(":80", StringComparison.Ordinal) => lower[..^3],
            ("https", _) when lower.EndsWith(":443", StringComparison.Ordinal) => lower[..^4],
            _ => lower,
        };
    }
}
