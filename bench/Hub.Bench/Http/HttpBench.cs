using System.Text.Json;
using Hub.Bench.Load;
using Hub.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.Bench.Http;

/// <summary>One command over HTTP (signed in, idempotent, durable) against a Kestrel that answers with the same number of bytes.</summary>
internal static class HttpBench
{
    private const int Connections = 64;
    private const string Echo = "echo";
    private const string Command = "command";
    private const string Read = "read";

    public static async Task<IReadOnlyList<Line>> RunAsync(Settings settings, IProgress<string> progress)
    {
        await using var hub = await HubUnderTest.StartAsync();
        await using var echo = BuildEcho();
        await echo.StartAsync();
        var echoAt = new Uri(echo.Urls.Single());
        var commands = await Task.WhenAll(Enumerable.Range(0, Connections).Select(n => CustomerAsync(hub.Address, n)));
        var echoes = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LeanClient.ConnectAsync(echoAt)));
        var size = (await commands[0].ChangeAsync()).Body;
        var results = await new Contest()
            .Add(Echo, span => ClosedLoop.RunAsync(Connections, span, n => () => echoes[n].SendAsync("POST", "/", "", size)))
            .Add(Command, span => ClosedLoop.RunAsync(Connections, span, n => commands[n].ChangeAsync, () => hub.Commits))
            .Add(Read, span => ClosedLoop.RunAsync(Connections, span, n => commands[n].ReadAsync))
            .RunAsync(settings.Rounds, settings.Span, progress);
        Array.ForEach(commands, one => one.Dispose());
        Array.ForEach(echoes, one => one.Dispose());
        var perCommit = results.Median(Command, one => (double)one.Items / Math.Max(1, one.Commits));
        return
        [
            new($"one HTTP command, {Connections} connections", $"{results.Words(Command)}; {perCommit:N1} commands a commit", $"Kestrel echo of {size.Length} B: {results.Words(Echo)}", results.Ratio(Command, Echo), 0.45),
            new($"one HTTP read, {Connections} connections", results.Words(Read), "Kestrel echo", results.Ratio(Read, Echo)),
        ];
    }

    private static WebApplication BuildEcho()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", async (HttpContext http) =>
        {
            var body = new byte[(int)http.Request.ContentLength!.Value];
            await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
            using var read = JsonDocument.Parse(body);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        });
        return app;
    }

    private static async Task<Target> CustomerAsync(Uri hub, int number)
    {
        using var caller = await HubCaller.ConnectAsync(hub);
        var made = await caller.PostAsync(
            "/v1/customers", SandboxKeys.DemoMerchantApiKey,
            new { name = "Ada Lovelace", phone = $"+1415777{number:D4}", confirmation = new { method = "sms" }, locale = "en" });
        return new Target(await LeanClient.ConnectAsync(hub), made.GetProperty("id").GetString()!);
    }

    /// <summary>A customer whose language is changed to and fro.</summary>
    private sealed class Target(LeanClient http, string customer) : IDisposable
    {
        private static readonly byte[][] Bodies = ["""{"locale":"de"}"""u8.ToArray(), """{"locale":"en"}"""u8.ToArray()];

        private readonly string _bearer = HubCaller.Authorization(SandboxKeys.DemoMerchantApiKey);
        private int _turn;

        public Task<LeanClient.Answer> ChangeAsync() =>
            ExpectAsync(http.SendAsync("PATCH", $"/v1/customers/{customer}", $"{_bearer}Idempotency-Key: {HubCaller.NewKey()}\r\n", Bodies[_turn++ & 1]));

        public Task<LeanClient.Answer> ReadAsync() => ExpectAsync(http.SendAsync("GET", $"/v1/customers/{customer}", _bearer, default));

        public void Dispose() => http.Dispose();

        private static async Task<LeanClient.Answer> ExpectAsync(Task<LeanClient.Answer> sent)
        {
            var answer = await sent;
            return answer.Status == 200 ? answer : throw new HttpRequestException($"Answered {answer.Status}: {System.Text.Encoding.UTF8.GetString(answer.Body)}");
        }
    }
}
