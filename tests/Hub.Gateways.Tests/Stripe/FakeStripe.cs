using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>What goes wrong with one call.</summary>
public enum StripeFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection breaks before Stripe looked at the request.</summary>
    DroppedBefore,

    /// <summary>It is carried out, and the connection breaks.</summary>
    DroppedAfter,

    /// <summary>It is carried out, and answered with a 500 that is repeated for as long as the key lives.</summary>
    Status500After,

    /// <summary>It is not carried out, and answered with a 500 that is repeated for as long as the key lives.</summary>
    Status500Before,

    /// <summary>Turned away before the idempotency layer.</summary>
    Throttled,

    /// <summary>Another call holds the object.</summary>
    Conflict,
}

/// <summary>A call as Stripe saw it.</summary>
public sealed record StripeCall(string Method, string Path, string Query, string Key, string Version, string Authorization, IReadOnlyDictionary<string, string> Form);

/// <summary>Stripe over real HTTP, with its own books and its idempotency layer as documented.</summary>
internal sealed class FakeStripe : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StripeBooks _books = new();
    private readonly ConcurrentDictionary<string, (string Form, int Status, JsonNode Body)> _replies = new();
    private readonly Queue<(string Suffix, StripeFault Fault)> _faults = new();

    private FakeStripe(WebApplication app) => _app = app;

    internal StripeBooks Books => _books;

    internal List<StripeCall> Calls { get; } = [];

    internal Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    internal static async Task<FakeStripe> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stripe = new FakeStripe(app);
        app.Run(stripe.AnswerAsync);
        await app.StartAsync();
        return stripe;
    }

    /// <summary>The next call to a path that ends so goes wrong.</summary>
    internal void FailNext(string suffix, StripeFault fault) => _faults.Enqueue((suffix, fault));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType
            ? (await http.Request.ReadFormAsync(http.RequestAborted)).ToDictionary(field => field.Key, field => field.Value.ToString())
            : [];
        var request = http.Request;
        var call = new StripeCall(
            request.Method, request.Path, request.QueryString.Value ?? "", request.Headers["Idempotency-Key"].ToString(), request.Headers["Stripe-Version"].ToString(), request.Headers.Authorization.ToString(), form);
        StripeFault fault;
        lock (Calls)
        {
            Calls.Add(call);
            fault = _faults.TryPeek(out var next) && call.Path.EndsWith(next.Suffix, StringComparison.Ordinal) ? _faults.Dequeue().Fault : StripeFault.None;
        }

        switch (fault)
        {
            case StripeFault.DroppedBefore: http.Abort(); return;
            case StripeFault.Throttled: await WriteAsync(http, 429, StripeBooks.Error("invalid_request_error", "lock_timeout")); return;
            case StripeFault.Conflict: await WriteAsync(http, 409, StripeBooks.Error("idempotency_error", "idempotency_key_in_use")); return;
        }

        var (status, body) = Carry(call, fault);
        if (fault is StripeFault.DroppedAfter) http.Abort();
        else await WriteAsync(http, status, body);
    }

    private (int Status, JsonNode Body) Carry(StripeCall call, StripeFault fault)
    {
        lock (_books)
        {
            if (call.Method == "GET") return _books.Read(call);
            var form = string.Join('&', call.Form.Select(field => $"{field.Key}={field.Value}"));
            if (_replies.TryGetValue(call.Key, out var stored))
            {
                return stored.Form == call.Path + form ? (stored.Status, stored.Body) : (400, StripeBooks.Error("idempotency_error", "idempotency_error"));
            }

            var done = fault is StripeFault.Status500Before ? (Status: 500, Body: StripeBooks.Error("api_error", null)) : _books.Write(call);
            if (fault is StripeFault.Status500After) done = (500, StripeBooks.Error("api_error", null));
            _replies[call.Key] = (call.Path + form, done.Status, done.Body);
            return done;
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
