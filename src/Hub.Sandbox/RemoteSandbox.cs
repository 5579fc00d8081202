using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Sandbox;

/// <summary>Passes the pages' calls on to a sandbox that runs as a process of its own, so that the pages need no second address.</summary>
public static class RemoteSandbox
{
    /// <summary>Names the other process.</summary>
    public static IServiceCollection AddRemoteSandbox(this IServiceCollection services, Uri address) => services.AddSingleton(new RemoteParties(address));

    /// <summary>Maps <c>/sandbox/api</c> onto the other process.</summary>
    public static void MapRemoteSandbox(this IEndpointRouteBuilder routes) =>
        routes.Map("/sandbox/api/{**path}", (HttpContext http, RemoteParties remote) => remote.ForwardAsync(http)).ExcludeFromDescription();
}

/// <summary>The way to the other process.</summary>
internal sealed class RemoteParties(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    internal async Task ForwardAsync(HttpContext http)
    {
        var target = new Uri(address, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), target);
        if (http.Request.ContentType is { } type)
        {
            request.Content = new StreamContent(http.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (http.Request.Headers.TryGetValue("Idempotency-Key", out var key)) request.Headers.TryAddWithoutValidation("Idempotency-Key", key.ToString());
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await using var body = await response.Content.ReadAsStreamAsync(http.RequestAborted);

        // Piece by piece, since a stream of events never ends.
        var piece = new byte[4096];
        int read;
        while ((read = await body.ReadAsync(piece, http.RequestAborted)) > 0)
        {
            await http.Response.Body.WriteAsync(piece.AsMemory(0, read), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
