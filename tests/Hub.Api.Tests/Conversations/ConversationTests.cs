using System.Net;
using System.Text.Json;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;

namespace Hub.Api.Tests.Conversations;

/// <summary>Customers and staff speak over HTTP and hear of each other live.</summary>
[Collection("journey")]
public sealed class ConversationTests(JourneyHub hub)
{
    [Fact]
    public async Task Nobody_has_written_yet_and_the_conversation_can_be_watched_already()
    {
        var talk = await Talk.WithAsync(hub);

        var empty = JsonSerializer.Deserialize<JsonElement>(await talk.AsCustomerAsync());
        await using var page = await SignalRJsonClient.ConnectAsync(hub.Address, await talk.Payer.TokenAsync());
        await page.InvokeAsync("Watch", $"conversation:{talk.Id}", empty.GetProperty("sequence").GetInt64());
        await talk.SayAsync("Hello?");

        Assert.Equal((talk.Id, "resolved", 0), (empty.Text("id"), empty.Text("status"), empty.GetProperty("messages").GetArrayLength()));
        Assert.Equal("conversation.begun", (await page.NextAsync()).Text("type"));
        var said = await page.NextAsync();
        Assert.Equal("Hello?", said.GetProperty("view").GetProperty("messages")[0].Text("text"));
        Assert.Equal("waiting", (await page.NextAsync()).GetProperty("view").Text("status"));
    }

    [Fact]
    public async Task A_question_is_answered_and_each_side_sees_what_the_other_read()
    {
        var talk = await Talk.WithAsync(hub);
        var asked = await talk.SayAsync("Where is my parcel?");
        var waiting = await talk.AsStaffAsync();
        await talk.StaffAsync("read", new { sequence = asked.GetProperty("sequence").GetInt64() });
        var answered = await talk.StaffAsync("messages", new { text = "On its way." });
        var read = await talk.StaffAsync("resolve");

        Assert.Equal(("customer", "chat", "waiting"), (asked.Text("author"), asked.Text("channel"), waiting.Text("status")));
        Assert.Equal((1, 0), (waiting.GetProperty("unread").GetProperty("staff").GetInt32(), waiting.GetProperty("unread").GetProperty("customer").GetInt32()));
        Assert.Equal(("staff", "support@acme.example"), (answered.Text("author"), answered.Text("by")));
        Assert.Equal("resolved", read.Text("status"));
        var seen = JsonSerializer.Deserialize<JsonElement>(await talk.AsCustomerAsync());
        Assert.Equal(["Where is my parcel?", "On its way."], seen.GetProperty("messages").EnumerateArray().Select(m => m.Text("text")));
        Assert.Equal("support", seen.GetProperty("messages")[1].Text("by"));
        Assert.True(seen.GetProperty("read").GetProperty("staff").GetInt64() > 0);
    }

    /// <summary>Notes and staff's addresses show in nothing a customer or a merchant's key reads.</summary>
    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_note_shows_in_nothing_that_a_customer_can_read()
    {
        const string secret = "thinks-we-owe-them";
        var talk = await Talk.WithAsync(hub);
        await using var page = await SignalRJsonClient.ConnectAsync(hub.Address, await talk.Payer.TokenAsync());
        await page.InvokeAsync("Watch", $"conversation:{talk.Id}", 0);
        await page.InvokeAsync("Watch", $"customer:{talk.Payer.Id}", 0);
        await talk.SayAsync("Hello");
        await talk.StaffAsync("assign");
        await talk.StaffAsync("notes", new { text = $"The customer {secret}." });
        await talk.StaffAsync("messages", new { text = "Good day" });
        await hub.QuietAsync();

        var live = new List<string>();
        while (!live.Any(u => u.Contains("Good day", StringComparison.Ordinal))) live.Add($"{await page.NextAsync()}");
        using var browser = await talk.Payer.BrowserAsync();
        string[] read =
        [
            await talk.AsCustomerAsync(), .. live,
            await TextAsync(browser, $"/v1/conversations/{talk.Id}"), await TextAsync(browser, $"/v1/conversations/{talk.Id}/messages?limit=100"),
            await TextAsync(browser, $"/v1/customers/{talk.Payer.Id}/timeline"), await TextAsync(browser, $"/v1/customers/{talk.Payer.Id}"),
        ];
        var merchants = await TextAsync(hub.Acme.Client, $"/v1/customers/{talk.Payer.Id}/timeline");

        Assert.All(read.Append(merchants), text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.All(read.Append(merchants), text => Assert.DoesNotContain("support@acme.example", text, StringComparison.Ordinal));
        Assert.DoesNotContain(read, text => text.Contains("\"note\":true", StringComparison.Ordinal) || text.Contains("conversation.note", StringComparison.Ordinal));
        Assert.Contains(secret, $"{await talk.AsStaffAsync()}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_who_has_it_and_a_supervisor_may_take_it_over()
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("Hello");
        await hub.StaffAsync(StaffRole.Finance);
        await talk.StaffAsync("assign");

        using var second = hub.CopyOf(await hub.StaffAsync(StaffRole.Finance));
        using var refused = await second.SendAsync($"/v1/conversations/{talk.Id}/assign");
        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "conversation_taken");
        var over = await talk.StaffAsync("assign", role: StaffRole.Supervisor);
        var handed = await talk.StaffAsync("assign", new { to = "Finance@acme.example" }, StaffRole.Supervisor);
        using var own = hub.CopyOf(await hub.StaffAsync(StaffRole.Finance));
        var released = await own.DoAsync($"/v1/conversations/{talk.Id}/release");

        Assert.Contains("support@acme.example has this conversation", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("supervisor@acme.example", over.Text("assignee"));
        Assert.Equal("finance@acme.example", handed.Text("assignee"));
        Assert.Equal("waiting", released.Text("status"));
    }

    [Theory]
    [InlineData("nobody@acme.example")]
    [InlineData("everything@elsewhere.example")]
    [InlineData("")]
    [InlineData("support@acme.example\u0000")]
    public async Task It_is_handed_over_to_nobody_who_does_not_serve_the_merchant(string to)
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("Hello");
        if (to.StartsWith("everything", StringComparison.Ordinal)) (await hub.SignInAsync(to, [StaffRole.Support], hub.Rival.Id)).Dispose();
        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));

        using var refused = await staff.SendAsync($"/v1/conversations/{talk.Id}/assign", JsonSerializer.Serialize(new { to }));

        Assert.Contains("\"to\":[", (await refused.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public async Task A_message_has_so_many_characters(int length, bool taken)
    {
        var talk = await Talk.WithAsync(hub);
        using var browser = await talk.Payer.BrowserAsync();

        using var answer = await browser.SendAsync($"/v1/customers/{talk.Payer.Id}/conversation/messages", JsonSerializer.Serialize(new { text = new string('x', length) }));

        if (taken) Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        else Assert.Contains("\"text\":[", (await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u0007b")]
    [InlineData("my card is 4242 4242 4242 4242")]
    public async Task A_message_that_may_not_be_kept_is_refused_with_its_field(string text)
    {
        var talk = await Talk.WithAsync(hub);
        using var browser = await talk.Payer.BrowserAsync();

        using var answer = await browser.SendAsync($"/v1/customers/{talk.Payer.Id}/conversation/messages", JsonSerializer.Serialize(new { text }));

        Assert.Contains("\"text\":[", (await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Codes that people type are kept as stars, and what was written is sealed.</summary>
    [Fact]
    [Trait("Invariant", "23")]
    public async Task Codes_and_words_are_nowhere_in_the_journal()
    {
        var talk = await Talk.WithAsync(hub);
        var said = await talk.SayAsync("They sent 839207, I answered\npay 4839, greetings from Timbuktu");
        await hub.QuietAsync();

        Assert.Equal("They sent ******, I answered\npay ****, greetings from Timbuktu", said.Text("text"));
        var stored = hub.Query("journal.db", $"SELECT e.payload FROM events e JOIN streams s ON s.id = e.stream_id WHERE s.key = 'conversation/{talk.Id}'");
        Assert.NotEmpty(stored);
        Assert.DoesNotContain(stored, p => p.Contains("839207", StringComparison.Ordinal) || p.Contains("4839", StringComparison.Ordinal) || p.Contains("Timbuktu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_erased_customer_said_is_forgotten()
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("I live in Timbuktu");
        await hub.Acme.DoAsync($"/v1/customers/{talk.Payer.Id}/erase");
        await hub.QuietAsync();

        Assert.True(hub.Get<IPersonalData>().IsErased(talk.Payer.Id));
        var seen = await talk.AsStaffAsync();
        Assert.Equal(("(forgotten)", "resolved"), (seen.GetProperty("messages")[0].Text("text"), seen.Text("status")));
        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        using var refused = await staff.SendAsync($"/v1/conversations/{talk.Id}/messages", """{"text":"Hello?"}""");
        await refused.ProblemAsync(HttpStatusCode.Conflict, "customer_erased");
    }

    /// <summary>Between what a request read and what it seals, the person may be forgotten.</summary>
    [Fact]
    public async Task Whoever_writes_to_somebody_who_is_being_erased_is_told_so()
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("I live in Timbuktu");
        hub.Get<IPersonalData>().Erase(talk.Payer.Id);

        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        using var refused = await staff.SendAsync($"/v1/conversations/{talk.Id}/messages", """{"text":"Hello?"}""");
        await refused.ProblemAsync(HttpStatusCode.Conflict, "customer_erased");
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_session_for_one_payment_writes_of_that_payment_and_sees_nothing_of_another()
    {
        var talk = await Talk.WithAsync(hub);
        var (one, other) = (await hub.Acme.SellAsync(talk.Payer), await hub.Acme.SellAsync(talk.Payer));
        var first = await talk.SayAsync("About the first", one.Payment);
        var answered = await talk.StaffAsync("messages", new { text = "Answer to the first" });
        await talk.SayAsync("About everything");
        await talk.StaffAsync("messages", new { text = "Answer to everything" });
        var (own, others, all) = (await talk.AsCustomerAsync(one.Payment), await talk.AsCustomerAsync(other.Payment), await talk.AsCustomerAsync());

        Assert.Equal((one.Payment, one.Payment), (first.Text("payment"), answered.Text("payment")));
        Assert.Equal(["About the first", "Answer to the first"], TextsOf(own));
        Assert.Empty(TextsOf(others));
        Assert.Equal(["About the first", "Answer to the first", "About everything", "Answer to everything"], TextsOf(all));
        Assert.Equal([1, 0, 2], new[] { own, others, all }.Select(seen => JsonSerializer.Deserialize<JsonElement>(seen).GetProperty("unread").GetProperty("customer").GetInt32()));
    }

    /// <summary>What a stolen link cannot read it cannot mark as read either: else nobody would be told of it elsewhere.</summary>
    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_session_for_one_payment_marks_nothing_that_it_does_not_see()
    {
        var talk = await Talk.WithAsync(hub);
        var (one, other) = (await hub.Acme.SellAsync(talk.Payer), await hub.Acme.SellAsync(talk.Payer));
        await talk.SayAsync("About the first", one.Payment);
        var seen = await talk.StaffAsync("messages", new { text = "Answer to the first" });
        await talk.SayAsync("About everything");
        await talk.StaffAsync("messages", new { text = "Answer to everything" });
        await talk.SayAsync("More about the first", one.Payment);
        await talk.StaffAsync("messages", new { text = "Another answer to the first" });

        var nothing = await MarkAsync(talk, other.Payment);
        var own = await MarkAsync(talk, one.Payment);
        var all = await MarkAsync(talk, null);

        Assert.Equal(0, nothing);
        Assert.Equal(seen.GetProperty("sequence").GetInt64(), own);
        Assert.True(all > own);
    }

    [Fact]
    public async Task Older_messages_are_paged_back_from_the_journal()
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("Hello");
        await talk.StaffAsync("assign");
        for (var i = 0; i < 70; i++) await talk.StaffAsync(i % 7 == 0 ? "notes" : "messages", new { text = $"n{i}" });
        await hub.QuietAsync();
        using var browser = await talk.Payer.BrowserAsync();

        var found = new List<string>();
        long? before = null;
        for (var more = true; more;)
        {
            using var answer = await browser.AskAsync($"/v1/conversations/{talk.Id}/messages?limit=20{(before is { } b ? $"&before={b}" : "")}");
            var page = await answer.MadeAsync();
            found.InsertRange(0, page.GetProperty("data").EnumerateArray().Select(m => m.Text("text")));
            (more, before) = (page.GetProperty("has_more").GetBoolean(), page.GetProperty("data")[0].GetProperty("sequence").GetInt64());
        }

        Assert.Equal(["Hello", .. Enumerable.Range(0, 70).Where(i => i % 7 != 0).Select(i => $"n{i}")], found);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("before=0")]
    public async Task A_page_that_is_none_is_refused(string query)
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("Hello");
        using var browser = await talk.Payer.BrowserAsync();

        using var answer = await browser.AskAsync($"/v1/conversations/{talk.Id}/messages?{query}");

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task The_queue_is_listed_by_status_and_by_who_has_it()
    {
        var (waiting, mine) = (await Talk.WithAsync(hub), await Talk.WithAsync(hub));
        await waiting.SayAsync("Hello");
        await mine.SayAsync("Hello");
        await mine.StaffAsync("assign");
        await hub.QuietAsync();
        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));

        var queue = (await staff.WalkAsync("/v1/conversations?status=waiting&limit=1")).Select(c => c.Text("id")).ToList();
        var own = (await staff.WalkAsync("/v1/conversations?assignee=me&limit=1")).Select(c => c.Text("id")).ToList();
        using var wrong = await staff.AskAsync("/v1/conversations?status=open");

        Assert.Contains(waiting.Id, queue);
        Assert.DoesNotContain(mine.Id, queue);
        Assert.Contains(mine.Id, own);
        Assert.DoesNotContain(waiting.Id, own);
        await wrong.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    /// <summary>A page that lost its connection gets what it missed, in order and once (invariant 19).</summary>
    [Fact]
    [Trait("Invariant", "19")]
    public async Task A_page_that_comes_back_gets_the_gap_replayed()
    {
        var talk = await Talk.WithAsync(hub);
        var token = await talk.Payer.TokenAsync();
        long last;
        await using (var page = await SignalRJsonClient.ConnectAsync(hub.Address, token))
        {
            await page.InvokeAsync("Watch", $"conversation:{talk.Id}", 0);
            await talk.SayAsync("One");
            last = (await page.NextAsync(3))[^1];
        }

        await talk.StaffAsync("messages", new { text = "Two" });
        await talk.StaffAsync("notes", new { text = "Secret" });
        await talk.StaffAsync("messages", new { text = "Three" });
        await hub.QuietAsync();
        await using var again = await SignalRJsonClient.ConnectAsync(hub.Address, token);
        var started = await again.InvokeAsync("Watch", $"conversation:{talk.Id}", last);

        var texts = new List<string>();
        while (texts.LastOrDefault() != "Three")
        {
            texts.AddRange((await again.NextAsync()).GetProperty("view").GetProperty("messages").EnumerateArray().Select(m => m.Text("text")));
        }

        Assert.Equal(["Two", "Three"], texts);
        Assert.Equal(started.GetProperty("sequence").GetInt64(), (await talk.AsStaffAsync()).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Typing_is_told_to_the_others_who_watch_and_once_a_second()
    {
        var talk = await Talk.WithAsync(hub);
        await using var page = await SignalRJsonClient.ConnectAsync(hub.Address, await talk.Payer.TokenAsync());
        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        await using var desk = await SignalRJsonClient.ConnectAsync(hub.Address, null, [.. staff.DefaultRequestHeaders.Where(h => h.Key is "Cookie" or "Origin").Select(h => (h.Key, h.Value.Single()))]);
        var topic = $"conversation:{talk.Id}";
        await page.InvokeAsync("Watch", topic, 0);
        await desk.InvokeAsync("Watch", topic, 0);

        await page.InvokeAsync("Typing", topic);
        await page.InvokeAsync("Typing", topic);
        await desk.InvokeAsync("Typing", topic);

        Assert.Equal("customer", (await desk.TypingAsync()).Text("author"));
        var told = await page.TypingAsync();
        Assert.Equal(("staff", "support"), (told.Text("author"), told.Text("name")));
        Assert.False(desk.HasTyping);
    }

    [Fact]
    public async Task Canned_answers_are_written_by_who_leads_and_read_by_all_the_staff()
    {
        const string body = """{"answers":[{"title":"Late","text":"Dear {name}, {order} is late."}]}""";
        using var supervisor = hub.CopyOf(await hub.StaffAsync(StaffRole.Supervisor));
        using var support = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        var path = $"/v1/merchants/{hub.Acme.Id}/canned_answers";

        using var put = await supervisor.CallAsync("PUT", path, body, $"{Guid.NewGuid()}");
        await put.MadeAsync();
        using var read = await support.AskAsync(path);
        using var wrong = await supervisor.CallAsync("PUT", path, """{"answers":[{"title":"a\nb","text":"{password}"}]}""", $"{Guid.NewGuid()}");
        using var many = await supervisor.CallAsync("PUT", path, $$"""{"answers":[{{string.Join(',', Enumerable.Repeat("""{"title":"a","text":"b"}""", 51))}}]}""", $"{Guid.NewGuid()}");

        Assert.Equal("Late", (await read.MadeAsync()).GetProperty("data")[0].Text("title"));
        var errors = (await wrong.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetProperty("errors");
        Assert.True(errors.TryGetProperty("answers[0].title", out _) && errors.TryGetProperty("answers[0].text", out _));
        await many.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_title_is_there_once_in_each_language_and_a_language_is_a_code()
    {
        using var supervisor = hub.CopyOf(await hub.StaffAsync(StaffRole.Supervisor));
        var path = $"/v1/merchants/{hub.Acme.Id}/canned_answers";

        using var put = await supervisor.CallAsync("PUT", path, """{"answers":[{"title":"Late","text":"a","language":"en"},{"title":"Late","text":"b","language":"de"},{"title":"Late","text":"c"}]}""", $"{Guid.NewGuid()}");
        using var twice = await supervisor.CallAsync("PUT", path, """{"answers":[{"title":"Late","text":"a","language":"en"},{"title":"Late","text":"b","language":"en"}]}""", $"{Guid.NewGuid()}");
        using var wrong = await supervisor.CallAsync("PUT", path, """{"answers":[{"title":"a","text":"b","language":"en-GB"},{"title":"a","text":"b","language":"DE"},{"title":"a","text":"b","language":""}]}""", $"{Guid.NewGuid()}");
        using var read = await supervisor.AskAsync(path);

        await put.MadeAsync();
        Assert.True((await twice.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetProperty("errors").TryGetProperty("answers[1].title", out _));
        var errors = (await wrong.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetProperty("errors");
        Assert.Equal(3, errors.EnumerateObject().Count(e => e.Name.EndsWith(".language", StringComparison.Ordinal)));
        Assert.Equal(["en", "de", null], (await read.MadeAsync()).GetProperty("data").EnumerateArray().Select(a => a.TryGetProperty("language", out var language) ? language.GetString() : null));
    }

    [Fact]
    public async Task Of_two_who_change_the_canned_answers_at_once_the_second_is_told()
    {
        using var supervisor = hub.CopyOf(await hub.StaffAsync(StaffRole.Supervisor));
        var path = $"/v1/merchants/{hub.Acme.Id}/canned_answers";
        using var read = await supervisor.AskAsync(path);
        var tag = read.Headers.ETag!.ToString();

        using var first = await supervisor.CallAsync("PUT", path, $$"""{"answers":[{"title":"{{Guid.NewGuid()}}","text":"first"}]}""", $"{Guid.NewGuid()}", ("If-Match", tag));
        using var second = await supervisor.CallAsync("PUT", path, """{"answers":[]}""", $"{Guid.NewGuid()}", ("If-Match", tag));
        using var now = await supervisor.AskAsync(path);

        await first.MadeAsync();
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal("first", (await now.MadeAsync()).GetProperty("data")[0].Text("text"));
        Assert.Equal(now.Headers.ETag, first.Headers.ETag);
    }

    /// <summary>Whoever is shut out or serves another merchant is nobody to hand over to; roles and other merchants show to no colleague.</summary>
    [Fact]
    [Trait("Invariant", "22")]
    public async Task The_colleagues_are_those_who_may_have_the_merchant_s_conversations()
    {
        var (staff, cancel) = (hub.Get<StaffDirectory>(), TestContext.Current.CancellationToken);
        await staff.CreateAsync(new NewStaff("both@acme.example", "a long enough password", [StaffRole.Support], [hub.Acme.Id, hub.Rival.Id]), cancel);
        await staff.CreateAsync(new NewStaff("gone@acme.example", "a long enough password", [StaffRole.Support], [hub.Acme.Id]), cancel);
        await staff.CreateAsync(new NewStaff("theirs@rival.example", "a long enough password", [StaffRole.Support], [hub.Rival.Id]), cancel);
        await staff.DisableAsync("gone@acme.example", cancel);
        using var support = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));

        var text = await TextAsync(support, $"/v1/merchants/{hub.Acme.Id}/colleagues");
        using var rivals = await support.AskAsync($"/v1/merchants/{hub.Rival.Id}/colleagues");

        var emails = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("data").EnumerateArray().Select(c => c.Text("email")).ToList();
        Assert.Contains("both@acme.example", emails);
        Assert.Contains("support@acme.example", emails);
        Assert.DoesNotContain("gone@acme.example", emails);
        Assert.DoesNotContain("theirs@rival.example", emails);
        Assert.DoesNotContain(hub.Rival.Id, text, StringComparison.Ordinal);
        Assert.DoesNotContain("roles", text, StringComparison.Ordinal);
        await rivals.ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private static IEnumerable<string> TextsOf(string conversation) =>
        JsonSerializer.Deserialize<JsonElement>(conversation).GetProperty("messages").EnumerateArray().Select(m => m.Text("text"));

    private static async Task<long> MarkAsync(Talk talk, string? payment)
    {
        using var browser = await talk.Payer.BrowserAsync(payment);
        return (await browser.DoAsync($"/v1/conversations/{talk.Id}/read", """{"sequence":999999}""")).GetProperty("read").GetProperty("customer").GetInt64();
    }

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var answer = await client.AskAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }
}
