using System.Net;
using Hub.Channels.Http;
using Hub.Channels.Tests.Support;

namespace Hub.Channels.Tests.Http;

public sealed class TimeLimitHandlerTests
{
    [Fact]
    public async Task A_call_that_takes_too_long_times_out_rather_than_being_canceled()
    {
        var time = new ManualTime();
        using var invoker = Invoker(time, new Silent(time.FireAll), null);

        await Assert.ThrowsAsync<TimeoutException>(() => invoker.SendAsync(Request(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_call_that_is_canceled_does_not_time_out()
    {
        using var cancel = new CancellationTokenSource();
        using var invoker = Invoker(new ManualTime(), new Silent(cancel.Cancel), null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invoker.SendAsync(Request(), cancel.Token));
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_body_has_a_cap(int length, bool taken)
    {
        using var invoker = Invoker(new ManualTime(), ScriptedHttp.Answering(200, new string('x', length)), 100);

        if (taken) Assert.Equal(HttpStatusCode.OK, (await invoker.SendAsync(Request(), TestContext.Current.CancellationToken)).StatusCode);
        else await Assert.ThrowsAsync<HttpRequestException>(() => invoker.SendAsync(Request(), TestContext.Current.CancellationToken));
    }

    private static HttpMessageInvoker Invoker(TimeProvider time, HttpMessageHandler inner, long? cap) =>
        new(new TimeLimitHandler(time, TimeSpan.FromSeconds(15), cap) { InnerHandler = inner });

    private static HttpRequestMessage Request() => new(HttpMethod.Get, "https://provider.example/");

    /// <summary>Never answers; tells when it was asked.</summary>
    private sealed class Silent(Action asked) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            asked();
            return await never.Task;
        }
    }
}
