using FsCheck;
using FsCheck.Fluent;
using Hub.Channels.Incoming;
using Hub.Channels.Sms;
using Hub.Domain.Addresses;

namespace Hub.Channels.Tests.Incoming;

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
    public void Not_me_and_the_number_reject_for_good(string body) => Assert.Equal(new InboundCommand.NotMe(new TypedNumber("4839")), InboundCommand.Parse(body));

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
    [InlineData("STATUS", Inbound.Status)]
    [InlineData("status?", Inbound.Status)]
    [InlineData("\u72B6\u6001", Inbound.Status)]
    [InlineData("\u72C0\u614B\uFF1F", Inbound.Status)]
    [InlineData("Hilfe!", Inbound.Help)]
    [InlineData("\u5E2E\u52A9", Inbound.Help)]
    [InlineData("stopp", Inbound.Stop)]
    [InlineData("\u505C\u6B62\u3002", Inbound.Stop)]
    [InlineData("\u9000\u8BA2", Inbound.Stop)]
    [InlineData("Anmelden", Inbound.Start)]
    [InlineData("\u5F00\u59CB", Inbound.Start)]
    [InlineData("human", Inbound.Human)]
    [InlineData("MENSCH.", Inbound.Human)]
    [InlineData("\u4EBA\u5DE5", Inbound.Human)]
    [InlineData("Receipt?", Inbound.Receipt)]
    [InlineData("BELEG", Inbound.Receipt)]
    [InlineData("\u6536\u636E", Inbound.Receipt)]
    [InlineData("refund", Inbound.Refund)]
    [InlineData("Erstattung", Inbound.Refund)]
    [InlineData("\u9000\u6B3E\uFF1F", Inbound.Refund)]
    [InlineData("not me", Inbound.NotMe)]
    [InlineData("NOTME!", Inbound.NotMe)]
    public void A_word_means_the_same_in_every_language_with_marks_around_it(string body, Inbound meant)
    {
        var command = InboundCommand.Parse(body);

        Assert.Equal((meant, null, null), (command.Kind, command.Answered, command.Order));
    }

    [Theory]
    [InlineData("STATUS R-7", "R-7")]
    [InlineData("status #R-7?", "R-7")]
    [InlineData("Status: 2026/1047", "2026/1047")]
    [InlineData("STATUS ord_01jd3v9h5k0000000000000abc", "ord_01jd3v9h5k0000000000000abc")]
    [InlineData("STATUS ord_dcxkhq", "ord_dcxkhq")]
    [InlineData("status ORD_DCXKHQ?", "ORD_DCXKHQ")]
    [InlineData("\u72B6\u6001R-7", "R-7")]
    [InlineData("\u72B6\u6001\uFF1AR-7\uFF1F", "R-7")]
    [InlineData("\u72B6\u6001\u3000A.7_b", "A.7_b")]
    public void A_word_may_name_the_order_it_is_about(string body, string order) => Assert.Equal(new InboundCommand.Status(order), InboundCommand.Parse(body));

    [Fact]
    public void What_names_an_order_is_kept_for_every_word_that_is_about_one()
    {
        Assert.Equal(new InboundCommand.Human("R-7"), InboundCommand.Parse("MENSCH R-7"));
        Assert.Equal(new InboundCommand.Receipt("R-7"), InboundCommand.Parse("Beleg R-7"));
        Assert.Equal(new InboundCommand.Refund("R-7"), InboundCommand.Parse("\u9000\u6B3E R-7"));
    }

    [Theory]
    [InlineData("STATUSR-7")]
    [InlineData("STATUS please")]
    [InlineData("STATUS dcxkhq")]
    [InlineData("STATUS R-7 R-8")]
    [InlineData("status of R-7")]
    [InlineData("what is the STATUS")]
    [InlineData("STATUS 7?!x")]
    [InlineData("STATUS \uFF17")]
    [InlineData("STATUS R\u200B7")]
    [InlineData("\uFF33\uFF34\uFF21\uFF34\uFF35\uFF33")]
    [InlineData("STA\u200BTUS")]
    [InlineData("\u017FTATUS")]
    [InlineData("statu\u0455")]
    [InlineData("H\u0130LFE")]
    [InlineData("h\u0131lfe")]
    [InlineData("rece\u0131pt")]
    [InlineData("ST\u039FP")]
    [InlineData("STOP 7")]
    [InlineData("STOPP R-7")]
    [InlineData("HELP R-7")]
    [InlineData("NOT ME please")]
    [InlineData("not R-7")]
    [InlineData("HUMAN being")]
    [InlineData("\u72B6")]
    [InlineData("\u6211\u7684\u72B6\u6001")]
    public void What_only_looks_like_a_word_is_for_a_person_to_read(string body) => Assert.Equal(new InboundCommand.Other(), InboundCommand.Parse(body));

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void An_order_is_named_by_a_hundred_characters_at_most(int length, bool named) =>
        Assert.Equal(named ? Inbound.Status : Inbound.Other, InboundCommand.Parse($"STATUS 7{new string('a', length - 1)}").Kind);

    [Theory]
    [InlineData("STOP", true)]
    [InlineData(" stop ", true)]
    [InlineData("yes", true)]
    [InlineData("Info", true)]
    [InlineData("stop.", false)]
    [InlineData("STOPP", false)]
    [InlineData("\u505C\u6B62", false)]
    [InlineData("HILFE", false)]
    [InlineData("STOP it", false)]
    public void A_carrier_takes_its_own_words_alone_and_bare(string body, bool taken) => Assert.Equal(taken, CommandWords.IsCarriers(body));

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
            InboundCommand.NotMe n => (n.Number is not { } typed || text.Contains(typed.Digits, StringComparison.Ordinal)) && text.Contains("not", StringComparison.OrdinalIgnoreCase),
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
