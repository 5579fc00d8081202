using Hub.Channels.Chat;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Money;

namespace Hub.Channels.Tests.Chat;

/// <summary>A confirmation in a conversation: its digits on the device that was asked, how it ended everywhere.</summary>
public sealed class OfferWordsTests
{
    private static readonly Offer Offer = new(
        "pay_1", "ord_1", "con_1_1", 0, "key", new Amount(44_70, Currency.Eur), "ACME Books", "en-IE", new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_device_that_was_asked_shows_two_buttons()
    {
        var words = OfferWords.Of(Offer, null, "4839");

        Assert.Equal("OmniHub: pay €44.70 to ACME Books? Reply PAY 4839 or NO 4839. Valid 5 min.", words.Text);
        Assert.Equal([("Pay", "PAY 4839"), ("Reject", "NO 4839")], words.Buttons.Select(b => (b.Label, b.Command)));
        Assert.DoesNotContain("4839", $"{words.Buttons[0]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "Please confirm on the device that was asked.")]
    [InlineData(ConfirmationStatus.Matched, "4839", "was already approved.")]
    [InlineData(ConfirmationStatus.Rejected, "4839", "you rejected €44.70")]
    [InlineData(ConfirmationStatus.Expired, "4839", "This request has ended; nothing was charged.")]
    [InlineData(ConfirmationStatus.Exhausted, "4839", "This request has ended; nothing was charged.")]
    [InlineData(ConfirmationStatus.Superseded, "4839", "This request has ended; nothing was charged.")]
    public void Elsewhere_and_afterwards_there_are_none(ConfirmationStatus? ended, string? digits, string says)
    {
        var words = OfferWords.Of(Offer, ended, digits);

        Assert.Contains(says, words.Text, StringComparison.Ordinal);
        Assert.Empty(words.Buttons);
        Assert.DoesNotContain("4839", words.Text, StringComparison.Ordinal);
    }
}
