using System.Collections.Concurrent;
using Hub.Actors.Sqlite;
using Hub.Actors.Views;

namespace Hub.Actors.Tests.Views;

public sealed class ViewsTests
{
    [Fact]
    public async Task States_are_listed_newest_first_and_page_by_page()
    {
        await using var bench = await new Workbench().StartAsync();
        for (var n = 1; n <= 5; n++)
        {
            await bench.SendAsync($"t{n}", "c", new TillCommand.Deposit(n));
        }

        await bench.SendAsync("t1", "c2", new TillCommand.Deposit(1));
        await bench.Engine.SettledAsync(Workbench.Cancel);

        var first = bench.Engine.Views.List(new ViewQuery("till", Limit: 2));
        var last = bench.Engine.Views.List(new ViewQuery("till", StartingAfter: "t2"));
        Assert.Equal(["t5", "t4"], first.Rows.Select(row => row.Actor.Key));
        Assert.True(first.HasMore);
        Assert.Equal([new ViewRow(Till.Kind["t1"], 2, new TillState(null, 2, 0))], last.Rows);
        Assert.False(last.HasMore);
        Assert.Empty(bench.Engine.Views.List(new ViewQuery("till", StartingAfter: "nobody")).Rows);
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task States_are_found_by_whom_they_concern()
    {
        await using var bench = await new Workbench().StartAsync();
        await bench.SendAsync("a", "c", new TillCommand.Assign("cus_1"));
        await bench.SendAsync("b", "c", new TillCommand.Assign("cus_2"));
        await bench.SendAsync("c", "c", new TillCommand.Deposit(1));
        await bench.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal(["a"], bench.Engine.Views.List(new ViewQuery("till", Customer: "cus_1")).Rows.Select(row => row.Actor.Key));
        Assert.Equal(["b", "a"], bench.Engine.Views.List(new ViewQuery("till", Merchant: "mer_1")).Rows.Select(row => row.Actor.Key));
        Assert.Empty(bench.Engine.Views.List(new ViewQuery("till", Merchant: "mer_1", Customer: "cus_1", Order: "ord_1")).Rows);
    }

    [Fact]
    [Trait("Invariant", "19")]
    public async Task A_subscriber_sees_every_entry_once_in_order_and_can_read_the_gap()
    {
        await using var bench = await new Workbench().StartAsync();
        await bench.SendAsync("a", "c0", new TillCommand.Assign("cus_1"));
        await bench.Engine.SettledAsync(Workbench.Cancel);
        var pushed = new ConcurrentQueue<TopicEntry>();
        using (bench.Engine.Views.Subscribe(entries =>
        {
            foreach (var entry in entries)
            {
                pushed.Enqueue(entry);
            }
        }))
        {
            await Task.WhenAll(Enumerable.Range(1, 50).Select(n => bench.SendAsync("a", $"c{n}", new TillCommand.Deposit(1))));
            await bench.Engine.SettledAsync(Workbench.Cancel);
        }

        await bench.SendAsync("a", "late", new TillCommand.Deposit(1));
        await bench.Engine.SettledAsync(Workbench.Cancel);

        var live = pushed.Where(entry => entry.Topic == "customer:cus_1").ToList();
        Assert.Equal(Enumerable.Range(2, 50).Select(n => (long)n), live.Select(entry => entry.Sequence));
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), live.Select(entry => ((TillState)entry.State).Minor));
        Assert.Equal(52, bench.Engine.Views.Head("customer:cus_1"));
        Assert.Equal(52, bench.Engine.Views.Head("queue:mer_1"));
        Assert.Equal([51L, 52L], bench.Engine.Views.ReadTopic("customer:cus_1", 50, 10).Select(entry => entry.Sequence));
        Assert.Equal(live.Select(entry => entry.Event), bench.Engine.Views.ReadTopic("customer:cus_1", 1, 50).Select(entry => entry.Event));
    }

    [Theory]
    [Trait("Invariant", "20")]
    [InlineData("lost")]
    [InlineData("broken")]
    [InlineData("other journal")]
    [InlineData("other shape")]
    [InlineData("ahead")]
    public async Task A_rebuild_equals_what_was_kept(string fault)
    {
        using var folder = new Folder();
        var file = Path.Combine(folder.Root, "views.db");
        string kept;
        await using (var before = await new Workbench(folder).StartAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(n => before.SendAsync(
                $"t{n % 7}", $"c{n}", n % 5 == 0 ? new TillCommand.Assign($"cus_{n % 3}") : new TillCommand.Deposit(n + 1))));
            await before.Engine.SettledAsync(Workbench.Cancel);
            kept = Picture(before);
        }

        Damage(file, fault);
        await using var after = await new Workbench(folder).StartAsync();

        Assert.Equal(kept, Picture(after));
    }

    [Fact]
    public async Task A_view_goes_on_where_it_was_after_a_restart()
    {
        using var folder = new Folder();
        await using (var before = await new Workbench(folder).StartAsync())
        {
            await before.SendAsync("a", "c1", new TillCommand.Assign("cus_1"));
            await before.Engine.SettledAsync(Workbench.Cancel);
        }

        await using var after = await new Workbench(folder).StartAsync();
        await after.SendAsync("a", "c2", new TillCommand.Deposit(1));
        await after.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal([1L, 2L], after.Engine.Views.ReadTopic("customer:cus_1", 0, 10).Select(entry => entry.Sequence));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_page_has_1_to_100_rows(int limit)
    {
        await using var bench = new Workbench();

        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Engine.Views.List(new ViewQuery("till", Limit: limit)));
    }

    [Fact]
    public async Task A_subscriber_that_throws_stops_nobody()
    {
        await using var bench = await new Workbench().StartAsync();
        using var broken = bench.Engine.Views.Subscribe(_ => throw new InvalidOperationException("no"));
        await bench.SendAsync("a", "c1", new TillCommand.Assign("cus_1"));
        await bench.SendAsync("a", "c2", new TillCommand.Deposit(1));

        await bench.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal(2, bench.Engine.Views.Head("customer:cus_1"));
    }

    private static string Picture(Workbench bench) => string.Join('\n', Enumerable.Range(0, 3).Select(n => $"customer:cus_{n}").Append("queue:mer_1")
        .SelectMany(topic => bench.Engine.Views.ReadTopic(topic, 0, 1_000)).Select(entry => entry.ToString())
        .Concat(bench.Engine.Views.List(new ViewQuery("till", Limit: 100)).Rows.Select(row => row.ToString())));

    private static void Damage(string file, string fault)
    {
        switch (fault)
        {
            case "lost":
                File.Delete(file);
                return;
            case "broken":
                File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)0x5a, 8_192)]);
                return;
        }

        using var views = SqliteDatabase.OpenWriter(file);
        views.Execute(fault switch
        {
            "other journal" => "UPDATE meta SET journal = 'another'; DELETE FROM states",
            "other shape" => "UPDATE meta SET schema = 99; DELETE FROM states",
            _ => "UPDATE meta SET position = position + 1; DELETE FROM states",
        });
    }
}
