namespace Hub.Simulation.Bugs;

/// <summary>The planted bug "a new key on retry": what leaves for the bank never carries the journaled key.</summary>
internal sealed class NewKeys(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _calls;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Remove("Idempotency-Key", out var key))
        {
            // The first call keeps its key: the bug is in the retry.
            request.Headers.Add("Idempotency-Key", _seen.Add(key) ? key : $"{key}-{++_calls}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}

internal static class HeaderRemoval
{
    /// <summary>Takes a header off.</summary>
    public static bool Remove(this System.Net.Http.Headers.HttpRequestHeaders headers, string name, out string value)
    {
        value = headers.TryGetValues(name, out var values) ? values.First() : "";
        return headers.Remove(name);
    }
}
