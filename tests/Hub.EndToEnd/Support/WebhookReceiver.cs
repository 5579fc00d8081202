using System.Collections.Concurrent;
using System.Text.Json;
using Hub.Domain.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.EndToEnd.Support;

/// <summary>A merchant's own server for webhooks: believes only what is signed with its secret (Standard Webhooks).</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _received = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly SandboxClock _clock;

    private WebhookReceiver(WebApplication app, HttpClient hub)
    {
        _app = app;
        _clock = new SandboxClock(hub);
    }

    internal string Url => $"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/hooks";

    /// <summary>The secret its endpoint was given; until it is set, nothing is believed.</summary>
    internal string Secret { get; set; } = "";

    /// <summary>What was wrong with what was not believed.</summary>
    internal IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Every webhook that was believed, in order of arrival.</summary>
    internal IReadOnlyCollection<JsonElement> Received => _received;

    internal static async Task<WebhookReceiver> StartAsync(HttpClient hub)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app, hub);
        app.MapPost("/hooks", (Delegate)receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The first webhook of a type about one thing.</summary>
    internal async Task<JsonElement> FirstAsync(string type, string about)
    {
        var found = await Eventually.FindAsync(
            () => Task.FromResult(_received.Where(w => w.Text("type") == type && (w.Text("data.payment.id") ?? w.Text("data.order.id")) == about).Select(w => Tuple.Create(w)).FirstOrDefault()),
            $"the webhook {type} about {about}",
            () => Task.FromResult($"There are: {string.Join(", ", _received.Select(w => w.Text("type")))}; faults: {string.Join(", ", _faults)}"));
        return found.Item1;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var (headers, now) = (http.Request.Headers, await _clock.NowAsync());
        var fault = StandardWebhook.Verify(
            headers[StandardWebhook.IdHeader], headers[StandardWebhook.TimestampHeader], headers[StandardWebhook.SignatureHeader],
            body.ToArray(), now, Secret);
        if (fault is { } wrong)
        {
            _faults.Enqueue(wrong.ToString());
            return Results.Unauthorized();
        }

        _received.Enqueue(JsonSerializer.Deserialize<JsonElement>(body.ToArray()));
        return Results.NoContent();
    }
}
