using Hub.Actors.Audit;
using Hub.Actors.Journal;
using Hub.Domain.Cases;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using static Hub.Actors.Tests.Audit.Row;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariants 1, 2, 4, 18, 21, 22: what holds for every stream.</summary>
public sealed class StreamAuditTests
{
    private static readonly CaseEvent Opened = new CaseEvent.Opened(new CaseMatter("cas_1", "amount_mismatch", "mer_1", null, null, null, null), Tape.Noon);
    private static readonly CaseEvent Settled = new CaseEvent.Settled("staff_1", "looked", Tape.Noon);

    private static readonly ConversationEvent Answered = new ConversationEvent.MessageWritten(
        "msg_1", Author.Staff, "ada", Channel.Chat, new Sealed("words"), Tape.Noon, Tape.Noon.AddSeconds(60));

    private static readonly DigestItem Item = new("itm_1", NotificationKind.Shipped, new About("mer_1", "cus_1"), Tape.Noon);
    private static readonly DigestEvent Waits = new DigestEvent.Collected("mer_1", "cus_1", Item);
    private static readonly DigestEvent Leaves = new DigestEvent.FellDue(new DigestBatch("dig_1_1", [Item], Tape.Noon));

    private static readonly Row[] Rows =
    [
        Holds("versions 1 and 2", t => t.Turn("case/cas_1", Opened).Turn("case/cas_1", Settled)),
        Breaking(1, "a first version of 2", t => t.Write(t.Next("case/cas_1", Opened) with { Version = 2 })),
        Breaking(1, "a gap of one version", t => t.Turn("case/cas_1", Opened).Write(t.Next("case/cas_1", Settled) with { Version = 3 })),
        new("a version twice, by two commands", [1, 21], t => t.Turn("case/cas_1", Opened).Write(t.Next("case/cas_1", Settled, "other") with { Version = 1 })),
        Breaking(1, "a position twice", t => t.Turn("case/cas_1", Opened).Write(t.Next("case/cas_1", Settled) with { Position = 1 })),
        Holds("positions with a hole", t => t.Turn("case/cas_1", Opened).Write(t.Next("case/cas_1", Settled) with { Position = 7 })),
        Holds("one command, two events", t => t.As("once", "case/cas_1", Opened, Settled)),
        Holds("one command id at two actors", t => t.As("same", "case/cas_1", Opened).As("same", "case/cas_2", Opened)),
        Breaking(4, "a command twice in a row, as two appends", t => t.As("twice", "case/cas_1", Opened).As("twice", "case/cas_1", Settled)),
        Breaking(4, "a command again later", t => t.As("one", "case/cas_1", Opened).As("two", "case/cas_1", Settled).As("one", "case/cas_1", Settled)),
        Breaking(4, "a command again, told by its time alone", t => t
            .Write(t.Next("case/cas_1", Opened) with { IsFirst = null })
            .Write(t.Next("case/cas_1", Settled) with { IsFirst = null, At = Tape.Noon.AddTicks(1) })),
        Holds("the second event of a turn, told by its time alone", t => t
            .Write(t.Next("case/cas_1", Opened) with { IsFirst = null })
            .Write(t.Next("case/cas_1", Settled) with { IsFirst = null })),
        Breaking(4, "a command id with another payload", t => t
            .Write(t.Next("case/cas_1", Opened) with { IsFirst = null, CommandHash = new byte[] { 1 } })
            .Write(t.Next("case/cas_1", Settled) with { IsFirst = null, CommandHash = new byte[] { 2 } })),
        Holds("an order of its merchant's customer", t => t.Turn("customer/cus_1", Tape.Registered("cus_1", "mer_1")).Order(Tape.Placed("ord_1"))),
        Breaking(22, "an order of another merchant's customer", t => t.Turn("customer/cus_1", Tape.Registered("cus_1", "mer_2")).Order(Tape.Placed("ord_1"))),
        Breaking(22, "a payment of another merchant", t => t.Order(Tape.Placed("ord_1"), Tape.Granted("pay_1"))
            .Pay(new PaymentEvent.Created("pay_1", Tape.Grant() with { Merchant = "mer_2" }, CaptureMode.Manual, Tape.Deadline, Tape.Noon))),
        Holds("a conversation of its customer", t => t.Turn("customer/cus_1", Tape.Registered("cus_1", "mer_1")).Turn("conversation/cnv_1", Begun("cus_1", "mer_1"))),
        Breaking(22, "a conversation with another merchant than the customer's own", t => t.Turn("customer/cus_1", Tape.Registered("cus_1", "mer_1")).Turn("conversation/cnv_1", Begun("cus_1", "mer_2"))),
        Breaking(22, "a conversation of another customer than its name says", t => t.Turn("customer/cus_2", Tape.Registered("cus_2", "mer_1")).Turn("conversation/cnv_1", Begun("cus_2", "mer_1"))),
        Breaking(18, "an answer of staff's that nobody would be reminded of", t => t.Turn("conversation/cnv_1", Begun("cus_1", "mer_1"), new ConversationEvent.Assigned("ada", "ada", Tape.Noon)).Write(t.Next("conversation/cnv_1", Answered) with { Timers = [] })),
        Holds("a digest that is put off to its time, and leaves", t => t.Turn("digest/dig_1", Waits, new DigestEvent.Scheduled(Tape.Noon), Leaves)),
        Breaking(18, "a digest that nobody would let go", t => t.Turn("digest/dig_1", Waits).Write(t.Next("digest/dig_1", new DigestEvent.Scheduled(Tape.Noon)) with { Timers = [] })),
        Holds("a timer that fires when it is due", t => Fire(t, "expiry", 1, Tape.Deadline)),
        Holds("a timer that fires late", t => Fire(t, "expiry", 1, Tape.Deadline.AddDays(9))),
        Breaking(18, "a timer that fires a tick early", t => Fire(t, "expiry", 1, Tape.Deadline.AddTicks(-1), ends: false)),
        Breaking(18, "a timer that was never set", t => Fire(t, "bank:att_1/authorize", 1, Tape.Deadline)),
        Breaking(18, "a timer of an earlier setting", t => Fire(t, "expiry", 2, Tape.Deadline)),
        Breaking(18, "a timer that fires twice", t => Fire(Fire(t, "expiry", 1, Tape.Deadline, ends: false), "expiry", 1, Tape.Deadline, begin: false, ends: false, command: "timer:expiry:1:again")),
        Breaking(18, "an event without the timer it asks for", t => t.Order(Tape.Placed("ord_1"), Tape.Granted("pay_1"))
            .Write(t.Next("payment/pay_1", new PaymentEvent.Created("pay_1", Tape.Grant(), CaptureMode.Manual, Tape.Deadline, Tape.Noon)) with { Timers = [] })),
        Breaking(18, "an expiry a tick early", t => Late(t, Tape.Deadline.AddTicks(-1)).Pay(new PaymentEvent.Expired(t.At))),
        Holds("an expiry in time", t => Late(t, Tape.Deadline).Pay(new PaymentEvent.Expired(t.At))),
        Breaking(2, "an event before the payment", t => t.Pay(new PaymentEvent.ExpiryDeferred(Tape.Noon))),
    ];

    private static ConversationEvent.Begun Begun(string customer, string merchant) => new("cnv_1", merchant, customer, Tape.Noon);

    public static TheoryData<string> All => Names(Rows);

    [Theory]
    [MemberData(nameof(All))]
    public void A_stream_breaks_exactly_what_it_breaks(string row) => Check(Rows, row);

    /// <summary>Invariant 2.</summary>
    [Fact]
    public void With_the_kinds_of_actors_a_stream_that_does_not_fold_is_found_once()
    {
        var audit = new JournalAudit(new KindCatalog(HubKinds.All));
        var tape = new Tape();

        audit.Read(tape.Next("order/ord_1", new OrderEvent.Canceled("why", Tape.Noon)));
        audit.Read(tape.Next("order/ord_1", new OrderEvent.Canceled("why", Tape.Noon)) with { Position = 2, Version = 2, CommandId = "next" });

        Assert.Equal([2], audit.Violations.Select(v => v.Invariant));
    }

    /// <summary>Invariant 2.</summary>
    [Fact]
    public void An_event_with_parts_missing_is_found_and_the_audit_goes_on()
    {
        var tape = new Tape().Order(Tape.Placed("ord_1") with { Invoice = null! }).Turn("case/cas_1", Opened);

        Assert.Equal([2], tape.Broken);
        Assert.Equal(2, tape.Audit.Position);
    }

    [Fact]
    public void Of_a_journal_that_is_wrong_from_end_to_end_a_hundred_violations_are_kept_and_all_are_counted()
    {
        var tape = new Tape();
        for (var i = 0; i < 150; i++) tape.Write(tape.Next($"case/cas_{i}", Opened) with { Version = 2 });

        Assert.Equal(100, tape.Audit.Violations.Count);
        Assert.Equal(150, Assert.Single(tape.Audit.Tally, t => t.Found > 0).Found);
    }

    private static Tape Late(Tape t, DateTimeOffset at)
    {
        t.Created();
        t.At = at;
        return t;
    }

    // As the timers' runner sends it: the command's id names the timer.
    private static Tape Fire(Tape t, string timer, long setAt, DateTimeOffset at, bool begin = true, bool ends = true, string? command = null)
    {
        if (begin) t.Created();
        t.At = at;
        Event happened = ends ? new PaymentEvent.Expired(at) : new PaymentEvent.ExpiryDeferred(at);
        var fired = t.Next("payment/pay_1", happened, command ?? $"timer:{timer}:{setAt}");
        return t.Write(command is null ? fired : fired with { Fired = new TimerFired(timer, setAt) });
    }
}
