using Hub.Actors;
using Hub.Actors.Views;
using Hub.Api.Edge;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Payments;

namespace Hub.Api.Payments;

/// <summary>Holds an answer until a payment's status is no longer transient, for as long as the caller is willing to wait.</summary>
internal sealed class PaymentWaiter(IActors actors, IViews views)
{
    /// <summary>The view after a turn; a later one where the caller waits for it.</summary>
    internal async Task<PaymentView> LatestAsync(Taken<Payment> done, string id, PreferWait wait, CancellationToken cancel)
    {
        if (wait == PreferWait.None || !IsTransient(done.State)) return PaymentView.Of(done.State, done.Version);
        await WaitAsync(id, wait, cancel);
        var reading = await actors.ReadAsync(HubKinds.Payment[id], cancel);
        return PaymentView.Of((Payment)reading.State, reading.Version);
    }

    /// <summary>Returns at once when the status is final or the caller does not wait.</summary>
    internal async Task WaitAsync(string id, PreferWait wait, CancellationToken cancel)
    {
        if (wait == PreferWait.None) return;
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = views.Subscribe(added =>
        {
            if (added.Any(e => e.State is Payment payment && payment.Id == id && !IsTransient(payment))) settled.TrySetResult();
        });
        if ((await actors.ReadAsync(HubKinds.Payment[id], cancel)).State is Payment payment && !IsTransient(payment)) return;
        try
        {
            // A caller waits by the machine's clock, also where the hub's is frozen.
            await settled.Task.WaitAsync(wait.Time, TimeProvider.System, cancel);
        }
        catch (TimeoutException)
        {
            // Then the answer is how it stands now: that is what the caller asked for.
        }
    }

    private static bool IsTransient(Payment payment) => payment.Status is PaymentStatus.Processing;
}
