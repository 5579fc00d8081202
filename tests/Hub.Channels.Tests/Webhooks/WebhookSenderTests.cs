using System.Net;
using System.Net.Sockets;
using System.Text;
using Hub.Channels.Tests.Support;
using Hub.Channels.Webhooks;
using Hub.Domain.Signatures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Channels.Tests.Webhooks;

public sealed class WebhookSenderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Old = "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes("an old secret of 32 bytes length"));
    private static readonly string New = "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes("a newer secret with 32 bytes len"));
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"payment.succeeded"}""");
    private static readonly WebhookCall Call = new("evt_01", new Uri("https://shop.example/hooks"), Body, [New, Old]);

    [Fact]
    public async Task A_webhook_verifies_under_each_of_its_secrets()
    {
        var http = ScriptedHttp.Answering(200, "");

        var outcome = await SendAsync(http, Call);

        Assert.Equal(new WebhookOutcome.Delivered(200), outcome);
        var (method, address, request, body) = Assert.Single(http.Calls);
        Assert.Equal((HttpMethod.Post, Call.Url), (method, address));
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.ToString());
        var (id, timestamp, signature) = (Header(request, "webhook-id"), Header(request, "webhook-timestamp"), Header(request, "webhook-signature"));
        foreach (var secret in Call.Secrets)
        {
            Assert.Null(StandardWebhook.Verify(id, timestamp, signature, Encoding.UTF8.GetBytes(body), Noon, secret));
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Any_2xx_is_taken(int status) =>
        Assert.Equal(new WebhookOutcome.Delivered(status), await SendAsync(ScriptedHttp.Answering(status, ""), Call));

    [Theory]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(411)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Anything_else_failed(int status) =>
        Assert.Equal(status, Assert.IsType<WebhookOutcome.Failed>(await SendAsync(ScriptedHttp.Answering(status, ""), Call)).Status);

    [Fact]
    public async Task Gone_means_gone() => Assert.Equal(new WebhookOutcome.Gone(), await SendAsync(ScriptedHttp.Answering(410, ""), Call));

    [Fact]
    public async Task Silence_failed_too()
    {
        foreach (var silence in new Exception[] { new TimeoutException(), new IOException(), new HttpRequestException(HttpRequestError.ConnectionError) })
        {
            Assert.Equal(0, Assert.IsType<WebhookOutcome.Failed>(await SendAsync(ScriptedHttp.Throwing(silence), Call)).Status);
        }
    }

    [Fact]
    public async Task An_address_that_is_not_allowed_is_never_called()
    {
        var http = ScriptedHttp.Answering(200, "");

        Assert.IsType<WebhookOutcome.Failed>(await SendAsync(http, Call with { Url = new Uri("https://169.254.169.254/") }));
        Assert.Empty(http.Calls);
    }

    [Fact]
    public async Task A_name_that_leads_to_the_own_machine_is_refused_when_the_connection_is_made()
    {
        // The name is looked up by the real handler; "localhost" stands for a name that was rebound after it was checked.
        using var invoker = new HttpMessageInvoker(new WebhookTargets(sandbox: false).CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost:1/");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => invoker.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.IsType<ForbiddenTargetException>(refused.InnerException);
    }

    [Fact]
    public async Task A_refused_connection_target_is_told_as_such()
    {
        var http = ScriptedHttp.Throwing(new HttpRequestException(HttpRequestError.ConnectionError, "x", new ForbiddenTargetException()));

        Assert.Equal(new WebhookOutcome.Failed(0, "address not allowed: NotPublic"), await SendAsync(http, Call));
    }

    [Fact]
    public async Task Redirects_are_not_followed_over_the_real_handler()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var served = ServeOnceAsync(listener, $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{port}/elsewhere\r\nContent-Length: 0\r\n\r\n");
        var targets = new WebhookTargets(sandbox: true);
        using var invoker = new HttpMessageInvoker(targets.CreateHandler());
        var sender = new WebhookSender(invoker, targets, new FixedTime(Noon), NullLogger<WebhookSender>.Instance);

        var outcome = await sender.SendAsync(Call with { Url = new Uri($"http://127.0.0.1:{port}/hooks") }, TestContext.Current.CancellationToken);

        Assert.Equal(new WebhookOutcome.Failed(302, "redirects are not followed"), outcome);
        Assert.StartsWith("POST /hooks HTTP/1.1\r\n", await served, StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }

    [Fact]
    public void A_call_does_not_print_its_secrets() => Assert.DoesNotContain("whsec_", Call.ToString(), StringComparison.Ordinal);

    private static async Task<string> ServeOnceAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[8_192];

        // All of it is read first: closing with bytes unread would reset the connection under the answer.
        while (!request.ToString().Contains(Encoding.UTF8.GetString(Body), StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            request.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        return request.ToString();
    }

    private static Task<WebhookOutcome> SendAsync(ScriptedHttp http, WebhookCall call) =>
        new WebhookSender(http.Invoker(), new WebhookTargets(sandbox: false), new FixedTime(Noon), NullLogger<WebhookSender>.Instance)
            .SendAsync(call, TestContext.Current.CancellationToken);

    private static string Header(HttpRequestMessage request, string name) => Assert.Single(request.Headers.GetValues(name));
}
