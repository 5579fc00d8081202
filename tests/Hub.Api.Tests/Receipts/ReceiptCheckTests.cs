using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Api.Receipts;
using Hub.Domain.Signatures;
using Hub.Gateways.Vault;

namespace Hub.Api.Tests.Receipts;

/// <summary>What a receipt is refused for when somebody checks it without asking the hub.</summary>
public sealed class ReceiptCheckTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly OneKey _keys = new();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void A_genuine_receipt_comes_back_as_it_was_signed_whatever_its_names_hold()
    {
        var receipt = Some() with { Reference = "Bücher & \"Söhne\" <1>" };

        var genuine = Assert.IsType<ReceiptCheck.Genuine>(Check(SignedReceipt.Of(receipt, _keys).Write()));

        Assert.Equal(receipt.Reference, genuine.Receipt.Reference);
        Assert.Equal(receipt.Captures, genuine.Receipt.Captures);
    }

    [Fact]
    public void It_may_be_written_over_fewer_lines()
    {
        var file = JsonNode.Parse(SignedReceipt.Of(Some(), _keys).Write())!.ToJsonString();
        Assert.IsType<ReceiptCheck.Genuine>(Check(file));
    }

    [Theory]
    [InlineData("amount_paid")]
    [InlineData("issued_at")]
    [InlineData("merchant")]
    [InlineData("invoice")]
    [InlineData("captures")]
    public void Whatever_is_changed_in_the_part_that_people_read_is_noticed(string member)
    {
        var file = JsonNode.Parse(SignedReceipt.Of(Some(), _keys).Write())!;
        file["receipt"]![member] = member == "amount_paid" ? 1 : "changed";
        Assert.Contains("was changed", Refused(file.ToJsonString()), StringComparison.Ordinal);

        file["receipt"]!.AsObject().Remove(member);
        Assert.Contains("was changed", Refused(file.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_comes_twice_is_read_neither_way()
    {
        var file = SignedReceipt.Of(Some(), _keys).Write();
        Assert.Contains("not a receipt", Refused(file.Replace("\"amount_paid\"", "\"amount_paid\": 1, \"amount_paid\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("not a receipt", Refused("{\"receipt\": {}, " + file.TrimStart()[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_on_both_sides_it_does_not_verify()
    {
        var file = JsonNode.Parse(SignedReceipt.Of(Some(), _keys).Write())!;
        file["receipt"]!["amount_paid"] = 1;
        file["payload"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(file["receipt"]!.ToJsonString()));

        Assert.Contains("does not verify", Refused(file.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Signed_by_somebody_else_its_key_is_unknown()
    {
        using var other = new OneKey("another");
        Assert.Contains("not among these keys", Refused(SignedReceipt.Of(Some(), other).Write()), StringComparison.Ordinal);
    }

    /// <summary>The hub's signature under something else never passes for a receipt.</summary>
    [Fact]
    public void Signed_as_something_else_it_is_no_receipt()
    {
        var file = JsonNode.Parse(SignedReceipt.Of(Some(), _keys).Write())!;
        var signed = _keys.Sign(id => JsonSignature.Input("other", id, Base64Url.DecodeFromChars(file["payload"]!.GetValue<string>())));
        var document = JsonSignature.Of(signed.Bytes, signed.Signature);
        (file["protected"], file["signature"]) = (document.Protected, document.Signature);

        Assert.Contains("signed as something else", Refused(file.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_of_a_later_version_says_so() =>
        Assert.Contains("newer", Refused(SignedReceipt.Of(Some() with { Version = 2 }, _keys).Write()), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Receipt: EUR 44.70, paid.")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"receipt":{},"payload":"","protected":""}""")]
    [InlineData("""{"receipt":"EUR 44.70","payload":"","protected":"","signature":""}""")]
    [InlineData("""{"receipt":{},"payload":"a b","protected":"e30","signature":"AA"}""")]
    [InlineData("""{"receipt":{},"payload":"\ud800","protected":"e30","signature":"AA"}""")]
    public void What_is_no_receipt_is_called_none(string file) => Assert.Contains("not a receipt", Refused(file), StringComparison.Ordinal);

    private ReceiptCheck Check(string file) => ReceiptCheck.Of(file, PublicKeySet.Parse(_keys.PublicJwks)!);

    private string Refused(string file) => Assert.IsType<ReceiptCheck.Refused>(Check(file)).Why;

    private static Receipt Some() => new(
        Receipt.CurrentVersion, Noon, "pay_1", "ord_1", "A-1", new ReceiptMerchant("mer_1", "ACME Books"),
        new ReceiptInvoice([new ReceiptLine("BK-1", "A Room of One's Own", 2, 1_990, 260, 3_980)], 490, 260, 4_470), "EUR",
        [new ReceiptCapture("cap_1", Noon, 4_470, new ReceiptInstrument("card", "visa", "4242"))], [], [], 4_470, 0, 0, 4_470);

    /// <summary>A key that is never rotated.</summary>
    private sealed class OneKey(string id = "k") : ISigningKeys, IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public string PublicJwks
        {
            get
            {
                var point = _key.ExportParameters(includePrivateParameters: false).Q;
                return JsonSerializer.Serialize(new
                {
                    keys = new[] { new { kty = "EC", crv = "P-256", kid = id, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) } },
                });
            }
        }

        public SignedBytes Sign(Func<string, byte[]> toSign)
        {
            var bytes = toSign(id);
            return new SignedBytes(bytes, _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }

        public void Rotate() => throw new NotSupportedException();

        public void RemoveRetired() => throw new NotSupportedException();

        public void Dispose() => _key.Dispose();
    }
}
