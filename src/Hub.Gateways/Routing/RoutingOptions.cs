using Hub.Domain.Money;
using Hub.Domain.Payments;

namespace Hub.Gateways.Routing;

/// <summary><c>Gateways:Routing</c>: which gateway takes what, in which order.</summary>
public sealed record RoutingOptions
{
    /// <summary>Without rules and costs: every gateway that takes the instrument, in the order in which they are set up.</summary>
    public static RoutingOptions Default { get; } = new();

    /// <summary>Gateways that come first where all else is equal, the first of them first; the others follow in the order in which they are set up.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>The rules. Never goes before only, only before prefer; of several that prefer, the first counts first.</summary>
    public IReadOnlyList<RoutingRule> Rules { get; init; } = [];

    /// <summary>What gateways take for a payment, by name; nothing for one that is not named.</summary>
    public IReadOnlyDictionary<string, GatewayCost> Costs { get; init; } = new Dictionary<string, GatewayCost>();

    /// <summary>
    /// What a call without an answer is taken to cost, in basis points of the amount; 0 to 10,000, where 0 looks at costs alone.
    /// 500 by default: a gateway that leaves one call in ten without an answer is as good as one that takes half a percent more.
    /// </summary>
    public int FailureBasisPoints { get; init; } = 500;

    /// <summary>The first thing in it that cannot be meant.</summary>
    /// <param name="gateways">The names of the gateways there are.</param>
    /// <returns>A sentence that names the setting; <c>null</c> where all is well.</returns>
    public string? Problem(IReadOnlyCollection<string> gateways)
    {
        if (Unknown(gateways, Order) is { } stranger) return $"Gateways:Routing:Order names '{stranger}', and {There(gateways)}.";
        if (Order.Distinct(StringComparer.Ordinal).Count() != Order.Count) return "Gateways:Routing:Order names a gateway twice.";
        if (FailureBasisPoints is < 0 or > 10_000) return $"Gateways:Routing:FailureBasisPoints is {FailureBasisPoints}: it must be 0 to 10000.";
        foreach (var (name, cost) in Costs.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (!gateways.Contains(name)) return $"Gateways:Routing:Costs names '{name}', and {There(gateways)}.";
            if (cost.BasisPoints is < 0 or > 10_000) return $"Gateways:Routing:Costs:{name}:BasisPoints is {cost.BasisPoints}: it must be 0 to 10000.";
            if (cost.FixedMinor is < 0 or > Amount.MaxMinor) return $"Gateways:Routing:Costs:{name}:FixedMinor is {cost.FixedMinor}: it must be 0 or more minor units.";
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            if (Problem(Rules[i], gateways) is { } wrong) return $"Gateways:Routing:Rules:{i} {wrong}.";
            if (Rules.Take(i).Any(rule => rule.Name == Rules[i].Name)) return $"Gateways:Routing:Rules:{i} has the name '{Rules[i].Name}', as another rule has.";
        }

        return null;
    }

    private static string? Problem(RoutingRule rule, IReadOnlyCollection<string> gateways) => rule switch
    {
        _ when rule.Name.Length is 0 or > 40 || !rule.Name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-') =>
            "needs a Name of 1 to 40 letters, digits, _ and -: the timeline speaks of it",
        { Gateways.Count: 0 } => "names no gateway",
        _ when Unknown(gateways, rule.Gateways) is { } stranger => $"names the gateway '{stranger}', and {There(gateways)}",
        _ when Unknown(InstrumentType.All, rule.Instruments) is { } stranger => $"names the instrument '{stranger}': there are {string.Join(", ", InstrumentType.All)}",
        _ when rule.Currencies.FirstOrDefault(code => !Currency.TryParse(code, out _)) is { } stranger => $"names the currency '{stranger}', which the hub does not take",
        { MinMinor: null, MaxMinor: null } => null,
        { Currencies.Count: not 1 } => "has an amount, so it must name one currency",
        { MinMinor: < 0 } or { MaxMinor: < 0 } => "has an amount below zero",
        _ when rule.MinMinor > rule.MaxMinor => "has a MinMinor above its MaxMinor",
        _ => null,
    };

    private static string? Unknown(IReadOnlyCollection<string> known, IReadOnlyCollection<string> named) => named.FirstOrDefault(name => !known.Contains(name));

    private static string There(IReadOnlyCollection<string> gateways) => gateways.Count is 0 ? "no gateway is set up" : $"the gateways set up are {string.Join(", ", gateways)}";
}
