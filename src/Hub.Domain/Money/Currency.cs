using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Domain.Money;

/// <summary>An ISO 4217 currency the hub accepts.</summary>
/// <remarks>Source: ISO 4217:2015, table A.1; minor units as listed there.</remarks>
[JsonConverter(typeof(CurrencyConverter))]
public readonly record struct Currency
{
    private static readonly FrozenDictionary<string, int> MinorUnits = new Dictionary<string, int>
    {
        ["AED"] = 2, ["AUD"] = 2, ["BHD"] = 3, ["BRL"] = 2, ["CAD"] = 2, ["CHF"] = 2, ["CLP"] = 0, ["CNY"] = 2,
        ["CZK"] = 2, ["DKK"] = 2, ["EUR"] = 2, ["GBP"] = 2, ["HKD"] = 2, ["HUF"] = 2, ["IDR"] = 2, ["ILS"] = 2,
        ["INR"] = 2, ["ISK"] = 0, ["JOD"] = 3, ["JPY"] = 0, ["KRW"] = 0, ["KWD"] = 3, ["MXN"] = 2, ["MYR"] = 2,
        ["NOK"] = 2, ["NZD"] = 2, ["OMR"] = 3, ["PHP"] = 2, ["PLN"] = 2, ["RON"] = 2, ["SAR"] = 2, ["SEK"] = 2,
        ["SGD"] = 2, ["THB"] = 2, ["TND"] = 3, ["TRY"] = 2, ["TWD"] = 2, ["UAH"] = 2, ["USD"] = 2, ["VND"] = 0,
        ["ZAR"] = 2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string? _code;

    private Currency(string code) => _code = code;

    /// <summary>Three capital letters.</summary>
    public string Code => _code ?? throw new InvalidOperationException("A currency was never set.");

    /// <summary>How many decimals the minor unit stands for: 0, 2 or 3.</summary>
    public int Decimals => MinorUnits[Code];

    /// <summary>Euro.</summary>
    public static Currency Eur { get; } = new("EUR");

    /// <summary>US dollar.</summary>
    public static Currency Usd { get; } = new("USD");

    /// <summary>Reads a code; case matters.</summary>
    /// <returns>Whether the hub accepts that currency.</returns>
    public static bool TryParse(string? code, out Currency currency)
    {
        var known = code is not null && MinorUnits.ContainsKey(code);
        currency = known ? new Currency(code!) : default;
        return known;
    }

    /// <summary>Reads a code the hub wrote itself.</summary>
    /// <exception cref="FormatException">Not a currency the hub accepts: a caller's bug.</exception>
    public static Currency Parse(string code) => TryParse(code, out var currency) ? currency : throw new FormatException($"'{code}' is no currency the hub accepts.");

    /// <inheritdoc/>
    public override string ToString() => _code ?? "";
}

internal sealed class CurrencyConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Currency.TryParse(reader.GetString(), out var currency) ? currency : throw new JsonException("Unknown currency.");

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
