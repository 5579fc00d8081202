using Hub.Domain.Cases;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Webhooks;
using static Hub.Actors.Tests.Audit.Row;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariants 9, 17 and 26: messages and webhooks.</summary>
public sealed class NotificationAuditTests
{
    private static readonly DateTimeOffset By = Tape.Noon.AddMinutes(5);
    private static readonly Route Phone = new(Channel.Sms, "adr_1", "key_1", new Sealed("sealed"));

    private static readonly Row[] Rows =
    [
        Holds("sent and delivered", t => Tell(t, Asked, Intended(1)).Do(Left(1)).Do(Reported(1, new DeliveryReport.Delivered()), Acknowledged)),
        Holds("two sends", t => Tell(t, Asked, Intended(1)).Do(Left(1)).Do(Reported(1, new DeliveryReport.NeverReached("refused")), Intended(2)).Do(Left(2))),
        Holds("a late report after the end", t => Tell(t, Asked, Intended(1)).Do(Left(1)).Do(Acknowledged).Do(Reported(1, new DeliveryReport.Delivered()))),
        Holds("refused before it left", t => Tell(t, Asked, Intended(1)).Do(Reported(1, new DeliveryReport.Failed(ErrorClass.OptedOut, "opted_out")))),
        Breaking(9, "a send that was never intended", t => Tell(t, Asked).Do(Left(1))),
        Breaking(9, "a send that leaves twice", t => Tell(t, Asked, Intended(1)).Do(Left(1)).Do(Left(1))),
        Breaking(9, "a send that leaves after its outcome", t => Tell(t, Asked, Intended(1)).Do(Reported(1, new DeliveryReport.Failed(ErrorClass.OptedOut, "opted_out"))).Do(Left(1))),
        Breaking(9, "delivered and never left", t => Tell(t, Asked, Intended(1)).Do(Reported(1, new DeliveryReport.Delivered()))),
        Breaking(9, "a send intended twice", t => Tell(t, Asked, Intended(1)).Do(Intended(1))),
        Breaking(17, "a send that leaves after the acknowledgment", t => Tell(t, Asked, Intended(1)).Do(Acknowledged).Do(Left(1))),
        Breaking(17, "a send intended after the acknowledgment", t => Tell(t, Asked).Do(Acknowledged).Do(Intended(1))),
        Breaking(17, "a send intended after it was given up", t => Tell(t, Asked).Do(GaveUp("cas_1")).Do(Intended(1))),
        Breaking(17, "ended twice", t => Tell(t, Asked).Do(Acknowledged).Do(GaveUp("cas_1"))),
        Breaking(17, "given up without a case", t => Tell(t, Asked).Do(GaveUp(""))),
        Holds("given up with a case on the list", t => Tell(t, Asked).Do(GaveUp("cas_1")).Tape.Turn("case/cas_1", Case).Audit.AtRest(By)),
        Breaking(17, "given up with a case on nobody's list", t => Tell(t, Asked).Do(GaveUp("cas_1")).Tape.Audit.AtRest(By)),
        Holds("a stranger's answer given up", t => Tell(t, Asked with { About = new About(null, "key_1") }).Do(GaveUp("cas_1")).Tape.Audit.AtRest(By)),
        Holds("at rest a tick before its end", t => Tell(t, Asked).Tape.Audit.AtRest(By.AddTicks(-1))),
        Breaking(17, "at rest after its end", t => Tell(t, Asked).Tape.Audit.AtRest(By)),
        new("at rest, and its timer had no effect", [17, 18], t => Tell(t, Asked, new NotificationEvent.WaitsUntil(By)).Tape.Audit.AtRest(By)),

        Holds("a webhook sent again after a failure", t => Hook(t, Queued).Do(Sends(1)).Do(Fails(1)).Do(new WebhookEvent.SendDue("schedule")).Do(Sends(2)).Do(Taken(2))),
        Holds("a webhook asked for again", t => Hook(t, Queued).Do(Sends(1)).Do(Taken(1)).Do(new WebhookEvent.SendDue("mer_1")).Do(Sends(2))),
        Breaking(9, "a webhook's call while one is out", t => Hook(t, Queued).Do(Sends(1)).Do(Sends(2))),
        Breaking(9, "a webhook's call number twice", t => Hook(t, Queued).Do(Sends(1)).Do(Fails(1)).Do(Sends(1))),
        Breaking(9, "a webhook's call number skipped", t => Hook(t, Queued).Do(Sends(2))),
        Breaking(9, "a webhook's call after it was taken", t => Hook(t, Queued).Do(Sends(1)).Do(Taken(1)).Do(Sends(2))),
        Breaking(9, "a webhook's outcome without a call", t => Hook(t, Queued).Do(Taken(1))),
        Breaking(26, "a webhook's call nobody ended", t => Hook(t, Queued).Do(Sends(1)).Tape.Audit.AtRest(By)),
        Breaking(18, "a webhook whose retry had no effect", t => Hook(t, Queued).Do(Sends(1)).Do(Fails(1)).Tape.Audit.AtRest(By)),
    ];

    public static TheoryData<string> All => Names(Rows);

    private static NotificationEvent.Requested Asked => new("ntf_1", NotificationKind.Receipt, new About("mer_1", "cus_1"), [new Recipient(Phone, true)], By, Tape.Noon);

    private static NotificationEvent.Acknowledged Acknowledged => new("delivered");

    private static CaseEvent.Opened Case => new(new CaseMatter("cas_1", "notification_AllFailed", "mer_1", null, null, null, null), Tape.Noon);

    private static WebhookEvent.Queued Queued => new(new WebhookMessage("evt_1", "mer_1", "whe_1", "payment.succeeded", 1, "{}", null, null), Tape.Noon);

    [Theory]
    [MemberData(nameof(All))]
    public void A_message_breaks_exactly_what_it_breaks(string row) => Check(Rows, row);

    private static Script Tell(Tape t, params Event[] events) => new Script(t, "notification/ntf_1").Do(events);

    private static Script Hook(Tape t, params Event[] events) => new Script(t, "webhook/evt_1").Do(events);

    private static NotificationEvent.DeliveryIntended Intended(int number) => new($"dlv_{number}", Phone, Tape.Noon);

    private static NotificationEvent.DeliveryStarted Left(int number) => new($"dlv_{number}", Channel.Sms);

    private static NotificationEvent.DeliveryReported Reported(int number, DeliveryReport outcome) => new($"dlv_{number}", Channel.Sms, outcome, Tape.Noon);

    private static NotificationEvent.GaveUp GaveUp(string @case) => new(GiveUpReason.AllFailed, @case);

    private static WebhookEvent.SendStarted Sends(int number) => new(number);

    private static WebhookEvent.SendFailed Fails(int number) => new(number, "500", Tape.Noon.AddMinutes(1));

    private static WebhookEvent.Delivered Taken(int number) => new(number, 200, Tape.Noon);

    private sealed record Script(Tape Tape, string Actor)
    {
        internal Script Do(params Event[] events)
        {
            Tape.Turn(Actor, events);
            return this;
        }
    }
}
