namespace Hub.Channels.Http;

/// <summary>Bounds a call's time and its answer's size. Sits outside the seam the simulator replaces.</summary>
/// <param name="time">Measures the limit.</param>
/// <param name="limit">From the call to the last byte of the answer, or to its headers where the body is not read.</param>
/// <param name="maxBytes">The largest body that is read; <c>null</c>: the body does not matter and is left unread.</param>
public sealed class TimeLimitHandler(TimeProvider time, TimeSpan limit, long? maxBytes) : DelegatingHandler
{
    /// <inheritdoc/>
    /// <exception cref="TimeoutException">The limit passed; what happened at the other side is unknown.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token);
            if (maxBytes is { } cap) await response.Content.LoadIntoBufferAsync(cap, either.Token);
            return response;
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw new TimeoutException($"No answer within {limit.TotalSeconds:0} s.", e);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }
}
