using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>What a customer prefers: set by the merchant or by themselves, and shown to both.</summary>
[Collection("journey")]
public sealed class PreferenceTests(JourneyHub hub)
{
    private const string Usual = """["email","sms"]""";

    [Fact]
    public async Task Nobody_has_to_choose_anything()
    {
        var made = await hub.Acme.DoAsync("/v1/customers", """{"name":"Ada","phone":"+14155559001"}""");

        Assert.Equal("""{"method":"sms","fallback":["email"],"fallback_after_seconds":120}""", Raw(made, "confirmation"));
        Assert.Equal($$"""{"receipts":{{Usual}},"payment_status":{{Usual}},"refunds":{{Usual}},"shipping":{{Usual}}}""", Raw(made, "notifications"));
        Assert.Equal(JsonValueKind.Null, made.GetProperty("quiet_hours").ValueKind);
    }

    [Fact]
    public async Task A_merchant_may_say_everything_at_once_also_of_a_channel_without_an_address()
    {
        var made = await hub.Acme.DoAsync(
            "/v1/customers",
            """
            {"name":"Ada","phone":"+14155559002","confirmation":{"method":"email","fallback":["sms"],"fallback_after_seconds":600},
             "notifications":{"receipts":["email"],"shipping":[]},"quiet_hours":{"from":"22:00","to":"07:05","time_zone":"Asia/Shanghai"}}
            """);

        Assert.Equal("""{"method":"email","fallback":["sms"],"fallback_after_seconds":600}""", Raw(made, "confirmation"));
        Assert.Equal($$"""{"receipts":["email"],"payment_status":{{Usual}},"refunds":{{Usual}},"shipping":[]}""", Raw(made, "notifications"));
        Assert.Equal("""{"from":"22:00","to":"07:05","time_zone":"Asia/Shanghai"}""", Raw(made, "quiet_hours"));
    }

    [Fact]
    public async Task A_customer_changes_one_thing_after_the_other_and_what_is_left_out_stays()
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();

        await ChangeAsync("""{"quiet_hours":{"from":"00:00","to":"23:59","time_zone":"Europe/Berlin"}}""");
        await ChangeAsync("""{"notifications":{"shipping":["sms"],"receipts":[]}}""");
        await ChangeAsync("""{"confirmation":{"method":"email","fallback_after_seconds":30},"notifications":{"receipts":["sms","email"]}}""");
        var changed = await ChangeAsync("""{"locale":"de"}""");

        Assert.Equal("""{"method":"email","fallback":[],"fallback_after_seconds":30}""", Raw(changed, "confirmation"));
        Assert.Equal($$"""{"receipts":["sms","email"],"payment_status":{{Usual}},"refunds":{{Usual}},"shipping":["sms"]}""", Raw(changed, "notifications"));
        Assert.Equal("""{"from":"00:00","to":"23:59","time_zone":"Europe/Berlin"}""", Raw(changed, "quiet_hours"));
        using var seen = await hub.Acme.Client.AskAsync($"/v1/customers/{payer.Id}");
        var shown = await seen.MadeAsync();
        Assert.All(["confirmation", "notifications", "quiet_hours", "locale"], member => Assert.Equal(Raw(changed, member), Raw(shown, member)));

        Assert.Equal(JsonValueKind.Null, (await ChangeAsync("""{"quiet_hours":{}}""")).GetProperty("quiet_hours").ValueKind);

        async Task<JsonElement> ChangeAsync(string body)
        {
            using var answer = await browser.CallAsync("PATCH", $"/v1/customers/{payer.Id}", body, $"{Guid.NewGuid()}");
            return await answer.MadeAsync();
        }
    }

    private static string Raw(JsonElement customer, string member) => customer.GetProperty(member).GetRawText();
}
