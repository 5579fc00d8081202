using Hub.Channels.Sms;
using Hub.Channels.Templates;
using Hub.Channels.Tests.Support;
using Hub.Domain.Money;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Channels.Tests.Sms;

/// <summary>WhatsApp goes the same way as text messages, with a prefix, and outside a session only in words that were agreed on.</summary>
public sealed class WhatsAppTests
{
    private const string Taken = """{"sid":"SM1","status":"queued","num_segments":"1","error_code":null}""";
    private static readonly OutgoingMessage Message = new("dlv_01", "+15005550020", "pay?") { ValidFor = TimeSpan.FromMinutes(5), DiscardContent = true };

    [Fact]
    public async Task Both_numbers_have_the_prefix_and_no_validity_is_asked_for()
    {
        var http = ScriptedHttp.Answering(201, Taken);

        await Adapter(http).SendAsync(Message, TestContext.Current.CancellationToken);

        Assert.Equal(
            "To=whatsapp%3A%2B15005550020&From=whatsapp%3A%2B14155238886&Body=pay%3F&StatusCallback=https%3A%2F%2Fhub.example%2Fchannels%2Ftwilio%2Fstatus%2Fdlv_01&ContentRetention=discard",
            Assert.Single(http.Calls).Body);
    }

    [Fact]
    public async Task Agreed_words_go_by_their_name_and_what_fills_their_places()
    {
        var http = ScriptedHttp.Answering(201, Taken);

        await Adapter(http).SendAsync(Message with { Template = new AgreedWords("HX1", ["€44.70", "ACME \"Books\""]) }, TestContext.Current.CancellationToken);

        var form = FormFields.Read(Assert.Single(http.Calls).Body)!;
        Assert.False(form.Has("Body"));
        Assert.Equal("HX1", form.One("ContentSid", 99));
        using var variables = System.Text.Json.JsonDocument.Parse(form.One("ContentVariables", 999)!);
        Assert.Equal(("€44.70", "ACME \"Books\""), (variables.RootElement.GetProperty("1").GetString(), variables.RootElement.GetProperty("2").GetString()));
    }

    [Fact]
    public async Task Without_a_sender_nothing_is_sent()
    {
        var http = ScriptedHttp.Answering(201, Taken);

        var outcome = await Adapter(http, from: "").SendAsync(Message, TestContext.Current.CancellationToken);

        Assert.Equal(ErrorClass.NotAllowed, Assert.IsType<SendOutcome.Refused>(outcome).Error);
        Assert.Empty(http.Calls);
    }

    [Theory]
    [InlineData(63016, ErrorClass.NotAllowed, WhatToDo.FallBack)]
    [InlineData(63003, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(63024, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(63018, ErrorClass.Throttled, WhatToDo.RetryLater)]
    [InlineData(63013, ErrorClass.ContentRefused, WhatToDo.NeverRetry)]
    [InlineData(63032, ErrorClass.Blocked, WhatToDo.FallBack)]
    public void Its_own_error_codes_mean_what_they_mean_for_texts(int code, ErrorClass error, WhatToDo next)
    {
        Assert.Equal(error, TwilioErrors.Classify(code));
        Assert.Equal(next, error.WhatToDo());
    }

    [Fact]
    public void It_takes_1600_characters_tells_what_was_read_and_has_a_session_of_a_day()
    {
        Assert.Equal((1_600, true, true, TimeSpan.FromHours(24)), (Capabilities.Whatsapp.MaxLength, Capabilities.Whatsapp.Receipts, Capabilities.Whatsapp.Answers, Capabilities.Whatsapp.SessionWindow!.Value));
        Assert.True(TwilioStatus.Of("read")!.IsRead);
        Assert.False(TwilioStatus.Of("delivered")!.IsRead);
    }

    [Theory]
    [InlineData("en-GB", "HX0", "€44.70")]
    [InlineData("de-AT", "HX1", "44,70 €")]
    [InlineData("zh", "HX0", "€44.70")]
    public void Agreed_words_are_in_the_readers_language_where_there_are_some(string locale, string sid, string amount)
    {
        var options = new TwilioOptions { WhatsAppTemplates = { ["confirmation"] = "HX0", ["confirmation.de"] = "HX1" } };

        var words = options.TemplateFor(NotificationKind.Confirmation, new MessageContent.ConfirmByAnswer(new Amount(44_70, Currency.Eur), "ACME\nBooks", "4839", 5), locale);

        Assert.Equal(sid, words!.Name);
        Assert.Equal([amount, "ACME Books", "4839", "5", "-"], words.Variables);
        Assert.DoesNotContain("4839", words.ToString(), StringComparison.Ordinal);
        Assert.True(options.HasTemplate(NotificationKind.Confirmation));
        Assert.False(options.HasTemplate(NotificationKind.Receipt));
        Assert.Null(options.TemplateFor(NotificationKind.Receipt, new MessageContent.Help(), locale));
    }

    [Theory]
    [InlineData("confirmation", "HX1", null)]
    [InlineData("confirmation.de", "HX1", "not 'confirmation'")]
    [InlineData("wrong_number", "HX1", "words are agreed on for")]
    [InlineData("nonsense", "HX1", "words are agreed on for")]
    [InlineData("confirmation", "MG1", "must be a content SID")]
    public void A_setting_that_cannot_be_used_is_told(string key, string sid, string? problem)
    {
        var options = Options("+14155238886");
        options.WhatsAppTemplates[key] = sid;

        if (problem is null) Assert.Empty(options.Problems());
        else Assert.Contains(problem, Assert.Single(options.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whatsapp:+14155238886")]
    [InlineData("14155238886")]
    public void The_sender_is_a_bare_number(string from) => Assert.Contains("Twilio:WhatsAppFrom", Assert.Single(Options(from).Problems()), StringComparison.Ordinal);

    private static TwilioOptions Options(string from) => new() { AccountSid = "AC1", From = "+15005550006", WhatsAppFrom = from, AuthTokens = { "token" } };

    private static TwilioMessages Adapter(ScriptedHttp http, string from = "+14155238886")
    {
        var options = Options(from);
        return new TwilioMessages(http.Invoker(), TwilioLine.WhatsApp(options), options, new Uri("https://hub.example/"), NullLogger<TwilioMessages>.Instance);
    }
}
