using Hub.Channels.Sms;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Sms;

public sealed class TwilioFormsTests
{
    private const string Inbound = "MessageSid=SM1&AccountSid=AC1&From=%2B15005550020&To=%2B15005550006&Body=PAY+4839&NumMedia=0";

    [Fact]
    public void An_inbound_message_is_read_and_unknown_fields_are_passed_over() =>
        Assert.Equal(
            new InboundSms("SM1", "AC1", "+15005550020", "+15005550006", "PAY 4839", 0, null),
            TwilioForms.ReadInbound(Read(Inbound + "&FromCity=Berlin&Future=1&Future=2")));

    [Fact]
    public void An_opt_out_that_Twilio_took_is_told() =>
        Assert.Equal("STOP", TwilioForms.ReadInbound(Read(Inbound + "&OptOutType=STOP"))!.OptOutType);

    [Theory]
    [InlineData("AccountSid=AC1&From=%2B1&To=%2B2&Body=x")]
    [InlineData("MessageSid=SM1&AccountSid=AC1&To=%2B2&Body=x")]
    [InlineData("MessageSid=SM1&AccountSid=AC1&From=%2B1&Body=x")]
    [InlineData("MessageSid=SM1&MessageSid=SM2&AccountSid=AC1&From=%2B1&To=%2B2&Body=x")]
    [InlineData("MessageSid=SM1&AccountSid=AC1&From=%2B1&From=%2B3&To=%2B2&Body=x")]
    [InlineData("MessageSid=SM1&AccountSid=AC1&From=%2B1&To=%2B2&Body=x&Body=y")]
    [InlineData("MessageSid=&AccountSid=AC1&From=%2B1&To=%2B2&Body=x")]
    [InlineData("")]
    public void A_message_without_one_sid_sender_and_receiver_is_none(string form) => Assert.Null(TwilioForms.ReadInbound(Read(form)));

    [Theory]
    [InlineData(1_600, true)]
    [InlineData(1_601, false)]
    public void A_body_has_a_cap(int length, bool read) =>
        Assert.Equal(read, TwilioForms.ReadInbound(Read($"MessageSid=SM1&AccountSid=AC1&From=%2B1&To=%2B2&Body={new string('a', length)}")) is not null);

    [Theory]
    [InlineData("queued", TryState.Accepted, 0)]
    [InlineData("sending", TryState.Accepted, 1)]
    [InlineData("sent", TryState.Accepted, 2)]
    [InlineData("delivered", TryState.Delivered, 3)]
    [InlineData("read", TryState.Delivered, 4)]
    public void A_status_says_how_far_a_message_got(string name, TryState state, int rank)
    {
        var callback = TwilioForms.ReadStatus(Read($"MessageSid=SM1&AccountSid=AC1&MessageStatus={name}&To=%2B1&From=%2B2"))!;

        Assert.Equal((state, rank, null), (callback.Status.State, callback.Status.Rank, callback.Error));
    }

    [Theory]
    [InlineData("undelivered", "30005", ErrorClass.AddressGone)]
    [InlineData("failed", "21610", ErrorClass.OptedOut)]
    [InlineData("failed", "", ErrorClass.Blocked)]
    [InlineData("failed", "not-a-number", ErrorClass.Other)]
    public void A_failure_says_why(string name, string code, ErrorClass error)
    {
        var callback = TwilioForms.ReadStatus(Read($"MessageSid=SM1&AccountSid=AC1&MessageStatus={name}&ErrorCode={code}"))!;

        Assert.Equal((TryState.Failed, error, code), (callback.Status.State, callback.Error, callback.ErrorCode));
    }

    [Theory]
    [InlineData("MessageSid=SM1&AccountSid=AC1&MessageStatus=teleported")]
    [InlineData("MessageSid=SM1&AccountSid=AC1&MessageStatus=sent&MessageStatus=delivered")]
    [InlineData("AccountSid=AC1&MessageStatus=sent")]
    [InlineData("MessageSid=SM1&AccountSid=AC1")]
    public void A_status_that_is_not_clear_is_none(string form) => Assert.Null(TwilioForms.ReadStatus(Read(form)));

    [Fact]
    public void A_form_has_caps()
    {
        Assert.NotNull(FormFields.Read(string.Join('&', Enumerable.Repeat("a=1", FormFields.MaxFields))));
        Assert.Null(FormFields.Read(string.Join('&', Enumerable.Repeat("a=1", FormFields.MaxFields + 1))));
        Assert.NotNull(FormFields.Read(new string('a', FormFields.MaxBody)));
        Assert.Null(FormFields.Read(new string('a', FormFields.MaxBody + 1)));
    }

    private static FormFields Read(string body) => FormFields.Read(body)!;
}
