using Hub.Api.Edge.Json;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge.Errors;

/// <summary>Makes every error the API answers.</summary>
public static class Problems
{
    /// <summary>A refusal of the rules.</summary>
    /// <param name="code">Its number never leaves the hub; its name does, in snake case.</param>
    public static Problem From(RejectionCode code)
    {
        var (status, detail) = Refusals.Of(code);

        // What was meant for another version was not decided at all: the same request goes on under its key once it names the new one.
        return new Problem(status, WireJson.Snake(code.ToString()), code.Retry(), detail) { Decided = code != RejectionCode.VersionMismatch };
    }

    /// <summary>A refusal by something that has a status, such as a payment.</summary>
    /// <param name="code">Why.</param>
    /// <param name="statusOf">Its status now, in snake case.</param>
    /// <param name="allowedActions">What it would accept now.</param>
    public static Problem From(RejectionCode code, string statusOf, IEnumerable<string> allowedActions) =>
        From(code).About(statusOf, allowedActions);

    /// <summary>400: one field is wrong.</summary>
    /// <param name="field">Its path, such as <c>lines[0].unit_price</c>.</param>
    /// <param name="why">The end of a sentence that begins with the field, such as <c>must be positive</c>.</param>
    public static Problem Invalid(string field, string why) => Invalid([new FieldError(field, why)]);

    /// <summary>400: some fields are wrong.</summary>
    public static Problem Invalid(IEnumerable<FieldError> errors)
    {
        var byField = errors.GroupBy(error => error.Path, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.Select(error => error.Why).Distinct(StringComparer.Ordinal).ToArray());
        var first = byField.First();
        return Of(StatusCodes.Status400BadRequest, "invalid_request", $"{first.Key} {first.Value[0]}. Correct the fields in errors and send it again.") with
        {
            Errors = byField,
        };
    }

    /// <summary>404: there is no such thing, or it is not the caller's. The two are never told apart (invariant 22).</summary>
    public static Problem NotFound() => OfStatus(StatusCodes.Status404NotFound);

    /// <summary>An error with a code of its own.</summary>
    public static Problem Of(int status, string code, string detail, Retry retry = Retry.Never) => new(status, code, retry, detail);

    /// <summary>The error a bare HTTP status stands for.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="detail">What to do, where there is something better to say than the usual.</param>
    public static Problem OfStatus(int status, string? detail = null)
    {
        var (code, retry, usual) = status switch
        {
            StatusCodes.Status401Unauthorized => ("unauthenticated", Retry.Never, "Send a valid, unexpired credential: Authorization: Bearer with a key or session token, or sign in."),
            StatusCodes.Status403Forbidden => ("forbidden", Retry.Never, "This credential may not do that. Use one that may."),
            StatusCodes.Status404NotFound => ("not_found", Retry.Never, "Check the address and the id; ids of others are not found either."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", Retry.Never, "Use one of the methods in the Allow header."),
            StatusCodes.Status412PreconditionFailed => ("version_mismatch", Retry.Never, "It changed meanwhile. Read it again and send its new ETag in If-Match."),
            StatusCodes.Status413PayloadTooLarge => ("body_too_large", Retry.Never, "Send a smaller body."),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", Retry.Never, "Send Content-Type: application/json in UTF-8, not compressed."),
            StatusCodes.Status429TooManyRequests => ("too_many_requests", Retry.Later, "Wait as long as Retry-After says, then send the same request again."),
            StatusCodes.Status503ServiceUnavailable => ("unavailable", Retry.Later, "Nothing was lost. Send the same request again, with the same Idempotency-Key."),
            >= 500 => ("internal_error", Retry.Later, "Send the same request again with the same Idempotency-Key. If it stays, tell support the request_id."),
            _ => ("bad_request", Retry.Never, "The request is not well-formed."),
        };
        return Of(status, code, detail ?? usual, retry);
    }
}
