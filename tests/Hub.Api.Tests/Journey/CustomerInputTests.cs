using System.Net;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Customers that cannot be: 400 with the field, and the journal stays as it was.</summary>
[Collection("journey")]
public sealed class CustomerInputTests(JourneyHub hub)
{
    /// <summary>A body, and the field that is wrong with it.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { """{"name":"Ada","email":"ada@example.com","vip":true}""", "vip" },
        { """{"name":"Ada","name":"Eve","email":"ada@example.com"}""", "name" },
        { """{"name":"Ada","NAME":"Eve","email":"ada@example.com"}""", "NAME" },
        { """{"email":"ada@example.com"}""", "name" },
        { """{"name":null,"email":"ada@example.com"}""", "name" },
        { """{"name":7,"email":"ada@example.com"}""", "name" },
        { """{"name":"  ","email":"ada@example.com"}""", "name" },
        { """{"name":"Ada\r\nBcc: eve@example.com","email":"ada@example.com"}""", "name" },
        { """{"name":"Ada\nLovelace","email":"ada@example.com"}""", "name" },
        { """{"name":"Ada\u2028Lovelace","email":"ada@example.com"}""", "name" },
        { """{"name":"Ada\u202Eecalevol","email":"ada@example.com"}""", "name" },
        { """{"name":"\u2066Ada","email":"ada@example.com"}""", "name" },
        { """{"name":"\uD800","email":"ada@example.com"}""", "name" },
        { $$"""{"name":"{{new string('a', 201)}}","email":"ada@example.com"}""", "name" },
        { """{"name":"Card 4242 4242 4242 4242","email":"ada@example.com"}""", "name" },
        { """{"name":"Ada"}""", "phone" },
        { """{"name":"Ada","phone":"0151 12345678"}""", "phone" },
        { """{"name":"Ada","phone":"+4915112345678\n"}""", "phone" },
        { """{"name":"Ada","email":"ada"}""", "email" },
        { """{"name":"Ada","email":"ada@example.com\r\nBcc: eve@example.com"}""", "email" },
        { """{"name":"Ada","email":"ada@example.com,eve@example.com"}""", "email" },
        { """{"name":"Ada","email":"ada@example.com","locale":"en US"}""", "locale" },
        { """{"name":"Ada","email":"ada@example.com","locale":"4242-4242-4242-4242"}""", "locale" },
        { """{"name":"Ada","email":"ada@example.com","confirmation":{"method":"pigeon"}}""", "confirmation.method" },
        { """{"name":"Ada","email":"ada@example.com","confirmation":{"method":"web"}}""", "confirmation.method" },
        { """{"name":"Ada","email":"ada@example.com","confirmation":{"method":"sms","fallback":["web"]}}""", "confirmation.fallback" },
        { """{"name":"Ada","email":"ada@example.com","confirmation":{"method":"sms","fallback":["email","email"]}}""", "confirmation.fallback" },
        { """{"name":"Ada","email":"ada@example.com","confirmation":{"method":"sms","fallback":[null]}}""", "confirmation.fallback[0]" },
        { """{"name":"Ada","email":"ada@example.com","confirmation":{"method":"sms","fallback_after_seconds":29}}""", "confirmation.fallback_after_seconds" },
        { """{"name":"Ada","email":"ada@example.com","quiet_hours":{"from":"22:00","to":"07:00"}}""", "quiet_hours.time_zone" },
        { """{"name":"Ada","email":"ada@example.com","notifications":{"marketing":["sms"]}}""", "notifications.marketing" },
        { """{"name":"Ada","email":"ada@example.com",}""", "body" },
        { """[]""", "body" },
        { """null""", "body" },
        { """{"name":{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}""", "body" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_customer_that_cannot_be_is_not_registered(string body, string field)
    {
        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync("/v1/customers", body));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Theory]
    [InlineData("""{"name":"Ada\r\nX: y"}""", "name")]
    [InlineData("""{"phone":"+14155550000"}""", "phone")]
    [InlineData("""{"confirmation":{"method":"web"}}""", "confirmation.method")]
    [InlineData("""{"confirmation":{"method":"sms","fallback":["sms"]}}""", "confirmation.fallback")]
    [InlineData("""{"locale":"x"}""", "locale")]
    [InlineData("""{"confirmation":{"method":"sms","fallback_after_seconds":29}}""", "confirmation.fallback_after_seconds")]
    [InlineData("""{"confirmation":{"method":"sms","fallback_after_seconds":601}}""", "confirmation.fallback_after_seconds")]
    [InlineData("""{"confirmation":{"method":"sms","fallback_after_seconds":-60}}""", "confirmation.fallback_after_seconds")]
    [InlineData("""{"confirmation":{"method":"sms","fallback_after_seconds":"60"}}""", "confirmation.fallback_after_seconds")]
    [InlineData("""{"confirmation":{"fallback_after_seconds":60}}""", "confirmation.method")]
    [InlineData("""{"notifications":{"marketing":["sms"]}}""", "notifications.marketing")]
    [InlineData("""{"notifications":{"security":[]}}""", "notifications.security")]
    [InlineData("""{"notifications":{"confirmations":[]}}""", "notifications.confirmations")]
    [InlineData("""{"notifications":{"receipts":["web"]}}""", "notifications.receipts")]
    [InlineData("""{"notifications":{"payment_status":["email","email"]}}""", "notifications.payment_status")]
    [InlineData("""{"notifications":{"refunds":["pigeon"]}}""", "notifications.refunds[0]")]
    [InlineData("""{"notifications":{"shipping":"none"}}""", "notifications.shipping")]
    [InlineData("""{"notifications":{"shipping":[null]}}""", "notifications.shipping[0]")]
    [InlineData("""{"notifications":["sms"]}""", "notifications")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"22:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.to")]
    [InlineData("""{"quiet_hours":{"from":"22:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.to")]
    [InlineData("""{"quiet_hours":{"to":"07:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.from")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"07:00"}}""", "quiet_hours.time_zone")]
    [InlineData("""{"quiet_hours":{"from":"24:00","to":"07:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.from")]
    [InlineData("""{"quiet_hours":{"from":"22:60","to":"07:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.from")]
    [InlineData("""{"quiet_hours":{"from":"22:00:00","to":"07:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.from")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"7:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.to")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":" 07:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.to")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"07:00 PM","time_zone":"Europe/Berlin"}}""", "quiet_hours.to")]
    [InlineData("""{"quiet_hours":{"from":2200,"to":"07:00","time_zone":"Europe/Berlin"}}""", "quiet_hours.from")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"07:00","time_zone":"Europe/Atlantis"}}""", "quiet_hours.time_zone")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"07:00","time_zone":"+01:00"}}""", "quiet_hours.time_zone")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"07:00","time_zone":"../../etc/passwd"}}""", "quiet_hours.time_zone")]
    [InlineData("""{"quiet_hours":{"from":"22:00","to":"07:00","time_zone":"Europe/Berlin","weekend":true}}""", "quiet_hours.weekend")]
    [InlineData("""{"quiet_hours":false}""", "quiet_hours")]
    public async Task A_change_that_cannot_be_changes_nothing(string body, string field)
    {
        var ada = await hub.AdaAsync();

        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.CallAsync("PATCH", $"/v1/customers/{ada.Id}", body, $"{Guid.NewGuid()}"));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task A_body_longer_than_a_quarter_of_a_megabyte_is_413()
    {
        var body = $$"""{"name":"{{new string('a', 256 * 1024)}}","email":"ada@example.com"}""";

        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync("/v1/customers", body));

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers") { Content = new FormUrlEncodedContent([new("name", "Ada")]) };
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");

        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync(request));

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    /// <summary>A checkout link that got about must not move the requests of the customer's other payments to another channel.</summary>
    [Fact]
    public async Task A_session_for_one_payment_changes_nothing_of_the_customer()
    {
        var sale = await hub.Acme.SellAsync(await hub.Acme.NewPayerAsync());
        using var checkout = hub.Client(await sale.Payer.TokenAsync(sale.Payment));

        using var answer = await hub.UnchangedAsync(() =>
            checkout.CallAsync("PATCH", $"/v1/customers/{sale.Payer.Id}", """{"confirmation":{"method":"email"}}""", $"{Guid.NewGuid()}"));

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_change_that_was_meant_for_an_older_version_is_412()
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var read = await hub.Acme.Client.AskAsync($"/v1/customers/{payer.Id}");
        var tag = read.Headers.ETag!.Tag;
        using var first = await hub.Acme.Client.CallAsync("PATCH", $"/v1/customers/{payer.Id}", """{"name":"Countess"}""", $"{Guid.NewGuid()}", ("If-Match", tag));
        await first.MadeAsync();
        Assert.NotEqual(tag, first.Headers.ETag!.Tag);

        using var stale = await hub.UnchangedAsync(() =>
            hub.Acme.Client.CallAsync("PATCH", $"/v1/customers/{payer.Id}", """{"name":"Baroness"}""", $"{Guid.NewGuid()}", ("If-Match", tag)));

        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "version_mismatch");
    }

    [Fact]
    public async Task Of_two_changes_meant_for_one_version_only_one_is_made()
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var read = await hub.Acme.Client.AskAsync($"/v1/customers/{payer.Id}");
        var tag = read.Headers.ETag!.Tag;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            hub.Acme.Client.CallAsync("PATCH", $"/v1/customers/{payer.Id}", $$"""{"name":"Name {{number}}"}""", $"{Guid.NewGuid()}", ("If-Match", tag))));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.PreconditionFailed, a.StatusCode));
    }

    [Theory]
    [InlineData("/v1/payments?limit=0", "limit")]
    [InlineData("/v1/payments?limit=101", "limit")]
    [InlineData("/v1/orders?limit=-1", "limit")]
    [InlineData("/v1/orders?limit=1e1", "limit")]
    [InlineData("/v1/customers?limit=5&limit=6", "limit")]
    [InlineData("/v1/customers?starting_after=%27%20OR%201", "starting_after")]
    [InlineData("/v1/events?limit=99999999999", "limit")]
    public async Task A_page_beyond_the_limits_is_400(string path, string field)
    {
        using var answer = await hub.Acme.Client.AskAsync(path);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=x")]
    [InlineData("limit=1&limit=2")]
    [InlineData("after=-1")]
    [InlineData("after=9223372036854775808")]
    public async Task A_timeline_beyond_the_limits_is_400(string query)
    {
        var ada = await hub.AdaAsync();

        using var answer = await hub.Acme.Client.AskAsync($"/v1/customers/{ada.Id}/timeline?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
