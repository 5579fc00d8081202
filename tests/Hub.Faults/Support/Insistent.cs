using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Hub.Faults.Support;

/// <summary>One answer that a client was given, with what it had asked, so that both can be asked for again.</summary>
/// <param name="Path">Where it went.</param>
/// <param name="Key">Its Idempotency-Key.</param>
/// <param name="Headers">What came with it.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Status">The status that came back.</param>
/// <param name="Answer">The body that came back.</param>
/// <param name="RequestId">What the hub called the request in that answer.</param>
internal sealed record Acknowledgment(
    string Path, string Key, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body, int Status, byte[] Answer, string RequestId)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Invariants 3 and 4: the same request gets the same answer, byte for byte.</summary>
    /// <param name="hub">Where it is asked again.</param>
    internal async Task StandsAsync(Uri hub)
    {
        using var http = new HttpClient { BaseAddress = hub };
        using var again = await AskAsync(http);
        Assert.True(Status == (int)again.StatusCode, $"{Path} was answered {Status}, and now {again.StatusCode}: {await again.Content.ReadAsStringAsync()}");
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(Answer, await again.Content.ReadAsByteArrayAsync());
    }

    // Everything at once is more than a caller may ask in a minute: it comes again when it is told to.
    private async Task<HttpResponseMessage> AskAsync(HttpClient http)
    {
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path);
            request.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
            var answer = await http.SendAsync(request);
            if (Status == (int)answer.StatusCode || answer is not { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } wait } || Stopwatch.GetElapsedTime(begun) > Patience) return answer;
            answer.Dispose();
            await Task.Delay(wait);
        }
    }
}

/// <summary>A line of a client that does not give up: after a lost connection it sends the same request again, under the same key.</summary>
/// <remarks>It notes every acknowledgment outside the hub, the moment it is there.</remarks>
/// <param name="inner">What carries the calls.</param>
/// <param name="acknowledged">Where they are noted.</param>
/// <param name="onePatience">How long it waits for one answer before it hangs up and asks again; <c>null</c> for as long as the caller.</param>
internal sealed class Insistent(HttpMessageHandler inner, ConcurrentQueue<Acknowledgment> acknowledged, TimeSpan? onePatience = null) : DelegatingHandler(inner)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private int _repeats;

    /// <summary>How often a request was sent again.</summary>
    internal int Repeats => _repeats;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            using var once = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (onePatience is { } patience) once.CancelAfter(patience);
            try
            {
                var response = await base.SendAsync(request, once.Token);
                await response.Content.LoadIntoBufferAsync(once.Token);
                if (!await IsPassingAsync(response, once.Token) || Stopwatch.GetElapsedTime(begun) > Patience)
                {
                    await NoteAsync(request, response, cancellationToken);
                    return response;
                }

                response.Dispose();
            }
            catch (Exception lost) when (IsLost(lost, cancellationToken) && Stopwatch.GetElapsedTime(begun) < Patience)
            {
                // The hub is down, or was killed before its answer was out: nobody knows, so it is asked again below.
            }

            Interlocked.Increment(ref _repeats);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static bool IsLost(Exception failure, CancellationToken cancel) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancel.IsCancellationRequested);

    // In flight, too many at once, or the sandbox behind the hub not reached: told to come again with the same request. A refusal that was
    // decided and names a time (a code asked for too soon) is another matter: the same request gets the same refusal.
    private static async Task<bool> IsPassingAsync(HttpResponseMessage response, CancellationToken cancel) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || (response.StatusCode is HttpStatusCode.Conflict && (await response.Content.ReadAsStringAsync(cancel)).Contains("request_in_flight", StringComparison.Ordinal));

    private async Task NoteAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancel)
    {
        var path = request.RequestUri!.PathAndQuery;
        if (request.Method != HttpMethod.Post || !response.IsSuccessStatusCode || !path.StartsWith("/v1/", StringComparison.Ordinal)) return;
        acknowledged.Enqueue(new Acknowledgment(
            path, request.Headers.GetValues("Idempotency-Key").Single(),
            [.. request.Headers.SelectMany(h => h.Value, (h, value) => KeyValuePair.Create(h.Key, value))],
            await request.Content!.ReadAsByteArrayAsync(cancel), (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel),
            response.Headers.GetValues("Request-Id").Single()));
    }
}
