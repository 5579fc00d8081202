using System.Net;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>What a merchant is told: signed, in order, listed, told again, and no longer told once it says 410. The clock moves.</summary>
public sealed class WebhookOutTests : IAsyncLifetime
{
    private readonly JourneyHub _hub = new();
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        await _hub.InitializeAsync();
        _receiver = await Receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Results_are_signed_ascend_in_sequence_and_hold_nothing_personal()
    {
        var secret = (await EndpointAsync()).Text("secret");
        var sale = await (await _hub.Acme.SellAsync(await _hub.AdaAsync())).ConfirmedAsync();

        var told = _receiver.All.Where(w => w.Json.GetProperty("data").TryGetProperty("payment", out _)).ToList();
        Assert.Contains(told, w => w.Json.Text("type") == "payment.succeeded");
        Assert.All(_receiver.All, w => Assert.True(w.IsSignedWith(secret, _hub.Clock.GetUtcNow())));
        Assert.All(_receiver.All, w => Assert.Equal(w.Id, w.Json.Text("id")));
        Assert.Equal(_receiver.All.Count, _receiver.All.Select(w => w.Id).Distinct().Count());
        var sequences = told.Select(w => w.Json.GetProperty("sequence").GetInt64()).ToList();
        Assert.Equal(sequences.Distinct().Count(), sequences.Count);
        foreach (var words in new[] { "Ada", "Lovelace", "Main St", sale.Payer.Phone, sale.Payer.Email })
        {
            Assert.All(_receiver.All, w => Assert.DoesNotContain(words, w.Json.GetRawText(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Both_secrets_sign_for_a_day_after_a_rotation()
    {
        var made = await EndpointAsync();
        var rotated = await _hub.Acme.DoAsync($"/v1/webhook-endpoints/{made.Text("id")}/rotate");
        var (old, fresh) = (made.Text("secret"), rotated.Text("secret"));
        Assert.NotEqual(old, fresh);

        await OneAsync();
        var during = _receiver.All.Last();
        Assert.True(during.IsSignedWith(old, _hub.Clock.GetUtcNow()) && during.IsSignedWith(fresh, _hub.Clock.GetUtcNow()));
        _hub.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await OneAsync();
        var after = _receiver.All.Last();
        Assert.True(after.IsSignedWith(fresh, _hub.Clock.GetUtcNow()));
        Assert.False(after.IsSignedWith(old, _hub.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_secret_is_shown_once()
    {
        var made = await EndpointAsync();

        using var list = await _hub.Acme.Client.AskAsync("/v1/webhook-endpoints");

        var text = await list.TextAsync();
        Assert.Contains(made.Text("id"), text, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_is_listed_and_told_again_under_the_same_id()
    {
        var endpoint = (await EndpointAsync()).Text("id");
        await OneAsync();
        var deliveries = await ListAsync($"/v1/webhook-endpoints/{endpoint}/deliveries");
        var told = deliveries[^1].Text("id");
        var before = _receiver.All.Count(w => w.Id == told);

        using var replay = await _hub.Acme.Client.SendAsync($"/v1/webhook-endpoints/{endpoint}/deliveries/{told}/replay");
        await _hub.QuietAsync();

        Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        Assert.Equal(before + 1, _receiver.All.Count(w => w.Id == told));
        Assert.Single(_receiver.All.Where(w => w.Id == told).Select(w => Convert.ToBase64String(w.Body)).Distinct());
        Assert.Contains(await ListAsync("/v1/events"), e => e.Text("id") == told);
    }

    [Fact]
    public async Task A_failure_is_tried_again_and_410_ends_it()
    {
        var endpoint = (await EndpointAsync()).Text("id");
        _receiver.Status = 500;
        await OneAsync();
        var first = _receiver.All.Count;
        _hub.Clock.Advance(TimeSpan.FromSeconds(30));
        await JourneyHub.UntilAsync(() => _receiver.All.Count > first);
        await _hub.QuietAsync();

        _receiver.Status = 410;
        var second = _receiver.All.Count;
        _hub.Clock.Advance(TimeSpan.FromHours(1));
        await JourneyHub.UntilAsync(() => _receiver.All.Count > second);
        await _hub.QuietAsync();
        var atTheEnd = _receiver.All.Count;
        await OneAsync();
        _hub.Clock.Advance(TimeSpan.FromHours(24));
        await _hub.QuietAsync();

        Assert.Equal(atTheEnd, _receiver.All.Count);
        using var list = await _hub.Acme.Client.AskAsync("/v1/webhook-endpoints");
        Assert.True((await list.MadeAsync()).GetProperty("data").EnumerateArray().Single(e => e.Text("id") == endpoint).GetProperty("disabled").GetBoolean());
    }

    [Fact]
    public async Task Deliveries_of_one_endpoint_are_walked_to_the_end_beside_anothers()
    {
        var (one, other) = ((await EndpointAsync()).Text("id"), (await EndpointAsync()).Text("id"));
        for (var sale = 0; sale < 3; sale++) await OneAsync();

        var all = await ListAsync($"/v1/webhook-endpoints/{one}/deliveries?limit=100");
        var walked = await ListAsync($"/v1/webhook-endpoints/{one}/deliveries?limit=1");

        Assert.NotEmpty(all);
        Assert.Equal(all.Select(d => d.Text("id")), walked.Select(d => d.Text("id")));
        Assert.All(all, d => Assert.Equal(one, d.Text("endpoint")));
        Assert.Equal(all.Count, (await ListAsync($"/v1/webhook-endpoints/{other}/deliveries")).Count);
    }

    private Task<System.Text.Json.JsonElement> EndpointAsync() => _hub.Acme.DoAsync("/v1/webhook-endpoints", $$"""{"url":"{{_receiver.Url}}"}""");

    // The shortest way to something worth telling.
    private async Task OneAsync()
    {
        var sale = await _hub.Acme.SellAsync(await _hub.Acme.NewPayerAsync());
        await _hub.Acme.DoAsync($"/v1/payments/{sale.Payment}/cancel");
        await _hub.QuietAsync();
    }

    private Task<IReadOnlyList<System.Text.Json.JsonElement>> ListAsync(string path) => _hub.Acme.Client.WalkAsync(path);
}
