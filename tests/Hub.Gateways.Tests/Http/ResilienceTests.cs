using System.Net;
using Hub.Gateways.Http;
using Hub.Gateways.Tests.SandboxBank;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Http;

/// <summary>The circuit and the time limit around the calls to one bank, with a clock that stands still.</summary>
public sealed class ResilienceTests : IDisposable
{
    private static readonly CallPolicy Policy = new() { MinimumCalls = 4 };

    private readonly FakeTime _time = new();
    private readonly GatewayHealth _health;
    private readonly FakeHandler _bank;
    private readonly HttpMessageInvoker _http;
    private Func<CancellationToken, Task<HttpResponseMessage>> _answer = Answers(HttpStatusCode.OK);

    public ResilienceTests()
    {
        _health = new GatewayHealth(_time);
        _bank = new FakeHandler((_, cancel) => _answer(cancel));
        _http = new HttpMessageInvoker(new ResilienceHandler(_bank, Policy, _health, _time));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> NoAnswers => new(401, 429, 500, 502, 503, 504, 599);

    public static TheoryData<HttpRequestError> Failures => new(
        HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError, HttpRequestError.ResponseEnded, HttpRequestError.Unknown);

    public void Dispose() => _http.Dispose();

    /// <summary>Invariant 11: an open circuit has provably sent nothing.</summary>
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [Trait("Invariant", "11")]
    public async Task The_circuit_opens_with_the_fourth_call_that_brought_no_answer_and_then_nothing_is_sent(int failures, bool open)
    {
        _answer = Answers(HttpStatusCode.ServiceUnavailable);
        for (var i = 0; i < failures; i++) await SendAsync();
        var sent = _bank.Calls;
        Assert.Equal(open, _health.Standing.CircuitOpen);

        var reply = await SendAsync();

        Assert.Equal(open ? new BankReply.NotSent(NeverReachedReason.CircuitOpen) : new BankReply.Lost(UnknownReason.ServerError), reply);
        Assert.Equal(open ? sent : sent + 1, _bank.Calls);
    }

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task A_status_that_is_no_answer_counts_against_the_bank(int status)
    {
        _answer = Answers((HttpStatusCode)status);
        for (var i = 0; i < 4; i++) await SendAsync();

        Assert.True(_health.Standing.CircuitOpen);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_call_that_broke_counts_against_the_bank(HttpRequestError error)
    {
        _answer = _ => Task.FromException<HttpResponseMessage>(new HttpRequestException(error));
        for (var i = 0; i < 4; i++) await SendAsync();

        Assert.True(_health.Standing.CircuitOpen);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_refusal_is_an_answer(int status)
    {
        _answer = Answers((HttpStatusCode)status);
        for (var i = 0; i < 20; i++) await SendAsync();

        Assert.Equal(new GatewayStanding(false, 10_000), _health.Standing);
    }

    [Fact]
    public async Task A_call_without_an_answer_in_time_is_lost_and_counts_against_the_bank()
    {
        _answer = Never;
        var calls = Enumerable.Range(0, 4).Select(_ => SendAsync()).ToArray();
        _time.Advance(Policy.Timeout - TimeSpan.FromTicks(1));
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.All(await Task.WhenAll(calls), reply => Assert.Equal(new BankReply.Lost(UnknownReason.Timeout), reply));
        Assert.Equal(new BankReply.NotSent(NeverReachedReason.CircuitOpen), await SendAsync());
    }

    [Fact]
    public async Task A_caller_that_gives_up_says_nothing_of_the_bank()
    {
        _answer = Never;
        for (var i = 0; i < 20; i++)
        {
            using var given = new CancellationTokenSource();
            var call = SendAsync(given.Token);
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Assert.Equal(new GatewayStanding(false, 10_000), _health.Standing);
    }

    [Fact]
    public async Task After_the_break_one_call_tries_and_an_answer_closes_the_circuit()
    {
        await FailQuicklyAsync(4);
        _answer = Answers(HttpStatusCode.OK);
        _time.Advance(Policy.Break - TimeSpan.FromTicks(1));
        Assert.Equal(new BankReply.NotSent(NeverReachedReason.CircuitOpen), await SendAsync());
        Assert.True(_health.Standing.CircuitOpen);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(_health.Standing.CircuitOpen);
        for (var i = 0; i < 3; i++) Assert.IsType<BankReply.Answered>(await SendAsync());
    }

    [Fact]
    public async Task While_one_call_tries_no_other_is_sent_and_without_an_answer_the_break_begins_anew()
    {
        await FailQuicklyAsync(4);
        _time.Advance(Policy.Break);
        var gate = new TaskCompletionSource<HttpResponseMessage>();
        _answer = _ => gate.Task;
        var probe = SendAsync();
        Assert.Equal(new BankReply.NotSent(NeverReachedReason.CircuitOpen), await SendAsync());

        gate.SetResult(new HttpResponseMessage(HttpStatusCode.BadGateway));
        Assert.Equal(new BankReply.Lost(UnknownReason.ServerError), await probe);

        Assert.True(_health.Standing.CircuitOpen);
        Assert.Equal(new BankReply.NotSent(NeverReachedReason.CircuitOpen), await SendAsync());
    }

    [Fact]
    public async Task Half_of_the_calls_without_an_answer_open_the_circuit_and_fewer_do_not()
    {
        await MixAsync(answers: 6, failures: 5);
        Assert.False(_health.Standing.CircuitOpen);
        await FailQuicklyAsync(1);
        Assert.True(_health.Standing.CircuitOpen);
    }

    [Fact]
    public async Task What_fell_out_of_the_window_counts_no_more()
    {
        await FailQuicklyAsync(3);
        _time.Advance(Policy.Window + TimeSpan.FromSeconds(1));
        await FailQuicklyAsync(3);

        Assert.False(_health.Standing.CircuitOpen);
    }

    private async Task MixAsync(int answers, int failures)
    {
        _answer = Answers(HttpStatusCode.OK);
        for (var i = 0; i < answers; i++) await SendAsync();
        await FailQuicklyAsync(failures);
    }

    private async Task FailQuicklyAsync(int times)
    {
        var before = _answer;
        _answer = Answers(HttpStatusCode.InternalServerError);
        for (var i = 0; i < times; i++) await SendAsync();
        _answer = before;
    }

    private async Task<BankReply> SendAsync(CancellationToken? cancel = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://bank.invalid/v1/holds");
        return await BankHttp.SendAsync(_http, request, cancel ?? Cancel);
    }

    private static Func<CancellationToken, Task<HttpResponseMessage>> Answers(HttpStatusCode status) => _ => Task.FromResult(new HttpResponseMessage(status));

    private static async Task<HttpResponseMessage> Never(CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        return new HttpResponseMessage();
    }
}
