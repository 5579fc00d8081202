using System.Net;
using System.Net.WebSockets;
using Hub.Actors;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Live;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Tests.Live;

/// <summary>Invariants 19 and 22 at the watcher's end of the wire.</summary>
public sealed class LiveTests
{
    private const string Topic = "payment:pay_a";
    private static readonly Subjects PaymentA = new("mer_a", "cus_a", "ord_a", "pay_a");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watcher_gets_the_gap_then_its_answer_then_what_is_new()
    {
        await using var live = await StartAsync();
        live.Add(Topic, 5);
        await using var watcher = await live.ConnectAsync(customer: "cus_a");

        var started = await watcher.InvokeAsync("Watch", Topic, 2);
        var replayedBeforeTheAnswer = watcher.HasMore;
        live.Add(Topic, 2);

        Assert.Equal("""{"topic":"payment:pay_a","sequence":5}""", started.GetRawText());
        Assert.True(replayedBeforeTheAnswer);
        Assert.Equal([3, 4, 5, 6, 7], await watcher.NextAsync(5));
        Assert.False(watcher.HasMore);
    }

    [Fact]
    public async Task An_update_has_the_shape_of_the_contract()
    {
        await using var live = await StartAsync();
        live.Add(Topic, 1);
        await using var watcher = await live.ConnectAsync(customer: "cus_a");

        await watcher.InvokeAsync("Watch", Topic, 0);

        Assert.Equal(
            """{"topic":"payment:pay_a","sequence":1,"type":"payment.something_happened","time":"1970-01-01T00:00:00Z","entry":{"seen_by":"customer:cus_a"},"view":null}""",
            (await watcher.NextAsync()).GetRawText());
    }

    /// <summary>Invariant 19: whatever comes in the middle of the replay is neither lost nor sent twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    public async Task What_happens_during_the_replay_is_seen_exactly_once(int page)
    {
        await using var live = await StartAsync(new LiveOptions { ReplayPage = page });
        live.Add(Topic, 10);
        var left = 5;
        live.Views.Reading = topic =>
        {
            if (Interlocked.Decrement(ref left) >= 0) live.Views.Add(topic, PaymentA);
        };
        await using var watcher = await live.ConnectAsync(customer: "cus_a");

        await watcher.InvokeAsync("Watch", Topic, 0);
        live.Views.Reading = null;
        live.Add(Topic, 3);
        var last = live.Views.Head(Topic);

        Assert.Equal(Enumerable.Range(1, (int)last).Select(number => (long)number), await watcher.NextAsync((int)last));
        Assert.False(watcher.HasMore);
    }

    [Fact]
    public async Task Under_a_stream_of_entries_every_watcher_sees_each_once_in_order()
    {
        await using var live = await StartAsync();
        const int Entries = 600;
        var adding = Task.Run(() => live.Add(Topic, Entries), Cancel);

        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var watcher = await live.ConnectAsync(customer: "cus_a");
            await watcher.InvokeAsync("Watch", Topic, 0);
            return await watcher.NextAsync(Entries);
        }));
        await adding;

        Assert.All(seen, sequences => Assert.Equal(Enumerable.Range(1, Entries).Select(number => (long)number), sequences));
    }

    [Fact]
    public async Task Watching_again_begins_anew_and_unwatching_ends_it()
    {
        await using var live = await StartAsync();
        live.Add(Topic, 2);
        await using var watcher = await live.ConnectAsync(customer: "cus_a");

        await watcher.InvokeAsync("Watch", Topic, 0);
        await watcher.InvokeAsync("Watch", Topic, 1);
        await watcher.InvokeAsync("Unwatch", Topic);
        live.Add(Topic, 1);
        await watcher.InvokeAsync("Watch", Topic, 3);

        Assert.Equal([1, 2, 2], await watcher.NextAsync(3));
        Assert.False(watcher.HasMore);
    }

    [Theory]
    [InlineData("payment:pay_b")]
    [InlineData("payment:pay_none")]
    [InlineData("customer:cus_b")]
    [InlineData("order:ord_b")]
    [InlineData("queue:mer_a")]
    [InlineData("queue:mer_b")]
    [InlineData("merchant:mer_a")]
    [InlineData("payment:")]
    [InlineData("payment")]
    [InlineData(":pay_a")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("payment:../pay_a")]
    public async Task What_is_not_ones_own_does_not_exist(string? topic)
    {
        await using var live = await StartAsync();
        await using var watcher = await live.ConnectAsync(customer: "cus_a");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => watcher.InvokeAsync("Watch", topic, 0));

        Assert.EndsWith("not_found", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_for_one_payment_sees_of_the_customers_topic_only_that_payment()
    {
        await using var live = await StartAsync();
        live.Views.Add("customer:cus_a", new Subjects("mer_a", "cus_a"));
        live.Views.Add("customer:cus_a", PaymentA);
        live.Views.Add("customer:cus_a", new Subjects("mer_a", "cus_a", "ord_2", "pay_2"));
        live.Views.Add("customer:cus_a", PaymentA);
        await using var whole = await live.ConnectAsync(customer: "cus_a");
        await using var checkout = await live.ConnectAsync(customer: "cus_a", payment: "pay_a");

        await whole.InvokeAsync("Watch", "customer:cus_a", 0);
        await checkout.InvokeAsync("Watch", "customer:cus_a", 0);

        Assert.Equal([1, 2, 3, 4], await whole.NextAsync(4));
        Assert.Equal([1, 2, 4], await checkout.NextAsync(3));
    }

    [Fact]
    public async Task A_connection_whose_credential_is_revoked_is_ended_at_once()
    {
        await using var live = await StartAsync();
        var session = await live.SessionAsync("cus_a", null);
        await using var watcher = await SignalRJsonClient.ConnectAsync(live.Hub.Address, session.Secret);
        await using var other = await live.ConnectAsync(customer: "cus_a");
        await watcher.InvokeAsync("Watch", Topic, 0);
        await other.InvokeAsync("Watch", Topic, 0);

        await live.Hub.Credentials.RevokeAsync(session.Credential.Id, null, Cancel);
        await watcher.Closed;
        live.Add(Topic, 1);

        Assert.Equal([1], await other.NextAsync(1));
    }

    [Fact]
    public async Task A_connection_whose_credential_expires_is_ended()
    {
        await using var live = await StartAsync();
        await using var watcher = await live.ConnectAsync(customer: "cus_a");
        await watcher.InvokeAsync("Watch", Topic, 0);

        live.Hub.Time.Advance(TimeSpan.FromMinutes(15));

        await watcher.Closed;
    }

    [Fact]
    public async Task Staff_watches_the_queue_of_its_merchants_until_its_roles_change()
    {
        await using var live = await StartAsync();
        var cookie = await live.StaffCookieAsync();
        await using var watcher = await SignalRJsonClient.ConnectAsync(live.Hub.Address, null, ("Cookie", cookie), ("Origin", live.Origin));

        await watcher.InvokeAsync("Watch", "queue:mer_a", 0);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => watcher.InvokeAsync("Watch", "queue:mer_b", 0));
        live.Views.Add("queue:mer_a", PaymentA);
        var seen = await watcher.NextAsync(1);
        await live.Hub.Get<StaffDirectory>().AssignAsync("s@omnihub.example", [StaffRole.Support], ["mer_b"], Cancel);

        await watcher.Closed;
        Assert.EndsWith("not_found", refused.Message, StringComparison.Ordinal);
        Assert.Equal([1], seen);
    }

    [Fact]
    public async Task A_foreign_page_cannot_open_a_connection_with_the_cookie()
    {
        await using var live = await StartAsync();
        var cookie = await live.StaffCookieAsync();

        var refused = await Assert.ThrowsAsync<WebSocketException>(() =>
            SignalRJsonClient.ConnectAsync(live.Hub.Address, null, ("Cookie", cookie), ("Origin", "https://evil.example")));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Routes are matched in any case of letters, and so is what guards them.</summary>
    [Theory]
    [InlineData("/live")]
    [InlineData("/LIVE")]
    [InlineData("/Live/")]
    public async Task Nor_by_writing_the_path_otherwise(string path)
    {
        await using var live = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", await live.StaffCookieAsync() }, { "Origin", "https://evil.example" } } };

        using var answer = await live.Hub.Client.SendAsync(request, Cancel);

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "foreign_origin");
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("cst_guess")]
    public async Task Without_a_credential_there_is_no_connection(string? token)
    {
        await using var live = await StartAsync();

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(live.Hub.Address, token));

        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task A_connection_watches_so_many_topics_and_no_more(int topics, bool refused)
    {
        await using var live = await StartAsync(new LiveOptions { MostTopics = 2 });
        await using var watcher = await live.ConnectAsync(customer: "cus_a");
        var all = (string[])["payment:pay_a", "customer:cus_a", "order:ord_a"];

        var failures = 0;
        foreach (var topic in all.Take(topics))
        {
            if (await Record.ExceptionAsync(() => watcher.InvokeAsync("Watch", topic, 0)) is { } failure)
            {
                failures++;
                Assert.EndsWith("too_many_topics", failure.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(refused ? 1 : 0, failures);
    }

    [Fact]
    public async Task A_negative_sequence_is_refused()
    {
        await using var live = await StartAsync();
        await using var watcher = await live.ConnectAsync(customer: "cus_a");

        await Assert.ThrowsAsync<InvalidOperationException>(() => watcher.InvokeAsync("Watch", Topic, -1));
    }

    private static async Task<LiveRig> StartAsync(LiveOptions? options = null)
    {
        var views = new MemoryViews();
        var actors = new TestActors
        {
            [new ActorId("payment", "pay_a")] = new TestState(PaymentA),
            [new ActorId("payment", "pay_b")] = new TestState(new Subjects("mer_a", "cus_b", "ord_b", "pay_b")),
            [new ActorId("order", "ord_a")] = new TestState(new Subjects("mer_a", "cus_a", "ord_a")),
            [new ActorId("order", "ord_b")] = new TestState(new Subjects("mer_b", "cus_a", "ord_b")),
            [new ActorId("customer", "cus_a")] = new TestState(new Subjects("mer_a", "cus_a")),
            [new ActorId("customer", "cus_b")] = new TestState(new Subjects("mer_a", "cus_b")),
        };
        var hub = await TestHub.StartAsync(
            routes => routes.MapHubLive(),
            services => services
                .AddSingleton<IViews>(views)
                .AddSingleton<IActors>(actors)
                .AddSingleton<ILiveViews, TestLiveViews>()
                .AddSingleton<ILiveDevices, NoDevices>()
                .AddHubLive(options ?? new LiveOptions()));
        return new LiveRig(hub, views, PaymentA);
    }
}
