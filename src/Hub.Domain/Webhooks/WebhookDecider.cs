using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Webhooks;

/// <summary>One signed result for one endpoint of a merchant, sent until it is taken or given up.</summary>
/// <remarks>Source: Standard Webhooks.</remarks>
public sealed class WebhookDecider : IDecider<WebhookCommand, WebhookEvent, WebhookState>
{
    private const string Retry = "retry";

    /// <inheritdoc/>
    public static WebhookState Initial { get; } = new((WebhookMessage?)null);

    /// <inheritdoc/>
    public static Decision<WebhookEvent> Decide(WebhookCommand command, DateTimeOffset at, WebhookState state) => command switch
    {
        WebhookCommand.Enqueue c => state.Message is null ? new WebhookEvent.Queued(c.Message, at) : RejectionCode.AlreadyExists,
        _ when state.Message is null => RejectionCode.NotFound,
        WebhookCommand.StartSend c => state.Due && c.Try == state.Tries + 1
            ? new WebhookEvent.SendStarted(c.Try)
            : RejectionCode.Fenced,
        WebhookCommand.ReportDelivered c => IsCurrent(c.Try, state) ? new WebhookEvent.Delivered(c.Try, c.Status, at) : Decision<WebhookEvent>.Nothing,
        WebhookCommand.ReportGone c => IsCurrent(c.Try, state) ? new WebhookEvent.GaveUp(c.Try, "gone") : Decision<WebhookEvent>.Nothing,
        WebhookCommand.ReportFailed c => IsCurrent(c.Try, state) ? Failed(c, at, state) : Decision<WebhookEvent>.Nothing,
        WebhookCommand.Replay c => state.Calling ? RejectionCode.AttemptInProgress : new WebhookEvent.SendDue(c.By),
        WebhookCommand.TimerDue => state is { Status: WebhookStatus.Pending, Calling: false, Due: false } ? new WebhookEvent.SendDue("schedule") : Decision<WebhookEvent>.Nothing,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
    };

    /// <inheritdoc/>
    public static WebhookState Evolve(WebhookState state, WebhookEvent happened) => happened switch
    {
        WebhookEvent.Queued e when state.Message is null => new WebhookState(e.Message) { Due = true, CreatedAt = e.At },
        WebhookEvent.SendStarted e => state with { Tries = e.Try, TriesOfRound = state.TriesOfRound + 1, Due = false, Calling = true },
        WebhookEvent.Delivered e => state with { Calling = false, Status = WebhookStatus.Delivered, LastResult = $"{e.Status}" },
        WebhookEvent.SendFailed e => state with { Calling = false, LastResult = e.Reason },
        WebhookEvent.SendDue e when e.By == "schedule" && state.Status is WebhookStatus.Pending => state with { Due = true },
        WebhookEvent.SendDue => state with { Status = WebhookStatus.Pending, Due = true, TriesOfRound = 0 },
        WebhookEvent.GaveUp e => state with { Calling = false, Status = WebhookStatus.Failed, LastResult = e.Reason },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(WebhookEvent happened) => happened switch
    {
        WebhookEvent.SendFailed e => [new TimerChange.Set(Retry, e.RetryAt)],
        WebhookEvent.Delivered or WebhookEvent.GaveUp or WebhookEvent.SendDue => [new TimerChange.Clear(Retry)],
        _ => [],
    };

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(WebhookEvent happened) => [];

    /// <inheritdoc/>
    public static WebhookCommand OnTimer(string name) => new WebhookCommand.TimerDue(name);

    private static bool IsCurrent(int tryNumber, WebhookState state) => state.Calling && tryNumber == state.Tries;

    private static Decision<WebhookEvent> Failed(WebhookCommand.ReportFailed c, DateTimeOffset at, WebhookState state) =>
        RetrySchedule.DelayAfter(state.TriesOfRound, c.Jitter) is { } delay
            ? new WebhookEvent.SendFailed(c.Try, c.Reason, at + delay)
            : new WebhookEvent.GaveUp(c.Try, c.Reason);
}
