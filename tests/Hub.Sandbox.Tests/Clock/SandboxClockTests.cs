using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Sandbox.Clock;
using Hub.Sandbox.Tests.Bank;

namespace Hub.Sandbox.Tests.Clock;

/// <summary>A clock that is moved by hand. Invariant 18: a timer never fires early, and once.</summary>
public sealed class SandboxClockTests
{
    [Fact]
    public void Frozen_it_stands_and_advanced_it_moves_by_exactly_that()
    {
        var clock = new SandboxClock();
        clock.Freeze();
        var at = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(at.AddDays(1), clock.GetUtcNow());
        Assert.True(clock.IsFrozen);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_timer_fires_when_its_time_has_come_and_not_before(int ticks, bool fired)
    {
        var clock = new SandboxClock();
        clock.Freeze();
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(ticks));
        Assert.Equal(fired ? 1 : 0, count);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, count);
    }

    [Fact]
    public void Timers_that_one_move_makes_due_fire_in_the_order_of_their_time()
    {
        var clock = new SandboxClock();
        clock.Freeze();
        var fired = new List<int>();
        var timers = new[] { 30, 10, 20, 10 }.Select((seconds, i) => clock.CreateTimer(_ => fired.Add(i), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan)).ToArray();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([1, 3, 2, 0], fired);
        foreach (var timer in timers) timer.Dispose();
    }

    [Fact]
    public void A_timer_may_set_itself_anew_while_it_fires()
    {
        var clock = new SandboxClock();
        clock.Freeze();
        var count = 0;
        ITimer? timer = null;
        timer = clock.CreateTimer(_ => { count++; timer!.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan); }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, count);
        timer.Dispose();
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_move_and_a_disposed_one_never()
    {
        var clock = new SandboxClock();
        clock.Freeze();
        var (periodic, disposed) = (0, 0);
        using var first = clock.CreateTimer(_ => periodic++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var second = clock.CreateTimer(_ => disposed++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        second.Dispose();
        Assert.False(second.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        clock.Advance(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 0), (periodic, disposed));
    }

    [Fact]
    public async Task A_delay_on_the_clock_ends_when_the_clock_is_moved()
    {
        var clock = new SandboxClock();
        clock.Freeze();
        var delay = Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromHours(1));
        await delay;
    }

    [Fact]
    public void A_timer_of_a_running_clock_waits_on_the_real_one_and_a_move_shortens_the_wait()
    {
        var real = new SandboxClock();
        real.Freeze();
        var clock = new SandboxClock(real);
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromMinutes(9));
        real.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, count);
        real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, count);
    }

    [Fact]
    public void While_it_is_frozen_real_time_makes_nothing_due()
    {
        var real = new SandboxClock();
        real.Freeze();
        var clock = new SandboxClock(real);
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        clock.Freeze();
        var at = clock.GetUtcNow();
        real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, count);
        clock.Unfreeze();
        Assert.Equal(at, clock.GetUtcNow());
        real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, count);
        Assert.Equal(TimeSpan.FromHours(-1), clock.Offset);
        clock.Reset();
        Assert.Equal(real.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public void Time_never_moves_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SandboxClock().Advance(TimeSpan.FromTicks(-1)));

    [Fact]
    public async Task The_page_freezes_and_moves_the_clock()
    {
        await using var sandbox = await SandboxFixture.StartAsync(time: new SandboxClock());
        var frozen = await MoveAsync(sandbox, """{"freeze":true}""");
        var moved = await MoveAsync(sandbox, """{"advance_seconds":3600}""");
        Assert.True(moved.GetProperty("frozen").GetBoolean());
        Assert.Equal(frozen.GetProperty("now").GetDateTimeOffset().AddHours(1), moved.GetProperty("now").GetDateTimeOffset());
        Assert.False((await MoveAsync(sandbox, """{"reset":true}""")).GetProperty("frozen").GetBoolean());

        using var backwards = JsonContent.Create(new { advance_seconds = -1 });
        Assert.Equal(HttpStatusCode.BadRequest, (await sandbox.Http.PostAsync("/sandbox/api/clock", backwards, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_late_decline_waits_for_the_clock()
    {
        var clock = new SandboxClock();
        clock.Freeze();
        await using var sandbox = await SandboxFixture.StartAsync(o => o.BankLate = TimeSpan.FromSeconds(3), clock);
        var id = (await sandbox.AuthorizeAsync("k1", Hub.Sandbox.Bank.CardBehaviour.LateDecline).JsonAsync()).Text("id");
        Assert.Equal("pending", (await sandbox.GetAsync($"authorizations/{id}")).Text("status"));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("declined", (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("status"));
    }

    private static async Task<JsonElement> MoveAsync(SandboxFixture sandbox, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        var response = await sandbox.Http.PostAsync("/sandbox/api/clock", body, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
