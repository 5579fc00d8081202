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
}
