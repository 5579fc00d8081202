using Hub.Domain.Kernel;

namespace Hub.Domain.Tests.Kernel;

public sealed class CardDigitsTests
{
    [Theory]
    [InlineData("4242424242424242", true)]
    [InlineData("4242424242424241", false)]
    [InlineData("4242424242424243", false)]
    [InlineData("2424242424242424", false)]
    [InlineData("378282246310005", true)]
    [InlineData("6011111111111117", true)]
    [InlineData("9999999999999995", false)]
    public void A_card_begins_as_cards_do_and_ends_with_its_check_digit(string number, bool card) =>
        Assert.Equal(card, CardDigits.LookLikeACard(Values(number)));

    [Theory]
    [InlineData(2220, false)]
    [InlineData(2221, true)]
    [InlineData(2720, true)]
    [InlineData(2721, false)]
    [InlineData(3399, false)]
    [InlineData(3400, true)]
    [InlineData(3499, true)]
    [InlineData(3527, false)]
    [InlineData(3528, true)]
    [InlineData(3589, true)]
    [InlineData(3590, false)]
    [InlineData(3699, false)]
    [InlineData(3700, true)]
    [InlineData(3799, true)]
    [InlineData(3800, false)]
    [InlineData(3999, false)]
    [InlineData(4000, true)]
    [InlineData(4999, true)]
    [InlineData(5000, false)]
    [InlineData(5099, false)]
    [InlineData(5100, true)]
    [InlineData(5599, true)]
    [InlineData(5600, false)]
    [InlineData(6010, false)]
    [InlineData(6011, true)]
    [InlineData(6012, false)]
    [InlineData(6199, false)]
    [InlineData(6200, true)]
    [InlineData(6299, true)]
    [InlineData(6300, false)]
    [InlineData(6439, false)]
    [InlineData(6440, true)]
    [InlineData(6599, true)]
    [InlineData(6600, false)]
    [InlineData(8099, false)]
    [InlineData(8100, true)]
    [InlineData(8199, true)]
    [InlineData(8200, false)]
    public void Its_first_four_digits_are_a_schemes(int four, bool card)
    {
        var checkedOnes = Enumerable.Range(0, 10).Select(digit => Values($"{four}00000000000{digit}")).Where(digits => CardDigits.HaveCheckDigit(digits));

        Assert.Equal(card, CardDigits.LookLikeACard(Assert.Single(checkedOnes)));
    }

    private static byte[] Values(string digits) => [.. digits.Select(digit => (byte)(digit - '0'))];
}
