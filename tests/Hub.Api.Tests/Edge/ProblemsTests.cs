using System.Net;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Edge;

public sealed class ProblemsTests
{
    public static TheoryData<RejectionCode> Codes => [.. Enum.GetValues<RejectionCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_refusal_has_a_status_a_code_and_advice(RejectionCode code)
    {
        var problem = Problems.From(code);

        Assert.True(problem.StatusCode is 403 or 404 or 409 or 412 or 422);
        Assert.Matches("^[a-z]+(_[a-z]+)*$", problem.Code);
        Assert.EndsWith(".", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(code.Retry(), problem.Retry);
        Assert.Equal(code != RejectionCode.VersionMismatch, problem.Decided);
    }

    [Theory]
    [InlineData(RejectionCode.NotFound, 404, "not_found")]
    [InlineData(RejectionCode.WrongCode, 409, "wrong_code")]
    [InlineData(RejectionCode.NotTheAddressee, 403, "not_the_addressee")]
    [InlineData(RejectionCode.CommandIdReused, 422, "command_id_reused")]
    [InlineData(RejectionCode.InvoiceHashMismatch, 409, "invoice_hash_mismatch")]
    public void A_refusal_keeps_its_status_and_code(RejectionCode rejection, int status, string code)
    {
        var problem = Problems.From(rejection);

        Assert.Equal((status, code), (problem.StatusCode, problem.Code));
    }

    [Fact]
    public async Task A_refusal_tells_the_status_of_the_thing_and_what_it_would_accept()
    {
        await using var hub = await TestHub.StartAsync(routes =>
            routes.MapGet("/v1/no", () => Problems.From(RejectionCode.IllegalState, "processing", ["cancel"])));

        using var answer = await hub.Client.AskAsync("/v1/no");

        var problem = await answer.ProblemAsync(HttpStatusCode.Conflict, "illegal_state");
        Assert.Equal("processing", problem.GetProperty("status_of").GetString());
        Assert.Equal("cancel", problem.GetProperty("allowed_actions")[0].GetString());
        Assert.Equal("urn:omnihub:problem:illegal_state", problem.GetProperty("type").GetString());
        Assert.Equal("Conflict", problem.GetProperty("title").GetString());
        Assert.False(problem.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task A_failure_is_500_and_tells_nothing_of_what_failed()
    {
        await using var hub = await FailingAsync(new InvalidOperationException("secret inside"));

        using var answer = await hub.Client.AskAsync("/v1/fail");

        await answer.ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        Assert.DoesNotContain("secret inside", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Contains(hub.Log.Lines, line => line.Contains("secret inside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_journal_that_cannot_write_is_503_with_retry_after()
    {
        await using var hub = await FailingAsync(new JournalUnavailableException("disk full"));

        using var answer = await hub.Client.AskAsync("/v1/fail");

        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_parked_actor_is_500_with_a_code_of_its_own()
    {
        await using var hub = await FailingAsync(new ActorParkedException(new ActorId("payment", "pay_1"), new InvalidOperationException("bad fold")));

        using var answer = await hub.Client.AskAsync("/v1/fail");

        await answer.ProblemAsync(HttpStatusCode.InternalServerError, "actor_parked");
    }

    [Fact]
    public async Task A_wrong_address_method_or_parameter_is_a_problem_too()
    {
        await using var hub = await TestHub.StartAsync(routes => routes.MapGet("/v1/things/{id:int}", (int id, int count) => Results.Ok(id + count)));

        using var nowhere = await hub.Client.AskAsync("/v1/nowhere");
        using var method = await hub.Client.PostAsync("/v1/things/1", "{}");
        using var parameter = await hub.Client.AskAsync("/v1/things/1?count=many");

        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await method.ProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal(["GET"], method.Content.Headers.Allow);
        await parameter.ProblemAsync(HttpStatusCode.BadRequest, "bad_request");
    }

    [Fact]
    public async Task Without_a_credential_it_is_401_and_with_the_wrong_one_403()
    {
        await using var hub = await TestHub.StartAsync(routes => routes.MapGet("/v1/mine", () => Results.Ok()).RequireAuthorization(Policies.OrdersAccept));
        using var merchant = await hub.MerchantAsync();

        using var nobody = await hub.Client.AskAsync("/v1/mine");
        using var wrong = await merchant.AskAsync("/v1/mine");

        await nobody.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.Single().Scheme);
        await wrong.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Answers_of_the_api_tell_browsers_to_keep_and_guess_nothing()
    {
        await using var hub = await TestHub.StartAsync();

        using var answer = await hub.Client.AskAsync("/health/live");

        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.StartsWith("req_", answer.Headers.GetValues("Request-Id").Single(), StringComparison.Ordinal);
    }

    private static Task<TestHub> FailingAsync(Exception failure) =>
        TestHub.StartAsync(routes => routes.MapGet("/v1/fail", IResult () => throw failure));
}
