using System.Globalization;
using System.Net;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Requests;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Confirmations;
using Hub.Domain.Money;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Edge;

public sealed class RequestsTests
{
    [Theory]
    [InlineData(new string[0], 0)]
    [InlineData(new[] { "wait=0" }, 0)]
    [InlineData(new[] { "wait=1" }, 1)]
    [InlineData(new[] { "wait=29" }, 29)]
    [InlineData(new[] { "wait=30" }, 30)]
    [InlineData(new[] { "wait=31" }, 30)]
    [InlineData(new[] { "wait=99999999999999999999" }, 30)]
    [InlineData(new[] { "wait=007" }, 7)]
    [InlineData(new[] { "WAIT = \"10\"" }, 10)]
    [InlineData(new[] { "respond-async, wait=10; foo=bar" }, 10)]
    [InlineData(new[] { "respond-async", "wait=5" }, 5)]
    [InlineData(new[] { "wait=5", "wait=9" }, 5)]
    [InlineData(new[] { "wait" }, 0)]
    [InlineData(new[] { "wait=-1" }, 0)]
    [InlineData(new[] { "wait=1.5" }, 0)]
    [InlineData(new[] { "wait=soon" }, 0)]
    [InlineData(new[] { "await=5" }, 0)]
    public void Prefer_wait_is_read_as_RFC_7240_says(string[] headers, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PreferWait.Parse(headers).Time);

    [Theory]
    [InlineData(new string[0], Channel.Web)]
    [InlineData(new[] { "web" }, Channel.Web)]
    [InlineData(new[] { "mobile" }, Channel.Mobile)]
    [InlineData(new[] { "sms" }, null)]
    [InlineData(new[] { "" }, null)]
    [InlineData(new[] { "Mobile" }, null)]
    [InlineData(new[] { "web", "mobile" }, null)]
    public async Task A_page_says_whether_it_is_in_a_browser_or_installed(string[] headers, Channel? channel)
    {
        var http = new DefaultHttpContext();
        if (headers.Length > 0) http.Request.Headers[PageChannel.Header] = headers;

        if (channel is { } named) Assert.Equal(named, (await PageChannel.BindAsync(http))!.Channel);
        else Assert.Equal(StatusCodes.Status400BadRequest, (await Assert.ThrowsAsync<ProblemException>(() => PageChannel.BindAsync(http).AsTask())).Problem.StatusCode);
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=100", 100)]
    [InlineData("?limit=0", null)]
    [InlineData("?limit=101", null)]
    [InlineData("?limit=-1", null)]
    [InlineData("?limit=1.0", null)]
    [InlineData("?limit=1&limit=2", null)]
    [InlineData("?limit=", null)]
    [InlineData("?starting_after=pay_01", 20)]
    [InlineData("?starting_after=", null)]
    [InlineData("?starting_after=a%27b", null)]
    public async Task A_page_has_1_to_100_things(string query, int? limit)
    {
        await using var hub = await TestHub.StartAsync(routes =>
            routes.MapGet("/v1/list", (Paging page) => new ListOf<int>([page.Limit], page.StartingAfter is not null)));

        using var answer = await hub.Client.AskAsync($"/v1/list{query}");

        if (limit is null) await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        else Assert.Equal($$"""{"object":"list","data":[{{limit}}],"has_more":{{(query.Contains("after", StringComparison.Ordinal) ? "true" : "false")}}}""", await answer.TextAsync());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK, "any")]
    [InlineData("*", HttpStatusCode.OK, "any")]
    [InlineData("\"v7\"", HttpStatusCode.OK, "7")]
    [InlineData("v7", HttpStatusCode.BadRequest, null)]
    [InlineData("W/\"v7\"", HttpStatusCode.BadRequest, null)]
    [InlineData("\"v7\", \"v8\"", HttpStatusCode.BadRequest, null)]
    public async Task A_change_is_meant_for_one_version_or_for_any(string? header, HttpStatusCode status, string? meant)
    {
        await using var hub = await TestHub.StartAsync(routes => routes.MapPost("/v1/change", (IfMatch match) => Results.Text(match.Version?.ToString(CultureInfo.InvariantCulture) ?? "any")));

        using var answer = await hub.Client.PostAsync("/v1/change", "{}", null, header is null ? [] : [("If-Match", header)]);

        Assert.Equal(status, answer.StatusCode);
        if (meant is not null) Assert.Equal(meant, await answer.TextAsync());
    }

    [Theory]
    [InlineData("Anna Müller", true)]
    [InlineData("Иванов, 王小明, محمد", true)]
    [InlineData("family 👨‍👩‍👧", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("a\r\nBcc: all@example.com", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\u2028b", false)]
    [InlineData("a\u202Eb", false)]
    [InlineData("a\u2066b", false)]
    [InlineData("a\u001Bb", false)]
    public void A_line_holds_nothing_that_breaks_or_turns_it(string text, bool fits) =>
        Assert.Equal(fits, new Fields().Line("name", text).Problem is null);

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_line_is_capped(int length, bool fits) => Assert.Equal(fits, new Fields().Line("name", new string('x', length)).Problem is null);

    [Theory]
    [InlineData("a\nb", true)]
    [InlineData("a\r\nb", false)]
    [InlineData("a\u202Eb", false)]
    public void Lines_may_break(string text, bool fits) => Assert.Equal(fits, new Fields().Lines("note", text).Problem is null);

    [Theory]
    [InlineData("sku-1/a", true)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("", false)]
    public void A_token_is_visible_ascii(string text, bool fits) => Assert.Equal(fits, new Fields().Token("sku", text).Problem is null);

    [Theory]
    [InlineData(0L, false)]
    [InlineData(1L, true)]
    [InlineData(Amount.MaxMinor, true)]
    [InlineData(Amount.MaxMinor + 1, false)]
    public void An_amount_is_positive_and_has_twelve_digits(long minor, bool fits) => Assert.Equal(fits, new Fields().Minor("amount", minor).Problem is null);

    [Fact]
    public void Every_wrong_field_is_told()
    {
        var problem = new Fields().Line("name", "").Token("sku", "a b").Line("other", null).Problem;

        Assert.Equal(["name", "sku"], problem!.Errors!.Keys.Order());
    }

    [Fact]
    public async Task Above_the_limit_it_is_429_with_retry_after()
    {
        await using var hub = await TestHub.StartAsync(
            routes => routes.MapPost("/v1/codes", () => Results.NoContent()).RequireRateLimiting(RateLimits.Codes),
            edge: new EdgeOptions { CodesPerMinute = 2 });
        using var one = await hub.CustomerAsync(customer: "cus_a");
        using var other = await hub.CustomerAsync(customer: "cus_b");

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 2; i++)
        {
            using var fine = await one.PostAsync("/v1/codes", "{}");
            statuses.Add(fine.StatusCode);
        }

        using var tooMany = await one.PostAsync("/v1/codes", "{}");
        using var another = await other.PostAsync("/v1/codes", "{}");

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.NoContent, status));
        await tooMany.ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        Assert.InRange(tooMany.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.NoContent, another.StatusCode);
    }
}
