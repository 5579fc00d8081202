using System.Text.Json;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Microsoft.AspNetCore.Authorization;

namespace Hub.Api.Tests.Journey;

/// <summary>The OpenAPI document says of every route what the hub does.</summary>
[Collection("journey")]
public sealed class DocumentTests(JourneyHub hub)
{
    [Fact]
    public async Task Every_route_is_described_with_its_problems_its_key_and_its_credentials()
    {
        using var client = hub.Client();
        using var answer = await client.AskAsync("/openapi/v1.json");
        var paths = (await answer.MadeAsync()).GetProperty("paths");
        var wrong = new List<string>();

        foreach (var route in Routes.Of(hub.App).Where(r => r.Pattern.StartsWith("/v1/", StringComparison.Ordinal)))
        {
            if (!paths.TryGetProperty(route.Pattern, out var path) || !path.TryGetProperty(route.Method.ToLowerInvariant(), out var operation))
            {
                wrong.Add($"{route} is missing");
                continue;
            }

            wrong.AddRange(Faults(route, operation).Select(fault => $"{route}: {fault}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Nothing_of_the_sandbox_and_no_callback_is_described()
    {
        using var client = hub.Client();
        using var answer = await client.AskAsync("/openapi/v1.json");

        var paths = (await answer.MadeAsync()).GetProperty("paths").EnumerateObject().Select(p => p.Name);

        Assert.All(paths, path => Assert.True(path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/staff/", StringComparison.Ordinal), path));
    }

    [Fact]
    public async Task The_public_keys_are_a_key_set_that_fits_what_is_asked_of_devices()
    {
        using var client = hub.Client();
        using var answer = await client.AskAsync("/v1/keys/encryption");
        var key = (await answer.MadeAsync()).GetProperty("keys")[0];

        Assert.Equal(("RSA", "enc", "RSA-OAEP-256"), (key.Text("kty"), key.Text("use"), key.Text("alg")));
        Assert.False(key.TryGetProperty("d", out _) || key.TryGetProperty("p", out _) || key.TryGetProperty("k", out _));
        Assert.True(key.Text("n").Length >= 340);
    }

    private static IEnumerable<string> Faults(Route route, JsonElement operation)
    {
        var responses = operation.GetProperty("responses");
        var names = operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(p => p.Text("name")).ToList()
            : [];
        var guarded = route.Endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null;
        if (!responses.EnumerateObject().Any(r => r.Name.StartsWith('2'))) yield return "no success";
        foreach (var status in guarded ? new[] { "400", "401", "403", "404" } : ["400"])
        {
            if (!responses.TryGetProperty(status, out var problem)) yield return $"no {status}";
            else if (!problem.GetProperty("content").TryGetProperty("application/problem+json", out _)) yield return $"{status} is no problem";
        }

        if (guarded != operation.TryGetProperty("security", out _)) yield return "security";
        var keyed = route.Endpoint.Metadata.GetMetadata<IdempotencyMetadata>() is not null;
        if (keyed != names.Contains(IdempotencyKey.Header)) yield return "Idempotency-Key";
        foreach (var part in route.Pattern.Split('/').Where(p => p.StartsWith('{')))
        {
            if (!names.Contains(part.Trim('{', '}'))) yield return $"{part} is not described";
        }

        if (keyed && !responses.TryGetProperty("409", out _)) yield return "no 409";
        if (keyed && !responses.TryGetProperty("422", out _)) yield return "no 422";
    }
}
