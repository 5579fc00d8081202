using System.Net;
using System.Net.WebSockets;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Hub.Api.Tests.Access;

/// <summary>A hub whose chat may stand on two shops' pages.</summary>
public sealed class ChatShops : IAsyncLifetime
{
    internal const string Shop = "https://shop.example";
    internal const string Second = "http://localhost:9999";

    internal JourneyHub Hub { get; } = new() { Settings = ["--Hub:ChatOrigins", $"{Shop}, {Second}"] };

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => Hub.InitializeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>What pages on other hosts may do: those that were named hold the chat, and nothing else; no other page gets an answer to read.</summary>
public sealed class ChatOriginTests(ChatShops shops) : IClassFixture<ChatShops>
{
    private const string Allowed = "Access-Control-Allow-Origin";

    private readonly JourneyHub _hub = shops.Hub;

    [Theory]
    [InlineData(ChatShops.Shop, true)]
    [InlineData(ChatShops.Second, true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://shop.example", false)]
    [InlineData("https://shop.example:8443", false)]
    [InlineData("https://shop.example.evil.example", false)]
    [InlineData("https://evilshop.example", false)]
    [InlineData("http://localhost:9998", false)]
    [InlineData("null", false)]
    [InlineData(null, false)]
    public async Task The_chat_s_endpoints_answer_pages_of_the_origins_that_were_named_and_no_others(string? origin, bool named)
    {
        var payer = await _hub.Acme.NewPayerAsync();
        using var browser = _hub.Client();
        using var customer = await payer.BrowserAsync();
        var headers = origin is null ? Array.Empty<(string, string)>() : [("Origin", origin)];
        foreach (var (method, path) in EndpointsOfTheChat(payer))
        {
            using var asked = await browser.CallAsync("OPTIONS", path, headers: [.. headers, ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")]);
            Assert.Equal(named ? origin : null, Of(asked, Allowed));
            Assert.Null(Of(asked, "Access-Control-Allow-Credentials"));
            if (named) Assert.Contains("Authorization", Of(asked, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
            Assert.DoesNotContain("OmniHub-Device", Of(asked, "Access-Control-Allow-Headers") ?? "", StringComparison.OrdinalIgnoreCase);
        }

        using var read = await customer.CallAsync("GET", $"/v1/customers/{payer.Id}/conversation", headers: headers);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(named ? origin : null, Of(read, Allowed));
        Assert.Null(Of(read, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData(ChatShops.Shop, true)]
    [InlineData(ChatShops.Second, true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://shop.example", false)]
    [InlineData("https://shop.example:8443", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    public async Task A_live_connection_opens_for_those_origins_and_for_who_is_no_page(string? origin, bool opens)
    {
        var token = await (await _hub.Acme.NewPayerAsync()).TokenAsync();
        using var browser = _hub.Client(token);
        var headers = origin is null ? Array.Empty<(string, string)>() : [("Origin", origin)];

        using var negotiated = await browser.CallAsync("POST", "/live/negotiate?negotiateVersion=1", "", headers: headers);
        using var shouted = await browser.CallAsync("POST", "/LIVE/negotiate?negotiateVersion=1", "", headers: headers);
        var refused = await Record.ExceptionAsync(async () =>
        {
            await using var live = await SignalRJsonClient.ConnectAsync(_hub.Address, token, headers);
        });

        Assert.All([negotiated, shouted], answer => Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Equal(opens ? null : typeof(WebSocketException), refused?.GetType());
        if (!opens) Assert.Contains("403", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hub_s_own_pages_connect_as_ever()
    {
        var token = await (await _hub.Acme.NewPayerAsync()).TokenAsync();

        await using var live = await SignalRJsonClient.ConnectAsync(_hub.Address, token, ("Origin", _hub.Address.GetLeftPart(UriPartial.Authority)));
    }

    /// <summary>A page reads from the refusal that the visit has ended, and asks its shop for another token.</summary>
    [Fact]
    public async Task A_refusal_can_be_read_there_as_well()
    {
        using var ended = _hub.Client("cst_ended");

        using var answer = await ended.CallAsync("GET", "/v1/customers/cus_x/conversation", headers: ("Origin", ChatShops.Shop));

        Assert.Equal((HttpStatusCode.Unauthorized, ChatShops.Shop), (answer.StatusCode, Of(answer, Allowed)));
    }

    [Fact]
    public void No_endpoint_but_the_chat_s_answers_other_hosts()
    {
        var open = Routes.Of(_hub.App).Where(route => route.Endpoint.Metadata.GetMetadata<ICorsMetadata>() is not null).Select(route => route.ToString()).Where(route => !route.Contains(" /live", StringComparison.Ordinal));

        Assert.Equal(
            ["GET /v1/conversations/{id}/messages", "GET /v1/customers/{id}/conversation", "POST /v1/conversations/{id}/read", "POST /v1/customers/{id}/conversation/messages"],
            open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/v1/customers/cus_x")]
    [InlineData("POST", "/v1/payments")]
    [InlineData("POST", "/v1/conversations/cnv_x/messages")]
    [InlineData("POST", "/staff/sign-in")]
    [InlineData("GET", "/staff/me")]
    public async Task A_named_origin_gets_nothing_else_to_read(string method, string path)
    {
        using var browser = _hub.Client();

        using var asked = await browser.CallAsync("OPTIONS", path, headers: [("Origin", ChatShops.Shop), ("Access-Control-Request-Method", method)]);
        using var answer = await browser.CallAsync(method, path, method == "GET" ? null : "{}", headers: ("Origin", ChatShops.Shop));

        Assert.Null(Of(asked, Allowed));
        Assert.Null(Of(answer, Allowed));
    }

    /// <summary>A shop on a port of the same machine is the same site to a browser, which then sends the cookie along.</summary>
    [Fact]
    public async Task A_named_origin_is_none_of_ours_where_the_cookie_of_staff_is_concerned()
    {
        using var staff = _hub.CopyOf(await _hub.StaffAsync(StaffRole.Support));
        var cookie = staff.DefaultRequestHeaders.GetValues("Cookie").Single();
        staff.DefaultRequestHeaders.Remove("Origin");
        var payer = await _hub.Acme.NewPayerAsync();
        var conversation = Hub.Domain.Conversations.Conversation.IdOf(payer.Id);

        using var changed = await staff.SendAsync($"/v1/conversations/{conversation}/read", """{"sequence":1}""", ("Origin", ChatShops.Second));
        using var read = await staff.CallAsync("GET", $"/v1/customers/{payer.Id}/conversation", headers: ("Origin", ChatShops.Second));
        var live = await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(_hub.Address, null, ("Cookie", cookie), ("Origin", ChatShops.Second)));

        await changed.ProblemAsync(HttpStatusCode.Forbidden, "foreign_origin");
        Assert.Null(Of(read, "Access-Control-Allow-Credentials"));
        Assert.Contains("403", live.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chat_s_file_is_for_every_page_and_the_pages_own_files_are_not()
    {
        using var browser = _hub.Client();

        using var chat = await browser.CallAsync("GET", "/omnihub-chat.js", headers: ("Origin", "https://anywhere.example"));
        using var own = await browser.CallAsync("GET", "/assets/shop.js", headers: ("Origin", "https://anywhere.example"));

        Assert.Equal(("*", "cross-origin", "text/javascript"), (Of(chat, Allowed), Of(chat, "Cross-Origin-Resource-Policy"), chat.Content.Headers.ContentType?.MediaType));
        Assert.Equal((null, "same-origin"), (Of(own, Allowed), Of(own, "Cross-Origin-Resource-Policy")));
    }

    private static IEnumerable<(string Method, string Path)> EndpointsOfTheChat(Payer payer)
    {
        var conversation = Hub.Domain.Conversations.Conversation.IdOf(payer.Id);
        yield return ("GET", $"/v1/customers/{payer.Id}/conversation");
        yield return ("POST", $"/v1/customers/{payer.Id}/conversation/messages");
        yield return ("GET", $"/v1/conversations/{conversation}/messages");
        yield return ("POST", $"/v1/conversations/{conversation}/read");
        yield return ("POST", "/live/negotiate");
        yield return ("GET", "/live");
    }

    private static string? Of(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : null;
}

/// <summary>A hub that was told of no shop.</summary>
[Collection("journey")]
public sealed class NoChatOriginTests(JourneyHub hub)
{
    [Theory]
    [InlineData("https://shop.example")]
    [InlineData("null")]
    public async Task No_page_elsewhere_holds_the_chat_until_it_was_named(string origin)
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();

        using var asked = await browser.CallAsync("OPTIONS", $"/v1/customers/{payer.Id}/conversation", headers: [("Origin", origin), ("Access-Control-Request-Method", "GET")]);
        using var read = await browser.CallAsync("GET", $"/v1/customers/{payer.Id}/conversation", headers: ("Origin", origin));
        var token = await payer.TokenAsync();

        Assert.False(asked.Headers.Contains("Access-Control-Allow-Origin") || read.Headers.Contains("Access-Control-Allow-Origin"));
        await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(hub.Address, token, ("Origin", origin)));
    }
}
