using FsCheck;
using FsCheck.Fluent;
using Hub.Channels.Sms;

namespace Hub.Channels.Tests.Sms;

public sealed class SmsTextTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(159, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(305, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    [InlineData(459, 3)]
    [InlineData(460, 4)]
    [InlineData(1530, 10)]
    [InlineData(1531, 11)]
    public void A_plain_text_has_160_characters_or_153_a_part(int length, int parts) => Assert.Equal(parts, SmsText.Segments(new string('a', length)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(69, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(133, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    [InlineData(201, 3)]
    [InlineData(202, 4)]
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

    [Theory]
    [InlineData(158, 1)]
    [InlineData(159, 2)]
    [InlineData(304, 2)]
    [InlineData(305, 3)]
    public void One_escaped_character_takes_the_place_of_two(int others, int parts)
    {
        Assert.Equal(parts, SmsText.Segments(new string('a', others) + "€"));
        Assert.Equal(parts, SmsText.Segments("€" + new string('a', others)));
    }

    [Theory]
    [InlineData(152, 8, 2)]
    [InlineData(152, 151, 2)]
    [InlineData(152, 152, 3)]
    public void An_escaped_character_at_the_end_of_a_part_moves_whole_to_the_next(int before, int after, int parts) =>
        Assert.Equal(parts, SmsText.Segments(new string('a', before) + "€" + new string('a', after)));

    [Theory]
    [InlineData("\u010Cesk\u00E1 po\u0161ta", "Ceska posta")]
    [InlineData("\u0141\u00F3d\u017A", "Lodz")]
    [InlineData("\u0130stanbul \u015Ei\u015Fli", "Istanbul Sisli")]
    [InlineData("K\u0151szeg", "K\u00F6szeg")]
    [InlineData("Cafe\u0301", "Cafe")]
    [InlineData("a\u00A0\u2013\u00A0b\u2026", "a - b...")]
    [InlineData("B\u00E4ckerei S\u00FC\u00DF, \u00C5re", "B\u00E4ckerei S\u00FC\u00DF, \u00C5re")]
    [InlineData("\u4E66\u5E97", "\u4E66\u5E97")]
    [InlineData("\u0416", "\u0416")]
    public void A_character_is_replaced_only_where_the_alphabet_lacks_it_and_its_reader_knows_the_stand_in(string text, string plain) =>
        Assert.Equal(plain, SmsText.ToPlain(text));

    [Fact]
    public void What_cannot_be_written_in_the_alphabet_whole_keeps_its_accents()
    {
        var name = "\u4E66\u5E97 \u0160koda\u200B" + new string('a', 62);

        Assert.Equal(2, SmsText.Segments(name));
        Assert.Equal(name, SmsText.Thrifty(name));
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
    public void Being_thrifty_changes_no_digit_of_any_script() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            Digits(SmsText.Thrifty("\u201C4839\u201D " + text.Get)) == Digits("4839 " + text.Get)
            && Digits(SmsText.ToPlain(text.Get)) == Digits(text.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_stand_in_is_in_the_alphabet()
    {
        foreach (var character in Enumerable.Range(0, 0x10000).Select(i => ((char)i).ToString()))
        {
            var plain = SmsText.ToPlain(character);
            Assert.True(plain == character || SmsText.IsGsm7(plain), character);
        }
    }

    [Fact]
    public void Being_thrifty_never_costs_a_part_and_leaves_the_alphabet_alone() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            SmsText.Segments(SmsText.Thrifty(text.Get)) <= SmsText.Segments(text.Get)
            && (!SmsText.IsGsm7(text.Get) || SmsText.ToPlain(text.Get) == text.Get)).QuickCheckThrowOnFailure();

    private static string Digits(string text) => string.Concat(text.Where(char.IsDigit));
}
