using System.Collections.Concurrent;
using System.Text.Json;
using Hub.Domain.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>A merchant's server that hears webhooks.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    internal string Url => $"{_app.Urls.Single()}/hooks";

    /// <summary>What it answers.</summary>
    internal int Status { get; set; } = StatusCodes.Status200OK;

    internal ConcurrentQueue<Received> All { get; } = new();

    internal static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers;
        All.Enqueue(new Received(headers[StandardWebhook.IdHeader]!, headers[StandardWebhook.TimestampHeader]!, headers[StandardWebhook.SignatureHeader]!, body.ToArray()));
        http.Response.StatusCode = Status;
    }
}

/// <summary>One webhook as it came.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, byte[] Body)
{
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Whether it is signed under a secret, at the time of the hub's clock.</summary>
    internal bool IsSignedWith(string secret, DateTimeOffset now) => StandardWebhook.Verify(Id, Timestamp, Signature, Body, now, secret) is null;
}
