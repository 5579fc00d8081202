using System.Globalization;
using System.Text;
using Hub.Domain.Kernel;

namespace Hub.Domain.Signatures;

/// <summary>What a signature covers and says about itself; the value of one <c>Signature-Input</c> member.</summary>
/// <param name="Components">Covered component names, in order; each once.</param>
/// <param name="Parameters">Names with their written values, in the order given: <c>created</c>, <c>keyid</c>, <c>alg</c> and so on.</param>
/// <remarks>Source: RFC 9421, section 2.3. The order is part of what is signed.</remarks>
public sealed record SignatureParameters(EquatableArray<string> Components, EquatableArray<SignatureParameter> Parameters)
{
    /// <summary>Parameters of a new signature.</summary>
    /// <param name="components">Component names in lower case.</param>
    /// <param name="created">When it is made; whole seconds count.</param>
    /// <param name="keyId">Printable ASCII.</param>
    public static SignatureParameters New(IEnumerable<string> components, DateTimeOffset created, string keyId) => new(
        [.. components],
        [
            new("created", created.ToUnixTimeSeconds(), null),
            new("keyid", null, keyId),
            new("alg", null, HttpMessageSignature.Algorithm),
        ]);

    /// <summary>Seconds since 1970, or <c>null</c>.</summary>
    public long? Created => Find("created")?.Number;

    /// <summary>Seconds since 1970, or <c>null</c>.</summary>
    public long? Expires => Find("expires")?.Number;

    /// <summary>The name of the key, or <c>null</c>.</summary>
    public string? KeyId => Find("keyid")?.Words;

    /// <summary>The algorithm named, or <c>null</c>.</summary>
    public string? Alg => Find("alg")?.Words;

    /// <summary>As written in the field and in the signature base.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("(");
        text.AppendJoin(' ', Components.Select(c => $"\"{c}\"")).Append(')');
        foreach (var parameter in Parameters) text.Append(';').Append(parameter);
        return text.ToString();
    }

    private SignatureParameter? Find(string name) => Parameters.FirstOrDefault(p => p.Name == name);
}

/// <summary>One parameter: a number or words.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Number">Set for <c>created</c> and <c>expires</c>.</param>
/// <param name="Words">Set for all others.</param>
public sealed record SignatureParameter(string Name, long? Number, string? Words)
{
    /// <inheritdoc/>
    public override string ToString() => Number is { } number
        ? $"{Name}={number.ToString(CultureInfo.InvariantCulture)}"
        : $"{Name}=\"{Words!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
