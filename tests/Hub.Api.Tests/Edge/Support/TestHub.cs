using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Tests.Edge.Support;

/// <summary>A real Kestrel on a free port with the edge in front and a few endpoints of the test's own behind it.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private TestHub(WebApplication app, string folder, ManualTime time, MemoryRequests requests, TestLog log)
    {
        (_app, _folder, Time, Requests, Log) = (app, folder, time, requests, log);
        Address = new Uri(app.Urls.Single());
        Client = NewClient();
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public ManualTime Time { get; }

    public MemoryRequests Requests { get; }

    public TestLog Log { get; }

    public Hub.Api.Access.ICredentials Credentials => _app.Services.GetRequiredService<Hub.Api.Access.ICredentials>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<TestHub> StartAsync(
        Action<IEndpointRouteBuilder>? map = null, Action<IServiceCollection>? services = null, EdgeOptions? edge = null, PostgresOptions? access = null)
    {
        var folder = Directory.CreateTempSubdirectory("hub-api-").FullName;
        var time = new ManualTime();
        var requests = new MemoryRequests();
        var log = new TestLog();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IKeyring, TestKeyring>();
        builder.Services.AddSingleton<IRandomSource, TestRandom>();
        builder.Services.AddSingleton<IRequests>(requests);
        builder.Services.AddHubAccess(new AccessOptions { DatabasePath = Path.Combine(folder, "access.db"), Postgres = access, PasswordIterations = 10 });
        builder.Services.AddHubEdge(edge ?? new EdgeOptions());
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseHubEdge();
        app.UseRouting();
        app.UseHubAccess();
        app.UseRateLimiter();
        app.MapHubEdge();
        app.MapHubAccess();
        map?.Invoke(app);
        await app.StartAsync();
        return new TestHub(app, folder, time, requests, log);
    }

    public HttpClient NewClient(bool cookies = false)
    {
        var handler = new SocketsHttpHandler { UseCookies = cookies, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        return new HttpClient(handler) { BaseAddress = Address };
    }

    /// <summary>A client with a merchant's key.</summary>
    public async Task<HttpClient> MerchantAsync(string merchant = "mer_a", params string[] scopes) =>
        WithToken((await Credentials.IssueAsync(NewCredential.ApiKey(merchant, scopes), CancellationToken.None)).Secret);

    /// <summary>A client with a customer's session.</summary>
    public async Task<HttpClient> CustomerAsync(string merchant = "mer_a", string customer = "cus_a", string? payment = null) =>
        WithToken((await Credentials.IssueAsync(NewCredential.Session(merchant, customer, payment, TimeSpan.FromMinutes(15)), CancellationToken.None)).Secret);

    public HttpClient WithToken(string token)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What was logged, to look for what must not be.</summary>
internal sealed class TestLog : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(Lines);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}

internal static class Http
{
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static async Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, string json, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(json) };
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    /// <summary>The problem in an answer, after checking that it is one in every respect.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.True(problem.GetProperty("retry").GetString() is "never" or "later" or "same_method" or "other_method");
        Assert.StartsWith("req_", problem.GetProperty("request_id").GetString(), StringComparison.Ordinal);
        return problem;
    }

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative));

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
}
