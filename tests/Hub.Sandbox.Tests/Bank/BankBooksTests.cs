using System.Net;
using System.Text;
using Hub.Domain.Signatures;
using Hub.Sandbox.Bank;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>Invariant 10 from the bank's side: each key is carried out at most once, whatever happens around it.</summary>
public sealed class BankBooksTests
{
    [Fact]
    public async Task A_key_that_arrives_a_hundred_times_at_once_is_carried_out_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => sandbox.AuthorizeAsync("k1").JsonAsync()));

        Assert.Single(answers.Select(a => a.GetRawText()).Distinct());
        Assert.Equal((100, 1), await sandbox.KeyAsync("k1"));
        Assert.Single((await sandbox.GetAsync("books")).GetProperty("authorizations").EnumerateArray());
    }

    [Fact]
    public async Task The_books_outlive_the_process()
    {
        await using var first = await SandboxFixture.StartAsync();
        var before = await first.AuthorizeAsync("k1").JsonAsync();
        var folder = first.Folder;
        await first.DisposeAsync();

        await using var second = await SandboxFixture.StartAsync(folder: folder);
        var after = await second.AuthorizeAsync("k1").JsonAsync();
        Assert.Equal(before.GetRawText(), after.GetRawText());
        Assert.Equal((2, 1), await second.KeyAsync("k1"));
    }

    [Fact]
    public async Task A_webhook_that_was_owed_when_the_process_ended_is_sent_by_the_next()
    {
        await using var hub = await HubStub.StartAsync();
        hub.Answer = _ => (503, "");
        await using var first = await SandboxFixture.StartAsync(hub: hub);
        await first.AuthorizeAsync("k1", CardBehaviour.WebhookFirst);
        var refused = await hub.NextAsync();
        await first.DisposeAsync();

        hub.Answer = _ => (200, "");
        await using var second = await SandboxFixture.StartAsync(folder: first.Folder, hub: hub);
        var taken = await hub.NextAsync();
        Assert.Equal(refused.Headers[StandardWebhook.IdHeader], taken.Headers[StandardWebhook.IdHeader]);
        Assert.Equal(refused.Body, taken.Body);
    }

    [Fact]
    public async Task A_webhook_carries_a_signature_that_holds()
    {
        await using var sandbox = await SandboxFixture.StartAsync(o => o.BankConfirmsAnswers = true);
        await sandbox.AuthorizeAsync("k1");
        var got = await sandbox.Hub.NextAsync();

        Assert.Equal("/gateways/sandbox/webhook", got.Target);
        Assert.Equal(got.Json.Text("id"), got.Headers[StandardWebhook.IdHeader]);
        Assert.Null(StandardWebhook.Verify(
            got.Headers[StandardWebhook.IdHeader], got.Headers[StandardWebhook.TimestampHeader], got.Headers[StandardWebhook.SignatureHeader],
            got.Body, TimeProvider.System.GetUtcNow(), SandboxKeys.BankWebhookSecret));
    }

    [Fact]
    public async Task A_key_with_another_request_is_refused()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.AuthorizeAsync("k1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sandbox.AuthorizeAsync("k1", amount: 4991)).StatusCode);
        Assert.Equal((2, 1), await sandbox.KeyAsync("k1"));
    }

    [Theory]
    [InlineData(2990, true, "succeeded", null)]
    [InlineData(2991, true, "failed", "exceeds_authorized")]
    [InlineData(2989, false, "succeeded", null)]
    public async Task A_second_capture_may_take_exactly_what_remains(long amount, bool final, string status, string? failure)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var hold = (await sandbox.AuthorizeAsync("k1").JsonAsync()).Text("id");
        await sandbox.PostAsync($"authorizations/{hold}/captures", "k2", """{"amount":2000,"final":false,"reference":"r"}""");
        var second = await sandbox.PostAsync($"authorizations/{hold}/captures", "k3", $$"""{"amount":{{amount}},"final":{{(final ? "true" : "false")}},"reference":"r"}""").JsonAsync();
        Assert.Equal(status, second.Text("status"));
        Assert.Equal(failure, second.Text("failure_code"));
    }

    [Fact]
    public async Task After_a_final_capture_nothing_is_left()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var hold = (await sandbox.AuthorizeAsync("k1").JsonAsync()).Text("id");
        await sandbox.PostAsync($"authorizations/{hold}/captures", "k2", """{"amount":2000,"final":true,"reference":"r"}""");
        var second = await sandbox.PostAsync($"authorizations/{hold}/captures", "k3", """{"amount":1,"final":true,"reference":"r"}""").JsonAsync();
        Assert.Equal("exceeds_authorized", second.Text("failure_code"));
    }

    [Fact]
    public async Task A_voided_hold_can_neither_be_captured_nor_voided_again()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var hold = (await sandbox.AuthorizeAsync("k1").JsonAsync()).Text("id");
        Assert.Equal("succeeded", (await sandbox.PostAsync($"authorizations/{hold}/void", "k2", """{"reference":"r"}""").JsonAsync()).Text("status"));
        Assert.Equal("authorization_voided", (await sandbox.PostAsync($"authorizations/{hold}/captures", "k3", """{"amount":1,"final":true,"reference":"r"}""").JsonAsync()).Text("failure_code"));
        Assert.Equal("authorization_voided", (await sandbox.PostAsync($"authorizations/{hold}/void", "k4", """{"reference":"r"}""").JsonAsync()).Text("failure_code"));
    }

    [Fact]
    public async Task The_books_show_an_authorization_with_all_that_followed_and_every_key()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var hold = (await sandbox.AuthorizeAsync("k1").JsonAsync()).Text("id");
        var capture = (await sandbox.PostAsync($"authorizations/{hold}/captures", "k2", """{"amount":2000,"final":false,"reference":"r"}""").JsonAsync()).Text("id");
        await sandbox.PostAsync($"captures/{capture}/refunds", "k3", """{"amount":500,"reference":"r"}""");
        await sandbox.PostAsync($"authorizations/{hold}/void", "k4", """{"reference":"r"}""");
        await sandbox.AuthorizeAsync("k5", CardBehaviour.ErrorAndNotDone);

        var books = await sandbox.GetAsync("books");
        var entry = Assert.Single(books.GetProperty("authorizations").EnumerateArray());
        Assert.Equal(2000, entry.GetProperty("captured").GetInt64());
        Assert.Equal(capture, Assert.Single(entry.GetProperty("captures").EnumerateArray()).Text("id"));
        Assert.Equal(500, Assert.Single(entry.GetProperty("refunds").EnumerateArray()).GetProperty("amount").GetInt64());
        Assert.Equal("succeeded", Assert.Single(entry.GetProperty("voids").EnumerateArray()).Text("status"));
        Assert.Equal(["k1:1", "k2:1", "k3:1", "k4:1", "k5:0"], books.GetProperty("keys").EnumerateArray()
            .Select(k => $"{k.Text("idempotency_key")}:{k.GetProperty("carried_out").GetInt32()}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(2000, "succeeded", null)]
    [InlineData(2001, "failed", "exceeds_captured")]
    public async Task Refunds_never_exceed_what_was_captured(long amount, string status, string? failure)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var hold = (await sandbox.AuthorizeAsync("k1").JsonAsync()).Text("id");
        var capture = (await sandbox.PostAsync($"authorizations/{hold}/captures", "k2", """{"amount":4990,"final":true,"reference":"r"}""").JsonAsync()).Text("id");
        await sandbox.PostAsync($"captures/{capture}/refunds", "k3", """{"amount":2990,"reference":"r"}""");
        var second = await sandbox.PostAsync($"captures/{capture}/refunds", "k4", $$"""{"amount":{{amount}},"reference":"r"}""").JsonAsync();
        Assert.Equal(status, second.Text("status"));
        Assert.Equal(failure, second.Text("failure_code"));
    }

    [Theory]
    [InlineData(null, "{}", 400)]
    [InlineData("k", "{}", 400)]
    [InlineData("k", "not json", 400)]
    [InlineData("k", """{"amount":1,"amount":2,"currency":"EUR","card":{"number":"4242424242424242","exp_month":1,"exp_year":2050},"payee":"p","reference":"r"}""", 400)]
    [InlineData("k", """{"amount":0,"currency":"EUR","card":{"number":"4242424242424242","exp_month":1,"exp_year":2050},"payee":"p","reference":"r"}""", 400)]
    [InlineData("k", """{"amount":1.5,"currency":"EUR","card":{"number":"4242424242424242","exp_month":1,"exp_year":2050},"payee":"p","reference":"r"}""", 400)]
    [InlineData("k", """{"amount":1,"currency":"XXX","card":{"number":"4242424242424242","exp_month":1,"exp_year":2050},"payee":"p","reference":"r"}""", 400)]
    [InlineData("k", """{"amount":1,"currency":"EUR","card":{"number":"4242424242424241","exp_month":1,"exp_year":2050},"payee":"p","reference":"r"}""", 400)]
    [InlineData("k", """{"amount":1,"currency":"EUR","card":{"number":"4242424242424242","exp_month":13,"exp_year":2050},"payee":"p","reference":"r"}""", 400)]
    [InlineData("k", """{"amount":1,"currency":"EUR","card":{"number":"4242424242424242","exp_month":1,"exp_year":2050},"payee":"p","reference":"r"}""", 201)]
    public async Task A_request_that_cannot_be_read_names_what_is_wrong_and_no_card(string? key, string body, int status)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var response = await sandbox.PostAsync("authorizations", key, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.DoesNotContain("42424242", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_hubs_key_nobody_is_let_in()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Bank.DefaultRequestHeaders.Authorization = new("Bearer", "another");
        Assert.Equal(HttpStatusCode.Unauthorized, (await sandbox.AuthorizeAsync("k1")).StatusCode);
    }

    /// <summary>Invariant 23: the number goes no further than the decision.</summary>
    [Fact]
    public async Task The_card_number_is_in_no_file_of_the_bank()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.AuthorizeAsync("k1");
        await sandbox.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(sandbox.Folder))
        {
            Assert.DoesNotContain("4242424242424242", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        }
    }
}
