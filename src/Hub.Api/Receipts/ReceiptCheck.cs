using System.Text.Json;
using Hub.Api.Edge.Json;
using Hub.Domain.Signatures;

namespace Hub.Api.Receipts;

/// <summary>What became of checking a receipt, without asking anybody.</summary>
public abstract record ReceiptCheck
{
    private ReceiptCheck()
    {
    }

    /// <summary>The hub of these keys signed exactly this.</summary>
    public sealed record Genuine(Receipt Receipt) : ReceiptCheck;

    /// <summary>It did not, or not that anybody could tell.</summary>
    /// <param name="Why">One sentence; holds nothing of the file.</param>
    public sealed record Refused(string Why) : ReceiptCheck;

    private static readonly JsonSerializerOptions Reading = new(WireJson.Out) { AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = WireJson.MaxDepth };

    /// <summary>Checks a receipt.</summary>
    /// <param name="file">The file, as it was handed out.</param>
    /// <param name="keys">The hub's signing keys, as it publishes them.</param>
    /// <remarks>What counts is what was signed; the copy for people must say the same, or it is refused.</remarks>
    public static ReceiptCheck Of(string file, PublicKeySet keys)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(keys);
        try
        {
            using var document = JsonDocument.Parse(file, Strict);
            return Of(document.RootElement, keys) ?? new Refused("This is not a receipt of OmniHub: a JSON file with receipt, payload, protected and signature.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The reader takes half a character for text, and says so only when it is asked for the words.
            return new Refused("This is not a receipt of OmniHub: it is no JSON, or holds a member twice.");
        }
    }

    private static ReceiptCheck? Of(JsonElement root, PublicKeySet keys)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("receipt", out var shown)) return null;
        if (Text(root, "protected") is not { } header || Text(root, "payload") is not { } payload || Text(root, "signature") is not { } signature) return null;
        var (content, fault) = new JsonSignature(header, payload, signature).Verify(Receipt.SignedAs, keys);
        return content is null ? new Refused(Sentence(fault!.Value)) : Compare(content, shown);
    }

    private static ReceiptCheck Compare(byte[] signed, JsonElement shown)
    {
        using var content = JsonDocument.Parse(signed, Strict);
        if (!JsonElement.DeepEquals(content.RootElement, shown)) return new Refused("The content was changed: what can be read is not what was signed.");
        if (!content.RootElement.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number) || number != Receipt.CurrentVersion)
        {
            return new Refused("It is signed, and of a version that this program does not know. Check it with a newer one.");
        }

        return content.RootElement.Deserialize<Receipt>(Reading) is { } receipt ? new Genuine(receipt) : new Refused(Sentence(JsonSignatureFault.Malformed));
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string Sentence(JsonSignatureFault fault) => fault switch
    {
        JsonSignatureFault.Malformed => "This is not a receipt of OmniHub: a part of it cannot be read.",
        JsonSignatureFault.WrongKind => "This is not a receipt of OmniHub: it is signed as something else.",
        JsonSignatureFault.UnknownKey => "The key it was signed with is not among these keys. Fetch them anew from GET /v1/keys/signing of the hub it came from; if it is not there either, that hub did not sign it.",
        JsonSignatureFault.BadSignature => "The content or the signature was changed: it does not verify.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };
}
