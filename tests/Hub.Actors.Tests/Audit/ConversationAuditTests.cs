using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;
using static Hub.Actors.Tests.Audit.Row;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariant 28: a message stands in its conversation once, as its author may write it, and one person at most has the conversation.</summary>
public sealed class ConversationAuditTests
{
    private const string Ada = "ada@shop.example";
    private const string Bob = "bob@shop.example";
    private static readonly DateTimeOffset Noon = Tape.Noon;

    private static readonly Row[] Rows =
    [
        Holds("asked, taken, answered, read, resolved, asked again", t => Talk(t, Asks("msg_1"), Queued(null)).Do(Takes(Ada)).Do(Answers("msg_2", Ada)).Do(Reads(Author.Customer, 5)).Do(Reads(Author.Staff, 2)).Do(new ConversationEvent.Resolved(Ada, Noon)).Do(Asks("msg_3"), Queued(null))),
        Holds("handed over and put back", t => Talk(t, Asks("msg_1"), Queued(null)).Do(Takes(Ada)).Do(Takes(Bob)).Do(Queued(Bob))),
        Holds("a wish where somebody has it", t => Talk(t, Asks("msg_1"), Queued(null)).Do(Takes(Ada)).Do(Asks("msg_2") with { Wish = Wish.Person }).Do(Reads(Author.Staff, 5))),
        Holds("told elsewhere and told of the next", t => Talk(t, Takes(Ada), Answers("msg_1", Ada)).Do(Told(3, 3)).Do(Answers("msg_2", Ada)).Do(Told(5, 5))),
        Holds("shown and ended", t => Talk(t, Offers("msg_1")).Do(Ends)),
        Holds("read in time", t => At(Talk(t, Takes(Ada), Answers("msg_1", Ada)).Do(Reads(Author.Customer, 3)), Noon.AddMinutes(1))),
        Breaking(28, "a message twice", t => Talk(t, Asks("msg_1"), Queued(null)).Do(Asks("msg_1"))),
        Breaking(28, "a message that is a note as well", t => Talk(t, Asks("msg_1"), Queued(null)).Do(new ConversationEvent.NoteWritten("msg_1", Ada, new Sealed("words"), Noon))),
        Breaking(28, "a note of nobody", t => Talk(t, new ConversationEvent.NoteWritten("msg_1", "", new Sealed("words"), Noon))),
        Breaking(28, "a customer's message by staff", t => Talk(t, Asks("msg_1") with { By = Ada })),
        Breaking(28, "a customer's message the customer is reminded of", t => Talk(t, Asks("msg_1") with { RemindAt = Noon })),
        Breaking(28, "staff's message by nobody", t => Talk(t, Takes(Ada), Answers("msg_1", Ada) with { By = null })),
        Breaking(28, "staff's message without its reminder", t => Talk(t, Takes(Ada), Answers("msg_1", Ada) with { RemindAt = null })),
        Breaking(28, "staff's wish", t => Talk(t, Takes(Ada), Answers("msg_1", Ada) with { Wish = Wish.Person })),
        Breaking(28, "the hub's wish", t => Talk(t, Asks("msg_1") with { Author = Author.Hub, Wish = Wish.Refund }, Queued(null))),
        Breaking(28, "staff's message by whoever does not have it", t => Talk(t, Takes(Ada), Answers("msg_1", Bob))),
        Breaking(28, "staff's message after it was resolved", t => Talk(t, Takes(Ada), new ConversationEvent.Resolved(Ada, Noon)).Do(Answers("msg_1", Ada))),
        Breaking(28, "a wish that waits for nobody", t => Talk(t, Asks("msg_1") with { Wish = Wish.Person }).Do(Asks("msg_2"))),
        Breaking(28, "queued twice", t => Talk(t, Asks("msg_1"), Queued(null)).Do(Queued(null))),
        Breaking(28, "put back by somebody where nobody has it", t => Talk(t, Asks("msg_1"), Queued(null)).Do(Queued(Ada))),
        Breaking(28, "given to whoever has it", t => Talk(t, Takes(Ada)).Do(Takes(Ada))),
        Breaking(28, "given to nobody", t => Talk(t, Takes(""))),
        Breaking(28, "resolved twice", t => Talk(t, new ConversationEvent.Resolved(Ada, Noon))),
        Breaking(28, "begun twice", t => Talk(t, Begun)),
        Breaking(28, "never begun", t => new Script(t).Do(Asks("msg_1"))),
        Breaking(28, "read backwards", t => Talk(t, Asks("msg_1"), Queued(null)).Do(Reads(Author.Staff, 2)).Do(Reads(Author.Staff, 2))),
        Breaking(28, "read before it was written", t => Talk(t, Asks("msg_1")).Do(Reads(Author.Staff, 3))),
        Breaking(28, "told of what was read", t => Talk(t, Takes(Ada), Answers("msg_1", Ada)).Do(Reads(Author.Customer, 3)).Do(Told(3, 3))),
        Breaking(28, "told of twice", t => Talk(t, Takes(Ada), Answers("msg_1", Ada)).Do(Told(3, 3)).Do(Told(3, 3))),
        Breaking(28, "told of what the customer wrote", t => Talk(t, Asks("msg_1")).Do(Told(2, 2))),
        Breaking(28, "ended and never shown", t => Talk(t, Ends)),
        Breaking(28, "ended twice", t => Talk(t, Offers("msg_1")).Do(Ends).Do(Ends)),
        Breaking(18, "not read, and nobody was told", t => At(Talk(t, Takes(Ada), Answers("msg_1", Ada)), Noon.AddMinutes(1))),
        Breaking(22, "another customer's", t => new Script(t).Do(Begun with { Customer = "cus_2" })),
    ];

    public static TheoryData<string> All => Names(Rows);

    private static ConversationEvent.Begun Begun => new("cnv_1", "mer_1", "cus_1", Noon);

    private static ConversationEvent.ConfirmationEnded Ends => new("con_1", ConfirmationStatus.Matched, Noon);

    [Theory]
    [MemberData(nameof(All))]
    public void A_conversation_breaks_exactly_what_it_breaks(string row) => Check(Rows, row);

    private static Script Talk(Tape t, params Event[] events) => new Script(t).Do(Begun).Do(events);

    private static void At(Script script, DateTimeOffset now) => script.Tape.Audit.AtRest(now);

    private static ConversationEvent.MessageWritten Asks(string id) => new(id, Author.Customer, null, Channel.Chat, new Sealed("words"), Noon);

    private static ConversationEvent.MessageWritten Answers(string id, string by) => new(id, Author.Staff, by, Channel.Chat, new Sealed("words"), Noon, RemindAt: Noon.AddMinutes(1));

    private static ConversationEvent.Queued Queued(string? by) => new(by, Noon);

    private static ConversationEvent.Assigned Takes(string to) => new(to, to, Noon);

    private static ConversationEvent.Read Reads(Author side, long sequence) => new(side, sequence, Noon);

    private static ConversationEvent.ReplyDue Told(long from, long to) => new(from, to, null, Noon);

    private static ConversationEvent.ConfirmationOffered Offers(string id) =>
        new(id, new Offer("pay_1", "ord_1", "con_1", 1, "key_1", Tape.Eur(50_00), "Shop", "en", Noon), Noon);

    private sealed record Script(Tape Tape)
    {
        internal Script Do(params Event[] events)
        {
            Tape.Turn("conversation/cnv_1", events);
            return this;
        }
    }
}
