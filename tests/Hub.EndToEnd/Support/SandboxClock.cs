using System.Text.Json;

namespace Hub.EndToEnd.Support;

/// <summary>The sandbox's clock, by its API.</summary>
internal sealed class SandboxClock(HttpClient http)
{
    private readonly Api _api = new(http);

    internal async Task<DateTimeOffset> NowAsync() => (await _api.GetAsync("/sandbox/api/clock")).At("now").GetDateTimeOffset();

    /// <summary>Moves the clock on; timers that fall due fire at once.</summary>
    internal async Task<JsonElement> AdvanceAsync(TimeSpan by) =>
        (await _api.PostAsync("/sandbox/api/clock", new { advance_seconds = (long)by.TotalSeconds })).Expect(200);
}
