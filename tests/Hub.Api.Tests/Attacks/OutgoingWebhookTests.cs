using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hub.Channels.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Api.Tests.Attacks;

/// <summary>Merchants who would have the hub call for them where they cannot: its own machine, its network, the cloud's own addresses.</summary>
/// <remarks>What an address looks like is tested at <see cref="WebhookTargets"/>; here calls are made and whoever is called is asked.</remarks>
[Attack(AttackRow.OutgoingWebhook)]
public sealed class OutgoingWebhookTests : IAsyncLifetime
{
    private const string Secret = "whsec_YW5vdGhlci1iYW5rLXdlYmhvb2sta2V5LW9mLTMyYnl0ZXM=";
    private readonly ConcurrentQueue<string> _asked = new();
    private WebApplication _inner = null!;

    private Uri Inner => new(_inner.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _inner = builder.Build();
        _inner.Run(http =>
        {
            _asked.Enqueue(http.Request.Path);
            if (!http.Request.Path.StartsWithSegments("/redirect")) return Task.CompletedTask;
            http.Response.StatusCode = int.Parse(http.Request.Query["status"]!, System.Globalization.CultureInfo.InvariantCulture);
            http.Response.Headers.Location = http.Request.Query["to"];
            return Task.CompletedTask;
        });
        await _inner.StartAsync();
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data/iam/")]
    [InlineData("https://169.254.170.2/v2/credentials")]
    [InlineData("https://[fd00:ec2::254]/latest/meta-data")]
    [InlineData("https://metadata.google.internal/computeMetadata/v1/")]
    [InlineData("https://168.63.129.16/machine")]
    [InlineData("https://localhost:{port}/")]
    [InlineData("https://LOCALHOST.:{port}/")]
    [InlineData("https://127.0.0.1:{port}/")]
    [InlineData("https://127.1:{port}/")]
    [InlineData("https://2130706433:{port}/")]
    [InlineData("https://0x7f000001:{port}/")]
    [InlineData("https://017700000001:{port}/")]
    [InlineData("https://[::1]:{port}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{port}/")]
    [InlineData("https://0:{port}/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://①②⑦.⓪.⓪.①:{port}/")]
    [InlineData("https://１２７.0.0.1:{port}/")]
    [InlineData("https://127。0。0。1:{port}/")]
    [InlineData("https://127．0．0．1:{port}/")]
    [InlineData("https://shop.example@127.0.0.1:{port}/")]
    [InlineData("http://shop.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:{port}/")]
    public async Task In_live_mode_an_inner_address_is_refused_when_it_is_named_and_again_when_it_is_called(string url)
    {
        var address = url.Replace("{port}", $"{Inner.Port}", StringComparison.Ordinal);
        var live = new WebhookTargets(sandbox: false);

        Tried(2);
        Assert.NotNull(live.Check(address));
        var outcome = await SendAsync(live, new Uri(address));

        Assert.StartsWith("address not allowed", Assert.IsType<WebhookOutcome.Failed>(outcome).Reason, StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    /// <summary>Looked harmless when it was named; by the time of the call the name leads inwards.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("127.0.0.1", "10.0.0.1", "fd00::1")]
    public async Task A_name_that_leads_elsewhere_by_the_time_of_the_call_is_not_followed(params string[] addresses)
    {
        var lookups = 0;
        var live = new WebhookTargets(sandbox: false, (_, _) =>
        {
            lookups++;
            return Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
        });
        var url = new Uri($"https://shop.example:{Inner.Port}/hooks");
        Assert.Null(live.Check(url.AbsoluteUri));

        Tried();
        Assert.IsType<WebhookOutcome.Failed>(await SendAsync(live, url));

        using var bare = new HttpMessageInvoker(live.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        Tried();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => bare.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.IsType<ForbiddenTargetException>(refused.InnerException);
        Assert.Equal(2, lookups);
        Assert.Empty(_asked);
    }

    /// <summary>The address that was looked at is the one that is called: there is no second look-up for an answer to change in between.</summary>
    [Fact]
    public async Task A_name_that_rebinds_between_two_look_ups_is_looked_up_once()
    {
        var answers = new Queue<string>(["203.0.113.7", "127.0.0.1"]);
        var live = new WebhookTargets(sandbox: false, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));

        Tried();
        Assert.IsType<WebhookOutcome.Failed>(await SendAsync(live, new Uri($"https://shop.example:{Inner.Port}/hooks")));

        Assert.Single(answers);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_failure_to_be_tried_again()
    {
        var live = new WebhookTargets(sandbox: false, (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Tried();
        Assert.IsType<WebhookOutcome.Failed>(await SendAsync(live, new Uri("https://shop.example/hooks")));
    }

    /// <summary>A real server that sends the caller on: nobody goes there, and the webhook counts as not taken.</summary>
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        var sandbox = new WebhookTargets(sandbox: true);
        foreach (var to in new[] { $"{Inner}secret", "/secret", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd" })
        {
            Tried();
            var outcome = await SendAsync(sandbox, new Uri(Inner, $"/redirect?status={status}&to={Uri.EscapeDataString(to)}"));
            Assert.Equal(status, Assert.IsType<WebhookOutcome.Failed>(outcome).Status);
        }

        Assert.All(_asked, path => Assert.Equal("/redirect", path));
        Assert.Equal(4, _asked.Count);
    }

    private static void Tried(long times = 1) => AttackFigures.Tried(AttackRow.OutgoingWebhook, times);

    private static async Task<WebhookOutcome> SendAsync(WebhookTargets targets, Uri url)
    {
        using var http = new HttpMessageInvoker(targets.CreateHandler());
        var sender = new WebhookSender(http, targets, TimeProvider.System, NullLogger<WebhookSender>.Instance);
        return await sender.SendAsync(new WebhookCall("evt_1", url, Encoding.UTF8.GetBytes("{}"), [Secret]), TestContext.Current.CancellationToken);
    }
}
