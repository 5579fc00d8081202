using System.Text;
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
        if (Read(file) is not { } document) return new Refused("This is not a receipt of OmniHub: a JSON file with receipt, payload, protected and signature.");
        using (document)
        {
            var root = document.RootElement;
            var signature = new JsonSignature(root.GetProperty("protected").GetString()!, root.GetProperty("payload").GetString()!, root.GetProperty("signature").GetString()!);
            var (content, fault) = signature.Verify(Receipt.SignedAs, keys);
            return content is null ? new Refused(Sentence(fault!.Value)) : Compare(content, root.GetProperty("receipt"));
        }
    }

    private static ReceiptCheck Compare(byte[] signed, JsonElement shown)
    {
        try
        {
            using var content = JsonDocument.Parse(signed, Strict);
            if (!JsonElement.DeepEquals(content.RootElement, shown)) return new Refused("The content was changed: what can be read is not what was signed.");
            if (!content.RootElement.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number) || number != Receipt.CurrentVersion)
            {
                return new Refused("It is signed, and of a version that this program does not know. Check it with a newer one.");
            }

            return content.RootElement.Deserialize<Receipt>(Reading) is { } receipt ? new Genuine(receipt) : new Refused(Sentence(JsonSignatureFault.Malformed));
        }
        catch (JsonException)
        {
            return new Refused(Sentence(JsonSignatureFault.Malformed));
        }
    }

    private static JsonDocument? Read(string file)
    {
        try
        {
            var document = JsonDocument.Parse(file, Strict);
            var isReceipt = document.RootElement.ValueKind is JsonValueKind.Object
                && Has(document.RootElement, "receipt", JsonValueKind.Object) && Has(document.RootElement, "payload", JsonValueKind.String)
                && Has(document.RootElement, "protected", JsonValueKind.String) && Has(document.RootElement, "signature", JsonValueKind.String);
            if (isReceipt) return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Has(JsonElement root, string name, JsonValueKind kind) => root.TryGetProperty(name, out var value) && value.ValueKind == kind;

    private static string Sentence(JsonSignatureFault fault) => fault switch
    {
        JsonSignatureFault.Malformed => "This is not a receipt of OmniHub: a part of it cannot be read.",
        JsonSignatureFault.WrongKind => "This is not a receipt of OmniHub: it is signed as something else.",
        JsonSignatureFault.UnknownKey => "The key it was signed with is not among these keys. Fetch them anew from GET /v1/keys/signing of the hub it came from; if it is not there either, that hub did not sign it.",
        JsonSignatureFault.BadSignature => "The content or the signature was changed: it does not verify.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };
}
