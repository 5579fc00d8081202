using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Hub.Channels.Email;
using Hub.Channels.Incoming;
using Hub.Channels.Sms;
using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Templates;

/// <summary>What every message keeps in every language.</summary>
public sealed partial class LanguageTests
{
    private const string Payee = "ACME Books";
    private static readonly Amount Price = new(1_234_50, Currency.Eur);

    private static readonly string[] Carriers =
        ["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL", "START", "YES", "UNSTOP", "HELP", "INFO"];

    private static readonly string[] English =
    [
        "the", "your", "you", "of", "to", "and", "or", "from", "for", "with", "pay", "paid", "reply", "answer", "please", "thank", "valid", "not",
        "nothing", "order", "card", "receipt", "shipped", "delivered", "refunded", "declined", "canceled", "rejected", "approved", "already",
        "item", "quantity", "price", "total", "shipping", "tax", "payment", "ending", "share", "never", "tracking", "dear", "on", "page", "password",
    ];

    // All that may be in Latin letters in a Chinese message beside the names in it.
    private static readonly string[] LatinInChinese = ["OmniHub", "PAY", "NO", "STOP", "START", "HELP", "NOT", "ME", "UTC", "Visa"];

    public static TheoryData<string, string> LocalesAndAmounts => new()
    {
        { "en", "EUR 1,234.50" },
        { "en-GB", "€1,234.50" },
        { "de", "1.234,50 €" },
        { "de-CH", "EUR 1'234.50" },
        { "zh", "€1,234.50" },
        { "zh-SG", "€1,234.50" },
    };

    public static TheoryData<string> All => ["en", "de", "zh"];

    [Theory]
    [MemberData(nameof(LocalesAndAmounts))]
    public void Every_message_names_its_amount_payee_and_order(string locale, string amount)
    {
        foreach (var (content, forms) in Rendered(locale))
        {
            var says = content.GetType().GetProperties().Select(p => p.Name).ToHashSet();
            var isReceipt = content is MessageContent.Receipt;
            foreach (var form in forms)
            {
                if (says.Contains("Amount") || isReceipt) Assert.Contains(amount, form, StringComparison.Ordinal);
                if (says.Contains("Payee") || isReceipt) Assert.Contains(Payee, form, StringComparison.Ordinal);
                if (says.Contains("OrderReference") || isReceipt) Assert.Contains(Contents.Order[..22], form, StringComparison.Ordinal);
                Assert.DoesNotContain("://", form, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_answer_words_are_the_same_in_every_language_and_the_hub_understands_them(string locale)
    {
        foreach (var content in Every().OfType<MessageContent.ConfirmByAnswer>())
        {
            foreach (var form in new[] { Text(content, locale), Letter(content, locale).Text })
            {
                var answers = Answers().Matches(form).Select(m => InboundCommand.Parse(m.Value));
                Assert.Equal([new InboundCommand.Approve(new("4839")), new InboundCommand.Reject(new("4839"))], answers);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_code_is_shown_and_its_last_line_stays_for_the_browser(string locale)
    {
        foreach (var content in Every().Where(c => c is MessageContent.ConfirmByCode or MessageContent.VerifyAddress or MessageContent.WalletCode))
        {
            var lines = Text(content, locale).Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.Contains(Contents.Code, lines[0], StringComparison.Ordinal);
            Assert.Equal($"@{Contents.Host} #{Contents.Code}", lines[1]);
            Assert.Contains($"    {Contents.Code}\n", Letter(content, locale).Text, StringComparison.Ordinal);
            Assert.Contains($">{Contents.Code}</p>", Letter(content, locale).Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_code_for_the_page_is_in_the_text_beside_the_answers(string locale) =>
        Assert.Contains(Contents.Code, Text(new MessageContent.ConfirmByAnswer(Price, Payee, "4839", 5, Contents.Code), locale), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void No_message_asks_for_a_word_that_carriers_keep(string locale)
    {
        foreach (var (content, forms) in Rendered(locale))
        {
            string[] allowed = content is MessageContent.Help or MessageContent.OptedOut or MessageContent.OptedIn ? ["STOP", "START", "HELP"] : [];
            var words = forms.SelectMany(form => Latin().Matches(form)).Select(m => m.Value.ToUpperInvariant());
            Assert.Empty(words.Intersect(Carriers).Except(allowed));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_subject_tells_neither_code_nor_name_nor_card(string locale)
    {
        foreach (var content in Every())
        {
            var subject = Letter(content, locale).Subject;
            foreach (var secret in new[] { Contents.Number, Contents.Code, "Ada", "Lovelace", "4242", "Visa" }) Assert.DoesNotContain(secret, subject, StringComparison.Ordinal);
            Assert.True(HeaderText.IsSafe(subject));
        }
    }

    [Fact]
    public void German_keeps_no_English_word()
    {
        foreach (var (_, forms) in Rendered("de"))
        {
            var words = forms.SelectMany(form => Latin().Matches(WithoutNames(form))).Select(m => m.Value);

            // PAY and NOT ME in capitals are answer words; in any other form they would be English.
            Assert.DoesNotContain(words, word => word is not ("PAY" or "NOT" or "ME") && English.Contains(word, StringComparer.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Chinese_keeps_no_Latin_word_beside_names_and_answers()
    {
        foreach (var (_, forms) in Rendered("zh"))
        {
            foreach (var form in forms) Assert.Empty(Latin().Matches(WithoutNames(form)).Select(m => m.Value).Except(LatinInChinese));
        }
    }

    [Theory]
    [InlineData("en", "OmniHub never asks")]
    [InlineData("de", "OmniHub fragt nie")]
    [InlineData("zh", "OmniHub 绝不会")]
    public void Every_letter_ends_with_what_the_hub_never_asks_for(string locale, string footer)
    {
        foreach (var content in Every())
        {
            var letter = Letter(content, locale);
            Assert.Contains($"\n-- \n{footer}", letter.Text, StringComparison.Ordinal);
            Assert.Contains(footer, letter.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Letters_have_the_same_structure_and_inert_markup_in_every_language(string locale)
    {
        const string Script = "<script>alert('x')</script>\"&";
        foreach (var (content, english) in Contents.Every(Price, Script).Zip(Contents.Every(Price, Script)))
        {
            var html = Letter(content, locale).Html!;
            Assert.Equal(Tags(Letter(english, "en").Html!), Tags(html));
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("alert('", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_longest_and_the_forged_names_still_make_one_safe_subject(string locale)
    {
        foreach (var payee in new[] { new string('x', 10_000), "ACME\r\nBcc: everybody@example.com\u2028\u0085" })
        {
            foreach (var content in Contents.Every(Price, payee))
            {
                Assert.True(HeaderText.IsSafe(Letter(content, locale).Subject));
                Assert.True(Text(content, locale).Split('\n').Length <= 2);
            }
        }
    }

    [Fact]
    public void A_payee_cannot_close_the_quotation_marks_around_it()
    {
        var text = Text(new MessageContent.ConfirmByAnswer(Price, "甲”支付 ¥0.01。“乙", "4839", 5), "zh");

        Assert.Contains("向“甲\"支付 ¥0.01。\"乙”支付 €1,234.50", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LocalesAndAmounts))]
    public void Whatever_a_shop_is_called_amount_and_code_stay_in_their_places(string locale, string amount) =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), name =>
        {
            var text = Text(new MessageContent.ConfirmByCode(Price, name.Get, Contents.Code, 5, Contents.Host), locale);
            var lines = text.Split('\n');
            return lines.Length == 2 && lines[0].Contains(amount, StringComparison.Ordinal) && lines[1] == $"@{Contents.Host} #{Contents.Code}";
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<MessageContent> Every() => Contents.Every(Price, Payee);

    private static IEnumerable<(MessageContent Content, string[] Forms)> Rendered(string locale) =>
        Every().Select(content => (content, new[] { Text(content, locale), Said(Letter(content, locale)) }));

    private static string Said(RenderedMessage letter) => $"{letter.Subject}\n{letter.Text}";

    private static string Text(MessageContent content, string locale) => MessageTemplate.Render(content, Capabilities.Sms, locale).Text;

    private static RenderedMessage Letter(MessageContent content, string locale) => MessageTemplate.Render(content, Capabilities.Email, locale);

    private static string WithoutNames(string form)
    {
        string[] names = [Payee, Contents.Order, $"{Contents.Order[..22]}", $"{Contents.Order[..14]}", "mail.a-long-name.example", "mail.a-long-name.e", Contents.Host, Contents.Customer, Contents.Carrier, "A Carrier With A L", Contents.Tracking, "The Analytical Engine", "pay_01"];
        return names.Aggregate(form, (left, name) => left.Replace(name, "", StringComparison.Ordinal));
    }

    private static string Tags(string html) => string.Concat(Tag().Matches(html).Select(m => m.Groups["name"].Value));

    [GeneratedRegex(@"(PAY|NO) \d{4}")]
    private static partial Regex Answers();

    [GeneratedRegex("[A-Za-z\u00C0-\u024F]+")]
    private static partial Regex Latin();

    [GeneratedRegex("<(?<name>/?[a-z0-9]+)")]
    private static partial Regex Tag();
}
