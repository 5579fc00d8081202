using Hub.Api.Receipts;
using Hub.Domain.Signatures;

namespace Hub.Fuzz;

/// <summary>A receipt as a file, checked against the key that signed the one in the corpus.</summary>
internal sealed class ReceiptTarget : FuzzTarget
{
    private const string PublishedKeys = """{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"m3SUh6TUAOX3k15KPoq6E-qCboCSmTLE526fRCq8TN0","x":"hA3RlPuM7JcQmCPNR02WjRkvCtUt6jbzvOPCMxoH8W0","y":"Om9pD5q_DB6S-f9-gUyaYIOhyV32EJvE_9NjY75Rczc"}]}""";

    private static readonly PublicKeySet Keys = PublicKeySet.Parse(PublishedKeys)!;

    public override string Name => "receipt";

    public override IReadOnlyList<string> Words { get; } =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\u0061", "null", "1", "\"receipt\":{}", "\"payload\":\"e30\"", "\"protected\":\"e30\"", "\"signature\":\"", "\"version\":2", "\"amount_paid\": 1", "4470", "4471", "=", "==",
        "-", "_", "+", "/", "e30", "\"object\": \"receipt\"", "\"alg\":\"none\"", "eyJhbGciOiJub25lIn0", "\n", " ", "\uFEFF", Card, GroupedCard,
    ];

    public override string Try(byte[] input)
    {
        switch (ReceiptCheck.Of(Text(input), Keys))
        {
            // One receipt was ever signed with this key, so whatever passes says what that one says.
            case ReceiptCheck.Genuine { Receipt: var receipt }:
                Same("EUR 4470 4470", $"{receipt.Currency} {receipt.Invoice.Total} {receipt.AmountPaid}", "A receipt that nobody signed is genuine");
                return "genuine";
            case ReceiptCheck.Refused { Why: var why }:
                SaysNoNumber(why);
                return why;
            default:
                throw new PropertyBrokenException("It is neither genuine nor refused");
        }
    }
}

/// <summary>A set of public keys as a file.</summary>
internal sealed class KeySetTarget : FuzzTarget
{
    public override string Name => "key-set";

    public override IReadOnlyList<string> Words { get; } =
    [
        "{\"keys\":[", "]}", "{", "}", ",", ":", "\"kty\":\"EC\"", "\"crv\":\"P-256\"", "\"alg\":\"ES256\"", "\"use\":\"sig\"", "\"use\":\"enc\"", "\"kid\":\"k\"", "\"kid\":\"\"", "\"kid\":1",
        "\"x\":\"AA\"", "\"y\":\"AA\"", "\"d\":\"AA\"", "null", "1", "=", "-", "_", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ];

    public override string Try(byte[] input)
    {
        if (PublicKeySet.Parse(Text(input)) is not { } keys) return "no set";
        Must(keys.Count >= 0 && keys.Find("") is null, "A key without a name is found");
        return $"{Math.Min(keys.Count, 3)} keys";
    }
}
