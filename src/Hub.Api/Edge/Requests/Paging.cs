using System.Globalization;
using System.Text.Json.Serialization;
using Hub.Api.Edge.Errors;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge.Requests;

/// <summary>Which page of a list: <c>?limit=</c> and <c>?starting_after=</c>.</summary>
/// <param name="Limit">1 to 100; 20 when not given.</param>
/// <param name="StartingAfter">The id the page begins after, or <c>null</c> for the newest.</param>
public sealed record Paging(int Limit, string? StartingAfter)
{
    /// <summary>Called by the framework.</summary>
    /// <exception cref="ProblemException">400: a parameter is out of range, or given twice.</exception>
    public static ValueTask<Paging?> BindAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var query = httpContext.Request.Query;
        return ValueTask.FromResult<Paging?>(new Paging(ReadLimit(query), ReadCursor(query)));
    }

    private static int ReadLimit(IQueryCollection query)
    {
        var sent = query["limit"];
        if (sent.Count == 0) return 20;
        var limit = 0;
        var fits = sent.Count == 1 && int.TryParse(sent[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= 100;
        return fits ? limit : throw Problems.Invalid("limit", "must be 1 to 100").AsException();
    }

    private static string? ReadCursor(IQueryCollection query)
    {
        var sent = query["starting_after"];
        if (sent.Count == 0) return null;
        var fits = sent is [{ Length: >= 1 and <= 64 } id] && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        return fits ? sent[0] : throw Problems.Invalid("starting_after", "must be an id of this list").AsException();
    }
}

/// <summary>A page of a list on the wire.</summary>
/// <param name="Data">Newest first.</param>
/// <param name="HasMore">Whether another page follows; it starts after the last id of this one.</param>
public sealed record ListOf<T>(IReadOnlyList<T> Data, bool HasMore)
{
    /// <summary>Always <c>list</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "list";
}
