using System.Text;
using Hub.Actors.Journal;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Json;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Api.Edge.Idempotency;

/// <summary>Runs a request at most once per key, and gives repeats the very same answer.</summary>
/// <remarks>
/// The key is reserved durably before the endpoint runs and the answer is stored before its first byte leaves. What is no answer
/// of a turn (a 400 found before it, any 5xx) gives the key back: the retry runs again under the same command id and created id.
/// Neither storing nor giving back is canceled when the client goes away, or the key would stay in flight.
/// </remarks>
internal sealed class IdempotencyFilter(IRequests requests, IKeyring keyring, IdSource ids, IAnswerSealer sealer, Passwords passwords) : IEndpointFilter
{
    internal const string ReplayedHeader = "Idempotent-Replayed";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = IdempotencyKey.Of(http);
        var (prefix, holdsPassword) = http.GetEndpoint()!.Metadata.GetRequiredMetadata<IdempotencyMetadata>();
        var fingerprint = await FingerprintAsync(http, key, holdsPassword);
        switch (await requests.ReserveAsync(key.Request, fingerprint, ids.New(prefix), CancellationToken.None))
        {
            case Reservation.Mine mine when !mine.CreatedId.StartsWith($"{prefix}_", StringComparison.Ordinal):
                await requests.ReleaseAsync(key.Request, CancellationToken.None);
                return Reused();
            case Reservation.Mine mine:
                key.Create(mine.CreatedId);
                await RunAsync(context, key.Request, next);
                break;
            case Reservation.Answered answered:
                http.Response.Headers[ReplayedHeader] = "true";
                await StoredAnswer.Read(sealer.Open(answered.Answer)).SendAsync(http.Response, http.RequestAborted);
                break;
            case Reservation.InFlight:
                return Problems.Of(StatusCodes.Status409Conflict, "request_in_flight", "This request is being carried out. Send it again in a moment to get its answer.", Retry.Later) with
                {
                    RetryAfter = TimeSpan.FromSeconds(1),
                };
            case Reservation.OtherRequest:
                return Reused();
        }

        return Results.Empty;
    }

    // Also for a key that was given back: the id it keeps may name a thing of another kind by now.
    private static Problem Reused() =>
        Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This key was used for another request. Choose a new Idempotency-Key.");

    private async Task RunAsync(EndpointFilterInvocationContext context, RequestKey key, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        StoredAnswer answer;
        try
        {
            var (decided, result) = await CaptureAsync(context, next);
            answer = result;
            if (decided) await requests.CompleteAsync(key, sealer.Seal(answer.Write()), CancellationToken.None);
            else await requests.ReleaseAsync(key, CancellationToken.None);
        }
        catch
        {
            await requests.ReleaseAsync(key, CancellationToken.None);
            throw;
        }

        await answer.SendAsync(http.Response, http.RequestAborted);
    }

    private static async Task<(bool Decided, StoredAnswer Answer)> CaptureAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var wire = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream();
        var held = new StreamResponseBodyFeature(buffer, wire);
        http.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            var result = await ResultAsync(context, next);
            await ToResult(result).ExecuteAsync(http);
            await held.Writer.FlushAsync();
            var decided = http.Response.StatusCode < 400 || Innermost(result) is Problem { Decided: true };
            return (decided, StoredAnswer.Of(http.Response, buffer.ToArray()));
        }
        finally
        {
            http.Features.Set(wire);
        }
    }

    // A refusal that was thrown is an answer like one that was returned: a turn decided it, so repeats get the very same.
    private static async Task<object?> ResultAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ProblemException refused)
        {
            return refused.Problem;
        }
    }

    private static IResult ToResult(object? result) => result switch
    {
        IResult known => known,
        null => Results.Empty,
        var value => Results.Json(value, WireJson.Out),
    };

    private static object? Innermost(object? result)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        return result;
    }

    private async Task<string> FingerprintAsync(HttpContext http, IdempotencyKey key, bool holdsPassword)
    {
        var limits = http.GetEndpoint()?.Metadata.GetMetadata<BodyLimits>() ?? BodyLimits.Default;
        var body = await RawBody.ReadAsync(http, limits.Bytes);
        var head = Encoding.UTF8.GetBytes($"{http.Request.Method}\n{http.Request.Path}{http.Request.QueryString}\n");
        var request = (byte[])[.. head, .. body.Span];
        return Convert.ToHexStringLower(holdsPassword
            ? passwords.Slow(request, keyring.Mac(KeyPurpose.Fingerprint, Encoding.UTF8.GetBytes(key.CommandId)))
            : keyring.Mac(KeyPurpose.Fingerprint, request));
    }
}

/// <summary>Marks an endpoint that runs at most once per <c>Idempotency-Key</c>.</summary>
/// <param name="Prefix">The prefix of the ids it creates, such as <c>pay</c>.</param>
/// <param name="HoldsPassword">Whether the body holds a password.</param>
internal sealed record IdempotencyMetadata(string Prefix, bool HoldsPassword);
