using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Templates;

/// <summary>Amounts as the readers of a locale write them, the same on every machine.</summary>
public sealed class AmountTests
{
    private static readonly string[] Locales = ["en", "en-GB", "de", "de-CH", "zh", "zh-SG"];

    [Theory]
    [InlineData("EUR", 4_70, "EUR 4.70", "€4.70", "4,70 €", "EUR 4.70", "€4.70", "€4.70")]
    [InlineData("GBP", 4_70, "GBP 4.70", "£4.70", "4,70 £", "GBP 4.70", "£4.70", "£4.70")]
    [InlineData("USD", 4_70, "USD 4.70", "USD 4.70", "4,70 USD", "USD 4.70", "USD 4.70", "USD 4.70")]
    [InlineData("CHF", 4_70, "CHF 4.70", "CHF 4.70", "4,70 CHF", "CHF 4.70", "CHF 4.70", "CHF 4.70")]
    [InlineData("CNY", 4_70, "CNY 4.70", "CNY 4.70", "4,70 CNY", "CNY 4.70", "¥4.70", "CNY 4.70")]
    [InlineData("JPY", 470, "JPY 470", "JPY 470", "470 JPY", "JPY 470", "JPY 470", "JPY 470")]
    [InlineData("JPY", 4_700, "JPY 4,700", "JPY 4,700", "4.700 JPY", "JPY 4'700", "JPY 4,700", "JPY 4,700")]
    [InlineData("BHD", 4_700, "BHD 4.700", "BHD 4.700", "4,700 BHD", "BHD 4.700", "BHD 4.700", "BHD 4.700")]
    [InlineData("EUR", 1, "EUR 0.01", "€0.01", "0,01 €", "EUR 0.01", "€0.01", "€0.01")]
    [InlineData("EUR", 99, "EUR 0.99", "€0.99", "0,99 €", "EUR 0.99", "€0.99", "€0.99")]
    [InlineData("EUR", 1_00, "EUR 1.00", "€1.00", "1,00 €", "EUR 1.00", "€1.00", "€1.00")]
    [InlineData("EUR", 999_99, "EUR 999.99", "€999.99", "999,99 €", "EUR 999.99", "€999.99", "€999.99")]
    [InlineData("EUR", 1_000_00, "EUR 1,000.00", "€1,000.00", "1.000,00 €", "EUR 1'000.00", "€1,000.00", "€1,000.00")]
    [InlineData("EUR", 1_000_01, "EUR 1,000.01", "€1,000.01", "1.000,01 €", "EUR 1'000.01", "€1,000.01", "€1,000.01")]
    [InlineData("EUR", 1_234_567_89, "EUR 1,234,567.89", "€1,234,567.89", "1.234.567,89 €", "EUR 1'234'567.89", "€1,234,567.89", "€1,234,567.89")]
    [InlineData("EUR", -4_70, "EUR -4.70", "-€4.70", "-4,70 €", "EUR -4.70", "-€4.70", "-€4.70")]
    public void An_amount_is_written_as_its_readers_write_it(string currency, long minor, params string[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var amount = new Amount(minor, Currency.Parse(currency));

        Assert.Equal(expected, Locales.Select(locale => Written(amount, locale)));
    }

    [Fact]
    public void Every_currency_keeps_its_digits_and_is_told_from_every_other_in_every_locale()
    {
        foreach (var locale in Locales)
        {
            var written = AllCurrencies().Select(currency => Written(new Amount(123_456_789, currency), locale)).ToList();

            Assert.Equal(written.Count, written.Distinct(StringComparer.Ordinal).Count());
            Assert.All(written, text => Assert.Equal("123456789", string.Concat(text.Where(char.IsAsciiDigit))));
            Assert.DoesNotContain(written, text => text.Contains('$', StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_largest_amount_is_written_whole() =>
        Assert.Equal("9.999.999.999,99 €", Written(new Amount(Amount.MaxMinor, Currency.Eur), "de"));

    // A receipt's subject ends in its total.
    private static string Written(Amount amount, string locale)
    {
        var receipt = Contents.Receipt("A", "B", amount) with { Total = amount };
        var subject = MessageTemplate.Render(new MessageContent.Receipt(receipt), Capabilities.Email, locale).Subject;
        return subject[(subject.LastIndexOfAny([':', '：']) + 1)..].Trim();
    }

    private static IEnumerable<Currency> AllCurrencies()
    {
        for (var first = 'A'; first <= 'Z'; first++)
        {
            for (var second = 'A'; second <= 'Z'; second++)
            {
                for (var third = 'A'; third <= 'Z'; third++)
                {
                    if (Currency.TryParse($"{first}{second}{third}", out var currency)) yield return currency;
                }
            }
        }
    }
}
