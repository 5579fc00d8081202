using FsCheck;
using FsCheck.Fluent;
using Hub.Channels.Sms;

namespace Hub.Channels.Tests.Sms;

public sealed class SmsTextTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    [InlineData(459, 3)]
    [InlineData(460, 4)]
    public void A_plain_text_has_160_characters_or_153_a_part(int length, int parts) => Assert.Equal(parts, SmsText.Segments(new string('a', length)));

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void One_character_outside_the_alphabet_makes_it_70_or_67_a_part(int length, int parts) =>
        Assert.Equal(parts, SmsText.Segments("Ж" + new string('a', length - 1)));

    [Theory]
    [InlineData(80, 1)]
    [InlineData(81, 2)]
    [InlineData(152, 2)]
    [InlineData(153, 3)]
    public void An_escaped_character_counts_twice_and_is_never_split(int length, int parts) =>
        Assert.Equal(parts, SmsText.Segments(new string('€', length)));

    [Theory]
    [InlineData(35, 1)]
    [InlineData(36, 2)]
    [InlineData(66, 2)]
    [InlineData(67, 3)]
    public void A_surrogate_pair_is_never_split(int emojis, int parts) =>
        Assert.Equal(parts, SmsText.Segments(string.Concat(Enumerable.Repeat("\U0001F4E6", emojis))));

    [Theory]
    [InlineData("Straße, Ålesund, ¡Ñ! @£$¥ ^{}[]~|\\ €", true)]
    [InlineData("œuvre", false)]
    [InlineData("don\u2019t", false)]
    [InlineData("日本", false)]
    public void The_alphabet_is_the_standards(string text, bool isGsm) => Assert.Equal(isGsm, SmsText.IsGsm7(text));

    [Fact]
    public void The_alphabet_has_128_places_less_the_escape_and_10_escaped_characters()
    {
        var all = Enumerable.Range(0, 0x10000).Select(i => SmsText.Septets((char)i)).ToList();

        Assert.Equal(127, all.Count(s => s == 1));
        Assert.Equal(10, all.Count(s => s == 2));
    }

    [Fact]
    public void Typography_is_replaced_where_that_saves_parts()
    {
        var typographic = "\u201CHalf\u2013price\u201D\u00A0today\u2026 " + new string('a', 60);

        Assert.Equal("\"Half-price\" today... " + new string('a', 60), SmsText.Thrifty(typographic));
        Assert.Equal("don\u2019t", SmsText.Thrifty("don\u2019t"));
    }

    [Fact]
    public void What_has_no_stand_in_stays_and_saves_nothing()
    {
        var greek = "Ж\u2019" + new string('a', 80);

        Assert.Equal(greek, SmsText.Thrifty(greek));
    }

    [Theory]
    [InlineData("ACME Books", 20, "ACME Books")]
    [InlineData("12345678901234567890", 20, "12345678901234567890")]
    [InlineData("123456789012345678901", 20, "123456789012345678..")]
    [InlineData("12345678901234567 9012", 20, "12345678901234567..")]
    [InlineData("€€€€€", 9, "€€€..")]
    [InlineData("\U0001F4E6\U0001F4E6\U0001F4E6", 5, "\U0001F4E6..")]
    public void A_long_name_is_shortened_to_its_width(string name, int width, string shortened) => Assert.Equal(shortened, SmsText.Shorten(name, width));

    [Fact]
    public void Being_thrifty_never_costs_a_part_and_leaves_the_alphabet_alone() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            SmsText.Segments(SmsText.Thrifty(text.Get)) <= SmsText.Segments(text.Get)
            && (!SmsText.IsGsm7(text.Get) || SmsText.ToPlain(text.Get) == text.Get)).QuickCheckThrowOnFailure();
}
