using Hub.Domain.Cases;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using static Hub.Actors.Tests.Audit.Row;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariant 27: what waits for a digest leaves in exactly one, and is told of by its mail or by itself.</summary>
public sealed class DigestAuditTests
{
    private static readonly DateTimeOffset Nine = Tape.Noon.AddHours(21);
    private static readonly Route Mailbox = new(Channel.Email, "adr_2", "key_2", new Sealed("sealed"));

    private static readonly Row[] Rows =
    [
        Holds("told of by its mail", t => Rest(Due(t, 1, 2).Turn("notification/ntf_d", Mail()).Turn("notification/ntf_d", Acknowledged))),
        Holds("one by mail and one by itself", t => Rest(Due(t, 1, 2).Turn("notification/ntf_d", Mail(NoticeTopic.Receipts)).Turn("notification/ntf_d", Acknowledged).Turn("notification/ntf_v2", Alone(2)).Turn("notification/ntf_v2", Acknowledged))),
        Holds("its mail failed, and a case says so", t => Rest(Failed(Due(t, 1, 2)))),
        Holds("one by mail and one by text", t => Rest(Due(t, 1, 2).Turn("notification/ntf_d", Mail(NoticeTopic.Receipts), Acknowledged).Turn("notification/ntf_s", Mail(NoticeTopic.Shipping) with { Id = "ntf_s" }, Acknowledged))),
        Holds("a mail that names no topics is about all", t => Rest(Due(t, 1, 2).Turn("notification/ntf_d", Mail() with { About = About("dig_1_1") with { Topics = null } }, Acknowledged))),
        Holds("the customer was forgotten, by a clock that is behind", t => Rest(Waiting(t, 1).Later(TimeSpan.FromHours(-2)).Turn("customer/cus_1", new CustomerEvent.Erased("merchant:mer_1", Tape.Noon.AddHours(-2))).Turn("digest/dig_1", FellDue(1, 1)))),
        Holds("the customer muted it as it came up", t => Rest(Waiting(t.Turn("customer/cus_1", new CustomerEvent.TopicMuted(NoticeTopic.Receipts, Channel.Email, "dlv_1", MutedBy.Unsubscribe, Tape.Noon)), 1).Turn("digest/dig_1", FellDue(1, 1)))),
        Holds("its mail came back and went to another mailbox", t => Rest(Due(t, 1).Turn("notification/ntf_d", Mail(), Acknowledged).Turn("notification/ntf_db5", Mail() with { Id = "ntf_db5" }, Acknowledged))),
        Holds("its mail may have arrived", t => Rest(Due(t, 1).Turn("notification/ntf_d", Mail(), Intended, new NotificationEvent.DeliveryStarted("dlv_d_1", Channel.Email), new NotificationEvent.GaveUp(GiveUpReason.NoReceipt, "cas_1")).Turn("case/cas_1", Case))),
        Holds("the customer muted it meanwhile", t => Rest(Waiting(t, 1).Turn("customer/cus_1", new CustomerEvent.TopicMuted(NoticeTopic.Receipts, Channel.Email, "dlv_1", MutedBy.Unsubscribe, Tape.Noon)).Turn("digest/dig_1", FellDue(1, 1)))),
        Holds("two digests one after the other", t => Rest(Due(t, 1).Turn("notification/ntf_d", Mail(), Acknowledged).Turn("digest/dig_1", Collected(2), new DigestEvent.Scheduled(Nine.AddDays(1))).Turn("digest/dig_1", FellDue(2, 2)).Turn("notification/ntf_e", Mail() with { Id = "ntf_e", About = About("dig_1_2", NoticeTopic.Shipping) }, Acknowledged))),
        Breaking(27, "nothing tells of it", t => Rest(Due(t, 1))),
        Breaking(27, "its mail tells of another topic", t => Rest(Due(t, 1, 2).Turn("notification/ntf_d", Mail(NoticeTopic.Receipts), Acknowledged))),
        Breaking(27, "the customer's new name is no reason", t => Rest(Due(t, 1).Turn("customer/cus_1", new CustomerEvent.Changed(new Sealed("name"), null)))),
        Breaking(27, "waits twice", t => Waiting(t, 1).Turn("digest/dig_1", Collected(1))),
        Breaking(27, "waits and was told of by itself", t => Waiting(t.Turn("notification/ntf_v1", Alone(1)), 1)),
        Breaking(27, "left out", t => Waiting(t, 1, 2).Turn("digest/dig_1", FellDue(1, 1))),
        Breaking(27, "let go twice", t => Due(t, 1).Turn("digest/dig_1", FellDue(1, 1))),
        Breaking(27, "carried by mail and text", t => Due(t, 1).Turn("notification/ntf_d", Mail(NoticeTopic.Receipts)).Turn("notification/ntf_s", Mail(NoticeTopic.Receipts) with { Id = "ntf_s" })),
        Breaking(27, "a mail of a digest that did not leave", t => Waiting(t, 1).Turn("notification/ntf_d", Mail())),
        Breaking(27, "what cannot wait waits", t => t.Turn("digest/dig_1", new DigestEvent.Collected("mer_1", "cus_1", Item(1) with { Kind = NotificationKind.Confirmation }))),
        Breaking(27, "a time is set twice", t => Waiting(t, 1).Turn("digest/dig_1", new DigestEvent.Scheduled(Nine))),
        Breaking(22, "waits in another customer's digest", t => t.Turn("digest/dig_2", Collected(1))),
        Breaking(22, "waits with another merchant", t => t.Turn("customer/cus_1", Tape.Registered("cus_1", "mer_2")).Turn("digest/dig_1", Collected(1))),
        Breaking(22, "carried to another customer", t => Due(t, 1).Turn("notification/ntf_d", Mail() with { About = About("dig_1_1", NoticeTopic.Receipts) with { Customer = "cus_2" } })),
        Holds("at rest a tick before its time", t => Waiting(t, 1).Audit.AtRest(Nine.AddTicks(-1))),
        Breaking(18, "at rest at its time", t => Waiting(t, 1).Audit.AtRest(Nine)),
    ];

    public static TheoryData<string> All => Names(Rows);

    private static NotificationEvent.Acknowledged Acknowledged => new("delivered");

    private static NotificationEvent.DeliveryIntended Intended => new("dlv_d_1", Mailbox, Tape.Noon);

    private static CaseEvent.Opened Case => new(new CaseMatter("cas_1", "notification_AllFailed", "mer_1", null, null, null, null), Tape.Noon);

    [Theory]
    [MemberData(nameof(All))]
    public void A_digest_breaks_exactly_what_it_breaks(string row) => Check(Rows, row);

    private static Tape Waiting(Tape t, params int[] items) => t.Turn("digest/dig_1", [Collected(items[0]), new DigestEvent.Scheduled(Nine), .. items[1..].Select(Collected)]);

    private static Tape Due(Tape t, params int[] items) => Waiting(t, items).Turn("digest/dig_1", FellDue(1, items));

    private static Tape Failed(Tape t) => t.Turn("notification/ntf_d", Mail(), new NotificationEvent.GaveUp(GiveUpReason.AllFailed, "cas_1")).Turn("case/cas_1", Case);

    private static void Rest(Tape t) => t.Audit.AtRest(Nine.AddDays(1));

    private static DigestEvent.Collected Collected(int item) => new("mer_1", "cus_1", Item(item));

    private static DigestEvent.FellDue FellDue(int number, params int[] items) => new(new DigestBatch($"dig_1_{number}", [.. items.Select(Item)], Nine));

    // Receipts by odd numbers, shipments by even ones.
    private static DigestItem Item(int number) =>
        new($"itm_v{number}", number % 2 == 1 ? NotificationKind.Receipt : NotificationKind.Shipped, new About("mer_1", "cus_1", "ord_1", "pay_1"), Tape.Noon);

    private static About About(string batch, params NoticeTopic[] topics) => new("mer_1", "cus_1", Part: batch, Topics: [.. topics]);

    private static NotificationEvent.Requested Mail(params NoticeTopic[] topics) => new(
        "ntf_d", NotificationKind.Digest, About("dig_1_1", topics.Length > 0 ? topics : [NoticeTopic.Receipts, NoticeTopic.Shipping]), [new Recipient(Mailbox, true)], Nine.AddDays(3), Nine);

    private static NotificationEvent.Requested Alone(int item) => new($"ntf_v{item}", Item(item).Kind, Item(item).About, [new Recipient(Mailbox, true)], Nine.AddDays(3), Nine);
}
