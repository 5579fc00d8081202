using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Sandbox.Tests;

/// <summary>A sandbox on a free port, with a receiver in the hub's place that writes down what it gets.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HubStub _hub;
    private readonly bool _ownsHub;
    private bool _ended;

    private SandboxFixture(WebApplication app, HubStub hub, bool ownsHub, string folder)
    {
        _app = app;
        _hub = hub;
        _ownsHub = ownsHub;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Bank = At("bank", SandboxKeys.BankApiKey);
        SecondBank = At("bank-b", SandboxKeys.SecondBankApiKey);
        NetBank = At("netbank", SandboxKeys.NetBankApiKey);
        Debits = At("debit", SandboxKeys.DebitApiKey);
        Twilio = new HttpClient { BaseAddress = new Uri(app.Urls.First() + $"/sandbox/twilio/2010-04-01/Accounts/{SandboxKeys.TwilioAccountSid}/") };
        Twilio.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SandboxKeys.TwilioAccountSid}:{SandboxKeys.TwilioAuthToken}")));
    }

    internal string Folder { get; }

    internal HubStub Hub => _hub;

    internal HttpClient Http { get; }

    internal HttpClient Bank { get; }

    internal HttpClient SecondBank { get; }

    internal HttpClient NetBank { get; }

    internal HttpClient Debits { get; }

    internal HttpClient Twilio { get; }

    internal IServiceProvider Services => _app.Services;

    internal static async Task<SandboxFixture> StartAsync(Action<SandboxOptions>? change = null, TimeProvider? time = null, string? folder = null, HubStub? hub = null)
    {
        var ownsHub = hub is null;
        hub ??= await HubStub.StartAsync();
        folder ??= Directory.CreateTempSubdirectory("sandbox-").FullName;
        var options = new SandboxOptions { HubUrl = hub.Url, DataFolder = folder, SmtpPort = 0, Seed = 1, BankHold = TimeSpan.Zero, BankConfirmsAnswers = false };
        change?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddSandbox(options);
        var app = builder.Build();
        app.MapSandbox();
        await app.StartAsync();
        options.SandboxUrl ??= new Uri(app.Urls.First());
        return new(app, hub, ownsHub, folder);
    }

    /// <summary>Ends the sandbox; its folder stays, so that another may take it up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        _ended = true;
        Http.Dispose();
        Bank.Dispose();
        SecondBank.Dispose();
        NetBank.Dispose();
        Debits.Dispose();
        Twilio.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsHub) await _hub.DisposeAsync();
    }

    private HttpClient At(string path, string key)
    {
        var client = new HttpClient { BaseAddress = new Uri($"{_app.Urls.First()}/sandbox/{path}/v1/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }
}

/// <summary>Stands where the hub would: takes every POST and keeps it.</summary>
internal sealed class HubStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    private HubStub(WebApplication app) => _app = app;

    internal Uri Url => new(_app.Urls.First());

    /// <summary>What to answer; 200 and an empty object unless a test says otherwise.</summary>
    internal Func<Received, (int Status, string Body)> Answer { get; set; } = _ => (200, "{}");

    internal static async Task<HubStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var hub = new HubStub(app);
        app.MapMethods("/{**path}", ["POST", "PATCH"], (Delegate)hub.TakeAsync);
        await app.StartAsync();
        return hub;
    }

    /// <summary>The next request that came in; waits for it.</summary>
    internal ValueTask<Received> NextAsync() => _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Whether something came in that nobody has looked at.</summary>
    internal bool HasMore => _received.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var received = new Received(
            http.Request.Method, http.Request.Path + http.Request.QueryString,
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        var (status, text) = Answer(received);
        await _received.Writer.WriteAsync(received, http.RequestAborted);
        return TypedResults.Text(text, "application/json", Encoding.UTF8, status);
    }
}

/// <summary>One request at the hub's place.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    internal Dictionary<string, string> Form => Encoding.UTF8.GetString(Body).Split('&')
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')), StringComparer.Ordinal);
}
