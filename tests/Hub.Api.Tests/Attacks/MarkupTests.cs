using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Api.Edge;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hub.Api.Tests.Attacks;

/// <summary>Markup in whatever people may write: it stays words, in answers, letters and pages, and no page would run it if it did not.</summary>
[Collection("journey")]
[Attack(AttackRow.Markup)]
public sealed partial class MarkupTests(JourneyHub hub)
{
    private static readonly string[] Attempts =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title><script src=//evil.example></script>", "\"><svg onload=alert(1)>", "javascript:alert(1)",
        "{{constructor.constructor('alert(1)')()}}", "<iframe srcdoc='<script>1</script>'>", "=cmd|'/C calc'!A0", "+SUM(1)", "@SUM(1)",
    ];

    /// <summary>Every page and asset that the hub serves, from its own list.</summary>
    [Fact]
    public async Task Every_page_forbids_inline_scripts_foreign_ones_and_frames()
    {
        using var client = hub.Client();
        var pages = Pages().ToList();
        Assert.True(pages.Count >= 20, $"{pages.Count} pages");
        foreach (var path in pages)
        {
            AttackFigures.Tried(AttackRow.Markup);
            using var answer = await client.AskAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            var directives = policy.Split(';', StringSplitOptions.TrimEntries).ToDictionary(d => d.Split(' ')[0], d => d.Split(' ')[1..]);
            Assert.Equal(["'none'"], directives["default-src"]);
            Assert.Equal(["'self'"], directives["script-src"]);
            Assert.Equal(["'none'"], directives["frame-ancestors"]);
            Assert.Equal(["'none'"], directives["base-uri"]);
            Assert.Equal(["'self'"], directives["form-action"]);
            Assert.False(directives.ContainsKey("object-src"));
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);

            // Mails bring styles of their own; their frame runs no script. No other page takes inline styles.
            Assert.Equal(path == "/sandbox/mail", policy.Contains("unsafe-inline", StringComparison.Ordinal));
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task No_page_needs_an_inline_script_or_holds_words_from_outside()
    {
        using var client = hub.Client();
        foreach (var path in Pages().Where(p => !p.StartsWith("/assets/", StringComparison.Ordinal) && !p.EndsWith(".js", StringComparison.Ordinal)))
        {
            using var answer = await client.AskAsync($"{path}?x=%3Cscript%3Ealert(1)%3C/script%3E");
            var html = await answer.TextAsync();
            AttackFigures.Tried(AttackRow.Markup);
            Assert.DoesNotContain("alert(1)", html, StringComparison.Ordinal);
            Assert.Empty(InlineScript().Matches(html));
            Assert.Empty(Handler().Matches(html));
            Assert.DoesNotContain("=\"javascript:", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The pages put words on the screen as text. The mailbox alone shows HTML, in a frame without any permission.</summary>
    [Fact]
    public void No_page_turns_words_into_markup()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "OmniHub.sln"))) root = root.Parent;
        var sources = Directory.EnumerateFiles(Path.Combine(root.FullName, "src/Hub.Web/pages/src"), "*.ts*", SearchOption.AllDirectories)
            .Where(file => !file.Contains(".test.", StringComparison.Ordinal)).Select(file => (File: file, Text: File.ReadAllText(file))).ToList();
        Assert.NotEmpty(sources);

        foreach (var (file, text) in sources)
        {
            AttackFigures.Tried(AttackRow.Markup);
            foreach (var way in new[] { "dangerouslySetInnerHTML", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser" })
            {
                Assert.False(text.Contains(way, StringComparison.Ordinal), $"{file} uses {way}.");
            }

            if (!text.Contains("srcdoc", StringComparison.OrdinalIgnoreCase)) continue;
            Assert.EndsWith("letter.tsx", file, StringComparison.Ordinal);
            Assert.Matches("sandbox=(\"\"|\\{\"\"\\})", text);
        }
    }

    /// <summary>A name, goods and an address of markup travel through a whole purchase: answers, letters, text messages, timelines, the shop's page data.</summary>
    [Fact]
    public async Task Markup_in_names_and_goods_stays_words_everywhere()
    {
        foreach (var attempt in Attempts)
        {
            AttackFigures.Tried(AttackRow.Markup);
            var payer = await (await hub.Acme.NewPayerAsync(attempt)).VerifiedAsync();
            var body = Shop.OrderBody(payer.Id).Replace("\"A book\"", JsonSerializer.Serialize(attempt), StringComparison.Ordinal).Replace("\"Ada Lovelace\"", JsonSerializer.Serialize(attempt), StringComparison.Ordinal);
            using var placed = await hub.Acme.SendOrderAsync(body);
            var order = await placed.MadeAsync();
            var payment = (await hub.Acme.DoAsync("/v1/payments", $$"""{"order":"{{order.Text("id")}}"}""")).Text("id");
            await new Sale(hub, hub.Acme, payer, order, payment).ConfirmedAsync();
            await hub.Acme.DoAsync($"/v1/orders/{order.Text("id")}/shipments", $$"""{"carrier":{{JsonSerializer.Serialize(attempt)}},"tracking":"1"}""");
            await hub.QuietAsync();

            foreach (var path in new[] { $"/v1/customers/{payer.Id}", $"/v1/orders/{order.Text("id")}", $"/v1/payments/{payment}", $"/v1/customers/{payer.Id}/timeline", $"/v1/payments/{payment}/timeline", "/v1/events", "/v1/customers" })
            {
                await IsInertAsync(hub.Acme.Client, path);
            }

            foreach (var html in await LettersAsync(payer))
            {
                Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
                Assert.Empty(Handler().Matches(WithoutText(html)));
                Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("<svg", html, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("<iframe", html, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>What somebody texts is read for its meaning and kept nowhere as words.</summary>
    [Fact]
    public async Task Markup_in_a_text_message_reaches_nobody()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        foreach (var attempt in Attempts)
        {
            AttackFigures.Tried(AttackRow.Markup);
            using var answer = await hub.TextAsync(payer.Phone, attempt);
            Assert.Equal("<Response></Response>", await answer.TextAsync());
        }

        await hub.QuietAsync();
        using var timeline = await hub.Acme.Client.AskAsync($"/v1/customers/{payer.Id}/timeline");
        Assert.DoesNotContain("alert", await timeline.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(hub.LogLines, line => line.Contains("alert(1)", StringComparison.Ordinal));
    }

    /// <summary>Errors repeat names of fields; such a name stays a word.</summary>
    [Fact]
    public async Task Markup_that_an_error_repeats_is_escaped()
    {
        foreach (var attempt in Attempts)
        {
            AttackFigures.Tried(AttackRow.Markup);
            using var answer = await hub.Acme.Client.SendAsync("/v1/customers", $$"""{ {{JsonSerializer.Serialize(attempt)}}:1}""");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("<", await answer.TextAsync(), StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    /// <summary>A formula needs a table program to open it: the hub exports nothing as CSV. An endpoint that will, belongs into this test with its cells.</summary>
    [Fact]
    public void Nothing_is_exported_as_a_table()
    {
        AttackFigures.Tried(AttackRow.Markup);
        var types = Routes.Of(hub.App).SelectMany(route => route.Endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()).SelectMany(produced => produced.ContentTypes);

        Assert.DoesNotContain(types, type => type.Contains("csv", StringComparison.OrdinalIgnoreCase) || type.Contains("excel", StringComparison.OrdinalIgnoreCase) || type.Contains("spreadsheet", StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<string> Pages() => Routes.Of(hub.App)
        .Where(route => route.Method == "GET" && !ApiPaths.Covers(route.Pattern) && (route.Pattern is "/" or "/shop" or "/support" or "/checkout/{payment}" or "/my" or "/my/settings" or "/sw.js" or "/manifest.webmanifest" or "/omnihub-chat.js" or "/sandbox/phone" or "/sandbox/mail" or "/sandbox/bank" or "/sandbox/clock" || route.Pattern.StartsWith("/assets/", StringComparison.Ordinal)))
        .Select(route => route.Pattern.Replace("{payment}", "pay_x", StringComparison.Ordinal));

    // JSON that says so, that no browser takes for anything else, and under which nothing would run.
    private static async Task IsInertAsync(HttpClient client, string path)
    {
        using var answer = await client.AskAsync(path);
        var text = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(text);
    }

    private async Task<IReadOnlyList<string>> LettersAsync(Payer payer)
    {
        using var client = hub.Client();
        using var list = await client.AskAsync($"/sandbox/api/mail?to={Uri.EscapeDataString(payer.Email)}");
        var letters = new List<string>();
        foreach (var mail in (await list.JsonAsync()).EnumerateArray())
        {
            using var found = await client.AskAsync($"/sandbox/api/mail/{mail.Text("id")}");
            letters.Add((await found.JsonAsync()).Text("html"));
        }

        Assert.NotEmpty(letters);
        return letters;
    }

    // What stands between tags is text; only what stands within them could be an attribute.
    private static string WithoutText(string html) => string.Concat(Tag().Matches(html).Select(tag => tag.Value));

    [GeneratedRegex("<script(?![^>]*\\bsrc=)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex("\\son[a-z]+\\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
