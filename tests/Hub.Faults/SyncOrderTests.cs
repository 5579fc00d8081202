using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>The reader of traces sees what it is there to see: a test that could not fail would prove nothing.</summary>
public sealed class SyncOrderTests
{
    private const int Port = 5080;

    private static readonly SystemCall Written = new("pwrite64", "3</data/journal.db-wal>, \"req:abc\", 4096, 0) = 4096", 1, 1, "4096");
    private static readonly SystemCall Sent = new("sendmsg", "9<TCP:[127.0.0.1:5080->127.0.0.1:40000]>, \"HTTP/1.1 200 OK req_1\"", 10, 10, "200");

    [Theory]
    [InlineData(2, 9, "0", true)]
    [InlineData(2, 11, "0", false)]
    [InlineData(11, 12, "0", false)]
    [InlineData(2, 9, "-1 EIO (Input/output error)", false)]
    public void A_sync_counts_only_if_it_succeeded_after_the_write_and_before_the_answer(int began, int ended, string result, bool holds)
    {
        var sync = new SystemCall("fsync", "3</data/journal.db-wal>)", began, ended, result);

        var problem = Record.Exception(() => new SyncOrder([Written, sync, Sent]).SyncedBefore(["req:abc"], Port, "req_1"));

        Assert.Equal(holds, problem is null);
    }

    [Fact]
    public void A_sync_of_another_file_does_not_count() => Assert.NotNull(Record.Exception(() =>
        new SyncOrder([Written, new("fsync", "4</data/vault.db-wal>)", 2, 9, "0"), Sent]).SyncedBefore(["req:abc"], Port, "req_1")));

    [Fact]
    public void A_trace_that_shows_nothing_proves_nothing() =>
        Assert.NotNull(Record.Exception(() => new SyncOrder([]).SyncedBefore(["req:abc"], Port, "req_1")));
}
