using System.Net.Mime;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Api.Edge.Json;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hub.Api.Edge.Errors;

/// <summary>An error as the API answers it: RFC 9457 problem details with a code, whether to retry, and the request's id.</summary>
/// <param name="StatusCode">The HTTP status, 400 to 599.</param>
/// <param name="Code">Snake case; what programs decide on.</param>
/// <param name="Retry">Whether the caller may try again.</param>
/// <param name="Detail">One or two sentences that tell what to do. Never holds a secret, a code or a card number.</param>
public sealed record Problem(int StatusCode, string Code, Retry Retry, string Detail) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    /// <summary>The media type of every error.</summary>
    public const string MediaType = MediaTypeNames.Application.ProblemJson;

    /// <summary>Field by field what is wrong with the request.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The status of the thing that refused, such as a payment's <c>processing</c>; written as <c>status_of</c>.</summary>
    public string? StatusOf { get; init; }

    /// <summary>What the thing that refused would accept now.</summary>
    public IReadOnlyList<string>? AllowedActions { get; init; }

    /// <summary>For the header <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether a turn decided it. Such an answer is final for its <c>Idempotency-Key</c>; others let the key be used again.</summary>
    public bool Decided { get; init; }

    int? IStatusCodeHttpResult.StatusCode => StatusCode;

    /// <summary>The same, with what the refusing thing is and what it would accept.</summary>
    /// <param name="status">Its status, in snake case.</param>
    /// <param name="allowedActions">Names of the routes below it, such as <c>submit</c>.</param>
    public Problem About(string status, IEnumerable<string> allowedActions) => this with { StatusOf = status, AllowedActions = [.. allowedActions] };

    /// <summary>To leave a place that cannot return a result.</summary>
    public ProblemException AsException() => new(this);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = StatusCode;
        response.ContentType = MediaType;
        if (RetryAfter is { } wait) response.Headers.RetryAfter = $"{(long)Math.Ceiling(wait.TotalSeconds)}";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(ToDetails(httpContext), WireJson.Out);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    /// <summary>Tells OpenAPI that the endpoint may answer with problems.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status409Conflict, typeof(ProblemBody), [MediaType]));
    }

    private ProblemBody ToDetails(HttpContext http) => new(
        $"urn:omnihub:problem:{Code}",
        ReasonPhrase(StatusCode),
        StatusCode,
        Detail,
        Code,
        Retry,
        RequestIds.Of(http),
        StatusOf,
        AllowedActions,
        Errors);

    private static string ReasonPhrase(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}

/// <summary>The JSON of a <see cref="Problem"/>.</summary>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    Retry Retry,
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StatusOf = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? AllowedActions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>Carries a <see cref="Problem"/> out of a place that cannot return one; the edge answers with it.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem?.Code)
{
    /// <summary>What to answer.</summary>
    public Problem Problem { get; } = problem ?? throw new ArgumentNullException(nameof(problem));
}
