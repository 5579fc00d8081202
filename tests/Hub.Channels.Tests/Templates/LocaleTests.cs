using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Templates;

public sealed class LocaleTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("en-US", "en")]
    [InlineData("EN-gb", "en")]
    [InlineData("de", "de")]
    [InlineData("DE", "de")]
    [InlineData("de-AT", "de")]
    [InlineData("de-CH-1996", "de")]
    [InlineData("de_DE", "de")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("zh-Hans", "zh-Hans")]
    [InlineData("zh-Hans-CN", "zh-Hans")]
    [InlineData("zh-Hant-TW", "zh-Hans")]
    [InlineData("zh-cmn-Hans-CN", "zh-Hans")]
    [InlineData("cmn-Hans", "zh-Hans")]
    [InlineData("fr", "en")]
    [InlineData("tlh", "en")]
    [InlineData("gsw-CH", "en")]
    [InlineData("deu", "en")]
    [InlineData("x-de", "en")]
    [InlineData("-de", "en")]
    [InlineData("-", "en")]
    [InlineData("", "en")]
    public void A_locale_is_answered_in_its_language_and_an_unknown_one_in_English(string locale, string language)
    {
        var letter = MessageTemplate.Render(new MessageContent.Help(), Capabilities.Email, locale);

        Assert.StartsWith($"<!doctype html><html lang=\"{language}\">", letter.Html, StringComparison.Ordinal);
        Assert.Equal(MessageTemplate.Render(new MessageContent.Help(), Capabilities.Email, language).Text, letter.Text);
    }

    [Theory]
    [InlineData("fr", "EUR 1,234.50")]
    [InlineData("fr-FR", "EUR 1,234.50")]
    [InlineData("en-001", "EUR 1,234.50")]
    [InlineData("en-Latn-IE", "€1,234.50")]
    [InlineData("en-u-nu-latn", "EUR 1,234.50")]
    [InlineData("en-x-gb", "EUR 1,234.50")]
    [InlineData("de-AT", "1.234,50 €")]
    [InlineData("de-x-ch", "1.234,50 €")]
    [InlineData("de-ch", "EUR 1'234.50")]
    [InlineData("de-LI", "EUR 1'234.50")]
    public void The_country_decides_how_an_amount_is_written(string locale, string amount) =>
        Assert.Contains(
            amount,
            MessageTemplate.Render(new MessageContent.Rejected(new Amount(1_234_50, Currency.Eur), "ACME"), Capabilities.Sms, locale).Text,
            StringComparison.Ordinal);
}
