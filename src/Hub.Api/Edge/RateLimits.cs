using System.Threading.RateLimiting;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Hub.Api.Edge;

/// <summary>The names of the rate limits; an endpoint asks for one by <c>RequireRateLimiting</c>.</summary>
public static class RateLimits
{
    /// <summary>Staff signing in, per IP address.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Making customer sessions, per credential.</summary>
    public const string Sessions = "sessions";

    /// <summary>Checking and sending codes, and taking away or giving back the addresses they go to, per credential.</summary>
    public const string Codes = "codes";

    /// <summary>Writing in a conversation, per credential.</summary>
    public const string Messages = "messages";

    /// <summary>Marking what was read, per credential.</summary>
    public const string Reads = "reads";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    internal static void Configure(RateLimiterOptions limiter, EdgeOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : Window;
            var problem = Problems.OfStatus(StatusCodes.Status429TooManyRequests) with { RetryAfter = wait };
            await problem.ExecuteAsync(rejected.HttpContext);
        };
        limiter.AddPolicy(SignIn, http => PerMinute(Address(http), options.SignInsPerMinute));
        limiter.AddPolicy(Sessions, http => PerMinute(Credential(http), options.SessionsPerMinute));
        limiter.AddPolicy(Codes, http => PerMinute(Credential(http), options.CodesPerMinute));
        limiter.AddPolicy(Messages, http => PerMinute(Credential(http), options.MessagesPerMinute));
        limiter.AddPolicy(Reads, http => PerMinute(Credential(http), options.ReadsPerMinute));
    }

    private static RateLimitPartition<string> PerMinute(string who, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Window, QueueLimit = 0 });

    private static string Credential(HttpContext http) => Caller.Of(http.User)?.CredentialId ?? Address(http);

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "nowhere";
}
