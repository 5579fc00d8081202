using System.Net;

namespace Hub.Channels.Sms;

/// <summary>The fields of a form body, decoded and capped. Unknown fields are kept for the signature and otherwise ignored.</summary>
public sealed class FormFields
{
    /// <summary>The largest body that is read, in characters.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>The most fields that are read.</summary>
    public const int MaxFields = 256;

    private FormFields(IReadOnlyList<KeyValuePair<string, string>> all) => All = all;

    /// <summary>Every field in the order of the body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    /// <summary>Reads <c>application/x-www-form-urlencoded</c>.</summary>
    /// <returns><c>null</c> when it breaks a cap.</returns>
    public static FormFields? Read(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Length > MaxBody) return null;
        var parts = body.Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MaxFields) return null;
        return new FormFields([.. parts.Select(ReadField)]);
    }

    /// <summary>Takes fields that were decoded elsewhere.</summary>
    /// <returns><c>null</c> when there are too many.</returns>
    public static FormFields? From(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return fields.Count <= MaxFields && fields.Sum(f => (long)f.Key.Length + f.Value.Length) <= MaxBody ? new FormFields(fields) : null;
    }

    /// <summary>The value of a field that is there exactly once and is not longer than <paramref name="cap"/>; else <c>null</c>.</summary>
    /// <remarks>A field given twice is nobody's: readers that take the first and readers that take the last would disagree.</remarks>
    public string? One(string name, int cap)
    {
        string? found = null;
        foreach (var field in All)
        {
            if (field.Key != name) continue;
            if (found is not null) return null;
            found = field.Value;
        }

        return found is not null && found.Length <= cap ? found : null;
    }

    /// <summary>Whether the field is there at all.</summary>
    public bool Has(string name) => All.Any(f => f.Key == name);

    private static KeyValuePair<string, string> ReadField(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? part : part[..equals];
        var value = equals < 0 ? "" : part[(equals + 1)..];
        return KeyValuePair.Create(WebUtility.UrlDecode(name), WebUtility.UrlDecode(value));
    }
}
