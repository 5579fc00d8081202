using Hub.Actors.Feed;
using Hub.Actors.Tests.Journal;

namespace Hub.Actors.Tests.Feed;

public sealed class JournalFeedTests
{
    [Fact]
    public async Task Who_waits_is_woken_by_a_look_that_finds_what_others_wrote()
    {
        using var folder = new Folder();
        using var store = folder.Open();
        var feed = new JournalFeed(store, new KindCatalog([Till.Kind]), new FakeTime());
        var waiting = feed.WaitAsync(0, _ => true, Workbench.Cancel);

        feed.Look();
        Assert.False(waiting.IsCompleted);
        store.Write([JournalCompliance.Deposit("till/a", 0, "c1", 1)]);
        feed.Look();

        await waiting;
        Assert.Equal([1L], feed.Read(0, 10).Select(one => one.Position));
    }

    [Fact]
    [Trait("Invariant", "19")]
    public async Task Who_follows_other_partitions_sleeps_on_until_somebody_looks()
    {
        using var folder = new Folder();
        using var store = folder.Open();
        var feed = new JournalFeed(store, new KindCatalog([Till.Kind]), new FakeTime());
        var (a, b) = (StreamPartition.Of("till/a"), StreamPartition.Of("till/b"));
        Assert.NotEqual(a, b);
        var (own, others) = (feed.WaitAsync(0, entry => entry.Partition == a, Workbench.Cancel), feed.WaitAsync(0, entry => entry.Partition == b, Workbench.Cancel));

        var deposit = JournalCompliance.Deposit("till/a", 0, "c1", 1);
        feed.Publish([deposit], store.Write([deposit]));

        await own;
        Assert.False(others.IsCompleted);
        feed.Wake();
        await others;
    }
}
