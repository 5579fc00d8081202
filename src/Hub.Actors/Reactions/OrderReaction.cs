using Hub.Actors.Feed;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Actors.Reactions;

/// <summary>Keeps an order and its payment in step: the grant begins the payment, the payment's end reaches the order.</summary>
public sealed class OrderReaction(IActors actors) : IReaction
{
    /// <summary>How long a payment may take from its grant, in hours.</summary>
    public const int PaymentHours = 24;

    /// <inheritdoc/>
    public string Name => "orders";

    /// <summary>The command that begins a granted payment, and its id: the endpoint and this reaction send the same, so one of them suffices.</summary>
    /// <param name="granted">The order's event.</param>
    public static Envelope Begin(OrderEvent.PaymentGranted granted)
    {
        ArgumentNullException.ThrowIfNull(granted);
        return new Envelope(
            $"granted:{granted.Grant.Order}:{granted.Payment}",
            new PaymentCommand.Create(granted.Payment, granted.Grant, granted.Mode, granted.At.AddHours(PaymentHours)));
    }

    /// <inheritdoc/>
    public bool Follows(string kind) => kind is "order" or "payment";

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        switch (happened.Body)
        {
            case OrderEvent.PaymentGranted granted:
                await actors.SendAsync(HubKinds.Payment[granted.Payment], Begin(granted), cancel);
                break;
            case PaymentEvent.CaptureSucceeded:
                await TellOrderAsync(happened, _ => true, id => new OrderCommand.PaymentSucceeded(id), cancel);
                break;
            case PaymentEvent.Debited { TooLate: false } e:
                await TellOrderAsync(happened, payment => !payment.HasReturned(e.Capture), id => new OrderCommand.PaymentSucceeded(id), cancel);
                break;
            case PaymentEvent.CaptureReturned e:
                await TellOrderAsync(happened, payment => payment.PaidWith(e.Capture), id => new OrderCommand.PaymentReturned(id), cancel);
                break;
            case PaymentEvent.Canceled or PaymentEvent.Expired:
                await TellOrderAsync(happened, _ => true, id => new OrderCommand.PaymentEnded(id), cancel);
                break;
        }
    }

    /// <param name="happened">The payment's event.</param>
    /// <param name="holds">Whether it is still so: money may have gone back since, and what came too late pays for nothing.</param>
    /// <param name="command">What the order is told.</param>
    /// <param name="cancel">Stops waiting.</param>
    private async Task TellOrderAsync(FeedEvent happened, Func<Payment, bool> holds, Func<string, OrderCommand> command, CancellationToken cancel)
    {
        var payment = await actors.FindAsync<Payment>(happened, cancel)
            ?? throw new InvalidOperationException($"{happened.Actor} has events and no state.");
        if (!holds(payment)) return;
        await actors.ReactAsync(this, happened, HubKinds.Order[payment.Grant.Order], command(payment.Id), "order", "", cancel);
    }
}
