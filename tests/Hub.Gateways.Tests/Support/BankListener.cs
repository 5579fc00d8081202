using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.Tests.Support;

/// <summary>A real HTTP listener that answers every request as the test says.</summary>
internal sealed class BankListener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BankListener(WebApplication app) => _app = app;

    internal Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/bank/v1");

    internal List<Seen> Requests { get; } = [];

    internal static async Task<BankListener> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var listener = new BankListener(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var seen = new Seen(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.Authorization.ToString(),
                context.Request.Headers["Idempotency-Key"].ToString(),
                await reader.ReadToEndAsync(context.RequestAborted));
            lock (listener.Requests)
            {
                listener.Requests.Add(seen);
            }

            await answer(context);
        });
        await app.StartAsync();
        return listener;
    }

    internal static Task<BankListener> AnswersAsync(int status, string body, string contentType = "application/json") =>
        StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            await context.Response.WriteAsync(body, context.RequestAborted);
        });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>A request as the bank saw it.</summary>
internal sealed record Seen(string Method, string Path, string Authorization, string Key, string Body);
