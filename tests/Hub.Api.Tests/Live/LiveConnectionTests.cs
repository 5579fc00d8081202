using Hub.Api.Access;
using Hub.Api.Live;
using Hub.Domain.Kernel;

namespace Hub.Api.Tests.Live;

/// <summary>The queue of one watcher, without a wire.</summary>
public sealed class LiveConnectionTests
{
    private const string Topic = "payment:pay_a";
    private static readonly Subjects PaymentA = new("mer_a", "cus_a", "ord_a", "pay_a");
    private static readonly Caller Anna = new Caller.Customer("mer_a", "cus_a", null) { CredentialId = "crd_1" };

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Whoever_has_too_many_waiting_is_cut_off(int waiting, bool cutOff)
    {
        var views = new MemoryViews();
        var taking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cuts = 0;
        await using var connection = new LiveConnection(Anna, views, new TestLiveViews(), new LiveOptions { MostWaiting = 4 }, new Told(SendAsync), TimeProvider.System, () => cuts++);
        await connection.WatchAsync(Topic, 0);

        connection.Take(views.Add(Topic, PaymentA));
        await taking.Task;
        for (var i = 0; i < waiting; i++)
        {
            connection.Take(views.Add(Topic, PaymentA));
        }

        Assert.Equal(cutOff, cuts > 0);
        slow.SetResult();

        Task SendAsync(LiveUpdate update)
        {
            taking.TrySetResult();
            return slow.Task;
        }
    }

    [Fact]
    public async Task A_gap_between_two_entries_is_read_from_the_view()
    {
        var views = new MemoryViews();
        var sent = new List<long>();
        await using var connection = new LiveConnection(Anna, views, new TestLiveViews(), new LiveOptions(), new Told(SendAsync), TimeProvider.System, () => { });
        await connection.WatchAsync(Topic, 0);

        views.Add(Topic, PaymentA);
        views.Add(Topic, PaymentA);
        var third = views.Add(Topic, PaymentA);
        connection.Take(third);
        connection.Take(third);
        await connection.WatchAsync("payment:other", 0);

        Assert.Equal([1, 2, 3], sent);

        Task SendAsync(LiveUpdate update)
        {
            sent.Add(update.Sequence);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_topic_given_up_while_it_is_replayed_sends_no_more()
    {
        var views = new MemoryViews();
        var sent = new List<long>();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = new LiveConnection(Anna, views, new TestLiveViews(), new LiveOptions { ReplayPage = 1 }, new Told(SendAsync), TimeProvider.System, () => { });
        views.Add(Topic, PaymentA);
        views.Add(Topic, PaymentA);

        var replayed = connection.WatchAsync(Topic, 0);
        await first.Task;
        connection.Unwatch(Topic);
        goOn.SetResult();

        Assert.Equal(1, await replayed);
        Assert.Equal([1], sent);

        Task SendAsync(LiveUpdate update)
        {
            sent.Add(update.Sequence);
            first.TrySetResult();
            return goOn.Task;
        }
    }

    private sealed class Told(Func<LiveUpdate, Task> send) : ILiveClient
    {
        public Task update(LiveUpdate update) => send(update);

        public Task typing(TypingNotice typing) => Task.CompletedTask;
    }
}
