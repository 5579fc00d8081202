using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Payments;

namespace Hub.Channels.Tests.Templates;

/// <summary>The electronic receipt in three languages: what was bought, what was paid, with what and when.</summary>
public sealed class ReceiptTests
{
    private static readonly ReceiptDetails Details = Contents.Receipt("ACME Books", "A-17", new Amount(49_90, Currency.Eur));

    [Fact]
    public void A_receipt_in_English() => Assert.Equal(
        """
        Receipt from ACME Books: EUR 49.90
        Dear Ada Lovelace, thank you for your order A-17 at ACME Books.

        The Analytical Engine  2  EUR 20.00  EUR 40.00

        Shipping: EUR 9.90
        Total paid: EUR 49.90
        Tax in the total: EUR 7.97

        Paid with Visa ending in 4242 on 2 March 2026, 12:00 UTC.

        Payment pay_01.

        -- 
        OmniHub never asks for your card number or password by message.

        """,
        Letter(Details, "en"));

    [Fact]
    public void A_receipt_in_German() => Assert.Equal(
        """
        Beleg von ACME Books: 49,90 €
        Guten Tag Ada Lovelace, vielen Dank für Ihre Bestellung A-17 bei ACME Books.

        The Analytical Engine  2  20,00 €  40,00 €

        Versand: 9,90 €
        Bezahlt: 49,90 €
        Darin enthaltene Steuer: 7,97 €

        Bezahlt mit Visa mit den Endziffern 4242 am 2. März 2026 um 12:00 Uhr (UTC).

        Zahlung pay_01.

        -- 
        OmniHub fragt nie per Nachricht nach Ihrer Kartennummer oder Ihrem Passwort.

        """,
        Letter(Details, "de"));

    [Fact]
    public void A_receipt_in_Chinese() => Assert.Equal(
        """
        “ACME Books”的收据：€49.90
        Ada Lovelace，您好！感谢您在“ACME Books”的订单 A-17。

        The Analytical Engine  2  €20.00  €40.00

        运费：€9.90
        实付金额：€49.90
        其中税费：€7.97

        已于2026年3月2日 12:00（UTC）通过 Visa（尾号 4242）付款。

        付款编号 pay_01。

        -- 
        OmniHub 绝不会通过消息索要您的卡号或密码。

        """,
        Letter(Details, "zh"));

    [Theory]
    [InlineData("en", "<html lang=\"en\">", "<th style=\"padding:8px 12px 8px 0;border-bottom:1px solid #e5e7eb;text-align:left\">Item</th>", "EUR 40.00</td>")]
    [InlineData("de", "<html lang=\"de\">", "<th style=\"padding:8px 12px 8px 0;border-bottom:1px solid #e5e7eb;text-align:left\">Artikel</th>", "40,00 €</td>")]
    [InlineData("zh", "<html lang=\"zh-Hans\">", "<th style=\"padding:8px 12px 8px 0;border-bottom:1px solid #e5e7eb;text-align:left\">商品</th>", "€40.00</td>")]
    public void A_receipts_table_is_in_its_language(string locale, params string[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var html = MessageTemplate.Render(new MessageContent.Receipt(Details), Capabilities.Email, locale).Html;

        foreach (var part in parts) Assert.Contains(part, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InstrumentType.Card, "mastercard", "4444", "Mastercard ending in 4444", "Mastercard mit den Endziffern 4444", "Mastercard（尾号 4444）")]
    [InlineData(InstrumentType.WalletCard, "amex", "0005", "American Express ending in 0005", "American Express mit den Endziffern 0005", "American Express（尾号 0005）")]
    [InlineData(InstrumentType.Card, "unionpay", "0005", "UnionPay ending in 0005", "UnionPay mit den Endziffern 0005", "银联（尾号 0005）")]
    [InlineData(InstrumentType.BankAccount, "aster", "", "net banking at Aster", "Onlinebanking bei Aster", "网上银行（Aster）")]
    [InlineData(InstrumentType.ECheck, "", "6789", "an e-check on the account ending in 6789", "E-Scheck vom Konto mit den Endziffern 6789", "电子支票（账户尾号 6789）")]
    [InlineData(InstrumentType.ECash, "ecash", "", "e-cash", "E-Cash", "电子现金")]
    public void What_was_paid_with_is_named(string type, string brand, string last4, string english, string german, string chinese)
    {
        var details = Details with { PaidWith = new PaidWith(type, brand, last4) };

        Assert.Contains($"\nPaid with {english} on ", Letter(details, "en"), StringComparison.Ordinal);
        Assert.Contains($"\nBezahlt mit {german} am ", Letter(details, "de"), StringComparison.Ordinal);
        Assert.Contains($"{chinese}付款。", Letter(details, "zh"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "2 March 2026, 23:30 UTC", "2. März 2026 um 23:30 Uhr (UTC)", "2026年3月2日 23:30（UTC）")]
    [InlineData(29, "2 March 2026, 23:59 UTC+0:29", "2. März 2026 um 23:59 Uhr (UTC+0:29)", "2026年3月2日 23:59（UTC+0:29）")]
    [InlineData(30, "3 March 2026, 00:00 UTC+0:30", "3. März 2026 um 00:00 Uhr (UTC+0:30)", "2026年3月3日 00:00（UTC+0:30）")]
    [InlineData(60, "3 March 2026, 00:30 UTC+1", "3. März 2026 um 00:30 Uhr (UTC+1)", "2026年3月3日 00:30（UTC+1）")]
    [InlineData(330, "3 March 2026, 05:00 UTC+5:30", "3. März 2026 um 05:00 Uhr (UTC+5:30)", "2026年3月3日 05:00（UTC+5:30）")]
    [InlineData(-210, "2 March 2026, 20:00 UTC-3:30", "2. März 2026 um 20:00 Uhr (UTC-3:30)", "2026年3月2日 20:00（UTC-3:30）")]
    public void A_time_is_the_zones_and_says_which(int minutes, string english, string german, string chinese)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromMinutes(minutes), "test", "test");
        var details = Details with { PaidAt = new DateTimeOffset(2026, 3, 2, 23, 30, 0, TimeSpan.Zero) };

        Assert.Contains(english, Letter(details, "en", zone), StringComparison.Ordinal);
        Assert.Contains(german, Letter(details, "de", zone), StringComparison.Ordinal);
        Assert.Contains(chinese, Letter(details, "zh", zone), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "January", "Januar")]
    [InlineData(2, "February", "Februar")]
    [InlineData(3, "March", "März")]
    [InlineData(4, "April", "April")]
    [InlineData(5, "May", "Mai")]
    [InlineData(6, "June", "Juni")]
    [InlineData(7, "July", "Juli")]
    [InlineData(8, "August", "August")]
    [InlineData(9, "September", "September")]
    [InlineData(10, "October", "Oktober")]
    [InlineData(11, "November", "November")]
    [InlineData(12, "December", "Dezember")]
    public void Every_month_has_its_name(int month, string english, string german)
    {
        var details = Details with { PaidAt = new DateTimeOffset(2026, month, 28, 9, 5, 0, TimeSpan.Zero) };

        Assert.Contains($"28 {english} 2026, 09:05 UTC", Letter(details, "en"), StringComparison.Ordinal);
        Assert.Contains($"28. {german} 2026 um 09:05 Uhr", Letter(details, "de"), StringComparison.Ordinal);
        Assert.Contains($"2026年{month}月28日 09:05", Letter(details, "zh"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Your bank has yet to clear")]
    [InlineData("de", "noch nicht endgültig ausgeführt")]
    [InlineData("zh", "尚未完成此笔付款的清算")]
    public void Money_that_has_not_cleared_is_said_to_be_on_its_way(string locale, string words)
    {
        Assert.Contains(words, Letter(Details with { Clearing = true }, locale), StringComparison.Ordinal);
        Assert.DoesNotContain(words, Letter(Details, locale), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Thank you for your order A-17")]
    [InlineData("de", "Vielen Dank für Ihre Bestellung A-17")]
    [InlineData("zh", "感谢您在“ACME Books”的订单 A-17")]
    public void A_receipt_without_a_name_greets_nobody(string locale, string words) =>
        Assert.Contains($"\n{words}", Letter(Details with { CustomerName = "" }, locale), StringComparison.Ordinal);

    private static string Letter(ReceiptDetails details, string locale, TimeZoneInfo? zone = null)
    {
        var letter = MessageTemplate.Render(new MessageContent.Receipt(details), Capabilities.Email, locale, zone);
        return $"{letter.Subject}\n{letter.Text}";
    }
}
