using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access.Storage;
using Hub.Domain.Kernel;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Edge.Errors;

/// <summary>The outermost layer of the API: gives the request its id, and turns whatever goes wrong inside into a problem.</summary>
internal sealed partial class EdgeMiddleware(RequestDelegate next, ILogger<EdgeMiddleware> log)
{
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers[RequestIds.Header] = RequestIds.Of(http);
        if (ApiPaths.Covers(http.Request.Path)) SecurityHeaders.Apply(http);
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // A stream that was left has begun its answer long ago; only one that has not may still be named for the log.
            if (!http.Response.HasStarted) http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, ToProblem(http, failure));
            return;
        }

        if (IsBareError(http)) await Problems.OfStatus(http.Response.StatusCode).ExecuteAsync(http);
    }

    private static bool IsBareError(HttpContext http) =>
        http.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null } && ApiPaths.Covers(http.Request.Path);

    private static async Task AnswerAsync(HttpContext http, Problem problem)
    {
        http.Response.Headers.Remove("Content-Type");
        http.Response.Headers.Remove("ETag");
        http.Response.Headers.Remove("Location");
        await problem.ExecuteAsync(http);
    }

    private Problem ToProblem(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case ProblemException known:
                return known.Problem;
            case PersonErasedException:
                return Problems.From(RejectionCode.CustomerErased);
            case JournalUnavailableException or VaultUnavailableException or AccessUnavailableException:
                Unavailable(RequestIds.Of(http), failure);
                return Problems.OfStatus(StatusCodes.Status503ServiceUnavailable) with { RetryAfter = AMoment };
            case ActorParkedException:
                Parked(RequestIds.Of(http), failure);
                return Problems.Of(StatusCodes.Status500InternalServerError, "actor_parked", "It is out of order until somebody has looked at it. Tell support the request_id.", Retry.Later);
            case BadHttpRequestException bad:
                return Problems.OfStatus(bad.StatusCode);
            default:
                Failed(RequestIds.Of(http), failure);
                return Problems.OfStatus(StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(LogLevel.Error, "Request {RequestId} failed")]
    private partial void Failed(string requestId, Exception failure);

    [LoggerMessage(LogLevel.Error, "Request {RequestId} met a parked actor")]
    private partial void Parked(string requestId, Exception failure);

    [LoggerMessage(LogLevel.Warning, "Request {RequestId} could not be made durable")]
    private partial void Unavailable(string requestId, Exception failure);
}
