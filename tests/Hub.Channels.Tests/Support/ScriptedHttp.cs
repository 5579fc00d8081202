using System.Net;
using System.Text;

namespace Hub.Channels.Tests.Support;

/// <summary>An HTTP peer that answers as told and remembers what it was asked.</summary>
internal sealed class ScriptedHttp(Func<HttpResponseMessage> answer) : HttpMessageHandler
{
    internal List<(HttpMethod Method, Uri Address, HttpRequestMessage Request, string Body)> Calls { get; } = [];

    internal static ScriptedHttp Answering(int status, string json) => new(() => new HttpResponseMessage((HttpStatusCode)status)
    {
        Content = new StringContent(json, Encoding.UTF8, "application/json"),
    });

    internal static ScriptedHttp Throwing(Exception e) => new(() => throw e);

    internal HttpMessageInvoker Invoker() => new(this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Add((request.Method, request.RequestUri!, request, body));
        cancellationToken.ThrowIfCancellationRequested();
        return answer();
    }
}
