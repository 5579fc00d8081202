using Hub.Channels.Sms;
using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Templates;

/// <summary>What a text message costs: English and German one part, Chinese two, for the largest amounts and whatever the shop is called.</summary>
public sealed class SegmentTests
{
    private static readonly string[] LatinNames =
        ["A", "12345678901234567890", new('x', 21), new('€', 60), "L\u2019\u00C9picerie du March\u00E9 fran\u00E7ais", "Škoda & Łódź", "Cafe\u0301 M\u00FCller", "a\r\nb"];

    private static readonly string[] ChineseNames = ["书", "新华书店", new('书', 20), new('书', 21), "\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6"];

    // The widest amounts: two, no and three minor digits, with a symbol of two septets and with a code.
    private static readonly Amount[] Largest = [.. new[] { "EUR", "USD", "JPY", "KWD", "CNY" }.Select(code => new Amount(Amount.MaxMinor, Currency.Parse(code)))];

    [Theory]
    [InlineData("en")]
    [InlineData("en-GB")]
    [InlineData("de")]
    [InlineData("de-CH")]
    public void In_Latin_letters_every_text_is_one_segment(string locale)
    {
        foreach (var content in Messages(LatinNames))
        {
            var text = MessageTemplate.Render(content, Capabilities.Sms, locale).Text;
            Assert.True(SmsText.IsGsm7(text), text);
            Assert.True(SmsText.Segments(text) == 1, $"{text.Length}: {text}");
        }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("zh-SG")]
    public void In_Chinese_every_text_is_at_most_two_segments(string locale)
    {
        foreach (var content in Messages([.. LatinNames, .. ChineseNames]))
        {
            var text = MessageTemplate.Render(content, Capabilities.Sms, locale).Text;
            Assert.True(SmsText.Segments(text) <= 2, $"{text.Length}: {text}");
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void A_confirmation_for_a_shop_with_a_Chinese_name_is_at_most_two_segments(string locale)
    {
        var asked = new MessageContent.ConfirmByAnswer(new Amount(44_70, Currency.Eur), "新华书店", "4839", 5, "483920");

        Assert.Equal(2, SmsText.Segments(MessageTemplate.Render(asked, Capabilities.Sms, locale).Text));
    }

    [Theory]
    [InlineData("en", "Škoda Café", "Skoda Café")]
    [InlineData("de", "Škoda Café", "Skoda Café")]
    [InlineData("de", "Bäckerei Süß", "Bäckerei Süß")]
    [InlineData("en", "新华书店 Café Š", "新华书店 Café Š")]
    [InlineData("zh", "Škoda Café", "Škoda Café")]
    [InlineData("zh", "新华书店", "新华书店")]
    public void Accents_are_dropped_only_where_that_saves_a_segment(string locale, string payee, string shown) =>
        Assert.Contains(shown, MessageTemplate.Render(new MessageContent.Rejected(new Amount(44_70, Currency.Eur), payee), Capabilities.Sms, locale).Text, StringComparison.Ordinal);

    private static IEnumerable<MessageContent> Messages(string[] payees) =>
        from payee in payees
        from amount in Largest
        from content in Contents.Every(amount, payee)
        select content;
}
