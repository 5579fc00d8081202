using System.Net;
using System.Text;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Tests.Edge;

public sealed record ThingBody(string Do);

public sealed record ThingView(string Id, int Run);

/// <summary>Invariant 4 as far as HTTP goes: one effect and one answer per key.</summary>
public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_repeat_gets_the_very_same_answer_and_nothing_runs_again()
    {
        await using var test = await StartAsync();

        using var first = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "key 1");
        using var second = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "key 1");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(Cancel), await second.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((first.StatusCode, first.Headers.Location, first.Headers.ETag), (second.StatusCode, second.Headers.Location, second.Headers.ETag));
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal("\"v3\"", second.Headers.ETag?.Tag);
        Assert.Single(test.Runs);
    }

    [Fact]
    public async Task A_refusal_of_a_turn_is_an_answer_like_any_other()
    {
        await using var test = await StartAsync();

        using var first = await test.Merchant.PostAsync("/v1/things", """{"do":"refuse"}""", "k");
        using var second = await test.Merchant.PostAsync("/v1/things", """{"do":"refuse"}""", "k");

        await first.ProblemAsync(HttpStatusCode.Conflict, "illegal_state");
        Assert.Equal(await first.TextAsync(), await second.TextAsync());
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Single(test.Runs);
    }

    [Theory]
    [InlineData("fail", HttpStatusCode.InternalServerError)]
    [InlineData("unavailable", HttpStatusCode.ServiceUnavailable)]
    [InlineData("answer 500", HttpStatusCode.InternalServerError)]
    [InlineData("invalid", HttpStatusCode.BadRequest)]
    [InlineData("not found", HttpStatusCode.NotFound)]
    public async Task What_is_no_answer_of_a_turn_is_not_kept_and_the_retry_has_the_same_ids(string what, HttpStatusCode status)
    {
        await using var test = await StartAsync();

        using var first = await test.Merchant.PostAsync("/v1/things", $$"""{"do":"{{what}}"}""", "k");
        using var second = await test.Merchant.PostAsync("/v1/things", $$"""{"do":"{{what}}"}""", "k");

        Assert.Equal((status, status), (first.StatusCode, second.StatusCode));
        Assert.False(second.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(2, test.Runs.Count);
        Assert.Equal(test.Runs[0], test.Runs[1]);
        Assert.Empty(test.Hub.Requests.Answers);
    }

    [Fact]
    public async Task The_command_id_and_the_created_id_follow_from_the_key()
    {
        await using var test = await StartAsync();

        using var first = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "a");
        using var second = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "b");

        Assert.Matches("^req:[0-9a-f]{64}$", test.Runs[0].Command);
        Assert.Matches("^thg_[0-9a-z]{26}$", test.Runs[0].Created);
        Assert.NotEqual(test.Runs[0].Command, test.Runs[1].Command);
        Assert.NotEqual(test.Runs[0].Created, test.Runs[1].Created);
    }

    [Fact]
    public async Task Two_tenants_may_choose_the_same_key()
    {
        await using var test = await StartAsync();
        using var other = await test.Hub.MerchantAsync("mer_b");

        using var first = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "k");
        using var second = await other.PostAsync("/v1/things", """{"do":"create"}""", "k");

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.NotEqual(await first.TextAsync(), await second.TextAsync());
        Assert.NotEqual(test.Runs[0].Command, test.Runs[1].Command);
    }

    [Theory]
    [InlineData("/v1/things", """{"do":"create" }""")]
    [InlineData("/v1/things", """{"do":"refuse"}""")]
    [InlineData("/v1/things?x=1", """{"do":"create"}""")]
    [InlineData("/v1/others", """{"do":"create"}""")]
    public async Task The_same_key_for_another_request_is_422(string path, string body)
    {
        await using var test = await StartAsync();

        using var first = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "k");
        using var second = await test.Merchant.PostAsync(path, body, "k");

        await second.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        Assert.Single(test.Runs);
    }

    [Theory]
    [InlineData("/v1/things", HttpStatusCode.Created)]
    [InlineData("/v1/others", HttpStatusCode.UnprocessableEntity)]
    public async Task A_key_given_back_serves_a_corrected_request_but_not_one_for_another_kind_of_thing(string path, HttpStatusCode status)
    {
        await using var test = await StartAsync();

        using var invalid = await test.Merchant.PostAsync("/v1/things", """{"do":"invalid"}""", "k");
        using var next = await test.Merchant.PostAsync(path, """{"do":"create"}""", "k");

        Assert.Equal((HttpStatusCode.BadRequest, status), (invalid.StatusCode, next.StatusCode));
    }

    [Fact]
    public async Task While_a_request_is_carried_out_its_repeat_is_told_to_wait()
    {
        await using var test = await StartAsync();

        var slow = test.Merchant.PostAsync("/v1/things", """{"do":"wait"}""", "k");
        await test.Waiting.Task.WaitAsync(Cancel);
        using var repeat = await test.Merchant.PostAsync("/v1/things", """{"do":"wait"}""", "k");
        test.GoOn.SetResult();
        using var first = await slow;

        await repeat.ProblemAsync(HttpStatusCode.Conflict, "request_in_flight");
        Assert.Equal(TimeSpan.FromSeconds(1), repeat.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Single(test.Runs);
    }

    [Theory]
    [InlineData(null, "idempotency_key_missing")]
    [InlineData("   ", "idempotency_key_invalid")]
    [InlineData("schlüssel", "idempotency_key_invalid")]
    [InlineData("a\tb", "idempotency_key_invalid")]
    public async Task A_key_that_is_missing_or_unfit_is_400(string? key, string code)
    {
        await using var test = await StartAsync();

        using var answer = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", key);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.Empty(test.Runs);
        Assert.Equal(0, test.Hub.Requests.Count);
        Assert.Equal("never", problem.GetProperty("retry").GetString());
    }

    [Theory]
    [InlineData(200, HttpStatusCode.Created)]
    [InlineData(201, HttpStatusCode.BadRequest)]
    public async Task A_key_has_at_most_200_characters(int length, HttpStatusCode status)
    {
        await using var test = await StartAsync();

        using var answer = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", new string('k', length));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_wrong_reserves_nothing()
    {
        await using var test = await StartAsync();

        using var wrong = await test.Merchant.PostAsync("/v1/things", """{"do":1}""", "k");
        using var right = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "k");

        await wrong.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
    }

    /// <summary>Invariant 23: an answer may hold a secret that is shown once, and it is not in the store.</summary>
    [Fact]
    public async Task A_stored_answer_cannot_be_read()
    {
        await using var test = await StartAsync();

        using var first = await test.Merchant.PostAsync("/v1/things", """{"do":"create"}""", "k");

        var stored = Encoding.Latin1.GetString(test.Hub.Requests.Answers.Single());
        Assert.DoesNotContain("thg_", stored, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<Running> StartAsync()
    {
        var test = new Running();
        test.Hub = await TestHub.StartAsync(routes =>
        {
            routes.MapPost("/v1/things", test.HandleAsync).RequireAuthorization(Policies.OrdersWrite).RequireIdempotency("thg");
            routes.MapPost("/v1/others", test.HandleAsync).RequireAuthorization(Policies.OrdersWrite).RequireIdempotency("oth");
        });
        test.Merchant = await test.Hub.MerchantAsync();
        return test;
    }

    private sealed class Running : IAsyncDisposable
    {
        public TestHub Hub { get; set; } = null!;

        public HttpClient Merchant { get; set; } = null!;

        public List<(string Command, string Created)> Runs { get; } = [];

        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<Results<Created<ThingView>, Problem>> HandleAsync(Body<ThingBody> body, IdempotencyKey key, HttpContext http)
        {
            Runs.Add((key.CommandId, key.CreatedId));
            switch (body.Value.Do)
            {
                case "refuse":
                    return Problems.From(RejectionCode.IllegalState);
                case "invalid":
                    return Problems.Invalid("do", "is not possible");
                case "not found":
                    return Problems.NotFound();
                case "answer 500":
                    return Problems.OfStatus(500);
                case "fail":
                    throw new InvalidOperationException("failed after the turn");
                case "unavailable":
                    throw new JournalUnavailableException("no disk");
                case "wait":
                    Waiting.SetResult();
                    await GoOn.Task;
                    break;
            }

            ETags.Set(http, 3);
            return TypedResults.Created($"/v1/things/{key.CreatedId}", new ThingView(key.CreatedId, Runs.Count));
        }

        public async ValueTask DisposeAsync()
        {
            Merchant.Dispose();
            await Hub.DisposeAsync();
        }
    }
}
