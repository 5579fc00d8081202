using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Sandbox.Tests.Bank;

namespace Hub.Sandbox.Tests.Phones;

/// <summary>The phone network keeps to Twilio's shape, on the API and in what it calls back.</summary>
public sealed class PhoneNetworkTests
{
    private const string Phone = "+4915112345678";

    [Fact]
    public async Task A_message_is_answered_as_queued_and_arrives_on_the_phone()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (status, sent) = await SendAsync(sandbox, Phone, "Reply PAY 4839");

        Assert.Equal(201, status);
        Assert.Equal("queued", sent.Text("status"));
        Assert.Equal("1", sent.Text("num_segments"));
        Assert.Equal("outbound-api", sent.Text("direction"));
        Assert.Matches("^SM[0-9a-f]{32}$", sent.Text("sid"));
        Assert.Matches("^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} \\+0000$", sent.Text("date_created"));

        var listed = await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/phones", TestContext.Current.CancellationToken);
        Assert.Equal(1, Assert.Single(listed.EnumerateArray()).GetProperty("unread").GetInt32());
        var shown = Assert.Single(await ConversationAsync(sandbox));
        Assert.Equal("in", shown.Text("direction"));
        Assert.Equal("Reply PAY 4839", shown.Text("body"));
        listed = await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/phones", TestContext.Current.CancellationToken);
        Assert.Equal(0, Assert.Single(listed.EnumerateArray()).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task A_message_can_be_asked_about_by_sid_and_found_by_its_receiver()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var sid = (await SendAsync(sandbox, Phone, "one")).Body.Text("sid");
        await SendAsync(sandbox, "+4915112345679", "two");

        Assert.Equal("delivered", (await sandbox.Twilio.GetFromJsonAsync<JsonElement>($"Messages/{sid}.json", TestContext.Current.CancellationToken)).Text("status"));
        var list = await sandbox.Twilio.GetFromJsonAsync<JsonElement>($"Messages.json?To={Uri.EscapeDataString(Phone)}&PageSize=20", TestContext.Current.CancellationToken);
        Assert.Equal(sid, Assert.Single(list.GetProperty("messages").EnumerateArray()).Text("sid"));
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Twilio.GetAsync("Messages/SM0.json", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("+15005550001", 400, 21211)]
    [InlineData("+15005550004", 400, 21610)]
    [InlineData("+15005550009", 400, 21614)]
    [InlineData("+15005550014", 500, 20500)]
    [InlineData("+1500", 400, 21211)]
    [InlineData("04915112345678", 400, 21211)]
    public async Task A_refusal_has_twilios_shape(string to, int status, int code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (answered, body) = await SendAsync(sandbox, to, "hello");
        Assert.Equal(status, answered);
        Assert.Equal(code, body.GetProperty("code").GetInt32());
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.NotEmpty(body.Text("message")!);
        Assert.EndsWith($"/{code}", body.Text("more_info"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1600, 201)]
    [InlineData(1601, 400)]
    public async Task A_text_has_1600_characters_at_most(int length, int status)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal(status, (await SendAsync(sandbox, Phone, new string('x', length))).Status);
    }

    [Fact]
    public async Task The_busy_number_refuses_each_text_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal(429, (await SendAsync(sandbox, "+15005550013", "one")).Status);
        Assert.Equal(201, (await SendAsync(sandbox, "+15005550013", "one")).Status);
        Assert.Equal(429, (await SendAsync(sandbox, "+15005550013", "two")).Status);
    }

    [Fact]
    public async Task The_number_that_answers_500_has_the_message_all_the_same()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await SendAsync(sandbox, "+15005550014", "one");
        Assert.Equal("delivered", Assert.Single(await ConversationAsync(sandbox, "+15005550014")).Text("status"));
    }

    [Fact]
    public async Task Status_callbacks_are_signed_and_come_in_either_order()
    {
        await using var sandbox = await SandboxFixture.StartAsync(o => o.Seed = 7);
        var orders = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var callback = $"{sandbox.Hub.Url}channels/twilio/status/ntf_{i}?x=1";
            var sid = (await SendAsync(sandbox, Phone, "hello", callback)).Body.Text("sid");
            var (first, second) = (await sandbox.Hub.NextAsync(), await sandbox.Hub.NextAsync());

            foreach (var got in new[] { first, second })
            {
                Assert.Equal(sid, got.Form["MessageSid"]);
                Assert.Equal(SandboxKeys.TwilioAccountSid, got.Form["AccountSid"]);
                Assert.Equal($"/channels/twilio/status/ntf_{i}?x=1", got.Target);
                Assert.Equal(Signature(callback, got.Form), got.Headers["X-Twilio-Signature"]);
            }

            orders.Add($"{first.Form["MessageStatus"]} {second.Form["MessageStatus"]}");
        }

        Assert.Equal(["delivered sent", "sent delivered"], orders.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("+15005550011", "30003")]
    [InlineData("+15005550012", "30005")]
    [InlineData("+15005550015", "30007")]
    public async Task A_message_that_is_not_delivered_says_why(string to, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await SendAsync(sandbox, to, "hello", $"{sandbox.Hub.Url}status");
        Received[] both = [await sandbox.Hub.NextAsync(), await sandbox.Hub.NextAsync()];
        var failed = Assert.Single(both, c => c.Form["MessageStatus"] == "undelivered");
        Assert.Equal(code, failed.Form["ErrorCode"]);
    }

    [Fact]
    public async Task What_a_person_types_reaches_the_hub_signed_from_that_phone()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await SendAsync(sandbox, Phone, "Reply PAY 4839");
        await TypeAsync(sandbox, "PAY 4839");
        var got = await sandbox.Hub.NextAsync();

        Assert.Equal("/channels/twilio/inbound", got.Target);
        Assert.Equal(Phone, got.Form["From"]);
        Assert.Equal(SandboxKeys.TwilioSender, got.Form["To"]);
        Assert.Equal("PAY 4839", got.Form["Body"]);
        Assert.False(got.Form.ContainsKey("OptOutType"));
        Assert.Equal(Signature($"{sandbox.Hub.Url.ToString().TrimEnd('/')}/channels/twilio/inbound", got.Form), got.Headers["X-Twilio-Signature"]);
    }

    [Fact]
    public async Task A_message_typed_again_under_its_key_is_typed_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Http.DefaultRequestHeaders.Add("Idempotency-Key", "page-1");
        await TypeAsync(sandbox, "PAY 4839");
        await TypeAsync(sandbox, "PAY 4839");
        Assert.Single(await ConversationAsync(sandbox));
    }

    [Fact]
    public async Task A_text_that_is_to_be_forgotten_is_on_the_phone_and_no_longer_in_the_list()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["From"] = SandboxKeys.TwilioSender, ["To"] = Phone, ["Body"] = "Reply PAY 4839", ["ContentRetention"] = "discard",
        });
        var sent = await sandbox.Twilio.PostAsync("Messages.json", content, TestContext.Current.CancellationToken);
        var sid = (await sent.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).Text("sid");
        Assert.Equal("", (await sandbox.Twilio.GetFromJsonAsync<JsonElement>($"Messages/{sid}.json", TestContext.Current.CancellationToken)).Text("body"));
        Assert.Equal("Reply PAY 4839", Assert.Single(await ConversationAsync(sandbox)).Text("body"));
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData(" stop ")]
    [InlineData("Unsubscribe")]
    [InlineData("CANCEL")]
    [InlineData("OPTOUT")]
    public async Task A_stop_is_forwarded_and_kept_until_a_start(string word)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await SendAsync(sandbox, Phone, "hello");
        await TypeAsync(sandbox, word);
        Assert.Equal("STOP", (await sandbox.Hub.NextAsync()).Form["OptOutType"]);
        Assert.Equal(21610, (await SendAsync(sandbox, Phone, "hello again")).Body.GetProperty("code").GetInt32());
        Assert.Equal(201, (await SendAsync(sandbox, "+4915112345679", "somebody else")).Status);

        await TypeAsync(sandbox, "START");
        Assert.Equal("START", (await sandbox.Hub.NextAsync()).Form["OptOutType"]);
        Assert.Equal(201, (await SendAsync(sandbox, Phone, "welcome back")).Status);
    }

    [Theory]
    [InlineData("STOP 4839")]
    [InlineData("please stop")]
    [InlineData("PAY 4839")]
    public async Task A_stop_word_among_others_is_an_ordinary_message(string text)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await TypeAsync(sandbox, text);
        Assert.False((await sandbox.Hub.NextAsync()).Form.ContainsKey("OptOutType"));
        Assert.Equal(201, (await SendAsync(sandbox, Phone, "hello")).Status);
    }

    [Theory]
    [InlineData("From")]
    [InlineData("To")]
    [InlineData("Body")]
    public async Task Whatever_is_missing_is_named(string left)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var form = new Dictionary<string, string> { ["From"] = SandboxKeys.TwilioSender, ["To"] = Phone, ["Body"] = "hello" };
        form.Remove(left);
        using var content = new FormUrlEncodedContent(form);
        var response = await sandbox.Twilio.PostAsync("Messages.json", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(left, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_token_is_20003()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Twilio.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("AC:no"u8));
        var (status, body) = await SendAsync(sandbox, Phone, "hello");
        Assert.Equal((401, 20003), (status, body.GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData(160, "x", "1")]
    [InlineData(161, "x", "2")]
    [InlineData(306, "x", "2")]
    [InlineData(307, "x", "3")]
    [InlineData(80, "€", "1")]
    [InlineData(81, "€", "2")]
    [InlineData(70, "я", "1")]
    [InlineData(71, "я", "2")]
    [InlineData(134, "я", "2")]
    [InlineData(135, "я", "3")]
    public async Task A_text_is_counted_in_segments_of_its_alphabet(int times, string letter, string segments)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (_, body) = await SendAsync(sandbox, Phone, string.Concat(Enumerable.Repeat(letter, times)));
        Assert.Equal(segments, body.Text("num_segments"));
    }

    private static async Task<(int Status, JsonElement Body)> SendAsync(SandboxFixture sandbox, string to, string body, string? callback = null)
    {
        var form = new Dictionary<string, string> { ["From"] = SandboxKeys.TwilioSender, ["To"] = to, ["Body"] = body };
        if (callback is not null) form["StatusCallback"] = callback;
        using var content = new FormUrlEncodedContent(form);
        var response = await sandbox.Twilio.PostAsync("Messages.json", content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    private static async Task TypeAsync(SandboxFixture sandbox, string body)
    {
        var response = await sandbox.Http.PostAsJsonAsync($"/sandbox/api/phones/{Phone}/messages", new { body }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static async Task<JsonElement[]> ConversationAsync(SandboxFixture sandbox, string phone = Phone) =>
        [.. (await sandbox.Http.GetFromJsonAsync<JsonElement>($"/sandbox/api/phones/{phone}/messages", TestContext.Current.CancellationToken)).EnumerateArray()];

    // Made anew from Twilio's documentation, so that the sandbox is not checked against itself.
    [SuppressMessage("Security", "CA5350", Justification = "The protocol fixes HMAC-SHA-1.")]
    private static string Signature(string url, Dictionary<string, string> form)
    {
        var text = url + string.Concat(form.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value));
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(SandboxKeys.TwilioAuthToken), Encoding.UTF8.GetBytes(text)));
    }
}
