using System.Text;
using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Hub.Domain.Webhooks;

namespace Hub.Channels.Webhooks;

/// <summary>The secrets outgoing webhooks are signed with.</summary>
public interface IWebhookSecrets
{
    /// <summary>Every secret that signs under a name now, the newest first.</summary>
    Task<IReadOnlyList<string>> FindAsync(string name, CancellationToken cancel);
}

/// <summary>Makes the calls that queued webhooks ask for.</summary>
/// <remarks>Delivery is at least once, as the standard has it: receivers drop repeats by <c>webhook-id</c>.</remarks>
public sealed class WebhookCallReaction(IActors actors, WebhookSender sender, IWebhookSecrets secrets, IRandomSource random) : IReaction
{
    /// <inheritdoc/>
    public string Name => "webhook-calls";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Webhook.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Body is not (WebhookEvent.Queued or WebhookEvent.SendDue)) return;
        var state = await StateAsync(happened.Actor, happened.Version, cancel);
        if (!state.Calling)
        {
            var next = state.Tries + 1;
            var fence = await actors.ReactAsync(this, happened, happened.Actor, new WebhookCommand.StartSend(next), "start", $"{next}", cancel);
            state = await StateAsync(happened.Actor, fence.Version, cancel);
        }

        // What another owner has started is called all the same: that one may be dead, and a receiver tells a call by its id.
        if (state.Calling) await ReportAsync(happened, state.Message!, state.Tries, await CallAsync(state.Message!, cancel), cancel);
    }

    private async Task<WebhookState> StateAsync(ActorId webhook, long atLeast, CancellationToken cancel) =>
        await actors.FindAsync<WebhookState>(webhook, atLeast, cancel) ?? throw new InvalidOperationException($"{webhook} has events and no state.");

    private async Task<WebhookOutcome> CallAsync(WebhookMessage message, CancellationToken cancel)
    {
        var merchant = await actors.FindAsync<Merchant>(HubKinds.Merchant[message.Merchant], cancel);
        if (merchant?.Endpoints.FirstOrDefault(e => e.Id == message.Endpoint) is not { Disabled: false } endpoint) return new WebhookOutcome.Gone();
        var signing = await secrets.FindAsync(endpoint.Secret, cancel);
        return await sender.SendAsync(new WebhookCall(message.Id, new Uri(endpoint.Url), Encoding.UTF8.GetBytes(message.Body), signing), cancel);
    }

    private async Task ReportAsync(FeedEvent happened, WebhookMessage message, int tryNumber, WebhookOutcome outcome, CancellationToken cancel)
    {
        WebhookCommand report = outcome switch
        {
            WebhookOutcome.Delivered d => new WebhookCommand.ReportDelivered(tryNumber, d.Status),
            WebhookOutcome.Gone => new WebhookCommand.ReportGone(tryNumber),
            WebhookOutcome.Failed f => new WebhookCommand.ReportFailed(tryNumber, f.Reason, Jitter()),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "No such outcome."),
        };
        await actors.ReactAsync(this, happened, happened.Actor, report, "report", $"{tryNumber}", cancel);
        if (outcome is WebhookOutcome.Gone)
        {
            await actors.ReactAsync(this, happened, HubKinds.Merchant[message.Merchant], new MerchantCommand.DisableEndpoint(message.Endpoint, "gone"), "disable", "", cancel);
        }
    }

    private int Jitter()
    {
        Span<byte> bytes = stackalloc byte[2];
        random.Fill(bytes);
        return ((bytes[0] << 8) | bytes[1]) % RetrySchedule.JitterSteps;
    }
}
