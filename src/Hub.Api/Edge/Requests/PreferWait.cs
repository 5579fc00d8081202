using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge.Requests;

/// <summary>How long the caller is willing to wait for a final status: <c>Prefer: wait=N</c>.</summary>
/// <remarks>Source: RFC 7240. A preference that cannot be read is ignored; of several, the first counts.</remarks>
/// <param name="Time">0 to 30 seconds.</param>
public sealed record PreferWait(TimeSpan Time)
{
    /// <summary>The longest wait, in seconds; more is cut to this.</summary>
    public const int MaxSeconds = 30;

    /// <summary>The caller does not wait.</summary>
    public static PreferWait None { get; } = new(TimeSpan.Zero);

    /// <summary>Called by the framework. Says in <c>Preference-Applied</c> how long it will wait.</summary>
    public static ValueTask<PreferWait?> BindAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var wait = Parse(httpContext.Request.Headers["Prefer"]);
        if (wait != None) httpContext.Response.Headers["Preference-Applied"] = $"wait={(int)wait.Time.TotalSeconds}";
        return ValueTask.FromResult<PreferWait?>(wait);
    }

    /// <summary>Reads the header's values.</summary>
    public static PreferWait Parse(IEnumerable<string?> headers)
    {
        var preferences = headers.SelectMany(header => (header ?? "").Split(',', StringSplitOptions.TrimEntries));
        foreach (var preference in preferences)
        {
            var pair = preference.Split(';', 2)[0].Split('=', 2, StringSplitOptions.TrimEntries);
            if (!pair[0].Equals("wait", StringComparison.OrdinalIgnoreCase)) continue;
            return pair.Length == 2 ? OfSeconds(pair[1].Trim('"')) : None;
        }

        return None;
    }

    private static PreferWait OfSeconds(string digits)
    {
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit)) return None;
        var seconds = digits.TrimStart('0').Length > 2 ? MaxSeconds : int.Parse(digits, CultureInfo.InvariantCulture);
        return seconds == 0 ? None : new PreferWait(TimeSpan.FromSeconds(Math.Min(seconds, MaxSeconds)));
    }
}
