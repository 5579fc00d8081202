using Hub.Actors.Journal;
using Hub.Actors.Journal.Sqlite;
using Hub.Actors.Ports;
using Hub.Actors.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Actors.Tests.Journal;

public sealed class SqliteJournalTests : JournalCompliance
{
    private readonly Folder _folder = new();

    [Fact]
    public void A_second_process_is_kept_out_with_the_reason()
    {
        _ = Store;

        var refused = Assert.Throws<JournalLockedException>(() => _folder.Open());

        Assert.Contains(_folder.Journal, refused.Message, StringComparison.Ordinal);
        Assert.Contains("open in another process", refused.Message, StringComparison.Ordinal);
        Store.Dispose();
        _folder.Open().Dispose();
    }

    [Fact]
    public void A_live_journal_can_be_read_beside_its_writer()
    {
        Store.Write([Append("till/a", 0, "c1", 10)]);
        using var reader = SqliteJournalReader.Open(_folder.Journal);
        Assert.Equal(1, reader.Head());

        Store.Write([Append("till/a", 1, "c2", 10)]);

        Assert.Equal(2, reader.Head());
        Assert.Equal(Store.Identity, reader.Identity);
    }

    [Fact]
    public void A_journal_at_rest_can_be_read_and_one_that_is_not_there_is_not_made()
    {
        Store.Write([Append("till/a", 0, "c1", 10)]);
        Store.Dispose();

        using (var reader = SqliteJournalReader.Open(_folder.Journal))
        {
            Assert.Equal(1, reader.Head());
        }

        Assert.Throws<FileNotFoundException>(() => SqliteJournalReader.Open(_folder.Journal + "x"));
    }

    [Fact]
    public void A_journal_of_the_first_version_is_brought_up_to_this_one()
    {
        Store.Write([Append("till/a", 0, "c1", 10)]);
        Store.Dispose();
        using (var old = SqliteDatabase.OpenWriter(_folder.Journal))
        {
            old.Execute("ALTER TABLE events DROP COLUMN opening; UPDATE meta SET value = '1' WHERE name = 'schema'");
        }

        using var journal = _folder.Open();
        Assert.Equal(0, journal.FindCommand("till/a", "c1")!.Opening);
        journal.Write([Append("till/a", 1, "c2", 20)]);
        Assert.Equal(journal.Opening, journal.FindCommand("till/a", "c2")!.Opening);
    }

    [Fact]
    public void A_journal_of_another_version_is_refused()
    {
        Store.Dispose();
        using (var other = SqliteDatabase.OpenWriter(_folder.Journal))
        {
            other.Execute($"UPDATE meta SET value = '{SqliteSchema.Version + 1}' WHERE name = 'schema'");
        }

        var refused = Assert.Throws<InvalidOperationException>(() => _folder.Open());
        Assert.Contains($"schema version {SqliteSchema.Version + 1}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoints_lose_nothing()
    {
        Store.Dispose();
        using var journal = SqliteJournal.Open(
            new SqliteJournalOptions(_folder.Journal, why => Assert.Fail(why), CheckpointBytes: 1), new SystemRandomSource(), NullLogger.Instance);
        for (var n = 0; n < 10; n++)
        {
            journal.Write([Append("till/a", n, $"c{n}", 1)]);
            journal.Maintain();
        }

        Assert.Equal(10, journal.ReadStream("till/a", 0).Events.Count);
    }

    [Fact]
    public void A_full_disk_refuses_the_write_and_takes_the_next_one_when_there_is_space()
    {
        Store.Write([Append("till/a", 0, "c1", 10)]);
        using var journal = Limited(pages: 1);

        Assert.Throws<JournalUnavailableException>(() => journal.Write([Append("till/b", 0, "c1", [.. Enumerable.Repeat(1L, 500)])]));
        Assert.Equal(0, journal.ReadStream("till/b", 0).StreamId);

        journal.LimitPages(1_000_000);
        Assert.IsType<WriteResult.Appended>(journal.Write([Append("till/b", 0, "c1", [.. Enumerable.Repeat(1L, 500)])])[0]);
    }

    protected override IJournalStore Open() => _folder.Open();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    // SQLite's own limit on the file's size fails with the same code as a full disk.
    private SqliteJournal Limited(int pages)
    {
        Store.Dispose();
        var journal = _folder.Open();
        journal.LimitPages(pages);
        return journal;
    }
}
