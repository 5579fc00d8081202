using Hub.Actors.Feed;
using Hub.Domain.Cases;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Actors.Reactions;

/// <summary>Puts what a person has to look at onto one list, wherever it came up.</summary>
public sealed class CaseReaction(IActors actors) : IReaction
{
    /// <inheritdoc/>
    public string Name => "cases";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind is "payment" or "notification";

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        switch (happened.Body)
        {
            case PaymentEvent.CaseOpened e when await actors.FindAsync<Payment>(happened, cancel) is { } payment:
                await SendAsync(
                    happened,
                    e.Case,
                    new CaseCommand.Open(new CaseMatter(e.Case, e.Reason, payment.Grant.Merchant, payment.Grant.Customer, payment.Grant.Order, payment.Id, e.Operation)),
                    cancel);
                break;
            case PaymentEvent.CaseSettled e:
                await SendAsync(happened, e.Case, new CaseCommand.Settle(e.By, e.Note), cancel);
                break;
            case NotificationEvent.GaveUp e when await actors.FindAsync<Notification>(happened, cancel) is { About.Merchant: { } merchant } notification:
                var about = notification.About;
                await SendAsync(
                    happened, e.Case, new CaseCommand.Open(new CaseMatter(e.Case, $"notification_{e.Reason}", merchant, about.Customer, about.Order, about.Payment, null)), cancel);
                break;
        }
    }

    private Task<TurnOutcome> SendAsync(FeedEvent happened, string id, CaseCommand command, CancellationToken cancel) =>
        actors.ReactAsync(this, happened, HubKinds.Case[id], command, "case", id, cancel);
}
