using System.Net;
using System.Text.Json;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Conversations;

/// <summary>How staff shares its work: who has a conversation, who may have it, and the sentences all of them say.</summary>
[Collection("journey")]
public sealed class ConversationDeskTests(JourneyHub hub)
{
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

        var text = await Talk.TextAsync(support, $"/v1/merchants/{hub.Acme.Id}/colleagues");
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
}
