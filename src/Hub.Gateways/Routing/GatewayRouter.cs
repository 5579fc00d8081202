using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Gateways.Http;

namespace Hub.Gateways.Routing;

/// <summary>Says which gateways may take a payment now, in order of preference.</summary>
public sealed class GatewayRouter
{
    private readonly GatewayDirectory _gateways;
    private readonly GatewayHealths _healths;
    private readonly RoutingOptions _options;

    /// <summary>Makes the router; resolve it once at the start, so that a wrong rule is told then.</summary>
    /// <param name="gateways">Every gateway.</param>
    /// <param name="healths">How they are doing.</param>
    /// <param name="options">Rules and costs.</param>
    /// <exception cref="ArgumentException">A rule or cost cannot be meant; the message names the setting.</exception>
    public GatewayRouter(GatewayDirectory gateways, GatewayHealths healths, RoutingOptions options)
    {
        (_gateways, _healths, _options) = (gateways, healths, options);
        if (options.Problem([.. gateways.InOrder.Select(gateway => gateway.Name)]) is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }
    }

    /// <summary>The gateways that may take this, the best first, each with its reason for the timeline; empty where none takes it.</summary>
    /// <param name="instrument">What is paid with.</param>
    /// <param name="amount">How much.</param>
    /// <param name="merchant">Whose payment, <c>mer_…</c>.</param>
    /// <param name="mode">Who captures.</param>
    public EquatableArray<GatewayChoice> Plan(InstrumentRef instrument, Amount amount, string merchant, CaptureMode mode)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        var candidates = _gateways.InOrder.Select(gateway => new RoutingCandidate(gateway.Name, gateway.Capabilities, _healths[gateway.Name].Standing)).ToArray();
        return RoutePlan.Make(_options, candidates, new RoutingQuery(instrument.Type, instrument.Brand, amount, merchant) { Mode = mode });
    }
}
