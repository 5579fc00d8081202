using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>When a notice leaves and in which language, each with its expected timeline. The clock stands still and is moved, hence a hub of its own.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Evening = new(2031, 3, 29, 20, 0, 0, TimeSpan.Zero);
    private readonly JourneyHub _hub = new() { Settings = [$"--Hub:SandboxClock={Evening:yyyy-MM-ddTHH:mm:ssZ}"] };

    public async ValueTask InitializeAsync()
    {
        await _hub.InitializeAsync();
        _hub.Clock.Freeze();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>Berlin's clocks go forward in this night: seven o'clock is five in UTC, where it was six. The confirmation does not wait.</summary>
    [Fact]
    [Trait("Invariant", "17")]
    public async Task A_notice_waits_for_the_end_of_the_customers_night_over_a_change_of_clocks()
    {
        var payer = await PayerAsync("""{"quiet_hours":{"from":"22:00","to":"07:00","time_zone":"Europe/Berlin"},"notifications":{"shipping":["sms"],"receipts":[]}}""");
        var (night, morning) = (Evening.AddHours(3L), new DateTimeOffset(2031, 3, 30, 5, 0, 0, TimeSpan.Zero));
        await _hub.MoveToAsync(night);
        await _hub.Acme.ShipAsync(payer, "T-1");
        await _hub.MoveToAsync(morning.AddSeconds(-1L));
        await _hub.MoveToAsync(morning);
        await payer.TextedAsync("T-1");

        var told = (await StoryAsync(payer)).Where(step => step.At >= night).ToList();
        (string Type, DateTimeOffset At)[] steps =
            [("order.placed api", night), ("payment.confirmation_sent sms", night), ("payment.confirmation_matched web", night), ("order.shipped api", night)];
        Assert.Equal(steps, told.Where(steps.Contains));
        Assert.Equal(("notification.delivered sms", morning), told[^1]);
        Assert.DoesNotContain(told, step => step.At != night && step.At != morning);
    }

    [Fact]
    public async Task A_notice_is_worded_in_the_language_that_the_customer_has_then()
    {
        var payer = await PayerAsync("""{"locale":"en","notifications":{"shipping":["sms"],"receipts":[]}}""");
        await _hub.Acme.ShipAsync(payer, "T-2");
        var english = await payer.TextedAsync("T-2");
        await payer.ChangeAsync("""{"locale":"de"}""");
        await _hub.Acme.ShipAsync(payer, "T-3");
        var german = await payer.TextedAsync("T-3");

        Assert.Matches("shipped order R-[0-9a-f]+\\.\\. with DHL, tracking T-2\\.$", english);
        Assert.Matches("hat Bestellung R-[0-9a-f]+\\.\\. mit DHL versandt, Sendung T-3\\.$", german);
        string[] steps = ["customer.changed", "order.shipped api"];
        Assert.Equal([.. steps, .. steps], (await payer.TimelineAsync()).Where(steps.Contains));
    }

    private static async Task<List<(string Type, DateTimeOffset At)>> StoryAsync(Payer payer)
    {
        using var answer = await payer.Shop.Client.AskAsync($"/v1/customers/{payer.Id}/timeline");
        return [.. (await answer.MadeAsync()).GetProperty("data").EnumerateArray().Select(e => ($"{e.Text("type")} {e.GetProperty("channel").GetString()}".TrimEnd(), e.GetProperty("time").GetDateTimeOffset()))];
    }

    private async Task<Payer> PayerAsync(string preferences)
    {
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        await payer.ChangeAsync(preferences);
        return payer;
    }
}
