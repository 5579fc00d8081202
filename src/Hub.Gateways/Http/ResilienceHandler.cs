using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Hub.Gateways.Http;

/// <summary>Bounds how long one call to one bank may take, and stops calling a bank that does not answer.</summary>
/// <remarks>
/// It stands outside the gateway, since the simulator owns time there and Polly goes on from threads of its own. The circuit is
/// around the time limit, so that a call without an answer in time counts against the bank. There is no retry here: a repeat is
/// the payment's to decide, with its own timer, after it was journaled.
/// </remarks>
internal sealed class ResilienceHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly ResiliencePipeline<HttpResponseMessage> _bounded;
    private readonly GatewayHealth _health;

    /// <summary>Puts itself around what carries the calls of one bank.</summary>
    /// <param name="inner">What carries the call.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="health">Is told of every call and of the circuit.</param>
    /// <param name="time">Whose clock counts.</param>
    internal ResilienceHandler(HttpMessageHandler inner, CallPolicy policy, GatewayHealth health, TimeProvider time)
        : base(inner)
    {
        _health = health;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = policy.FailurePercent / 100d,
                MinimumThroughput = policy.MinimumCalls,
                SamplingDuration = policy.Window,
                BreakDuration = policy.Break,
                ShouldHandle = call => ValueTask.FromResult(call.Outcome.Exception is { } broken ? !IsCallers(broken) : !IsAnswer(call.Outcome.Result!)),
                OnOpened = opened =>
                {
                    health.Opened(opened.BreakDuration);
                    return default;
                },
                OnClosed = _ =>
                {
                    health.Closed();
                    return default;
                },
            })
            .AddTimeout(policy.Timeout)
            .Build();
        _bounded = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddTimeout(policy.Timeout).Build();
    }

    /// <summary>Sends, and reads the whole body within the limit.</summary>
    /// <exception cref="CircuitOpenException">The circuit is open; nothing was sent.</exception>
    /// <exception cref="TimeoutException">The limit passed first.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up first.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            // What no other bank can do is asked of this one, open circuit or not: waiting would help nobody.
            var pipeline = request.Options.TryGetValue(BankHttp.OnlyHere, out var only) && only ? _bounded : _pipeline;
            var response = await pipeline.ExecuteAsync(
                static async (call, cancel) => await call.Handler.CarryAsync(call.Request, cancel), (Handler: this, Request: request), cancellationToken);
            _health.Count(IsAnswer(response));
            return response;
        }
        catch (BrokenCircuitException open)
        {
            throw new CircuitOpenException(open);
        }
        catch (TimeoutRejectedException late)
        {
            _health.Count(answered: false);
            throw new TimeoutException(late.Message, late);
        }
        catch (Exception broken) when (!IsCallers(broken))
        {
            _health.Count(answered: false);
            throw;
        }
    }

    private async Task<HttpResponseMessage> CarryAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var response = await base.SendAsync(request, cancel);
        try
        {
            // Without this the body would be read after the limit is gone, as slowly as the other side likes.
            await response.Content.LoadIntoBufferAsync(BankHttp.MaxBody, cancel);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static bool IsAnswer(HttpResponseMessage response) => BankHttp.OfStatus(response.StatusCode) is null || BankHttp.NotBegun(response);

    // A caller that gave up says nothing about the bank. The limit's own end is a TimeoutRejectedException here.
    private static bool IsCallers(Exception broken) => broken is OperationCanceledException;
}
