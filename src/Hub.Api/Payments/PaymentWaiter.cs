using Hub.Actors;
using Hub.Api.Edge;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Api.Payments;

/// <summary>Holds an answer until a payment's status is no longer transient, for as long as the caller is willing to wait.</summary>
internal sealed class PaymentWaiter(SettledReads reads, PaymentViews views)
{
    /// <summary>The view after a turn; a later one where the caller waits for it.</summary>
    internal async Task<PaymentView> LatestAsync(Taken<Payment> done, string id, PreferWait wait, CancellationToken cancel)
    {
        if (wait == PreferWait.None || IsSettled(done.State)) return views.Of(done.State, done.Version);
        return await ReadAsync(id, wait, cancel);
    }

    /// <summary>The view once it has settled, or as it is when the wait is over.</summary>
    internal async Task<PaymentView> ReadAsync(string id, PreferWait wait, CancellationToken cancel)
    {
        var reading = await reads.ReadAsync(HubKinds.Payment[id], IsSettled, wait, cancel);
        return views.Of((Payment)reading.State, reading.Version);
    }

    private static bool IsSettled(State state) => state is not Payment { Status: PaymentStatus.Processing };
}
