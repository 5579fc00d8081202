namespace Hub.Channels.Http;

/// <summary>What is common to every HTTP call a channel makes.</summary>
internal static class Calls
{
    // Providers answer with one or two kilobytes; room for the cap would be cleared and thrown away at every call.
    private const int UsualLength = 4 * 1024;

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
        var (buffer, length) = (new byte[Math.Min(cap, UsualLength)], 0);
        while (length < cap && await stream.ReadAsync(buffer.AsMemory(length), cancel) is > 0 and var read)
        {
            length += read;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(cap, length * 2));
        }

        return buffer[..length];
    }
}
