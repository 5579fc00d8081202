namespace Hub.Gateways.Tests.Support;

/// <summary>A gateway of which a test needs some of what it can do; whatever else is asked of it fails the test.</summary>
internal abstract class StubGateway : IGateway
{
    public abstract string Name { get; }

    public virtual GatewayCapabilities Capabilities => throw new NotSupportedException();

    public virtual Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public virtual Task<GatewayAnswer> CaptureAsync(CaptureOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public virtual Task<GatewayAnswer> VoidAsync(VoidOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public virtual Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public virtual Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public virtual Task<DisputeReport?> FindDisputeAsync(string bankDispute, CancellationToken cancel) => throw new NotSupportedException();
}
