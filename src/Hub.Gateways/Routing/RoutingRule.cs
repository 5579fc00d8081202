using Hub.Domain.Kernel;

namespace Hub.Gateways.Routing;

/// <summary>What a rule does with the gateways it names.</summary>
public enum RoutingEffect
{
    /// <summary>They come first, in the order named; the others follow.</summary>
    Prefer,

    /// <summary>No other may take it.</summary>
    Only,

    /// <summary>They may not take it.</summary>
    Never,
}

/// <summary>One rule about which gateways take what. It applies where everything it names fits; what it leaves empty fits everything.</summary>
/// <param name="Name">What the timeline calls it; 1 to 40 letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Gateways">To which gateways; one at least.</param>
public sealed record RoutingRule(string Name, RoutingEffect Effect, EquatableArray<string> Gateways)
{
    /// <summary>Instrument types, such as <c>card</c>.</summary>
    public EquatableArray<string> Instruments { get; init; } = [];

    /// <summary>Currency codes.</summary>
    public EquatableArray<string> Currencies { get; init; } = [];

    /// <summary>From which amount on, in minor units of the one currency the rule names; included.</summary>
    public long? MinMinor { get; init; }

    /// <summary>Up to which amount, in minor units of the one currency the rule names; included.</summary>
    public long? MaxMinor { get; init; }

    /// <summary>Merchants, <c>mer_…</c>.</summary>
    public EquatableArray<string> Merchants { get; init; } = [];

    /// <summary>Banks of accounts, or schemes of cards, as the instrument's brand names them: <c>visa</c>.</summary>
    public EquatableArray<string> Banks { get; init; } = [];

    /// <summary>Whether it applies.</summary>
    internal bool Fits(RoutingQuery query) =>
        Names(Instruments, query.InstrumentType)
        && Names(Currencies, query.Amount.Currency.Code)
        && !(query.Amount.Minor < MinMinor)
        && !(query.Amount.Minor > MaxMinor)
        && Names(Merchants, query.Merchant)
        && Names(Banks, query.Bank);

    private static bool Names(EquatableArray<string> some, string one) => some.Count is 0 || some.Contains(one, StringComparer.Ordinal);
}
