using System.Globalization;

namespace Hub.Domain.Money;

/// <summary>An amount of money: integer minor units of one currency. Never a float.</summary>
/// <param name="Minor">Minor units (cents for EUR); may be negative in a difference.</param>
/// <param name="Currency">The currency.</param>
public readonly record struct Amount(long Minor, Currency Currency) : IComparable<Amount>
{
    /// <summary>The largest amount of one payment or invoice, in minor units: 999,999,999,999.</summary>
    /// <remarks>Twelve digits, as ISO 8583 field 4. Sums of a million such amounts still fit 64 bits.</remarks>
    public const long MaxMinor = 999_999_999_999;

    /// <summary>Nothing, in a currency.</summary>
    public static Amount Zero(Currency currency) => new(0, currency);

    /// <summary>Adds; both must be of one currency.</summary>
    /// <exception cref="InvalidOperationException">Two currencies: a caller's bug.</exception>
    /// <exception cref="OverflowException">Beyond 64 bits.</exception>
    public static Amount operator +(Amount left, Amount right) => new(checked(left.Minor + right.SameAs(left).Minor), left.Currency);

    /// <summary>Subtracts; both must be of one currency.</summary>
    /// <inheritdoc cref="op_Addition" path="/exception"/>
    public static Amount operator -(Amount left, Amount right) => new(checked(left.Minor - right.SameAs(left).Minor), left.Currency);

    /// <summary>Compares; both must be of one currency.</summary>
    public static bool operator <(Amount left, Amount right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(Amount left, Amount right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator <=(Amount left, Amount right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >=(Amount left, Amount right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Amount other) => Minor.CompareTo(other.SameAs(this).Minor);

    /// <summary>For people and messages, such as <c>EUR 49.90</c>: code, space, decimals of the currency, no grouping.</summary>
    public override string ToString()
    {
        var decimals = Currency.Decimals;
        var digits = Int128.Abs(Minor).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var sign = Minor < 0 ? "-" : "";
        return decimals == 0 ? $"{Currency} {sign}{digits}" : $"{Currency} {sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    private Amount SameAs(Amount other) =>
        Currency == other.Currency ? this : throw new InvalidOperationException($"{Currency} and {other.Currency} do not add up.");
}
