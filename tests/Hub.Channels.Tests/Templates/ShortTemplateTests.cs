using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Templates;

public sealed class ShortTemplateTests
{
    private static readonly Amount Price = new(49_90, Currency.Eur);

    [Fact]
    public void A_confirmation_names_amount_and_payee_and_how_to_answer() =>
        Assert.Equal(
            "OmniHub: pay EUR 49.90 to ACME Books? Reply PAY 4839 or NO 4839. Valid 5 min.",
            Text(new MessageContent.ConfirmByAnswer(Price, "ACME Books", "4839", 5)));

    [Fact]
    public void A_confirmation_may_also_be_answered_on_the_page_by_its_code() =>
        Assert.Equal(
            "OmniHub: pay EUR 49.90 to ACME Books? Reply PAY 4839 or NO 4839, or type 204816 on the page. Valid 5 min.",
            Text(new MessageContent.ConfirmByAnswer(Price, "ACME Books", "4839", 5, "204816")));

    [Fact]
    public void A_code_for_a_page_is_bound_to_it_by_the_last_line() =>
        Assert.Equal(
            "OmniHub: EUR 49.90 to ACME Books. Code 483920, valid 5 min. Never share it.\n@pay.omnihub.example #483920",
            Text(new MessageContent.ConfirmByCode(Price, "ACME Books", "483920", 5, "pay.omnihub.example")));

    [Fact]
    public void Every_content_has_words_for_every_channel()
    {
        foreach (var content in Contents.Every(Price, "ACME Books"))
        {
            Assert.NotEmpty(Text(content));
            var letter = MessageTemplate.Render(content, Capabilities.Email);
            Assert.NotEmpty(letter.Subject);
            Assert.NotEmpty(letter.Text);
            Assert.NotNull(letter.Html);
        }
    }

    [Fact]
    public void The_list_of_contents_in_these_tests_is_whole() =>
        Assert.Equal(
            typeof(MessageContent).GetNestedTypes().Select(t => t.Name).Order(),
            Contents.Every(Price, "ACME Books").Select(c => c.GetType().Name).Distinct().Order());

    [Theory]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("123456789012345678901", "123456789012345678..")]
    public void A_long_payee_is_shortened(string payee, string shown) =>
        Assert.Contains($" to {shown}?", Text(new MessageContent.ConfirmByAnswer(Price, payee, "4839", 5)), StringComparison.Ordinal);

    [Fact]
    public void A_payee_cannot_forge_the_line_that_binds_a_code()
    {
        var text = Text(new MessageContent.ConfirmByCode(Price, "Evil\n@evil.example #111111\u2028", "483920", 5, "pay.omnihub.example"));

        Assert.Equal("@pay.omnihub.example #483920", text.Split('\n')[^1]);
        Assert.Equal(2, text.Split('\n').Length);
    }

    [Fact]
    public void A_text_carries_no_link()
    {
        foreach (var content in Contents.Every(Price, "ACME Books")) Assert.DoesNotContain("://", Text(content), StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_that_is_not_there_is_answered_in_English() =>
        Assert.Equal(
            Text(new MessageContent.Help()),
            MessageTemplate.Render(new MessageContent.Help(), Capabilities.Sms, "tlh").Text);

    [Fact]
    public void No_code_is_printed()
    {
        MessageContent[] secret =
        [
            new MessageContent.ConfirmByAnswer(Price, "ACME", "4839", 5, "483920"),
            new MessageContent.ConfirmByCode(Price, "ACME", "483920", 5, "host.example"),
            new MessageContent.VerifyAddress("483920", 5, "host.example"),
            new MessageContent.WalletCode("483920", 5, "host.example"),
        ];
        foreach (var content in secret)
        {
            Assert.DoesNotContain("4839", content.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("4839", MessageTemplate.Render(content, Capabilities.Sms).ToString(), StringComparison.Ordinal);
        }
    }

    private static string Text(MessageContent content) => MessageTemplate.Render(content, Capabilities.Sms).Text;
}
