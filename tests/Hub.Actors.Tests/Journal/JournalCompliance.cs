using Hub.Actors.Journal;
using Hub.Domain.Kernel;

namespace Hub.Actors.Tests.Journal;

/// <summary>What every journal must do, whatever it is made of. An adapter's tests inherit it.</summary>
public abstract class JournalCompliance : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RequestKey Key = new("mer_1", "key-1");

    private IJournalStore? _store;

    protected IJournalStore Store => _store ??= Open();

    [Fact]
    [Trait("Invariant", "1")]
    public void Versions_of_a_stream_count_from_one()
    {
        Assert.IsType<WriteResult.Appended>(Write(Append("till/a", 0, "c1", 10, 20)));
        Assert.IsType<WriteResult.Appended>(Write(Append("till/a", 2, "c2", 30)));

        var slice = Store.ReadStream("till/a", 0);
        Assert.Equal([1L, 2L, 3L], slice.Events.Select(one => one.Version));
        Assert.Equal(["c1", "c1", "c2"], slice.Events.Select(one => one.CommandId));
        Assert.Equal([3L], Store.ReadStream("till/a", 2).Events.Select(one => one.Version));
        Assert.All(slice.Events, one => Assert.Equal(("deposited", "till/a", Noon), (one.Type, one.Stream, one.At)));
    }

    [Theory]
    [Trait("Invariant", "1")]
    [InlineData(0)]
    [InlineData(2)]
    public void An_append_at_another_version_conflicts_and_leaves_no_trace(long expected)
    {
        Write(Append("till/a", 0, "c1", 10));
        var before = Store.Balances();

        Assert.Equal(new WriteResult.Conflict(1), Write(Append("till/a", expected, "c2", 20)));

        Assert.Equal(1, Store.Head());
        Assert.Equal(before, Store.Balances());
        Assert.Null(Store.FindCommand("till/a", "c2"));
    }

    [Fact]
    public void An_append_to_a_stream_that_is_not_there_expects_version_zero()
    {
        Assert.Equal(new WriteResult.Conflict(0), Write(Append("till/a", 1, "c1", 10)));
        Assert.Equal(0, Store.ReadStream("till/a", 0).StreamId);
    }

    [Fact]
    public void An_append_that_conflicts_fails_alone()
    {
        Write(Append("till/a", 0, "c1", 10));

        var results = Store.Write([Append("till/b", 0, "c", 1), Append("till/a", 0, "late", 99), Append("till/a", 1, "c2", 20), Append("till/a", 1, "c3", 99)]);

        Assert.IsType<WriteResult.Appended>(results[0]);
        Assert.Equal(new WriteResult.Conflict(1), results[1]);
        Assert.IsType<WriteResult.Appended>(results[2]);
        Assert.Equal(new WriteResult.Conflict(2), results[3]);
        Assert.Equal(["c1", "c", "c2"], Store.ReadFeed(0, 10).Select(one => one.CommandId));
    }

    [Fact]
    public void Streams_are_numbered_in_order_of_birth_and_found_by_number()
    {
        var first = Assert.IsType<WriteResult.Appended>(Write(Append("till/z", 0, "c1", 1)));
        var second = Assert.IsType<WriteResult.Appended>(Write(Append("till/a", 0, "c1", 1)));

        Assert.True(first.StreamId < second.StreamId);
        Assert.IsType<WriteResult.Appended>(Write(Append("till/z", 1, "c2", 1) with { StreamId = first.StreamId }));
        Assert.Equal(2, Store.ReadStream("till/z", 0).Events.Count);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void A_command_is_found_by_its_id_with_all_its_events()
    {
        Write(Append("till/a", 0, "c1", 10));
        Write(Append("till/a", 1, "c2", 20, 30));
        Write(Append("till/b", 0, "c3", 10));

        var found = Store.FindCommand("till/a", "c2");

        Assert.Equal((2L, 3L), (found!.FirstVersion, found.LastVersion));
        Assert.Equal(Hash("c2"), found.Hash.ToArray());
        Assert.Null(Store.FindCommand("till/a", "c3"));
        Assert.Null(Store.FindCommand("till/none", "c1"));
    }

    [Fact]
    [Trait("Invariant", "3")]
    public void What_was_answered_is_there_after_a_restart()
    {
        Write(Append("till/a", 0, "c1", 10));
        var identity = Store.Identity;

        Reopen();

        Assert.Equal(identity, Store.Identity);
        Assert.Equal(1, Store.Head());
        Assert.NotNull(Store.FindCommand("till/a", "c1"));
    }

    [Fact]
    public void The_feed_is_in_order_of_commit_and_without_gaps()
    {
        for (var n = 0; n < 20; n++)
        {
            Write(Append($"till/{n % 3}", n / 3, $"c{n}", n + 1));
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), Store.ReadFeed(0, 100).Select(one => one.Position));
        Assert.Equal([6L, 7L, 8L], Store.ReadFeed(5, 3).Select(one => one.Position));
        Assert.Equal("c5", Store.ReadFeed(5, 1)[0].CommandId);
        Assert.Empty(Store.ReadFeed(20, 10));
    }

    [Fact]
    [Trait("Invariant", "18")]
    public void Timers_are_written_with_the_events_that_ask_for_them()
    {
        Write(Append("till/a", 0, "c1", Alarm("tea", Noon), Alarm("egg", Noon.AddTicks(1))));
        Write(Append("till/a", 0, "lost", Alarm("lost", Noon)));

        Assert.Equal([new StoredTimer("till/a", new TimerFired("tea", 1), Noon)], Store.DueTimers(Noon, null, 10));
        Assert.Equal(Noon.AddTicks(1), Store.NextTimer(Noon));
        Assert.Null(Store.NextTimer(Noon.AddTicks(1)));

        Write(Append("till/a", 2, "c2", new TillEvent.AlarmCleared("egg"), Alarm("tea", Noon.AddHours(1))));
        Assert.Equal([new StoredTimer("till/a", new TimerFired("tea", 4), Noon.AddHours(1))], Store.DueTimers(DateTimeOffset.MaxValue, null, 10));
    }

    [Fact]
    [Trait("Invariant", "18")]
    public void Due_timers_are_read_page_by_page_and_those_due_together_keep_one_order()
    {
        // Born in another order than that of their keys: what breaks a tie is the key.
        foreach (var stream in (string[])["till/c", "till/a", "till/b"])
        {
            Write(Append(stream, 0, "c1", Alarm("tea", Noon), Alarm("egg", Noon), Alarm($"late {stream}", Noon.AddTicks(1))));
        }

        var pages = new List<StoredTimer[]>();
        do
        {
            pages.Add([.. Store.DueTimers(Noon.AddTicks(1), pages.LastOrDefault()?[^1], 4)]);
        }
        while (pages[^1].Length == 4);

        Assert.Equal([4, 4, 1], pages.Select(page => page.Length));
        Assert.Equal(
            ["till/a egg", "till/a tea", "till/b egg", "till/b tea", "till/c egg", "till/c tea", "till/a late till/a", "till/b late till/b", "till/c late till/c"],
            pages.SelectMany(page => page).Select(timer => $"{timer.Stream} {timer.Timer.Name}"));
        Assert.Empty(Store.DueTimers(Noon.AddTicks(1), pages[^1][^1], 4));
    }

    [Fact]
    [Trait("Invariant", "18")]
    public void A_timer_goes_with_the_events_it_led_to_but_never_the_newer_one()
    {
        Write(Append("till/a", 0, "c1", Alarm("tea", Noon)));
        Write(Append("till/a", 1, "timer:tea:1", new TillEvent.Rang("tea", Noon)) with { Fired = new TimerFired("tea", 1) });
        Assert.Null(Store.FindTimer("till/a", "tea"));

        Write(Append("till/a", 2, "c2", Alarm("tea", Noon)));
        Write(new JournalWrite.CompleteTimer("till/a", new TimerFired("tea", 1)));
        Assert.NotNull(Store.FindTimer("till/a", "tea"));
        Write(new JournalWrite.CompleteTimer("till/a", new TimerFired("tea", 3)));
        Assert.Null(Store.FindTimer("till/a", "tea"));
    }

    [Fact]
    [Trait("Invariant", "7")]
    public void Balances_follow_the_postings_and_sum_to_zero()
    {
        Write(Append("till/a", 0, "c1", 10, 20));
        Write(Append("till/b", 0, "c1", 5));

        Assert.Equal([("customers", -35L), ("tills", 35L)], Store.Balances().Select(one => (one.Account.Name, one.Amount.Minor)));
        Assert.Equal([(1L, 10L), (1L, -10L), (2L, 20L), (2L, -20L)], Store.Postings("till/a").Select(one => (one.Version, one.Amount.Minor)));
        Assert.Equal(0, Store.Balances().Sum(one => one.Amount.Minor));
    }

    [Fact]
    public void A_request_is_ours_once_and_in_flight_until_it_is_answered()
    {
        Assert.Equal(new Reservation.Mine("pay_1"), Reserve("f", "pay_1"));
        Assert.Equal(new Reservation.InFlight(), Reserve("f", "pay_2"));
        Assert.Equal(new Reservation.OtherRequest(), Reserve("g", "pay_2"));

        Write(new JournalWrite.CompleteRequest(Key, [1, 2]));
        Write(new JournalWrite.CompleteRequest(Key, [3]));
        Write(new JournalWrite.ReleaseRequest(Key));

        Assert.Equal([1, 2], Assert.IsType<Reservation.Answered>(Reserve("f", "pay_3")).Answer);
        Assert.Equal(new Reservation.OtherRequest(), Reserve("g", "pay_3"));
        Assert.Equal(new Reservation.Mine("pay_4"), Reserve("f", "pay_4", Key with { Tenant = "mer_2" }));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void A_request_given_back_may_be_another_but_keeps_its_first_id_for_its_turn_may_have_taken_effect()
    {
        Reserve("f", "pay_1");
        Write(new JournalWrite.ReleaseRequest(Key));

        Assert.Equal(new Reservation.Mine("pay_1"), Reserve("g", "pay_2"));
        Assert.Equal(new Reservation.InFlight(), Reserve("g", "pay_3"));
        Assert.Equal(new Reservation.OtherRequest(), Reserve("f", "pay_3"));

        Write(new JournalWrite.ReleaseRequest(Key));
        Reopen();
        Assert.Equal(new Reservation.Mine("pay_1"), Reserve("f", "pay_4"));
    }

    [Fact]
    public void A_request_whose_process_died_is_taken_over_with_its_first_id()
    {
        Reserve("f", "pay_1");

        Reopen();

        Assert.Equal(new Reservation.OtherRequest(), Reserve("g", "pay_2"));
        Assert.Equal(new Reservation.Mine("pay_1"), Reserve("f", "pay_2"));
        Assert.Equal(new Reservation.InFlight(), Reserve("f", "pay_3"));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_request_left_behind_is_taken_over_after_its_time(int ticks, bool mine)
    {
        Reserve("f", "pay_1");

        var again = Reserve("f", "pay_2", at: Noon + Requests.Abandoned + TimeSpan.FromTicks(ticks));

        Assert.Equal(mine ? new Reservation.Mine("pay_1") : new Reservation.InFlight(), again);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Old_requests_are_forgotten(int ticks, bool kept)
    {
        Reserve("f", "pay_1");
        Write(new JournalWrite.CompleteRequest(Key, [1]));

        Write(new JournalWrite.PurgeRequests(Noon.AddTicks(ticks), 10));

        Assert.Equal(kept, Reserve("f", "pay_2") is Reservation.Answered);
    }

    [Fact]
    public void A_checkpoint_never_goes_back()
    {
        Write(new JournalWrite.SaveCheckpoints("r", [new Checkpoint(3, 10), new Checkpoint(1, 7)]));
        Write(new JournalWrite.SaveCheckpoints("r", [new Checkpoint(3, 9), new Checkpoint(1, 8)]));
        Write(new JournalWrite.SaveCheckpoints("s", [new Checkpoint(3, 99)]));

        Assert.Equal([new Checkpoint(1, 8), new Checkpoint(3, 10)], Store.Checkpoints("r"));
    }

    [Fact]
    public void A_parked_stream_is_remembered_until_it_has_caught_up()
    {
        var parked = new Parking("r", "till/a", 2, 17, "System.Exception", Noon);
        Write(new JournalWrite.Park(parked with { Version = 1 }));
        Write(new JournalWrite.Park(parked));

        Reopen();
        Assert.Equal([parked], Store.Parked("r"));

        Write(new JournalWrite.Unpark("r", "till/a", 1));
        Assert.Equal([parked], Store.Parked("r"));

        Write(new JournalWrite.Unpark("r", "till/a", 2));
        Assert.Empty(Store.Parked("r"));
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the journal under test; the same one each time within a test.</summary>
    protected abstract IJournalStore Open();

    protected virtual void Dispose(bool disposing) => _store?.Dispose();

    protected static JournalWrite.Append Append(string stream, long expected, string command, params long[] deposits) =>
        Append(stream, expected, command, [.. deposits.Select(minor => new TillEvent.Deposited(minor, Noon))]);

    /// <summary>One append, for tests that inherit nothing.</summary>
    internal static JournalWrite.Append Deposit(string stream, long expected, string command, params long[] deposits) => Append(stream, expected, command, deposits);

    private static JournalWrite.Append Append(string stream, long expected, string command, params TillEvent[] events) =>
        new(stream, 0, expected, [.. events.Select(Event)], command, Hash(command), Noon);

    private static EventWrite Event(TillEvent happened)
    {
        var payload = Till.Kind.WriteEvent(happened);
        return new EventWrite(happened, Till.Kind.TypeName(happened, payload), payload, [.. Till.Timers(happened)], [.. Till.Postings(happened)]);
    }

    private static TillEvent.AlarmSet Alarm(string name, DateTimeOffset due) => new(name, due);

    private static byte[] Hash(string command) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(command));

    private WriteResult Write(JournalWrite write) => Store.Write([write])[0];

    private Reservation Reserve(string fingerprint, string id, RequestKey? key = null, DateTimeOffset? at = null) =>
        Assert.IsType<WriteResult.Reserved>(Write(new JournalWrite.ReserveRequest(
            key ?? Key, fingerprint, id, at ?? Noon, (at ?? Noon) - Requests.Abandoned))).Reservation;

    private void Reopen()
    {
        Store.Dispose();
        _store = Open();
    }
}
