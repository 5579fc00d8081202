using System.Net;
using System.Net.Sockets;
using System.Text;
using Hub.Channels.Sms;
using Hub.Channels.Tests.Support;
using Hub.Domain.Notifications.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Channels.Tests.Sms;

/// <summary>What is sent to Twilio, and what its answers, and its silence, mean. Holds invariant 11 for messages: silence is unknown.</summary>
public sealed class TwilioMessagesTests
{
    private static readonly OutgoingMessage Message = new("dlv_01", "+15005550020", "pay?");

    [Fact]
    public async Task A_message_is_one_form_post_with_the_delivery_in_its_callback()
    {
        var http = ScriptedHttp.Answering(201, """{"sid":"SM1","status":"queued","num_segments":"1","error_code":null}""");

        var outcome = await Adapter(http).SendAsync(Message, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Sent("SM1", 1), outcome);
        var (method, address, request, body) = Assert.Single(http.Calls);
        Assert.Equal(HttpMethod.Post, method);
        Assert.Equal("https://sms.example/base/2010-04-01/Accounts/AC1/Messages.json", address.AbsoluteUri);
        Assert.Equal("QUMxOnRva2Vu", request.Headers.Authorization!.Parameter);
        Assert.Equal(
            "To=%2B15005550020&From=%2B15005550006&Body=pay%3F&StatusCallback=https%3A%2F%2Fhub.example%2Fchannels%2Ftwilio%2Fstatus%2Fdlv_01",
            body);
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "1")]
    [InlineData(300, "300")]
    [InlineData(36_000, "36000")]
    [InlineData(36_001, "36000")]
    public async Task A_validity_stays_within_what_Twilio_takes(int seconds, string sent)
    {
        var http = ScriptedHttp.Answering(201, """{"sid":"SM1"}""");

        await Adapter(http).SendAsync(Message with { ValidFor = TimeSpan.FromSeconds(seconds) }, TestContext.Current.CancellationToken);

        Assert.EndsWith($"&ValidityPeriod={sent}", http.Calls[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_message_that_asks_for_it_is_forgotten_by_Twilio()
    {
        var http = ScriptedHttp.Answering(201, """{"sid":"SM1"}""");

        await Adapter(http).SendAsync(Message with { DiscardContent = true }, TestContext.Current.CancellationToken);

        Assert.EndsWith("&ContentRetention=discard", http.Calls[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 20003, ErrorClass.Credentials, WhatToDo.StopAndAlert)]
    [InlineData(400, 21211, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(400, 21614, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(400, 21635, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(400, 21610, ErrorClass.OptedOut, WhatToDo.OptedOut)]
    [InlineData(400, 21611, ErrorClass.QueueFull, WhatToDo.RetryLater)]
    [InlineData(429, 21611, ErrorClass.QueueFull, WhatToDo.RetryLater)]
    [InlineData(400, 30001, ErrorClass.QueueFull, WhatToDo.RetryLater)]
    [InlineData(400, 30003, ErrorClass.Unreachable, WhatToDo.RetryOnce)]
    [InlineData(400, 30004, ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData(400, 30008, ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData(400, 30005, ErrorClass.AddressGone, WhatToDo.AddressDead)]
    [InlineData(400, 30006, ErrorClass.AddressGone, WhatToDo.AddressDead)]
    [InlineData(400, 30007, ErrorClass.ContentRefused, WhatToDo.NeverRetry)]
    [InlineData(400, 30034, ErrorClass.ContentRefused, WhatToDo.NeverRetry)]
    [InlineData(400, 30036, ErrorClass.Expired, WhatToDo.FallBack)]
    [InlineData(400, 99999, ErrorClass.Other, WhatToDo.NeverRetry)]
    public async Task A_refusal_is_read_by_its_code(int status, int code, ErrorClass error, WhatToDo whatToDo)
    {
        var outcome = await SendAsync(ScriptedHttp.Answering(status, $$"""{"code":{{code}},"message":"to +15005550020","status":{{status}}}"""));

        var refused = Assert.IsType<SendOutcome.Refused>(outcome);
        Assert.Equal(error, refused.Error);
        Assert.Equal(whatToDo, refused.Error.WhatToDo());
        Assert.Equal($"{code}", refused.ProviderCode);
        Assert.DoesNotContain("5550020", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":20429,"status":429}""")]
    [InlineData("""{}""")]
    [InlineData("slow down")]
    public async Task Too_many_requests_means_that_nothing_was_processed(string body) =>
        Assert.IsType<SendOutcome.NeverReached>(await SendAsync(ScriptedHttp.Answering(429, body)));

    [Theory]
    [InlineData(500, "")]
    [InlineData(502, "<html>")]
    [InlineData(503, """{"code":20500}""")]
    [InlineData(504, "")]
    [InlineData(408, "")]
    [InlineData(201, "{}")]
    [InlineData(201, "<html>")]
    [InlineData(204, "")]
    public async Task An_answer_that_says_neither_yes_nor_no_leaves_it_unknown(int status, string body) =>
        Assert.IsType<SendOutcome.Unknown>(await SendAsync(ScriptedHttp.Answering(status, body)));

    [Theory]
    [InlineData(400, "<html>")]
    [InlineData(302, "")]
    [InlineData(404, "{}")]
    public async Task A_refusal_without_a_code_is_still_a_refusal(int status, string body) =>
        Assert.Equal(ErrorClass.Other, Assert.IsType<SendOutcome.Refused>(await SendAsync(ScriptedHttp.Answering(status, body))).Error);

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task Without_a_connection_nothing_happened(HttpRequestError error) =>
        Assert.IsType<SendOutcome.NeverReached>(await SendAsync(ScriptedHttp.Throwing(new HttpRequestException(error, "no", new SocketException()))));

    [Fact]
    public async Task A_lost_connection_a_timeout_and_a_broken_answer_leave_it_unknown()
    {
        Exception[] silences =
        [
            new HttpRequestException(HttpRequestError.ResponseEnded, "lost"),
            new HttpRequestException("what?"),
            new TimeoutException(),
            new TaskCanceledException("timeout of a handler below"),
            new IOException("reset"),
        ];
        foreach (var silence in silences) Assert.IsType<SendOutcome.Unknown>(await SendAsync(ScriptedHttp.Throwing(silence)));
    }

    [Fact]
    public async Task Being_canceled_is_no_outcome()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Adapter(ScriptedHttp.Answering(201, "{}")).SendAsync(Message, canceled.Token));
    }

    [Theory]
    [InlineData("+18765550100", ErrorClass.NotAllowed)]
    [InlineData("+88216555010", ErrorClass.NotAllowed)]
    [InlineData("+19005550100", ErrorClass.NotAllowed)]
    [InlineData("15005550020", ErrorClass.InvalidAddress)]
    [InlineData("+1500555\r\n0020", ErrorClass.InvalidAddress)]
    public async Task What_the_hub_does_not_send_to_never_leaves_it(string to, ErrorClass error)
    {
        var http = ScriptedHttp.Answering(201, """{"sid":"SM1"}""");

        var outcome = await Adapter(http).SendAsync(Message with { To = to }, TestContext.Current.CancellationToken);

        Assert.Equal(error, Assert.IsType<SendOutcome.Refused>(outcome).Error);
        Assert.Empty(http.Calls);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_600, true)]
    [InlineData(1_601, false)]
    public async Task A_text_has_a_length_Twilio_takes(int length, bool sent)
    {
        var http = ScriptedHttp.Answering(201, """{"sid":"SM1"}""");

        await Adapter(http).SendAsync(Message with { Text = new string('a', length) }, TestContext.Current.CancellationToken);

        Assert.Equal(sent ? 1 : 0, http.Calls.Count);
    }

    [Fact]
    public void A_message_does_not_print_its_words_or_its_address()
    {
        var text = (Message with { Text = "PAY 4839", Subject = "4839" }).ToString();

        Assert.DoesNotContain("4839", text, StringComparison.Ordinal);
        Assert.DoesNotContain("555", text, StringComparison.Ordinal);
    }

    internal static TwilioMessages Adapter(ScriptedHttp http)
    {
        var options = new TwilioOptions { BaseUrl = new Uri("https://sms.example/base/"), AccountSid = "AC1", From = "+15005550006" };
        options.AuthTokens.Add("token");
        return new TwilioMessages(http.Invoker(), TwilioLine.Sms(options), options, new Uri("https://hub.example/"), NullLogger<TwilioMessages>.Instance);
    }

    private static Task<SendOutcome> SendAsync(ScriptedHttp http) => Adapter(http).SendAsync(Message, TestContext.Current.CancellationToken);
}
