using Hub.Channels.Tests.Support;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Sms;

/// <summary>Settling an unknown by Twilio's list, which knows nothing of our ids.</summary>
public sealed class TwilioFindTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly OutgoingMessage Message = new("dlv_01", "+15005550020", "pay?");

    [Theory]
    [InlineData("queued", null, TryState.Accepted, null)]
    [InlineData("sent", null, TryState.Accepted, null)]
    [InlineData("delivered", null, TryState.Delivered, null)]
    [InlineData("undelivered", 30003, TryState.Failed, ErrorClass.Unreachable)]
    [InlineData("failed", null, TryState.Failed, ErrorClass.Blocked)]
    public async Task A_message_that_is_listed_was_sent(string status, int? code, TryState state, ErrorClass? error)
    {
        var found = await FindAsync(Listed("SM1", status: status, code: code));

        Assert.Equal(new FindOutcome.Found("SM1", 1, state, error), found);
    }

    [Fact]
    public async Task It_is_looked_for_by_number()
    {
        var http = ScriptedHttp.Answering(200, """{"messages":[]}""");

        Assert.IsType<FindOutcome.NotListed>(await FindAsync(http));
        Assert.Equal("https://sms.example/base/2010-04-01/Accounts/AC1/Messages.json?To=%2B15005550020&PageSize=50", http.Calls[0].Address.AbsoluteUri);
    }

    [Fact]
    public async Task Other_words_another_number_or_something_received_is_another_message()
    {
        Assert.IsType<FindOutcome.NotListed>(await FindAsync(Listed("SM1", body: "pay!")));
        Assert.IsType<FindOutcome.NotListed>(await FindAsync(Listed("SM1", to: "+15005550021")));
        Assert.IsType<FindOutcome.NotListed>(await FindAsync(Listed("SM1", from: "+15005550007")));
        Assert.IsType<FindOutcome.NotListed>(await FindAsync(Listed("SM1", direction: "inbound")));
    }

    [Fact]
    public async Task A_message_that_Twilio_was_asked_to_forget_is_found_without_its_words()
    {
        var request = new FindRequest(Message with { DiscardContent = true }, Noon, new HashSet<string>());

        Assert.IsType<FindOutcome.NotListed>(await FindAsync(Listed("SM1", body: "")));
        Assert.IsType<FindOutcome.Found>(await TwilioMessagesTests.Adapter(Listed("SM1", body: "")).FindAsync(request, TestContext.Current.CancellationToken));
        Assert.IsType<FindOutcome.NotListed>(await TwilioMessagesTests.Adapter(Listed("SM1", body: "other")).FindAsync(request, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Mon, 02 Mar 2026 11:57:59 +0000", false)]
    [InlineData("Mon, 02 Mar 2026 11:58:00 +0000", true)]
    [InlineData("Mon, 02 Mar 2026 12:15:00 +0000", true)]
    [InlineData("Mon, 02 Mar 2026 12:15:01 +0000", false)]
    [InlineData("Mon, 02 Mar 2026 13:00:00 +0100", true)]
    [InlineData("yesterday", false)]
    public async Task Only_what_was_made_about_then_counts(string date, bool found) =>
        Assert.Equal(found, await FindAsync(Listed("SM1", date: date)) is FindOutcome.Found);

    [Fact]
    public async Task Of_two_that_fit_the_older_is_ours_unless_it_belongs_to_another_delivery()
    {
        var two = $$"""{"messages":[{{Entry("SM2", date: "Mon, 02 Mar 2026 12:05:00 +0000")}},{{Entry("SM1")}}]}""";

        Assert.Equal("SM1", Assert.IsType<FindOutcome.Found>(await FindAsync(ScriptedHttp.Answering(200, two))).ProviderId);
        Assert.Equal("SM2", Assert.IsType<FindOutcome.Found>(await FindAsync(ScriptedHttp.Answering(200, two), "SM1")).ProviderId);
        Assert.IsType<FindOutcome.NotListed>(await FindAsync(ScriptedHttp.Answering(200, two), "SM1", "SM2"));
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(429, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    public async Task A_list_that_cannot_be_read_tells_nothing(int status, string body) =>
        Assert.IsType<FindOutcome.CannotTell>(await FindAsync(ScriptedHttp.Answering(status, body)));

    [Fact]
    public async Task Without_a_connection_nothing_is_learned() =>
        Assert.IsType<FindOutcome.CannotTell>(await FindAsync(ScriptedHttp.Throwing(new HttpRequestException(HttpRequestError.ConnectionError))));

    private static ScriptedHttp Listed(
        string sid,
        string status = "queued",
        int? code = null,
        string body = "pay?",
        string to = "+15005550020",
        string from = "+15005550006",
        string direction = "outbound-api",
        string date = "Mon, 02 Mar 2026 12:00:01 +0000") =>
        ScriptedHttp.Answering(200, $$"""{"messages":[{{Entry(sid, status, code, body, to, from, direction, date)}}],"page":0}""");

    private static string Entry(
        string sid,
        string status = "queued",
        int? code = null,
        string body = "pay?",
        string to = "+15005550020",
        string from = "+15005550006",
        string direction = "outbound-api",
        string date = "Mon, 02 Mar 2026 12:00:01 +0000") =>
        $$"""
        {"sid":"{{sid}}","status":"{{status}}","error_code":{{code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}},
         "num_segments":"1","body":"{{body}}","to":"{{to}}","from":"{{from}}","direction":"{{direction}}","date_created":"{{date}}","price":null}
        """;

    private static Task<FindOutcome> FindAsync(ScriptedHttp http, params string[] claimed) =>
        TwilioMessagesTests.Adapter(http).FindAsync(new FindRequest(Message, Noon, claimed.ToHashSet()), TestContext.Current.CancellationToken);
}
