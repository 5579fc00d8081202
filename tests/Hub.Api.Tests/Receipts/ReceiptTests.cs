using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Hub.Api.Access;
using Hub.Api.Receipts;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Signatures;
using Hub.Gateways.Vault;

namespace Hub.Api.Tests.Receipts;

/// <summary>The receipt of a payment, as its people fetch it and check it.</summary>
[Collection("journey")]
public sealed class ReceiptTests(JourneyHub hub)
{
    [Fact]
    public async Task A_receipt_says_what_the_invoice_said_and_what_was_paid_with_which_card()
    {
        var sale = await PaidAsync();

        var receipt = Genuine(await FileAsync(sale)).Receipt;

        Assert.Equal((1, sale.Payment, sale.OrderId, sale.Order.Text("reference")), (receipt.Version, receipt.Payment, receipt.Order, receipt.Reference));
        Assert.Equal(new ReceiptMerchant(hub.Acme.Id, "ACME Books"), receipt.Merchant);
        Assert.Equal([new ReceiptLine("SKU-1", "A book", 1, 4_990, 0, 4_990)], receipt.Invoice.Lines);
        Assert.Equal((0, 0, 4_990, "EUR"), (receipt.Invoice.Shipping, receipt.Invoice.Tax, receipt.Invoice.Total, receipt.Currency));
        var capture = Assert.Single(receipt.Captures);
        Assert.Equal((4_990, new ReceiptInstrument("card", "visa", "4242"), receipt.IssuedAt), (capture.Amount, capture.Instrument, capture.At));
        Assert.Empty(receipt.Refunds);
        Assert.Empty(receipt.Returns);
        Assert.Equal((4_990, 0, 0, 4_990), (receipt.AmountCaptured, receipt.AmountRefunded, receipt.AmountReturned, receipt.AmountPaid));
    }

    [Fact]
    public async Task It_is_a_file_to_keep_in_the_form_of_a_signed_document()
    {
        var sale = await PaidAsync();

        using var answer = await hub.Acme.Client.AskAsync($"/v1/payments/{sale.Payment}/receipt");

        Assert.Equal("application/jose+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("attachment", $"receipt-{sale.Payment}.json"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName?.Trim('"')));
        Assert.Equal(["receipt", "payload", "protected", "signature"], (await answer.MadeAsync()).EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public async Task Its_customer_its_merchant_and_the_merchants_staff_fetch_the_same_content()
    {
        var sale = await PaidAsync();
        using var wholeSession = await sale.Payer.BrowserAsync();
        using var thisPayments = await sale.Payer.BrowserAsync(sale.Payment);
        using var support = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));

        var contents = new List<string>();
        foreach (var client in (HttpClient[])[hub.Acme.Client, wholeSession, thisPayments, support]) contents.Add(Signed(await FileAsync(sale, client)));

        Assert.Single(contents.Distinct());
    }

    [Fact]
    public async Task Before_anything_was_captured_there_is_none_and_the_answer_says_when_to_ask_again()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AwaitingConfirmationAsync();

        using var answer = await hub.Acme.Client.AskAsync($"/v1/payments/{sale.Payment}/receipt");

        var problem = await answer.JsonAsync();
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(("nothing_captured", "later", "awaiting_confirmation"), (problem.Text("code"), problem.Text("retry"), problem.Text("status_of")));
        await hub.Acme.DoAsync($"/v1/payments/{sale.Payment}/cancel");
        await hub.QuietAsync();
        using var ended = await hub.Acme.Client.AskAsync($"/v1/payments/{sale.Payment}/receipt");
        Assert.Equal(("nothing_captured", "never"), ((await ended.JsonAsync()).Text("code"), (await ended.JsonAsync()).Text("retry")));
    }

    [Fact]
    public async Task It_stays_the_same_until_money_moves_again_and_then_names_the_refund()
    {
        var sale = await PaidAsync();
        var first = await FileAsync(sale);
        await hub.Acme.DoAsync($"/v1/orders/{sale.OrderId}/shipments", """{"carrier":"DHL","tracking":"1"}""");
        await hub.QuietAsync();
        Assert.Equal(Signed(first), Signed(await FileAsync(sale)));

        await hub.Acme.DoAsync($"/v1/payments/{sale.Payment}/refunds", """{"amount":990}""");
        await hub.QuietAsync();
        var second = await FileAsync(sale);

        var (before, after) = (Genuine(first).Receipt, Genuine(second).Receipt);
        var refund = Assert.Single(after.Refunds);
        Assert.Equal((990, after.IssuedAt), (refund.Amount, refund.At));
        Assert.Equal((4_990, 990, 4_000), (after.AmountCaptured, after.AmountRefunded, after.AmountPaid));
        Assert.Equal(before.Captures, after.Captures);
        Assert.True(after.IssuedAt > before.IssuedAt);
    }

    [Fact]
    public async Task Parts_that_were_captured_one_after_the_other_are_each_named()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync(), capture: "manual")).ConfirmedAsync();
        foreach (var amount in (long[])[1_000, 2_000])
        {
            await hub.Acme.DoAsync($"/v1/payments/{sale.Payment}/captures", $$"""{"amount":{{amount}}}""");
            await hub.QuietAsync();
            Assert.Equal(amount, Genuine(await FileAsync(sale)).Receipt.Captures[^1].Amount);
        }

        var receipt = Genuine(await FileAsync(sale)).Receipt;

        Assert.Equal([1_000L, 2_000L], receipt.Captures.Select(c => c.Amount));
        Assert.Equal((4_990, 3_000, 3_000), (receipt.Invoice.Total, receipt.AmountCaptured, receipt.AmountPaid));
        Assert.Equal(receipt.Captures[1].At, receipt.IssuedAt);
        Assert.True(receipt.Captures[0].At < receipt.Captures[1].At);
    }

    /// <summary>Invariant 23, and the customer's right to be forgotten: the books stay, the person goes.</summary>
    [Fact]
    [Trait("Invariant", "23")]
    public async Task Of_an_erased_customer_the_receipt_stays_and_tells_nothing()
    {
        var payer = await (await hub.Acme.NewPayerAsync("Mary Somerville")).VerifiedAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        var before = await FileAsync(sale);
        await hub.Acme.DoAsync($"/v1/customers/{payer.Id}/erase");
        await hub.QuietAsync();

        var after = await FileAsync(sale);

        Assert.Equal(Signed(before), Signed(after));
        foreach (var text in (string[])[after, Signed(after)])
        {
            Assert.All((string[])["Somerville", "Lovelace", "Main St", payer.Phone, payer.Email, payer.Id, "424242", "ins_", "security"], personal => Assert.DoesNotContain(personal, text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task After_a_rotation_old_and_new_receipts_verify_under_the_published_keys()
    {
        var sale = await PaidAsync();
        var (old, keysOfThen) = (await FileAsync(sale), await KeysAsync());
        hub.Get<ISigningKeys>().Rotate();

        var fresh = await FileAsync(sale);

        Assert.Equal(Signed(old), Signed(fresh));
        Assert.IsType<ReceiptCheck.Genuine>(ReceiptCheck.Of(old, await KeysAsync()));
        Assert.IsType<ReceiptCheck.Genuine>(ReceiptCheck.Of(fresh, await KeysAsync()));
        Assert.IsType<ReceiptCheck.Genuine>(ReceiptCheck.Of(old, keysOfThen));
        Assert.Contains("not among these keys", Assert.IsType<ReceiptCheck.Refused>(ReceiptCheck.Of(fresh, keysOfThen)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_signing_keys_hold_no_private_half()
    {
        using var client = hub.Client();
        using var answer = await client.AskAsync("/v1/keys/signing");

        Assert.All((await answer.MadeAsync()).GetProperty("keys").EnumerateArray(), key =>
        {
            Assert.Equal(("EC", "ES256", "sig"), (key.Text("kty"), key.Text("alg"), key.Text("use")));
            Assert.False(key.TryGetProperty("d", out _));
        });
    }

    private async Task<Sale> PaidAsync() => await (await hub.Acme.SellAsync(await hub.AdaAsync())).ConfirmedAsync();

    private static async Task<string> FileAsync(Sale sale, HttpClient? client = null)
    {
        using var answer = await (client ?? sale.Shop.Client).AskAsync($"/v1/payments/{sale.Payment}/receipt");
        await answer.MadeAsync();
        return await answer.TextAsync();
    }

    private async Task<PublicKeySet> KeysAsync()
    {
        using var client = hub.Client();
        using var answer = await client.AskAsync("/v1/keys/signing");
        return PublicKeySet.Parse(await answer.TextAsync())!;
    }

    private ReceiptCheck.Genuine Genuine(string file) =>
        Assert.IsType<ReceiptCheck.Genuine>(ReceiptCheck.Of(file, PublicKeySet.Parse(hub.Get<ISigningKeys>().PublicJwks)!));

    private static string Signed(string file) =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(JsonSerializer.Deserialize<JsonElement>(file).GetProperty("payload").GetString()));
}
