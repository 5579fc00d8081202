using System.Net;
using System.Net.Sockets;
using Hub.Gateways.Tests.Support;
using Microsoft.AspNetCore.Http;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>Invariant 11: what is not provably undone is unknown.</summary>
public sealed class FailureTests
{
    private const string Refusal = """{"error":{"code":"invalid_request","message":"no"}}""";

    private static readonly HashSet<HttpRequestError> BeforeTheFirstByte =
    [
        HttpRequestError.NameResolutionError, HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError, HttpRequestError.ProxyTunnelError,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<HttpRequestError> Errors => new(Enum.GetValues<HttpRequestError>());

    public static TheoryData<int, string, string, GatewayAnswer> Statuses => new()
    {
        { 400, Refusal, "application/json", new GatewayAnswer.OperationFailed("invalid_request") },
        { 404, Refusal, "application/json", new GatewayAnswer.OperationFailed("invalid_request") },
        { 400, "<html>Bad Request</html>", "text/html", new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
        { 404, "{}", "application/json", new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
        { 401, Refusal, "application/json", new GatewayAnswer.NeverReached(NeverReachedReason.Unauthorized) },
        { 429, "", "text/plain", new GatewayAnswer.NeverReached(NeverReachedReason.Throttled) },
        { 409, Refusal, "application/json", new GatewayAnswer.Unknown(UnknownReason.KeyConflict) },
        { 422, Refusal, "application/json", new GatewayAnswer.Unknown(UnknownReason.KeyConflict) },
        { 403, Refusal, "application/json", new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
        { 408, Refusal, "application/json", new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
        { 500, Refusal, "application/json", new GatewayAnswer.Unknown(UnknownReason.ServerError) },
        { 501, "", "text/plain", new GatewayAnswer.Unknown(UnknownReason.ServerError) },
        { 502, "", "text/html", new GatewayAnswer.Unknown(UnknownReason.ServerError) },
        { 503, "", "text/plain", new GatewayAnswer.Unknown(UnknownReason.ServerError) },
        { 504, "", "text/plain", new GatewayAnswer.Unknown(UnknownReason.ServerError) },
        { 599, "", "text/plain", new GatewayAnswer.Unknown(UnknownReason.ServerError) },
        { 206, Authorization("authorized"), "application/json", new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus) },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Only_a_failure_before_the_first_byte_never_reached_the_bank(HttpRequestError error)
    {
        using var http = FakeHandler.Throws(new HttpRequestException(error));

        var answer = await Gateway(http).AuthorizeAsync(Authorize, Cancel);

        Assert.Equal(BeforeTheFirstByte.Contains(error), answer is GatewayAnswer.NeverReached);
        Assert.Equal(!BeforeTheFirstByte.Contains(error), answer is GatewayAnswer.Unknown);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_means_what_it_proves(int status, string body, string contentType, GatewayAnswer expected)
    {
        await using var bank = await BankListener.AnswersAsync(status, body, contentType);

        Assert.Equal(expected, await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel));
        Assert.Single(bank.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_never_followed_with_a_card(int status)
    {
        await using var elsewhere = await BankListener.AnswersAsync(201, Authorization("authorized"));
        await using var bank = await BankListener.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Address.AbsoluteUri;
            return Task.CompletedTask;
        });

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus), await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_refused_connection_never_reached_the_bank()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: nobody else can take the port meanwhile, and connections are refused.
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/v1");

        Assert.Equal(new GatewayAnswer.NeverReached(NeverReachedReason.Connection), await Gateway(address).AuthorizeAsync(Authorize, Cancel));
    }

    [Fact]
    public async Task A_connection_reset_after_the_request_is_unknown()
    {
        await using var bank = await BankListener.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Dropped), await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_unknown()
    {
        await using var bank = await BankListener.StartAsync(async context =>
        {
            context.Response.StatusCode = 201;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"id\":", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });
        using var bare = new HttpMessageInvoker(new SocketsHttpHandler());

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Dropped), await Gateway(bank.Address).AuthorizeAsync(Authorize, Cancel));
        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Dropped), await Gateway(bare, bank.Address).AuthorizeAsync(Authorize, Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_later_than_the_limit_is_unknown(bool headFirst)
    {
        var time = new FakeTime();
        var arrived = new TaskCompletionSource();
        await using var bank = await BankListener.StartAsync(async context =>
        {
            if (headFirst)
            {
                context.Response.ContentType = "application/json";
                await context.Response.StartAsync(context.RequestAborted);
            }

            arrived.SetResult();
            var gone = new TaskCompletionSource();
            using var watch = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });

        var call = Gateway(bank.Address, time).AuthorizeAsync(Authorize, Cancel);
        await arrived.Task.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Timeout), await call);
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_no_answer()
    {
        var arrived = new TaskCompletionSource();
        using var http = new HttpMessageInvoker(new FakeHandler(async (_, cancel) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return new HttpResponseMessage();
        }));
        using var stop = new CancellationTokenSource();

        var call = Gateway(http).AuthorizeAsync(Authorize, stop.Token);
        await arrived.Task.WaitAsync(Cancel);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_timeout_or_a_broken_stream_beneath_is_unknown()
    {
        using var late = FakeHandler.Throws(new TimeoutException());
        using var given = FakeHandler.Throws(new TaskCanceledException());
        using var broken = FakeHandler.Throws(new IOException());

        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Timeout), await Gateway(late).CaptureAsync(Capture, Cancel));
        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Timeout), await Gateway(given).VoidAsync(Voiding, Cancel));
        Assert.Equal(new GatewayAnswer.Unknown(UnknownReason.Dropped), await Gateway(broken).RefundAsync(Refund, Cancel));
    }
}
