using System.Net;
using System.Text;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Channels.Sms;
using Hub.Domain.Signatures;
using Hub.Sandbox;

namespace Hub.Api.Tests.Attacks;

/// <summary>What somebody else sends in the bank's or the phone network's name, or what they sent before: the journal stays as it was.</summary>
/// <remarks>Invariants 12 and 15.</remarks>
[Collection("journey")]
[Attack(AttackRow.ForgedWebhook)]
public sealed partial class ForgedWebhookTests(JourneyHub hub)
{
    private const string OtherSecret = "whsec_YW5vdGhlci1iYW5rLXdlYmhvb2sta2V5LW9mLTMyYnl0ZXM=";

    [Theory]
    [InlineData("authorization.updated")]
    [InlineData("capture.updated")]
    [Trait("Invariant", "12")]
    public async Task A_webhook_that_says_what_is_known_changes_nothing_however_often_it_comes(string type)
    {
        var body = await KnownAsync(type);

        for (var time = 0; time < 3; time++)
        {
            using var answer = await hub.UnchangedAsync(() => BankAsync(body));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("no_signature", "signature_invalid")]
    [InlineData("other_key", "signature_invalid")]
    [InlineData("changed_id", "signature_invalid")]
    [InlineData("changed_time", "signature_invalid")]
    [InlineData("reserialised", "signature_invalid")]
    [InlineData("too_old", "signature_invalid")]
    [InlineData("too_new", "signature_invalid")]
    [InlineData("two_ids", "signature_invalid")]
    [InlineData("two_times", "signature_invalid")]
    [InlineData("many_wrong", "signature_invalid")]
    [InlineData("other_version", "signature_invalid")]
    [InlineData("cut", "signature_invalid")]
    [InlineData("added_byte", "signature_invalid")]
    [InlineData("padded_time", "signature_invalid")]
    public async Task A_webhook_that_the_bank_did_not_send_just_now_is_401(string fault, string code)
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AwaitingConfirmationAsync();
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            id = $"evt_{Guid.NewGuid():N}", type = "authorization.updated", created_at = hub.Clock.GetUtcNow(),
            idempotency_key = (await sale.StateAsync()).LastAttempt!.Authorize.Key, @object = new { id = "aut_x", status = "declined", reference = "x" },
        }));

        using var answer = await hub.UnchangedAsync(() => BankAsync(body, fault));

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, code);
    }

    /// <summary>Senders sign with the old and the new key while one is being replaced; the rest of the header is passed over.</summary>
    [Fact]
    public async Task One_good_signature_among_others_is_enough_and_says_nothing_new()
    {
        var body = await KnownAsync("capture.updated");

        using var answer = await hub.UnchangedAsync(() => BankAsync(body, "right_among_wrong"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task A_webhook_of_a_bank_nobody_knows_is_404()
    {
        using var answer = await hub.UnchangedAsync(() => BankAsync("{}"u8.ToArray(), gateway: "other_bank"));

        await answer.ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("att_00000000000000000000nobody_1/authorize")]
    [InlineData("nothing")]
    [InlineData("____")]
    [InlineData("pay_4242424242424242_1")]
    public async Task A_webhook_about_what_this_hub_never_asked_for_is_taken_and_left(string key)
    {
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            id = $"evt_{Guid.NewGuid():N}", type = "capture.updated", created_at = hub.Clock.GetUtcNow(), idempotency_key = key,
            @object = new { id = "cap_x", status = "succeeded", amount = 1, currency = "EUR", reference = "x" },
        }));

        using var answer = await hub.UnchangedAsync(() => BankAsync(body));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"id":"evt_1","id":"evt_2","type":"capture.updated"}""")]
    public async Task A_signed_webhook_that_cannot_be_read_is_400(string body)
    {
        using var answer = await hub.UnchangedAsync(() => BankAsync(Encoding.UTF8.GetBytes(body)));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_webhook_longer_than_64_KiB_is_413()
    {
        using var answer = await hub.UnchangedAsync(() => BankAsync(new byte[(64 * 1024) + 1]));

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    /// <summary>Invariant 15: the right digits in a message that Twilio did not send move no money.</summary>
    [Theory]
    [Trait("Invariant", "15")]
    [InlineData("none")]
    [InlineData("garbage")]
    [InlineData("other_token")]
    [InlineData("other_path")]
    [InlineData("other_host")]
    [InlineData("added_field")]
    [InlineData("changed_field")]
    public async Task A_message_that_twilio_did_not_sign_is_403(string fault)
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AwaitingConfirmationAsync();
        var digits = (await sale.Payer.MessagesAsync()).Select(m => System.Text.RegularExpressions.Regex.Match(m, @"PAY (\d{4})")).Last(m => m.Success).Groups[1].Value;
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = $"SM{Guid.NewGuid():N}", ["AccountSid"] = SandboxKeys.TwilioAccountSid, ["From"] = sale.Payer.Phone,
            ["To"] = SandboxKeys.TwilioSender, ["Body"] = $"PAY {digits}", ["NumMedia"] = "0",
        };

        using var answer = await hub.UnchangedAsync(() => TwilioAsync("/channels/twilio/inbound", form, fault));

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "signature_invalid");
        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("other_path")]
    public async Task A_status_that_twilio_did_not_sign_is_403(string fault)
    {
        using var answer = await hub.UnchangedAsync(() => TwilioAsync("/channels/twilio/status/dlv_00000000000000000000nobody_1", Status(), fault));

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "signature_invalid");
    }

    [Fact]
    public async Task A_status_of_a_delivery_nobody_knows_is_taken_and_left()
    {
        using var answer = await hub.UnchangedAsync(() => TwilioAsync("/channels/twilio/status/dlv_00000000000000000000nobody_1", Status()));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("dlv__1")]
    [InlineData("ntf_x_1")]
    public async Task A_status_of_what_is_no_delivery_is_400(string delivery)
    {
        using var answer = await hub.UnchangedAsync(() => TwilioAsync($"/channels/twilio/status/{delivery}", Status()));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    private static Dictionary<string, string> Status() => new()
    {
        ["MessageSid"] = $"SM{Guid.NewGuid():N}", ["AccountSid"] = SandboxKeys.TwilioAccountSid, ["MessageStatus"] = "delivered",
        ["From"] = SandboxKeys.TwilioSender, ["To"] = "+14155550000",
    };

    private async Task<byte[]> KnownAsync(string type)
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).ConfirmedAsync();
        var state = await sale.StateAsync();
        var (path, key) = type == "capture.updated"
            ? ($"captures/{state.Captures[0].BankId}", state.Captures[0].Operation.Key)
            : ($"authorizations/{state.LastAttempt!.BankId}", state.LastAttempt!.Authorize.Key);
        using var bank = hub.Client(SandboxKeys.BankApiKey);
        using var answer = await bank.AskAsync($"/sandbox/bank/v1/{path}");
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            id = $"evt_{Guid.NewGuid():N}", type, created_at = hub.Clock.GetUtcNow(), idempotency_key = key, @object = await answer.MadeAsync(),
        }));
    }

    private async Task<HttpResponseMessage> BankAsync(byte[] body, string fault = "", string gateway = "sandbox")
    {
        var (id, now) = ($"msg_{Guid.NewGuid():N}", hub.Clock.GetUtcNow());
        var at = fault switch { "too_old" => now.AddSeconds(-302), "too_new" => now.AddSeconds(330), _ => now };
        var signature = StandardWebhook.Sign(id, at, body, fault == "other_key" ? OtherSecret : SandboxKeys.BankWebhookSecret);
        var sent = fault == "reserialised" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(":", ": ", StringComparison.Ordinal)) : body;
        if (fault == "changed_time") at = at.AddSeconds(1);
        signature = fault switch
        {
            "many_wrong" => string.Join(' ', Enumerable.Range(0, 20).Select(n => StandardWebhook.Sign($"{id}{n}", at, body, SandboxKeys.BankWebhookSecret))),
            "right_among_wrong" => $"v1a,AAAA v1,{Convert.ToBase64String(new byte[32])} {signature} v2,x",
            "other_version" => $"v2{signature[2..]}",
            "cut" => signature[..^1],
            _ => signature,
        };
        if (fault == "added_byte") sent = [.. sent, (byte)' '];
        AttackFigures.Tried(AttackRow.ForgedWebhook);

        using var client = hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/gateways/{gateway}/webhook") { Content = new ByteArrayContent(sent) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation(StandardWebhook.IdHeader, fault == "changed_id" ? $"{id}x" : id);
        if (fault == "two_ids") request.Headers.TryAddWithoutValidation(StandardWebhook.IdHeader, "msg_2");
        request.Headers.TryAddWithoutValidation(StandardWebhook.TimestampHeader, $"{(fault == "padded_time" ? "0" : "")}{at.ToUnixTimeSeconds()}");
        if (fault == "two_times") request.Headers.TryAddWithoutValidation(StandardWebhook.TimestampHeader, $"{at.ToUnixTimeSeconds()}");
        if (fault != "no_signature") request.Headers.TryAddWithoutValidation(StandardWebhook.SignatureHeader, signature);
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> TwilioAsync(string path, Dictionary<string, string> form, string fault = "")
    {
        AttackFigures.Tried(AttackRow.ForgedWebhook);
        var url = hub.Address.GetLeftPart(UriPartial.Authority) + path;
        var signer = new TwilioSignature([fault == "other_token" ? "another token" : SandboxKeys.TwilioAuthToken]);
        var signature = fault switch
        {
            "garbage" => Convert.ToBase64String(new byte[20]),
            "other_path" => signer.Sign($"{url}/x", form),
            "other_host" => signer.Sign($"https://elsewhere.example{path}", form),
            _ => signer.Sign(url, form),
        };
        if (fault == "added_field") form["OptOutType"] = "STOP";
        if (fault == "changed_field") form["Body"] += " ";
        using var client = hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (fault != "none") request.Headers.Add("X-Twilio-Signature", signature);
        return await client.SendAsync(request);
    }
}
