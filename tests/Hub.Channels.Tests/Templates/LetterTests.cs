using Hub.Channels.Email;
using Hub.Channels.Templates;
using Hub.Domain.Digests;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Orders;

namespace Hub.Channels.Tests.Templates;

public sealed class LetterTests
{
    private static readonly Amount Total = new(49_90, Currency.Eur);

    [Fact]
    public void A_receipt_lists_what_was_bought_and_what_was_paid()
    {
        var letter = Render(new MessageContent.Receipt(Contents.Receipt("ACME Books", "A-17", Total)));

        Assert.Equal("Receipt from ACME Books: EUR 49.90", letter.Subject);
        foreach (var form in new[] { letter.Text, letter.Html! })
        {
            foreach (var part in new[] { "Ada Lovelace", "A-17", "The Analytical Engine", "2", "EUR 20.00", "EUR 40.00", "EUR 9.90", "EUR 49.90", "Visa ending in 4242", "pay_01", "2 March 2026, 12:00" })
            {
                Assert.Contains(part, form, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Tax_and_shipping_of_nothing_are_left_out()
    {
        var details = Contents.Receipt("ACME Books", "A-17", Total) with { Tax = Amount.Zero(Currency.Eur), Shipping = Amount.Zero(Currency.Eur) };

        var letter = Render(new MessageContent.Receipt(details));

        Assert.DoesNotContain("Tax", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Shipping", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_names_is_inert()
    {
        const string Script = "<script>alert('x')</script>\"&";
        var details = Contents.Receipt(Script, Script, Total) with
        {
            CustomerName = Script,
            PaidWith = new PaidWith(Script, Script, Script),
            PaymentId = Script,
            Lines = [new ReceiptLine(Script, 1, Total, Total)],
        };

        foreach (var content in Contents.Every(Total, Script).Append(new MessageContent.Receipt(details)))
        {
            var html = Render(content).Html!;
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("alert('", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_subject_is_one_line_whatever_the_names_are()
    {
        const string Forged = "ACME\r\nBcc: everybody@example.com\u2028\u0085";
        foreach (var content in Contents.Every(Total, Forged))
        {
            Assert.True(HeaderText.IsSafe(Render(content).Subject), content.GetType().Name);
        }
    }

    [Fact]
    public void The_longest_names_still_make_a_subject_a_header_takes()
    {
        var longest = new string('x', 10_000);
        foreach (var content in Contents.Every(Total, longest)) Assert.True(HeaderText.IsSafe(Render(content).Subject));
    }

    [Fact]
    public void A_confirmation_by_mail_gives_the_code_for_the_page()
    {
        var letter = Render(new MessageContent.ConfirmByCode(Total, "ACME Books", "483920", 5, "pay.omnihub.example"));

        Assert.Equal("Please confirm EUR 49.90 to ACME Books", letter.Subject);
        Assert.DoesNotContain("483920", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("483920", letter.Text, StringComparison.Ordinal);
        Assert.Contains(">483920</p>", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_loads_nothing_from_anywhere()
    {
        foreach (var content in Contents.Every(Total, "ACME Books"))
        {
            Assert.DoesNotContain("://", Render(content).Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", Render(content).Html, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string> Waiting => [.. from locale in new[] { "en", "de", "zh" } from kind in Longest().Keys select (locale, kind)];

    /// <summary>A mail that is longer than mails may be is refused, and all that waited would be lost with it.</summary>
    [Theory]
    [MemberData(nameof(Waiting))]
    public void The_most_that_a_digest_holds_makes_a_mail_that_is_taken_however_long_its_names(string locale, string kind)
    {
        var letter = MessageTemplate.Render(
            new MessageContent.Digest([.. Enumerable.Repeat(Longest()[kind], DigestDecider.MaxItems)]), Capabilities.Email, locale, page: new Uri("https://pay.example/my"));

        Assert.InRange(letter.Text.Length, 1, Capabilities.Email.MaxLength);
        Assert.InRange(letter.Html!.Length, 1, Capabilities.Email.MaxLength);
    }

    [Theory]
    [InlineData("en", "Paid: ")]
    [InlineData("de", "Bezahlt: ")]
    [InlineData("zh", "已支付：")]
    public void A_receipt_in_a_digest_says_amount_payee_and_order_and_leaves_its_lines_out(string locale, string title)
    {
        var receipt = new MessageContent.Receipt(Contents.Receipt("ACME Books", "A-17", Total));

        var letter = MessageTemplate.Render(new MessageContent.Digest([receipt, receipt]), Capabilities.Email, locale);

        foreach (var form in new[] { letter.Text, letter.Html! })
        {
            Assert.All([title, locale == "de" ? "49,90" : "49.90", "ACME Books", "A-17"], part => Assert.Contains(part, form, StringComparison.Ordinal));
            Assert.DoesNotContain("The Analytical Engine", form, StringComparison.Ordinal);
        }
    }

    // An apostrophe takes the most room in HTML.
    private static Dictionary<string, MessageContent> Longest()
    {
        var (payee, order, most) = (new string('\'', 200), new string('\'', 100), new Amount(Amount.MaxMinor, Currency.Eur));
        var receipt = Contents.Receipt(payee, order, most) with { Clearing = true, Lines = [.. Enumerable.Repeat(new ReceiptLine(payee, 1, most, most), Invoice.MaxLines)] };
        return new(StringComparer.Ordinal)
        {
            ["receipt"] = new MessageContent.Receipt(receipt),
            ["returned"] = new MessageContent.Returned(most, payee, order),
            ["refunded"] = new MessageContent.Refunded(most, payee, order),
            ["shipped"] = new MessageContent.Shipped(payee, order, new string('\'', 60), new string('\'', 60)),
            ["delivered"] = new MessageContent.Delivered(payee, order),
        };
    }

    private static RenderedMessage Render(MessageContent content) => MessageTemplate.Render(content, Capabilities.Email);
}
