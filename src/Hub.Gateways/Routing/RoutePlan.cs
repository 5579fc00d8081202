using System.Globalization;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;

namespace Hub.Gateways.Routing;

/// <summary>Which gateways may take a payment, and in which order. A function of what it is given and of nothing else.</summary>
/// <remarks>
/// Rules decide who may: never, then only. Order: an open circuit is last; then the first rule that prefers; then, where the merchant
/// captures, who can take from a hold more than once; then what the payment is expected to cost, failures included; then the configured order. So the same question at the same moment has one answer.
/// </remarks>
public static class RoutePlan
{
    private const int NotPreferred = int.MaxValue;

    /// <summary>Makes the plan.</summary>
    /// <param name="options">The rules and costs.</param>
    /// <param name="candidates">Every gateway, in the order in which they are set up.</param>
    /// <param name="query">What is to be routed.</param>
    /// <returns>The gateways that may take it, the best first, each with its reason; empty where none may.</returns>
    public static EquatableArray<GatewayChoice> Make(RoutingOptions options, IReadOnlyList<RoutingCandidate> candidates, RoutingQuery query)
    {
        var rules = options.Rules.Where(rule => rule.Fits(query)).ToArray();
        var able = candidates
            .Where(candidate => candidate.Capabilities.Takes(query.InstrumentType, query.Amount.Currency))
            .Where(candidate => rules.All(rule => Admits(rule, candidate.Name)))
            .Select(candidate => Rank(options, rules, candidate, query))
            .OrderBy(ranked => ranked.Candidate.Standing.CircuitOpen)
            .ThenBy(ranked => ranked.Preference)
            .ThenBy(ranked => CapturesOnce(ranked.Candidate, query))
            .ThenBy(ranked => ranked.Expected)
            .ThenBy(ranked => OrderOf(options, ranked.Candidate.Name))
            .ToArray();
        return able.Select(ranked => new GatewayChoice(ranked.Candidate.Name, ranked.Candidate.Capabilities.Terms, Reason(ranked, able.Length, query))).ToEquatableArray();
    }

    /// <summary>Whether the rules that fit let a gateway take this.</summary>
    internal static bool Admits(RoutingOptions options, string gateway, RoutingQuery query) =>
        options.Rules.All(rule => !rule.Fits(query) || Admits(rule, gateway));

    private static bool CapturesOnce(RoutingCandidate candidate, RoutingQuery query) => query.Mode is CaptureMode.Manual && !candidate.Capabilities.MultiCapture;

    private static bool Admits(RoutingRule rule, string gateway) => rule.Effect switch
    {
        RoutingEffect.Never => !rule.Gateways.Contains(gateway),
        RoutingEffect.Only => rule.Gateways.Contains(gateway),
        _ => true,
    };

    private static Ranked Rank(RoutingOptions options, RoutingRule[] rules, RoutingCandidate candidate, RoutingQuery query)
    {
        var (preference, place) = (NotPreferred, 0);
        RoutingRule? because = null;
        foreach (var rule in rules.Where(rule => rule.Effect is RoutingEffect.Prefer))
        {
            var at = PlaceIn(rule.Gateways, candidate.Name);
            if (at < rule.Gateways.Count)
            {
                (preference, because) = (place + at, rule);
                break;
            }

            place += at;
        }

        because ??= rules.FirstOrDefault(rule => rule.Effect is RoutingEffect.Only);
        var cost = options.Costs.GetValueOrDefault(candidate.Name);

        // Whole percents, so that one lost call among hundreds does not turn the order about.
        var failing = (10_000 - candidate.Standing.AnsweredBasisPoints) / 100 * 100;
        var failures = (Int128)query.Amount.Minor * options.FailureBasisPoints * failing;

        // Both in hundred-millionths of a minor unit: nothing is rounded.
        return new Ranked(candidate, preference, because, cost, ((cost ?? GatewayCost.None).Of(query.Amount) * 10_000) + failures);
    }

    // A stable sort keeps gateways that are not named as they are set up.
    private static int OrderOf(RoutingOptions options, string gateway) => PlaceIn(options.Order, gateway);

    /// <summary>Where a name stands; how many there are where it stands nowhere.</summary>
    private static int PlaceIn(IReadOnlyList<string> names, string name)
    {
        var at = 0;
        while (at < names.Count && names[at] != name) at++;
        return at;
    }

    private static string Reason(Ranked ranked, int able, RoutingQuery query)
    {
        if (ranked.Candidate.Standing.CircuitOpen) return "has not answered lately: tried last";
        var why = (ranked, able) switch
        {
            ({ Preference: not NotPreferred, Because: { } rule }, _) => $"preferred by rule {rule.Name}",
            ({ Because: { } rule }, _) => $"allowed by rule {rule.Name}",
            (_, 1) => "the only one that takes it",
            _ when query.Mode is CaptureMode.Manual => "by captures in parts, cost, answers and order",
            _ => "by cost, answers and order",
        };
        var cost = ranked.Cost is { } declared ? $"costs {new Amount((long)((declared.Of(query.Amount) + 9_999) / 10_000), query.Amount.Currency)}, " : "";
        return $"{why}; {cost}answers {Percent(ranked.Candidate.Standing.AnsweredBasisPoints)} %";
    }

    private static string Percent(int basisPoints) => string.Create(CultureInfo.InvariantCulture, $"{basisPoints / 100}.{basisPoints % 100 / 10}");

    private sealed record Ranked(RoutingCandidate Candidate, int Preference, RoutingRule? Because, GatewayCost? Cost, Int128 Expected);
}
