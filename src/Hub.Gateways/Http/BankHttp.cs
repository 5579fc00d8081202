using System.Net;

namespace Hub.Gateways.Http;

/// <summary>What became of one HTTP call to a bank, before anybody reads its meaning.</summary>
internal abstract record BankReply
{
    /// <summary>A whole answer.</summary>
    /// <param name="Status">The status code.</param>
    /// <param name="Body">The body where it is JSON and within the limit; otherwise <c>null</c>.</param>
    internal sealed record Answered(HttpStatusCode Status, byte[]? Body) : BankReply;

    /// <summary>Bytes may have left, and no whole answer came.</summary>
    internal sealed record Lost(string Reason) : BankReply;

    /// <summary>Provably nothing was processed.</summary>
    internal sealed record NotSent(string Reason) : BankReply;
}

/// <summary>Makes one call and tells precisely how it failed.</summary>
internal static class BankHttp
{
    /// <summary>The largest answer that is read: 64 KiB. The banks' objects are a few kilobytes at most.</summary>
    internal const int MaxBody = 64 * 1024;

    /// <summary>Set on a request that only this bank can carry out: a capture, a release, a refund, a question about any of them.</summary>
    internal static readonly HttpRequestOptionsKey<bool> OnlyHere = new("hub.only-here");

    // Longer than most answers are; it grows for those that are longer.
    private const int UsualBody = 2 * 1024;

    /// <summary>Sends one request; never twice.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    internal static async Task<BankReply> SendAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(request, cancel);
            return await ReadAsync(response, cancel);
        }
        catch (CircuitOpenException)
        {
            return new BankReply.NotSent(NeverReachedReason.CircuitOpen);
        }
        catch (HttpRequestException failed)
        {
            return OfError(failed.HttpRequestError);
        }
        catch (TimeoutException)
        {
            return new BankReply.Lost(UnknownReason.Timeout);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new BankReply.Lost(UnknownReason.Timeout);
        }
        catch (IOException)
        {
            return new BankReply.Lost(UnknownReason.Dropped);
        }
    }

    /// <summary>Only failures that come before the first byte of the request prove that it was not processed.</summary>
    internal static BankReply OfError(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => new BankReply.NotSent(NeverReachedReason.NameResolution),
        HttpRequestError.ConnectionError => new BankReply.NotSent(NeverReachedReason.Connection),
        HttpRequestError.SecureConnectionError => new BankReply.NotSent(NeverReachedReason.SecureConnection),
        HttpRequestError.ProxyTunnelError => new BankReply.NotSent(NeverReachedReason.Proxy),
        HttpRequestError.ConfigurationLimitExceeded => new BankReply.Lost(UnknownReason.Unreadable),
        _ => new BankReply.Lost(UnknownReason.Dropped),
    };

    /// <summary>The statuses that say all they have to say by themselves, and are no answer to what was asked.</summary>
    /// <returns><c>null</c> for a status whose body says what it means.</returns>
    internal static BankReply? OfStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => new BankReply.NotSent(NeverReachedReason.Throttled),
        HttpStatusCode.Unauthorized => new BankReply.NotSent(NeverReachedReason.Unauthorized),
        >= HttpStatusCode.InternalServerError => new BankReply.Lost(UnknownReason.ServerError),
        _ => null,
    };

    /// <summary>
    /// Whether a connector vouches that it began nothing, since the customer's own bank behind it is down. A header says so, which no proxy on the way
    /// would write.
    /// </summary>
    internal static bool NotBegun(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.ServiceUnavailable && response.Headers.TryGetValues("Bank-Request", out var said) && said.SequenceEqual(["not-begun"]);

    private static async Task<BankReply> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (NotBegun(response)) return new BankReply.NotSent(NeverReachedReason.BankDown);

        // A body that breaks off takes nothing away from these.
        if (OfStatus(response.StatusCode) is { } plain) return plain;
        if (response.Content.Headers.ContentType?.MediaType is not "application/json")
        {
            return new BankReply.Answered(response.StatusCode, null);
        }

        using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var (buffer, length) = (new byte[UsualBody], 0);
        while (length <= MaxBody && await stream.ReadAsync(buffer.AsMemory(length), cancel) is > 0 and var read)
        {
            length += read;
            if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
        }

        return new BankReply.Answered(response.StatusCode, length > MaxBody ? null : buffer[..length]);
    }
}
