using System.Net;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Choosing what waits for a digest.</summary>
[Collection("journey")]
public sealed class DigestWishTests(JourneyHub hub)
{
    [Theory]
    [InlineData("""{"at":"9:00","time_zone":"Europe/Berlin","topics":["shipping"]}""", "digest.at")]
    [InlineData("""{"at":"24:00","time_zone":"Europe/Berlin","topics":["shipping"]}""", "digest.at")]
    [InlineData("""{"at":"09:00","time_zone":"../etc/passwd","topics":["shipping"]}""", "digest.time_zone")]
    [InlineData("""{"at":"09:00","topics":["shipping"]}""", "digest.time_zone")]
    [InlineData("""{"at":"09:00","time_zone":"Europe/Berlin"}""", "digest.topics")]
    [InlineData("""{"at":"09:00","time_zone":"Europe/Berlin","topics":[]}""", "digest.topics")]
    [InlineData("""{"at":"09:00","time_zone":"Europe/Berlin","topics":["payment_status"]}""", "digest.topics")]
    [InlineData("""{"at":"09:00","time_zone":"Europe/Berlin","topics":["shipping","shipping"]}""", "digest.topics")]
    public async Task A_wish_that_cannot_be_kept_is_named(string wish, string field)
    {
        using var answer = await hub.Acme.Client.SendAsync("/v1/customers", $$$"""{"name":"Ada","email":"ada@example.com","digest":{{{wish}}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_is_shown_kept_by_other_changes_and_switched_off()
    {
        var payer = await PayerAsync("""["shipping","receipts"]""");
        const string kept = """{"at":"09:00","time_zone":"Europe/Berlin","topics":["receipts","shipping"]}""";

        Assert.Equal(kept, (await payer.ChangeAsync("""{"locale":"de"}""")).GetProperty("digest").GetRawText());
        Assert.Equal(kept, (await payer.ChangeAsync("""{"notifications":{"refunds":[]}}""")).GetProperty("digest").GetRawText());
        Assert.Equal(JsonValueKind.Null, (await payer.ChangeAsync("""{"digest":{}}""")).GetProperty("digest").ValueKind);
    }

    private async Task<Payer> PayerAsync(string topics)
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        await payer.ChangeAsync($$$"""{"digest":{"at":"09:00","time_zone":"Europe/Berlin","topics":{{{topics}}}}}""");
        return payer;
    }
}
