using System.Net;
using System.Text;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Attacks;

/// <summary>Invariants 22 and 23, by looking: what was typed where is searched for in every file, log line and error of a hub of its own.</summary>
[Attack(AttackRow.Canary)]
public sealed partial class CanaryTests : IAsyncLifetime
{
    private const string Number = "4539578763621486";
    private const string Grouped = "4539 5787 6362 1486";

    private readonly JourneyHub _hub = new();
    private readonly StringBuilder _errors = new();

    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    [Trait("Invariant", "23")]
    public async Task A_card_number_and_a_code_are_nowhere_in_the_clear_whichever_field_they_were_typed_in()
    {
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await (await _hub.Acme.SellAsync(payer)).AcceptedAsync();
        var verification = System.Text.RegularExpressions.Regex.Match((await payer.MessagesAsync())[0], @"\d{6}").Value;
        using var browser = await payer.BrowserAsync();
        var card = await payer.AddCardAsync(Number);
        await TypeEverywhereAsync(sale, card);
        await browser.DoAsync($"/v1/payments/{sale.Payment}/submit", sale.SubmitBody(card, "739"));
        await _hub.QuietAsync();
        var (wrong, right) = (await sale.WrongCodeAsync(), await sale.PageCodeAsync());
        await TryAsync(browser, $"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{wrong}}"}""");
        await browser.DoAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{right}}"}""");
        await _hub.QuietAsync();
        Assert.Equal("succeeded", await sale.StatusAsync());

        foreach (var secret in new[] { Number, Grouped, Number[4..14], "\"739\"", $"\"{wrong}\"", $"\"{right}\"", $"\"{verification}\"" }) NowhereInFiles(secret);
        foreach (var secret in new[] { Number, Grouped, "\"739\"", wrong, right, verification })
        {
            Assert.DoesNotContain(_hub.LogLines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, _errors.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>DESIGN 5: personal fields are sealed from the first event on, so that erasing needs no rewriting.</summary>
    [Fact]
    [Trait("Invariant", "23")]
    public async Task A_person_is_nowhere_in_the_clear_even_before_it_is_erased()
    {
        var payer = await (await _hub.Acme.NewPayerAsync("Wilhelmine Quastenflosser")).VerifiedAsync();
        await _hub.Acme.DoAsync("/v1/webhook-endpoints", $$"""{"url":"{{_hub.Receiver.Url}}"}""");
        var order = await _hub.Acme.SendOrderAsync(Shop.OrderBody(payer.Id)
            .Replace("Ada Lovelace", "Ottokar Quastenflosser", StringComparison.Ordinal).Replace("1 Main St", "Zaunkönigweg 7\\n12345 Hinterzarten", StringComparison.Ordinal));
        var made = await order.MadeAsync();
        var payment = (await _hub.Acme.DoAsync("/v1/payments", $$"""{"order":"{{made.Text("id")}}"}""")).Text("id");
        await new Sale(_hub, _hub.Acme, payer, made, payment).ConfirmedAsync();
        using var renamed = await _hub.Acme.Client.CallAsync("PATCH", $"/v1/customers/{payer.Id}", """{"name":"Wilhelmine Seepferdchen"}""", $"{Guid.NewGuid()}");
        await renamed.MadeAsync();
        await _hub.QuietAsync();
        string[] personal = ["Wilhelmine", "Quastenflosser", "Seepferdchen", "Ottokar", "Zaunk", "Hinterzarten", payer.Phone, payer.Phone[1..], Uri.EscapeDataString(payer.Phone), payer.Email];

        foreach (var words in personal)
        {
            NowhereInFiles(words);
            Assert.DoesNotContain(_hub.LogLines, line => line.Contains(words, StringComparison.Ordinal));
        }

        await _hub.Acme.DoAsync($"/v1/customers/{payer.Id}/erase");
        await _hub.QuietAsync();
        foreach (var path in new[] { $"/v1/customers/{payer.Id}", $"/v1/orders/{made.Text("id")}", $"/v1/customers/{payer.Id}/timeline", "/v1/events", "/v1/customers" })
        {
            using var answer = await _hub.Acme.Client.AskAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = await answer.TextAsync();
            Assert.All(personal, words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        }
    }

    /// <summary>Everything that takes words, given a card number; some refuse it, none may keep it.</summary>
    private async Task TypeEverywhereAsync(Sale sale, string card)
    {
        var (acme, payer) = (_hub.Acme.Client, sale.Payer);
        using var browser = await payer.BrowserAsync();
        var order = Shop.OrderBody(payer.Id);
        foreach (var number in new[] { Number, Grouped })
        {
            var text = JsonSerializer.Serialize(number);
            await TryAsync(acme, "/v1/customers", $$"""{"name":{{text}},"email":"a@example.com"}""");
            await TryAsync(acme, "/v1/customers", $$"""{"name":"A","phone":{{text}},"email":{{text}},"locale":{{text}}}""");
            await TryAsync(acme, "/v1/customers", $$"""{ {{text}}: {{text}} }""");
            await TryAsync(acme, "/v1/customers", $$$"""{"name":"A","email":"a@example.com","metadata":{"card":{{{text}}}}}""");
            await TryAsync(acme, "/v1/customers", number);
            await TryAsync(acme, $"/v1/customers/{payer.Id}/sessions", $$"""{"payment":{{text}}}""");
            foreach (var field in new[] { "R-", "SKU-1", "A book", "Ada Lovelace", "1 Main St", "parcel", "EUR", payer.Id })
            {
                AttackFigures.Tried(AttackRow.Canary);
                using var answer = await _hub.Acme.SendOrderAsync(order.Replace($"\"{field}", field == "R-" ? $"\"{number}-" : $"\"{number}", StringComparison.Ordinal));
                await NoteAsync(answer);
            }

            await TryAsync(acme, "/v1/payments", $$"""{"order":{{text}},"capture":{{text}}}""");
            await TryAsync(acme, $"/v1/orders/{sale.OrderId}/shipments", $$"""{"carrier":{{text}},"tracking":{{text}}}""");
            await TryAsync(acme, $"/v1/orders/{sale.OrderId}/cancel", $$"""{"reason":{{text}}}""");
            await TryAsync(acme, $"/v1/payments/{sale.Payment}/cancel", $$"""{"reason":{{text}}}""");
            await TryAsync(acme, $"/v1/payments/{sale.Payment}/refunds", $$"""{"reason":{{text}}}""");
            await TryAsync(acme, "/v1/merchants/signing-keys", $$"""{"public_key":{{text}}}""");
            await TryAsync(acme, "/v1/webhook-endpoints", $$"""{"url":"http://localhost/{{number}}","events":[{{text}}]}""");
            await TryAsync(browser, $"/v1/customers/{payer.Id}/instruments", $$"""{"type":{{text}},"encrypted":{{text}},"number":{{text}},"security_code":"739"}""");
            await TryAsync(browser, $"/v1/orders/{sale.OrderId}/accept", $$"""{"invoice_hash":{{text}}}""");
            await TryAsync(browser, $"/v1/payments/{sale.Payment}/submit", $$"""{"instrument":{{text}},"security_code":"739"}""");
            await TryAsync(browser, $"/v1/payments/{sale.Payment}/submit", $$"""{"instrument":"{{card}}","security_code":{{text}}}""");
            await TryAsync(browser, $"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":{{text}},"code":{{text}},"reason":{{text}}}""");
            using var keyed = await acme.PostAsync("/v1/customers", """{"name":"A","email":"a@example.com"}""", number);
            await NoteAsync(keyed);
            foreach (var path in new[] { $"/v1/payments/{number}", $"/v1/orders?starting_after={number}", $"/v1/orders?limit={number}", $"/v1/{number}" })
            {
                using var read = await acme.AskAsync(path);
                await NoteAsync(read);
            }
        }
    }

    private async Task TryAsync(HttpClient client, string path, string body)
    {
        AttackFigures.Tried(AttackRow.Canary);
        using var answer = await client.SendAsync(path, body);
        await NoteAsync(answer);
    }

    private async Task NoteAsync(HttpResponseMessage answer)
    {
        Assert.True((int)answer.StatusCode < 500, $"{answer.RequestMessage?.RequestUri}: {await answer.TextAsync()}");
        if (!answer.IsSuccessStatusCode) _errors.AppendLine(await answer.TextAsync());
    }

    // Every file of the hub, its write-ahead logs included; the sandbox's own books are another party's.
    private void NowhereInFiles(string secret)
    {
        var (utf8, utf16) = (Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret));
        var files = Directory.EnumerateFiles(_hub.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith("sandbox", StringComparison.Ordinal) && !f.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        Assert.Contains(files, f => f.EndsWith("journal.db", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith("vault.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var bytes = memory.ToArray();
            Assert.False(bytes.AsSpan().IndexOf(utf8) >= 0 || bytes.AsSpan().IndexOf(utf16) >= 0, $"{Path.GetFileName(file)} holds {secret}.");
        }
    }
}
