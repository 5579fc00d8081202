using System.Net;
using System.Text.Json;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Tests.Edge.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Tests.Edge;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_tells_bodies_keys_problems_and_credentials()
    {
        await using var hub = await TestHub.StartAsync(routes => routes
            .MapPost("/v1/orders", Results<Created<OrderBody>, Problem> (Body<OrderBody> body, IdempotencyKey key) => TypedResults.Created($"/v1/orders/{key.CreatedId}", body.Value))
            .RequireAuthorization(Policies.OrdersWrite)
            .RequireIdempotency("ord"));

        using var answer = await hub.Client.AskAsync("/openapi/v1.json");
        var document = await answer.JsonAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var post = document.GetProperty("paths").GetProperty("/v1/orders").GetProperty("post");
        var key = post.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
        Assert.True(key.GetProperty("required").GetBoolean());
        var statuses = post.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToHashSet();
        Assert.Superset(new HashSet<string> { "201", "400", "401", "403", "404", "409" }, statuses);
        Assert.True(post.GetProperty("responses").GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _));
        Assert.Equal(2, post.GetProperty("security").GetArrayLength());

        var body = Schema(document, post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"));
        Assert.True(body.GetProperty("properties").TryGetProperty("again", out _));
        Assert.Equal(["amount", "currency", "reference"], body.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order());
        var problem = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemBody").GetProperty("properties");
        Assert.True(problem.TryGetProperty("request_id", out _));
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("bearer", schemes.GetProperty("bearer").GetProperty("scheme").GetString());
        Assert.Equal("hub_staff", schemes.GetProperty("staff").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_answers_without_a_credential(string path)
    {
        await using var hub = await TestHub.StartAsync();

        using var answer = await hub.Client.AskAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("healthy", (await answer.JsonAsync()).GetProperty("status").GetString());
    }

    private static JsonElement Schema(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
        : schema;
}
