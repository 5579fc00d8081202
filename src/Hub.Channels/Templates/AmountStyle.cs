using System.Globalization;
using System.Text;
using Hub.Domain.Money;

namespace Hub.Channels.Templates;

/// <summary>How readers of one locale write an amount: separators, groups of three, and where a symbol is clear enough to stand for the code.</summary>
/// <param name="Decimal">Before the minor digits.</param>
/// <param name="Group">Between groups of three digits.</param>
/// <param name="CurrencyFirst">Whether the symbol or code stands before the number.</param>
/// <param name="Symbols">Currency and symbol, such as <c>EUR€</c>. Every other currency is written by its ISO 4217 code.</param>
/// <remarks>
/// The formats are our own and not the runtime's: a payer confirms exactly this text, so it must not change with the ICU or CLDR
/// version a machine has, and the hub runs without ICU. A symbol is used only where no other currency the hub takes has it: a bare
/// <c>$</c> never, <c>¥</c> for the yuan and only where people write nothing else with it. All of them are in the GSM alphabet, and
/// the space and the apostrophe are plain ones, since typographic ones would turn a text message into UCS-2.
/// Source: CLDR 46, number patterns of en, de, de-CH and zh; ISO 4217 (minor units); decision 0019.
/// </remarks>
internal sealed record AmountStyle(char Decimal, char Group, bool CurrencyFirst, params string[] Symbols)
{
    /// <summary>For readers nothing is known of: codes only, <c>EUR 1,234.50</c>.</summary>
    internal static AmountStyle International { get; } = new('.', ',', CurrencyFirst: true);

    /// <summary>English of a country: <c>€1,234.50</c>.</summary>
    internal static AmountStyle English { get; } = new('.', ',', CurrencyFirst: true, "EUR€", "GBP£");

    /// <summary>German of Germany and Austria: <c>1.234,50 €</c>.</summary>
    internal static AmountStyle German { get; } = new(',', '.', CurrencyFirst: false, "EUR€", "GBP£");

    /// <summary>German of Switzerland and Liechtenstein: <c>CHF 1'234.50</c>.</summary>
    internal static AmountStyle Swiss { get; } = new('.', '\'', CurrencyFirst: true);

    /// <summary>Chinese of the mainland, where <c>¥</c> is the yuan: <c>¥1,234.50</c>.</summary>
    internal static AmountStyle Mainland { get; } = new('.', ',', CurrencyFirst: true, "CNY¥", "EUR€", "GBP£");

    /// <summary>Chinese of other countries, where <c>¥</c> may be the yen as well.</summary>
    internal static AmountStyle ChineseAbroad { get; } = new('.', ',', CurrencyFirst: true, "EUR€", "GBP£");

    /// <summary>The amount in words of this style, with as many minor digits as its currency has.</summary>
    internal string Of(Amount amount)
    {
        var decimals = amount.Currency.Decimals;
        var digits = Int128.Abs(amount.Minor).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var whole = Grouped(digits[..^decimals]);
        var number = decimals == 0 ? whole : $"{whole}{Decimal}{digits[^decimals..]}";
        var signed = amount.Minor < 0 ? $"-{number}" : number;
        var symbol = SymbolOf(amount.Currency);
        if (!CurrencyFirst) return $"{signed} {symbol ?? amount.Currency.Code}";
        if (symbol is null) return $"{amount.Currency.Code} {signed}";
        return amount.Minor < 0 ? $"-{symbol}{number}" : $"{symbol}{number}";
    }

    private string? SymbolOf(Currency currency)
    {
        var pair = Array.Find(Symbols, s => s.StartsWith(currency.Code, StringComparison.Ordinal));
        return pair?[currency.Code.Length..];
    }

    private string Grouped(string digits)
    {
        var grouped = new StringBuilder(digits.Length + 4);
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % 3 == 0) grouped.Append(Group);
            grouped.Append(digits[i]);
        }

        return grouped.ToString();
    }
}
