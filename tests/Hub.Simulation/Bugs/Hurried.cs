using Hub.Gateways;

namespace Hub.Simulation.Bugs;

/// <summary>
/// The planted bug "an intent confirmed unjournaled": what was made at the bank is confirmed in the same breath, and its id is known to nobody
/// when the answer is lost.
/// </summary>
internal sealed class Hurried(IGateway inner) : IGateway
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public GatewayCapabilities Capabilities => inner.Capabilities;

    /// <inheritdoc/>
    public async Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel) =>
        await inner.AuthorizeAsync(order, cancel) is GatewayAnswer.Prepared made
            ? await inner.AuthorizeAsync(order with { Prepared = made.BankId }, cancel)
            : new GatewayAnswer.NeverReached(NeverReachedReason.NotPrepared);

    /// <inheritdoc/>
    public Task<GatewayAnswer> CaptureAsync(CaptureOrder order, CancellationToken cancel) => inner.CaptureAsync(order, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> VoidAsync(VoidOrder order, CancellationToken cancel) => inner.VoidAsync(order, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel) => inner.RefundAsync(order, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel) => inner.QueryAsync(order, cancel);
}
