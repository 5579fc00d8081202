namespace Hub.Gateways.Http;

/// <summary>Bounds how long one call may take, its body included. Stands outside the gateway, since the simulator owns time there.</summary>
/// <param name="inner">What carries the call.</param>
/// <param name="limit">How long one call may take; more than zero.</param>
/// <param name="maxBytes">The largest body to wait for; a larger one fails the call as an <see cref="HttpRequestException"/>.</param>
/// <param name="time">Whose clock counts.</param>
public sealed class TimeoutHandler(HttpMessageHandler inner, TimeSpan limit, int maxBytes, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>Sends, and reads the whole body within the limit.</summary>
    /// <exception cref="TimeoutException">The limit passed first.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up first.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var alarm = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token);
            // Without this the body would be read after the alarm is gone, as slowly as the other side likes.
            await response.Content.LoadIntoBufferAsync(maxBytes, either.Token);
            return response;
        }
        catch (Exception broken)
        {
            response?.Dispose();
            if (alarm.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No whole answer within {limit}.", broken);
            }

            throw;
        }
    }
}
