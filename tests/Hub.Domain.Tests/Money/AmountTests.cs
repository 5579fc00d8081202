using Hub.Domain.Ledger;
using Hub.Domain.Money;
using Hub.Domain.Tests.Testing;

namespace Hub.Domain.Tests.Money;

/// <summary>Integer minor units of one currency.</summary>
public sealed class AmountTests
{
    [Theory]
    [InlineData("EUR", 0, "EUR 0.00")]
    [InlineData("EUR", 1, "EUR 0.01")]
    [InlineData("EUR", -1, "EUR -0.01")]
    [InlineData("EUR", 4_990, "EUR 49.90")]
    [InlineData("JPY", 4_990, "JPY 4990")]
    [InlineData("KWD", 4_990, "KWD 4.990")]
    [InlineData("EUR", long.MinValue, "EUR -92233720368547758.08")]
    public void It_reads_as_people_write_it(string currency, long minor, string text) => Assert.Equal(text, new Amount(minor, Currency.Parse(currency)).ToString());

    [Fact]
    public void Adding_and_taking_away_again_gives_the_same() => Properties.Check(runs: 500, length: 2, numbers =>
    {
        var luck = new Luck(numbers);
        var one = new Amount(luck.Below(100_000) - 50_000L, Currency.Eur);
        var other = new Amount(luck.Below(100_000) - 50_000L, Currency.Eur);
        Assert.Equal(one, one + other - other);
        Assert.Equal(one + other, other + one);
        Assert.Equal(one.Minor < other.Minor, one < other);
        Assert.Equal(one.Minor >= other.Minor, one >= other);
    });

    [Fact]
    public void Two_currencies_do_not_add_up_and_nothing_overflows_in_silence()
    {
        Assert.Throws<InvalidOperationException>(() => new Amount(1, Currency.Eur) + new Amount(1, Currency.Usd));
        Assert.Throws<InvalidOperationException>(() => new Amount(1, Currency.Eur) < new Amount(1, Currency.Usd));
        Assert.Throws<OverflowException>(() => new Amount(long.MaxValue, Currency.Eur) + new Amount(1, Currency.Eur));
        Assert.Throws<OverflowException>(() => new Amount(long.MinValue, Currency.Eur) - new Amount(1, Currency.Eur));
    }

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("eur", false)]
    [InlineData("EURO", false)]
    [InlineData("XXX", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_known_currencies_are_read(string? code, bool known) => Assert.Equal(known, Currency.TryParse(code, out _));

    [Fact]
    [Trait("Invariant", "7")]
    public void Postings_balance_or_are_not_made()
    {
        var set = PostingSet.Move(new Amount(5, Currency.Eur), new Account("a"), new Account("b"));
        Assert.Equal([new Posting(new Account("b"), 5), new Posting(new Account("a"), -5)], set.Postings);
        Assert.Throws<ArgumentException>(() => PostingSet.Move(Amount.Zero(Currency.Eur), new Account("a"), new Account("b")));
        Assert.Throws<ArgumentException>(() => new PostingSet(Currency.Eur, new Posting(new Account("a"), 1)));
        Assert.Throws<ArgumentException>(() => new PostingSet(Currency.Eur, new Posting(new Account("a"), 1), new Posting(new Account("b"), -2)));
    }
}
