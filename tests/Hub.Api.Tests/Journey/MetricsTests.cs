using System.Net;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>/metrics: what the hub measures of itself, for whoever runs it.</summary>
[Collection("journey")]
public sealed class MetricsTests(JourneyHub hub)
{
    [Fact]
    public async Task Turns_batches_and_lags_are_told_in_prometheus_text()
    {
        await hub.Acme.NewPayerAsync();
        using var client = hub.Client();

        using var answer = await client.AskAsync("/metrics");
        var lines = (await answer.TextAsync()).Split('\n');

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("# TYPE hub_turns_total counter", lines);
        Assert.Contains("# TYPE hub_journal_batch_size summary", lines);
        Assert.Contains("# TYPE hub_reactions_lag gauge", lines);
        Assert.Contains(lines, line => line.StartsWith("hub_turns_total ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("hub_reactions_lag{reaction=\"bank\"} ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches(@"^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+=""[^""]*""(,[a-z_]+=""[^""]*"")*\})? -?\d+|)$", line));
    }

    [Fact]
    public async Task Whoever_comes_through_a_proxy_needs_to_be_staff()
    {
        using var client = hub.Client();
        var staff = await hub.StaffAsync(StaffRole.Support);

        using var stranger = await client.CallAsync("GET", "/metrics", headers: ("X-Forwarded-For", "203.0.113.7"));
        using var merchant = await hub.Acme.Client.CallAsync("GET", "/metrics", headers: ("X-Forwarded-For", "203.0.113.7"));
        using var known = await staff.CallAsync("GET", "/metrics", headers: ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, merchant.StatusCode);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }
}
