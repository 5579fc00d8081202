using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Clock;

/// <summary>Shows and moves the clock under <c>/sandbox/api/clock</c>.</summary>
internal static class ClockApi
{
    private const int MostSeconds = 3653 * 86_400;

    internal static void Map(RouteGroupBuilder sandbox)
    {
        sandbox.MapGet("/api/clock", (TimeProvider time) => Shown(time));
        sandbox.MapPost("/api/clock", MoveAsync);
    }

    private static async Task<ContentHttpResult> MoveAsync(HttpContext http, TimeProvider time, SandboxStream stream)
    {
        if (await SandboxBody.ReadAsync<ClockMove>(http) is not { } move) return SandboxReply.Error(400, "invalid_json", "The body cannot be read.");
        if (time is not SandboxClock clock) return SandboxReply.Error(409, "clock_is_real", "This host runs on the real clock.");
        if (move.AdvanceSeconds is < 0 or > MostSeconds) return SandboxReply.Error(400, "invalid_advance_seconds", "Time moves on, by ten years at most.");
        if (move is { Freeze: null, AdvanceSeconds: null, Reset: not true }) return SandboxReply.Error(400, "nothing_to_do", "One of freeze, advance_seconds and reset is needed.");

        if (move.Reset is true) clock.Reset();
        if (move.Freeze is true) clock.Freeze();
        if (move.Freeze is false) clock.Unfreeze();
        if (move.AdvanceSeconds is { } seconds) clock.Advance(TimeSpan.FromSeconds(seconds));
        var now = State(time);
        stream.Tell("clock", now);
        return SandboxReply.Json(now, 200);
    }

    private static ContentHttpResult Shown(TimeProvider time) => SandboxReply.Json(State(time), 200);

    private static ClockState State(TimeProvider time) => new(
        time.GetUtcNow(), time is SandboxClock { IsFrozen: true }, time is SandboxClock clock ? (long)Math.Round(clock.Offset.TotalSeconds) : 0);
}

/// <summary>GET /sandbox/api/clock.</summary>
internal sealed record ClockState(DateTimeOffset Now, bool Frozen, long OffsetSeconds);

/// <summary>POST /sandbox/api/clock: reset first, then freeze, then advance.</summary>
internal sealed record ClockMove(bool? Freeze = null, long? AdvanceSeconds = null, bool? Reset = null);
