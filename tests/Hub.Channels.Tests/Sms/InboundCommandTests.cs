using FsCheck;
using FsCheck.Fluent;
using Hub.Channels.Sms;

namespace Hub.Channels.Tests.Sms;

/// <summary>What counts as a yes or no, and the great many things that do not. Holds invariant 15 at the edge.</summary>
[Trait("Invariant", "15")]
public sealed class InboundCommandTests
{
    [Theory]
    [InlineData("PAY 4839")]
    [InlineData("pay 4839")]
    [InlineData("Pay4839")]
    [InlineData("  PAY   4839  ")]
    [InlineData("PAY 4839.")]
    [InlineData("\"PAY 4839\"")]
    [InlineData("\u201CPay: 4839\u201D!")]
    [InlineData("PAY\u00A04839\r\n")]
    [InlineData("PAY-4839")]
    [InlineData("PAY\n4839")]
    public void Pay_and_the_number_approve(string body) => Assert.Equal(new InboundCommand.Approve(new("4839")), InboundCommand.Parse(body));

    [Theory]
    [InlineData("NO 4839")]
    [InlineData("no 4839!")]
    [InlineData("No, 4839")]
    [InlineData("NO4839")]
    public void No_and_the_number_reject(string body) => Assert.Equal(new InboundCommand.Reject(new("4839")), InboundCommand.Parse(body));

    [Theory]
    [InlineData("NOT ME 4839")]
    [InlineData("notme 4839")]
    public void Not_me_and_the_number_reject_for_good(string body) => Assert.Equal(new InboundCommand.NotMe(new("4839")), InboundCommand.Parse(body));

    [Theory]
    [InlineData("PAY")]
    [InlineData("NO")]
    [InlineData("4839")]
    [InlineData("PAY 483")]
    [InlineData("PAY 48390")]
    [InlineData("PAY 48 39")]
    [InlineData("PAY 4839 NO 4839")]
    [InlineData("PAY 4839 please")]
    [InlineData("don't PAY 4839")]
    [InlineData("PAY 4839?")]
    [InlineData("NO 4839?")]
    [InlineData("YES 4839")]
    [InlineData("CANCEL 4839")]
    [InlineData("STOP 4839")]
    [InlineData("PAY \uFF14\uFF18\uFF13\uFF19")]
    [InlineData("PAY 483\u0669")]
    [InlineData("PAY 4\u06F83\u06F9")]
    [InlineData("PAY 48З9")]
    [InlineData("JA 4839")]
    [InlineData("JA")]
    [InlineData("NEIN 4839")]
    [InlineData("Nein")]
    [InlineData("ZAHLEN 4839")]
    [InlineData("\u662F 4839")]
    [InlineData("\u540C\u610F 4839")]
    [InlineData("\u5426")]
    [InlineData("PAY 4839 (ja)")]
    [InlineData("PAY \U0001D7D2\U0001D7D6\U0001D7D1\U0001D7D7")]
    [InlineData("РАУ 4839")]
    [InlineData("\uFF30\uFF21\uFF39 4839")]
    [InlineData("PAY 48\u200B39")]
    [InlineData("PAY 4839 \U0001F44E")]
    [InlineData("PAY 483O")]
    [InlineData("PAY +4839")]
    [InlineData("PAY 4839\u20E3")]
    [InlineData("ok")]
    [InlineData("")]
    [InlineData("   ")]
    public void Anything_else_is_for_a_person_to_read(string body) => Assert.Equal(new InboundCommand.Other(), InboundCommand.Parse(body));

    [Theory]
    [InlineData("STOP")]
    [InlineData("stop.")]
    [InlineData("Unsubscribe")]
    [InlineData("END")]
    [InlineData("QUIT")]
    [InlineData("STOPALL")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    [InlineData("CANCEL")]
    [InlineData(" cancel! ")]
    public void Opt_out_words_opt_out_and_never_answer(string body) => Assert.Equal(new InboundCommand.Stop(), InboundCommand.Parse(body));

    [Theory]
    [InlineData("START")]
    [InlineData("YES")]
    [InlineData("yes!")]
    [InlineData("UNSTOP")]
    public void Opt_in_words_opt_in_and_never_answer(string body) => Assert.Equal(new InboundCommand.Start(), InboundCommand.Parse(body));

    [Theory]
    [InlineData("HELP")]
    [InlineData("help?")]
    [InlineData("INFO")]
    public void Calls_for_help_are_heard(string body) => Assert.Equal(new InboundCommand.Help(), InboundCommand.Parse(body));

    [Theory]
    [InlineData("STATUS")]
    [InlineData("status?")]
    public void Status_is_asked_for_by_its_name(string body) => Assert.Equal(new InboundCommand.Status(), InboundCommand.Parse(body));

    [Fact]
    public void What_Twilio_took_as_an_opt_out_is_one_whatever_it_says()
    {
        var message = new InboundSms("SM1", "AC1", "+15005550020", "+15005550006", "PAY 4839", 0, "STOP");

        Assert.Equal(new InboundCommand.Stop(), InboundCommand.Of(message));
        Assert.Equal(new InboundCommand.Start(), InboundCommand.Of(message with { OptOutType = "START" }));
        Assert.Equal(new InboundCommand.Help(), InboundCommand.Of(message with { OptOutType = "HELP" }));
        Assert.Equal(new InboundCommand.Approve(new("4839")), InboundCommand.Of(message with { OptOutType = null }));
    }

    [Fact]
    public void Whatever_is_written_an_answer_only_ever_carries_digits_that_were_written_and_starts_with_its_word() =>
        Prop.ForAll(Texts().ToArbitrary(), text => InboundCommand.Parse(text) switch
        {
            InboundCommand.Approve a => text.Contains(a.Number.Digits, StringComparison.Ordinal) && text.Contains("pay", StringComparison.OrdinalIgnoreCase),
            InboundCommand.Reject r => text.Contains(r.Number.Digits, StringComparison.Ordinal) && text.Contains("no", StringComparison.OrdinalIgnoreCase),
            InboundCommand.NotMe n => text.Contains(n.Number.Digits, StringComparison.Ordinal) && text.Contains("not", StringComparison.OrdinalIgnoreCase),
            _ => true,
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Case_and_space_change_nothing() =>
        Prop.ForAll(
            Gen.Choose(0, 9_999).ToArbitrary(),
            Gen.Choose(0, 7).ToArbitrary(),
            Gen.Elements("", " ", "  ", "\t", "\u00A0").ToArbitrary(),
            (number, casing, space) =>
            {
                var digits = number.ToString("D4", System.Globalization.CultureInfo.InvariantCulture);
                var word = string.Concat("PAY".Select((c, i) => (casing >> i & 1) == 0 ? c : char.ToLowerInvariant(c)));
                return InboundCommand.Parse($"{space}{word}{space}{digits}{space}") is InboundCommand.Approve a && a.Number.Digits == digits;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_number_is_never_printed()
    {
        Assert.DoesNotContain("4839", InboundCommand.Parse("PAY 4839").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("4839", new InboundSms("SM1", "AC1", "+15005550020", "+15005550006", "PAY 4839", 0, null).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Texts made of pieces that come close to answers.</summary>
    private static Gen<string> Texts() => Gen
        .Elements("PAY", "pay", "NO", "No", "NOT", "ME", "YES", "STOP", " ", "4", "48", "4839", "0000", ".", "?", "\uFF14", "\n", "x", "\u200B", "-")
        .ListOf()
        .Select(string.Concat);
}
