using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Notifications;

/// <summary>One message to one person for one reason, over one or more channels.</summary>
/// <remarks>Invariant 17: it ends acknowledged or failed with a case, and nothing is sent after it ended. What to do next is the planner's.</remarks>
public sealed class NotificationDecider : IDecider<NotificationCommand, NotificationEvent, NotificationState>
{
    private const string NextStepTimer = "next";
    private const string QuietHours = "quiet_hours";

    /// <inheritdoc/>
    public static NotificationState Initial { get; } = new NoNotification();

    /// <inheritdoc/>
    public static Decision<NotificationEvent> Decide(NotificationCommand command, DateTimeOffset at, NotificationState state) => (command, state) switch
    {
        (NotificationCommand.Request c, NoNotification) => Continue([Requested(c, at)], at, state),
        (NotificationCommand.Request, _) => RejectionCode.AlreadyExists,
        (NotificationCommand.StartDelivery c, Notification n) => Start(c, at, n),
        (NotificationCommand.Report c, Notification n) => Report(c, at, n),
        (NotificationCommand.ReportDelay c, Notification n) => ReportDelay(c, at, n),
        (NotificationCommand.Acknowledge c, Notification n) => n.HasEnded ? Decision<NotificationEvent>.Nothing : new NotificationEvent.Acknowledged(c.Reason),
        (NotificationCommand.CloseAddress c, Notification n) => n.HasEnded || n.Closed.Contains(c.Address) || n.Recipients.All(r => r.Route.AddressId != c.Address)
            ? Decision<NotificationEvent>.Nothing
            : Continue([new NotificationEvent.AddressClosed(c.Address)], at, n),
        (NotificationCommand.TimerDue, Notification n) => n.HasEnded ? Decision<NotificationEvent>.Nothing : Continue([], at, n),
        _ => RejectionCode.NotFound,
    };

    /// <inheritdoc/>
    public static NotificationState Evolve(NotificationState state, NotificationEvent happened) => (state, happened) switch
    {
        (NoNotification, NotificationEvent.Requested e) => new Notification(e.Id, e.Kind, e.About, e.Recipients, e.Deadline, e.At)
        {
            Quiet = e.Quiet ?? [],
            FallbackAfterSeconds = e.FallbackAfterSeconds,
        },
        (Notification n, NotificationEvent.DeliveryIntended e) => n with { Deliveries = n.Deliveries.Add(new Delivery(e.Delivery, e.Route, TryState.InFlight, e.At)) },
        (Notification n, NotificationEvent.DeliveryStarted e) => Change(n, e.Delivery, d => d with { Started = true }),
        (Notification n, NotificationEvent.DeliveryReported e) => Change(n, e.Delivery, d => Reported(d, e)),
        (Notification n, NotificationEvent.WaitsUntil or NotificationEvent.DeliveryDelayed) => n,
        (Notification n, NotificationEvent.AddressClosed e) => n with { Closed = n.Closed.Add(e.Address) },
        (Notification n, NotificationEvent.Acknowledged) => n with { Outcome = NotificationOutcome.Acknowledged },
        (Notification n, NotificationEvent.GaveUp e) => n with { Outcome = NotificationOutcome.Failed, Case = e.Case, Reason = e.Reason },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(NotificationEvent happened) => happened switch
    {
        NotificationEvent.WaitsUntil e => [new TimerChange.Set(NextStepTimer, e.Time)],
        NotificationEvent.Acknowledged or NotificationEvent.GaveUp => [new TimerChange.Clear(NextStepTimer)],
        _ => [],
    };

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(NotificationEvent happened) => [];

    /// <inheritdoc/>
    public static NotificationCommand OnTimer(string name) => new NotificationCommand.TimerDue(name);

    private static NotificationEvent.Requested Requested(NotificationCommand.Request c, DateTimeOffset at) =>
        new(c.Id, c.Kind, c.About, c.Recipients, c.Deadline, at, c.Quiet, c.FallbackAfterSeconds);

    private static Decision<NotificationEvent> Start(NotificationCommand.StartDelivery c, DateTimeOffset at, Notification n)
    {
        if (n.HasEnded) return RejectionCode.NotificationEnded;
        if (n.Find(c.Delivery) is not { } delivery) return RejectionCode.NotFound;
        if (delivery.Started || delivery.State is not TryState.InFlight) return RejectionCode.Fenced;

        // It was chosen before the quiet hours, and would leave in them: it never gets to the provider, and is planned anew.
        if (Planner.IsQuiet(n.Plan, Notification.NameOf(delivery.Route.Channel), at))
        {
            return Continue([new NotificationEvent.DeliveryReported(c.Delivery, delivery.Route.Channel, new DeliveryReport.NeverReached(QuietHours), at)], at, n);
        }

        return new NotificationEvent.DeliveryStarted(c.Delivery, delivery.Route.Channel);
    }

    // A delivery only moves forward: the first final word stays, and a repeated one changes nothing.
    private static Decision<NotificationEvent> Report(NotificationCommand.Report c, DateTimeOffset at, Notification n)
    {
        if (n.Find(c.Delivery) is not { } delivery) return RejectionCode.NotFound;
        var next = StateOf(c.Outcome);
        if (c.Outcome is DeliveryReport.Read && delivery is { State: TryState.Delivered, ReadAt: null }) return new NotificationEvent.DeliveryReported(c.Delivery, delivery.Route.Channel, c.Outcome, at);
        if (delivery.State == next || Rank(next) < Rank(delivery.State) || IsFinal(delivery.State)) return Decision<NotificationEvent>.Nothing;

        // What the provider took has reached it, whatever a slower answer to the call says.
        if (delivery.State is TryState.Accepted && next is TryState.NeverReached) return Decision<NotificationEvent>.Nothing;
        List<NotificationEvent> events = [new NotificationEvent.DeliveryReported(c.Delivery, delivery.Route.Channel, c.Outcome, at)];
        return n.HasEnded ? events : Continue(events, at, n);
    }

    private static Decision<NotificationEvent> ReportDelay(NotificationCommand.ReportDelay c, DateTimeOffset at, Notification n)
    {
        if (n.Find(c.Delivery) is not { } delivery) return RejectionCode.NotFound;
        return IsFinal(delivery.State) ? Decision<NotificationEvent>.Nothing : new NotificationEvent.DeliveryDelayed(c.Delivery, delivery.Route.Channel, c.Code, at);
    }

    private static Decision<NotificationEvent> Continue(List<NotificationEvent> events, DateTimeOffset at, NotificationState state)
    {
        var n = (Notification)events.Aggregate(state, Evolve);
        var tries = n.Deliveries.Select(d => d.AsTry()).ToEquatableArray();
        events.Add(Planner.Next(n.Plan, tries, answered: false, at) switch
        {
            NextStep.Send s => new NotificationEvent.DeliveryIntended(n.NextDeliveryId, n.RouteOf(s.To), at),
            NextStep.WaitUntil w => new NotificationEvent.WaitsUntil(w.Time),
            NextStep.Acknowledge => new NotificationEvent.Acknowledged("delivered"),
            NextStep.GiveUp g => new NotificationEvent.GaveUp(g.Reason, n.CaseId),
            var other => throw new ArgumentOutOfRangeException(nameof(state), other.GetType().Name, "The planner knows no such step."),
        });

        // A send in flight is waited for too, in case nothing is ever heard of it.
        if (events[^1] is NotificationEvent.DeliveryIntended)
        {
            events.Add(new NotificationEvent.WaitsUntil(Earlier(at + n.Plan.Pace.Settle, n.Deadline)));
        }

        return events;
    }

    private static Delivery Reported(Delivery d, NotificationEvent.DeliveryReported e) => d with
    {
        State = StateOf(e.Outcome),
        Since = d.State is TryState.Delivered ? d.Since : e.At,
        ReadAt = e.Outcome is DeliveryReport.Read ? e.At : d.ReadAt,
        ProviderId = (e.Outcome as DeliveryReport.Accepted)?.ProviderId ?? d.ProviderId,
        Error = (e.Outcome as DeliveryReport.Failed)?.Error,
    };

    private static TryState StateOf(DeliveryReport outcome) => outcome switch
    {
        DeliveryReport.Accepted => TryState.Accepted,
        DeliveryReport.Delivered or DeliveryReport.Read => TryState.Delivered,
        DeliveryReport.Failed => TryState.Failed,
        DeliveryReport.NeverReached => TryState.NeverReached,
        DeliveryReport.Unknown => TryState.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "No such outcome."),
    };

    private static bool IsFinal(TryState state) => state is TryState.Delivered or TryState.Failed or TryState.NeverReached;

    private static int Rank(TryState state) => state switch
    {
        TryState.InFlight => 0,
        TryState.Unknown => 1,
        TryState.Accepted => 2,
        _ => 3,
    };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static Notification Change(Notification n, string delivery, Func<Delivery, Delivery> change) =>
        n with { Deliveries = n.Deliveries.Select(d => d.Id == delivery ? change(d) : d).ToEquatableArray() };
}
