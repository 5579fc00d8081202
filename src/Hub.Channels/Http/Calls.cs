namespace Hub.Channels.Http;

/// <summary>What is common to every HTTP call a channel makes.</summary>
internal static class Calls
{
    /// <summary>Whether the request provably never left: no name, no connection, no TLS.</summary>
    internal static bool NeverLeft(HttpRequestException e) => e.HttpRequestError
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    /// <summary>Whether a call ended without an answer: broken off or timed out. Being canceled by the caller is not meant.</summary>
    internal static bool WentSilent(Exception e, CancellationToken cancel) =>
        e is HttpRequestException or TimeoutException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested);

    /// <summary>Why, in words that hold no address: messages of the network stack name hosts, which are no secret.</summary>
    internal static string Reason(Exception e) => e is HttpRequestException http && http.HttpRequestError != HttpRequestError.Unknown
        ? http.HttpRequestError.ToString()
        : e.GetType().Name;

    /// <summary>Reads an answer, at most <paramref name="cap"/> bytes of it.</summary>
    internal static async Task<byte[]> ReadAsync(HttpContent content, int cap, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var buffer = new byte[cap];
        var length = await stream.ReadAtLeastAsync(buffer, cap, throwOnEndOfStream: false, cancel);
        return buffer[..length];
    }
}
