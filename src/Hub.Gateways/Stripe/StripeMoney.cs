using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Gateways.Stripe;

/// <summary>The currencies whose smallest unit is the same at Stripe and in the hub.</summary>
/// <remarks>
/// Source: Stripe's documentation, "Supported currencies". Left out: the krona of Iceland, which Stripe still counts in
/// hundredths that must be zero, and the currencies with three decimals (BHD, JOD, KWD, OMR, TND), whose last digit Stripe wants
/// to be zero: an amount that the hub owes to the last fils could not be charged. Forint and new Taiwan dollar are charged in
/// hundredths like any other; only Stripe's payouts to the merchant's own bank are in whole ones.
/// </remarks>
internal static class StripeMoney
{
    /// <summary>What the gateway takes.</summary>
    internal static EquatableArray<Currency> Currencies { get; } = new[]
    {
        "AED", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW",
        "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
    }.Select(Currency.Parse).ToEquatableArray();

    /// <summary>The currency in Stripe's spelling.</summary>
    internal static string Code(Currency currency) => string.Create(3, currency.Code, static (small, code) => code.AsSpan().ToLowerInvariant(small));

    /// <summary>An amount in Stripe's words.</summary>
    /// <returns><c>null</c> where a part is missing or the currency is none of those the gateway takes: its units would be another's.</returns>
    internal static Amount? Read(long? minor, string? currency) =>
        minor is { } units && currency is { Length: 3 } && Currency.TryParse(currency.ToUpperInvariant(), out var known) && Currencies.Contains(known)
            ? new Amount(units, known)
            : null;
}
