namespace Hub.EndToEnd.Cluster;

/// <summary>Every other request goes to the other node, under the name that both are known by.</summary>
internal sealed class InTurn(HttpMessageHandler inner, params Uri[] nodes) : DelegatingHandler(inner)
{
    private int _requests;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        var node = nodes[(uint)Interlocked.Increment(ref _requests) % nodes.Length];
        request.Headers.Host ??= asked.Authority;
        request.RequestUri = new Uri(node, asked.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
