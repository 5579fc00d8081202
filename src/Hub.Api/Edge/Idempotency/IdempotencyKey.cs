using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Journal;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Requests;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge.Idempotency;

/// <summary>The <c>Idempotency-Key</c> of a request, as an endpoint takes it: the id of its command and of the thing it creates.</summary>
/// <remarks>Both are the same each time this tenant sends this key, also after a crash (invariant 4).</remarks>
public sealed class IdempotencyKey
{
    /// <summary>The header it comes in.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 200;

    private string? _createdId;

    private IdempotencyKey(RequestKey request)
    {
        Request = request;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Tenant}\0{request.Key}"));
        CommandId = $"req:{Convert.ToHexStringLower(digest)}";
    }

    /// <summary>The id of the command this request becomes: <c>req:</c> and 64 hex digits.</summary>
    public string CommandId { get; }

    /// <summary>The id of the thing this request creates, with the prefix the endpoint named.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not require idempotency: a bug.</exception>
    public string CreatedId => _createdId ?? throw new InvalidOperationException("The endpoint lacks RequireIdempotency.");

    internal RequestKey Request { get; }

    /// <summary>Called by the framework.</summary>
    /// <exception cref="ProblemException">400: the header is missing or unfit.</exception>
    public static ValueTask<IdempotencyKey?> BindAsync(HttpContext httpContext) => ValueTask.FromResult<IdempotencyKey?>(Of(httpContext));

    internal static IdempotencyKey Of(HttpContext http)
    {
        if (http.Features.Get<IdempotencyKey>() is { } known) return known;
        var key = new IdempotencyKey(new RequestKey(Caller.Of(http).Tenant, ReadHeader(http.Request)));
        http.Features.Set(key);
        return key;
    }

    internal void Create(string id) => _createdId = id;

    private static string ReadHeader(HttpRequest request)
    {
        var sent = request.Headers[Header];
        if (sent.Count == 0) throw Refuse("idempotency_key_missing", "Send an Idempotency-Key of your choice, a new one for each new request.");
        var key = sent.Count == 1 ? sent[0]! : "";
        var fits = key.Length is > 0 and <= MaxLength && key.All(letter => letter is >= ' ' and <= '~') && key.Trim().Length > 0;
        if (CardNumbers.AreIn(key)) throw Refuse("idempotency_key_invalid", "Send an Idempotency-Key that holds no card number.");
        return fits ? key : throw Refuse("idempotency_key_invalid", $"Send one Idempotency-Key of 1 to {MaxLength} printable ASCII characters.");
    }

    private static ProblemException Refuse(string code, string detail) => Problems.Of(StatusCodes.Status400BadRequest, code, detail).AsException();
}
