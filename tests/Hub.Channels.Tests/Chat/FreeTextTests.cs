using Hub.Channels.Chat;

namespace Hub.Channels.Tests.Chat;

/// <summary>What people write is kept without codes and card numbers (invariant 23), and fit to be shown.</summary>
[Trait("Invariant", "23")]
public sealed class FreeTextTests
{
    [Theory]
    [InlineData("my code is 839207", "my code is ******")]
    [InlineData("839207", "******")]
    [InlineData("83920", "83920")]
    [InlineData("8392071", "8392071")]
    [InlineData("code:839207.", "code:******.")]
    [InlineData("R839207", "R839207")]
    [InlineData("８３９２０７", "******")]
    [InlineData("pay 4839", "pay ****")]
    [InlineData("PAY: 4839!", "PAY: ****!")]
    [InlineData("> \"Pay 4839\"", "> \"Pay ****\"")]
    [InlineData("Hello\nNO 4839, thanks", "Hello\nNO ****, thanks")]
    [InlineData("my order no. 1001 is broken", "my order no. 1001 is broken")]
    [InlineData("I said PAY: 4839!", "I said PAY: 4839!")]
    [InlineData("no4839", "no****")]
    [InlineData("not me 4839", "not me ****")]
    [InlineData("pay 48391", "pay 48391")]
    [InlineData("in 2026 or 2027", "in 2026 or 2027")]
    [InlineData("know 4839", "know 4839")]
    public void One_time_codes_become_stars(string text, string kept) => Assert.Equal(kept, FreeText.WithoutCodes(text));

    [Fact]
    public void The_name_of_an_order_stays()
    {
        Assert.Equal("483920, not ******", FreeText.WithoutCodes("483920, not 839207", digits => digits == "483920"));
        Assert.Equal("order 483920", FreeText.Clean("order 483920", digits => digits == "483920"));
    }

    [Theory]
    [InlineData("No. 4839 has not come", "No. 4839 has not come")]
    [InlineData("no. 4838 has not come", "no. **** has not come")]
    [InlineData("NO 4839", "NO ****")]
    [InlineData("NO 4839!\nnever", "NO ****!\nnever")]
    [InlineData("没有 no 4839 还没有到", "没有 no 4839 还没有到")]
    [InlineData("no 4839 还没有到", "no 4839 还没有到")]
    public void Behind_an_answers_word_it_stays_only_with_words_behind_it(string text, string kept) => Assert.Equal(kept, FreeText.WithoutCodes(text, digits => digits == "4839"));

    [Theory]
    [InlineData("my card is 4242424242424242", "my card is ****")]
    [InlineData("4242 4242 4242 4242, please", "****, please")]
    [InlineData("3782-822463-10005", "****")]
    [InlineData("parcel 00340434161094042557", "parcel 00340434161094042557")]
    [InlineData("4242424242424241", "4242424242424241")]
    public void Card_numbers_become_stars(string text, string kept) => Assert.Equal(kept, FreeText.Clean(text));

    [Theory]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\u0007\u202Eb\u2069", "ab")]
    [InlineData("  \u0000 ", "")]
    [InlineData("ok \U0001F44D", "ok \U0001F44D")]
    public void What_turns_or_ends_a_line_is_left_out(string text, string kept) => Assert.Equal(kept, FreeText.Clean(text));

    [Theory]
    [InlineData(1_999, 1_999)]
    [InlineData(2_000, 2_000)]
    [InlineData(2_001, 2_000)]
    public void It_is_cut_to_the_longest_message(int length, int kept) => Assert.Equal(kept, FreeText.Clean(new string('x', length)).Length);

    [Fact]
    public void A_sign_of_two_units_is_never_cut_in_half() => Assert.Equal(1_999, FreeText.Clean(new string('x', 1_999) + "\U0001F44D").Length);
}
