using Hub.Gateways.Cards;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Cards;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4242424242424242", CardBrand.Visa)]
    [InlineData("4000000000000002", CardBrand.Visa)]
    [InlineData("4222222222222", CardBrand.Visa)]
    [InlineData("4000000000000000006", CardBrand.Visa)]
    [InlineData("5555555555554444", CardBrand.Mastercard)]
    [InlineData("5105105105105100", CardBrand.Mastercard)]
    [InlineData("2223003122003222", CardBrand.Mastercard)]
    [InlineData("378282246310005", CardBrand.Amex)]
    [InlineData("341111111111111", CardBrand.Amex)]
    [InlineData("6200000000000005", CardBrand.UnionPay)]
    [InlineData("6205500000000000004", CardBrand.UnionPay)]
    public void A_number_has_the_brand_of_its_range(string text, CardBrand brand)
    {
        Assert.Null(CardNumber.TryParse(text, out var number));
        Assert.Equal(brand, number!.Brand);
        Assert.Equal(text[^4..], number.Last4);
    }

    [Theory]
    [InlineData(2220, null)]
    [InlineData(2221, CardBrand.Mastercard)]
    [InlineData(2222, CardBrand.Mastercard)]
    [InlineData(2719, CardBrand.Mastercard)]
    [InlineData(2720, CardBrand.Mastercard)]
    [InlineData(2721, null)]
    [InlineData(3399, null)]
    [InlineData(3400, CardBrand.Amex)]
    [InlineData(3499, CardBrand.Amex)]
    [InlineData(3500, null)]
    [InlineData(3699, null)]
    [InlineData(3700, CardBrand.Amex)]
    [InlineData(3799, CardBrand.Amex)]
    [InlineData(3800, null)]
    [InlineData(3999, null)]
    [InlineData(4000, CardBrand.Visa)]
    [InlineData(4999, CardBrand.Visa)]
    [InlineData(5000, null)]
    [InlineData(5099, null)]
    [InlineData(5100, CardBrand.Mastercard)]
    [InlineData(5599, CardBrand.Mastercard)]
    [InlineData(5600, null)]
    [InlineData(6199, null)]
    [InlineData(6200, CardBrand.UnionPay)]
    [InlineData(6299, CardBrand.UnionPay)]
    [InlineData(6300, null)]
    [InlineData(8099, null)]
    [InlineData(8100, CardBrand.UnionPay)]
    [InlineData(8199, CardBrand.UnionPay)]
    [InlineData(8200, null)]
    public void A_range_ends_exactly_where_its_scheme_ends(int firstFour, CardBrand? brand) =>
        Assert.Equal(brand, CardBrands.OfPrefix(firstFour));

    [Theory]
    [InlineData(CardBrand.Visa, "13 16 19")]
    [InlineData(CardBrand.Mastercard, "16")]
    [InlineData(CardBrand.Amex, "15")]
    [InlineData(CardBrand.UnionPay, "16 17 18 19")]
    public void A_scheme_has_the_lengths_it_publishes(CardBrand brand, string lengths) =>
        Assert.Equal(lengths, string.Join(' ', Enumerable.Range(8, 16).Where(digits => brand.HasLength(digits))));

    [Theory]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("4242-4242-4242-4242")]
    public void A_number_may_be_typed_in_groups(string text)
    {
        Assert.Null(CardNumber.TryParse(text, out var number));
        Assert.Equal("4242424242424242", number!.Digits);
    }

    [Theory]
    [InlineData(null, CardProblem.NumberMalformed)]
    [InlineData("", CardProblem.NumberMalformed)]
    [InlineData("4242424", CardProblem.NumberMalformed)]
    [InlineData("42424242", CardProblem.NumberLength)]
    [InlineData(" 4242424242424242", CardProblem.NumberMalformed)]
    [InlineData("4242424242424242 ", CardProblem.NumberMalformed)]
    [InlineData("4242  424242424242", CardProblem.NumberMalformed)]
    [InlineData("4242_4242_4242_4242", CardProblem.NumberMalformed)]
    [InlineData("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", CardProblem.NumberMalformed)]
    [InlineData("4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", CardProblem.NumberMalformed)]
    [InlineData("6011111111111117", CardProblem.BrandNotSupported)]
    [InlineData("3530111333300000", CardProblem.BrandNotSupported)]
    [InlineData("0000000000000000", CardProblem.BrandNotSupported)]
    [InlineData("424242424242424", CardProblem.NumberLength)]
    [InlineData("42424242424242426", CardProblem.NumberLength)]
    [InlineData("4242424242424241", CardProblem.NumberCheckDigit)]
    [InlineData("4242424242424243", CardProblem.NumberCheckDigit)]
    [InlineData("2424242424242424", CardProblem.NumberCheckDigit)]
    public void A_number_that_cannot_exist_is_refused_for_its_first_fault(string? text, CardProblem problem)
    {
        Assert.Equal(problem, CardNumber.TryParse(text, out var number));
        Assert.Null(number);
    }

    /// <summary>Invariant 23.</summary>
    [Fact]
    public void A_card_never_prints_more_than_its_last_four()
    {
        Assert.Equal("•••• 4242", Samples.Visa.Number.ToString());
        Assert.Equal("•••• 4242", Samples.Visa.ToString());
        Assert.Equal("•••", Samples.Code("737", CardBrand.Visa).ToString());
        Assert.DoesNotContain("42424242", System.Text.Json.JsonSerializer.Serialize(Samples.Visa), StringComparison.Ordinal);
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(Samples.Code("737", CardBrand.Visa)));
    }

    [Theory]
    [InlineData(CardBrand.Visa, "12", false)]
    [InlineData(CardBrand.Visa, "123", true)]
    [InlineData(CardBrand.Visa, "1234", false)]
    [InlineData(CardBrand.Mastercard, "123", true)]
    [InlineData(CardBrand.UnionPay, "1234", false)]
    [InlineData(CardBrand.Amex, "123", false)]
    [InlineData(CardBrand.Amex, "1234", true)]
    [InlineData(CardBrand.Amex, "12345", false)]
    [InlineData(CardBrand.Visa, "12a", false)]
    [InlineData(CardBrand.Visa, "١٢٣", false)]
    [InlineData(CardBrand.Visa, null, false)]
    public void A_security_code_has_the_digits_of_its_brand(CardBrand brand, string? text, bool good)
    {
        Assert.Equal(good ? null : CardProblem.SecurityCodeMalformed, SecurityCode.TryParse(text, brand, out var code));
        Assert.Equal(good, code is not null);
    }

    [Fact]
    public void Every_problem_and_every_brand_has_a_code_of_its_own()
    {
        Assert.Distinct(Enum.GetValues<CardProblem>().Select(problem => problem.Code()));
        Assert.Distinct(Enum.GetValues<CardBrand>().Select(brand => brand.Code()));
    }
}
