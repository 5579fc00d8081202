using Hub.Api.Edge.Errors;
using Hub.Domain.Confirmations;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge.Requests;

/// <summary>Which kind of page the customer acts on, as the page says in <c>OmniHub-Channel</c>: <c>web</c>, or <c>mobile</c> where it is installed on a phone.</summary>
/// <remarks>It is told in timelines and decides nothing: both kinds act by the same session.</remarks>
/// <param name="Channel"><see cref="Channel.Web"/> or <see cref="Channel.Mobile"/>.</param>
public sealed record PageChannel(Channel Channel)
{
    /// <summary>The header.</summary>
    public const string Header = "OmniHub-Channel";

    /// <summary>What it is where nothing is said.</summary>
    public static PageChannel Web { get; } = new(Channel.Web);

    /// <summary>An installed page, or an app.</summary>
    public static PageChannel Mobile { get; } = new(Channel.Mobile);

    /// <summary>Called by the framework.</summary>
    /// <exception cref="ProblemException">400: it names no kind of page.</exception>
    public static ValueTask<PageChannel?> BindAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return ValueTask.FromResult<PageChannel?>(httpContext.Request.Headers[Header] switch
        {
            [] or ["web"] => Web,
            ["mobile"] => Mobile,
            _ => throw Problems.Invalid(Header, "must be web or mobile, or left out").AsException(),
        });
    }
}
