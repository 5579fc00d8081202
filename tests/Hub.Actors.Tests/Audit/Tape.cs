using System.Globalization;
using Hub.Actors.Audit;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;

namespace Hub.Actors.Tests.Audit;

/// <summary>A journal written by hand, event by event, and the audit that reads it. No rule of the hub is asked.</summary>
public sealed class Tape
{
    internal const string Authorize = "att_1/authorize";
    internal const string Capture = "cap_1/capture";
    internal const string Refund = "ref_1/refund";
    internal const string Release = "att_1/void";

    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    internal static readonly DateTimeOffset Deadline = Noon.AddHours(24);
    internal static readonly DateTimeOffset AnswerBy = Noon.AddMinutes(5);
    internal static readonly DateTimeOffset HoldEnds = Noon.AddHours(12);

    private readonly KindCatalog _kinds = new(HubKinds.All);
    private readonly Dictionary<ActorId, long> _versions = [];
    private long _position;

    internal JournalAudit Audit { get; } = new();

    /// <summary>When the next turn is taken.</summary>
    internal DateTimeOffset At { get; set; } = Noon;

    internal IEnumerable<int> Broken => Audit.Violations.Select(v => v.Invariant).Distinct().Order();

    internal static Amount Eur(long cents) => new(cents, Currency.Eur);

    internal static OrderGrant Grant(long cents = 50_00) => new("ord_1", "mer_1", "Shop", "cus_1", Eur(cents), "hash", "sig_1");

    internal Tape Pay(params Event[] events) => Turn("payment/pay_1", events);

    internal Tape Order(params Event[] events) => Turn("order/ord_1", events);

    internal Tape Turn(string actor, params Event[] events) => As(null, actor, events);

    /// <summary>A turn under a command id of its own choosing.</summary>
    internal Tape As(string? command, string actor, params Event[] events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            Write(Next(actor, events[i], command ?? string.Create(CultureInfo.InvariantCulture, $"command-{_position - i}"), i == 0));
        }

        return this;
    }

    /// <summary>The next event of an actor as the hub would record it; written only by <see cref="Write"/>.</summary>
    internal RecordedEvent Next(string actor, Event body, string command = "command", bool first = true)
    {
        var id = ActorId.Parse(actor);
        var kind = _kinds[id.Kind];
        return new RecordedEvent(_position + 1, id, _versions.GetValueOrDefault(id) + 1, command, At, body)
        {
            Postings = BookLine.Of([.. kind.Postings(body)]),
            Timers = [.. kind.Timers(body)],
            IsFirst = first,
        };
    }

    internal Tape Write(RecordedEvent recorded)
    {
        Audit.Read(recorded);
        _position = Math.Max(_position, recorded.Position);
        _versions[recorded.Actor] = Math.Max(_versions.GetValueOrDefault(recorded.Actor), recorded.Version);
        return this;
    }

    internal Tape Later(TimeSpan by)
    {
        At += by;
        return this;
    }

    /// <summary>An order that granted one payment, and that payment.</summary>
    internal Tape Created(CaptureMode mode = CaptureMode.Manual) => Turn("customer/cus_1", Registered("cus_1", "mer_1"))
        .Order(Placed("ord_1"))
        .Order(new OrderEvent.Accepted("hash", Channel.Web, At))
        .Order(Granted("pay_1"))
        .Pay(new PaymentEvent.Created("pay_1", Grant(), mode, Deadline, At));

    internal Tape Submitted() => Created().Pay(Attempt(1));

    internal Tape Calling() => Submitted().Pay(new PaymentEvent.BankCallStarted(Authorize, 1));

    internal Tape Held() => Calling().Pay(new PaymentEvent.Authorized("att_1", "bank_1", HoldEnds, null, AnswerSource.Response));

    internal Tape Asked() => Held().Pay(new PaymentEvent.ConfirmationRequested("con_1", "att_1", new Challenge(1, "a", "b"), AnswerBy, At));

    internal Tape Confirmed() => Asked().Pay(Match());

    internal Tape Captured(long cents = 50_00) => Confirmed().Take(1, cents);

    internal Tape Take(int number, long cents, bool final = false, string attempt = "att_1") => Pay(CaptureOf(number, cents, final, attempt))
        .Pay(new PaymentEvent.BankCallStarted($"cap_{number}/capture", 1))
        .Pay(Taken(number, cents));

    internal static PaymentEvent.Submitted Attempt(int number, long cents = 50_00) => new(
        $"att_{number}", new InstrumentRef("ins_1", "card", "visa", "4242", 12, 2030), "sandbox", Eur(cents),
        [new Route(Channel.Sms, "adr_1", "key_1", new Sealed("sealed"))], "sec_1", $"att_{number}/authorize", Channel.Web, Noon);

    internal static PaymentEvent.ConfirmationEnded Match(Channel? channel = Channel.Sms) => new("con_1", ConfirmationStatus.Matched, channel);

    internal static PaymentEvent.CaptureRequested CaptureOf(int number, long cents, bool final = false, string attempt = "att_1") =>
        new($"cap_{number}", attempt, Eur(cents), final, $"cap_{number}/capture", "mer_1");

    internal static PaymentEvent.CaptureSucceeded Taken(int number, long cents, string merchant = "mer_1", string gateway = "sandbox") =>
        new($"cap_{number}", Eur(cents), $"bank_cap_{number}", gateway, merchant, AnswerSource.Response, Noon);

    internal static PaymentEvent.RefundRequested RefundOf(int number, long cents, string merchant = "mer_1") =>
        new($"ref_{number}", "cap_1", Eur(cents), merchant, $"ref_{number}/refund", "returned", "mer_1");

    internal static PaymentEvent.RefundSucceeded Refunded(int number, long cents) =>
        new($"ref_{number}", Eur(cents), $"bank_ref_{number}", "sandbox", "mer_1", AnswerSource.Response);

    internal static PaymentEvent.VoidRequested ReleaseOf(AfterVoid then = AfterVoid.TryAgain) => new("att_1", Release, then, "rejected");

    internal static OrderEvent.Placed Placed(string id, string merchant = "mer_1") => new(
        id, merchant, "Shop", "cus_1", "reference", new Invoice(Currency.Eur, [new InvoiceLine("sku", "Book", 2, 20_00, 0)], 10_00), "hash",
        new Consignee(new Sealed("name"), new Sealed("address")), new DeliveryTerms("parcel", null), new SignatureProof("key", "signature", "digest", Noon), Noon);

    internal static OrderEvent.PaymentGranted Granted(string payment, long cents = 50_00) => new(payment, CaptureMode.Manual, Grant(cents), Noon);

    internal static CustomerEvent.Registered Registered(string id, string merchant) => new(id, merchant, new Sealed("name"), [], new Preferences(Channel.Sms, [], "en"), Noon);
}

/// <summary>One thing that was recorded, and which invariants it breaks; none when empty.</summary>
public sealed record Row(string Name, int[] Breaks, Action<Tape> Play)
{
    internal static Row Holds(string name, Action<Tape> play) => new(name, [], play);

    internal static Row Breaking(int invariant, string name, Action<Tape> play) => new(name, [invariant], play);

    internal static TheoryData<string> Names(IEnumerable<Row> rows) => [.. rows.Select(r => r.Name)];

    /// <summary>Plays the row of a name: exactly its invariants are reported.</summary>
    internal static void Check(IEnumerable<Row> rows, string name)
    {
        var row = Assert.Single(rows, r => r.Name == name);
        var tape = new Tape();
        row.Play(tape);
        Assert.True(row.Breaks.SequenceEqual(tape.Broken), string.Join(Environment.NewLine, tape.Audit.Violations));
    }
}
