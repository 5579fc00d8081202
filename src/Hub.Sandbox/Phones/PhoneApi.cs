using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Phones;

/// <summary>Twilio's API shape under <c>/sandbox/twilio</c>, and the phones themselves under <c>/sandbox/api/phones</c>.</summary>
internal static class PhoneApi
{
    private static readonly byte[] Credentials = Encoding.ASCII.GetBytes(
        "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SandboxKeys.TwilioAccountSid}:{SandboxKeys.TwilioAuthToken}")));

    internal static void Map(RouteGroupBuilder sandbox)
    {
        var twilio = sandbox.MapGroup("/twilio/2010-04-01/Accounts/{account}").AddEndpointFilter(RequireAccountAsync);
        twilio.MapPost("/Messages.json", CreateAsync).DisableAntiforgery();
        twilio.MapGet("/Messages.json", List);
        twilio.MapGet("/Messages/{sid}.json", (PhoneNetwork network, string sid) => network.Find(sid) is { } found ? SandboxReply.Json(Shown(found), 200) : Error(TwilioError.NotFound));

        var phones = sandbox.MapGroup("/api/phones");
        phones.MapGet("", (PhoneNetwork network) => SandboxReply.Json(network.Phones(), 200));
        phones.MapGet("/{number}/messages", async (PhoneNetwork network, string number) => SandboxReply.Json((await network.ConversationAsync(number)).Select(OnPhone), 200));
        phones.MapPost("/{number}/messages", TypeAsync);
    }

    private static async ValueTask<object?> RequireAccountAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var given = Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, Credentials)) return Error(TwilioError.Unauthenticated);
        return http.Request.RouteValues["account"] as string == SandboxKeys.TwilioAccountSid ? await next(context) : Error(TwilioError.NotFound);
    }

    private static async Task<ContentHttpResult> CreateAsync(HttpContext http, PhoneNetwork network)
    {
        if (!http.Request.HasFormContentType) return Error(TwilioError.NoTo);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (message, error) = await network.SendAsync(SendRequest.Of(form));
        return message is null ? Error(error!) : SandboxReply.Json(Shown(message), 201);
    }

    private static ContentHttpResult List(PhoneNetwork network, HttpContext http)
    {
        var query = http.Request.Query;
        var size = int.TryParse(query["PageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 1, 1000) : 50;
        var found = network.List(Given(query["From"]), Given(query["To"]), size);
        var uri = $"/2010-04-01/Accounts/{SandboxKeys.TwilioAccountSid}/Messages.json?PageSize={size}&Page=0";
        return SandboxReply.Json(
            new
            {
                first_page_uri = uri, uri, next_page_uri = (string?)null, previous_page_uri = (string?)null,
                page = 0, page_size = size, start = 0, end = Math.Max(found.Count - 1, 0), messages = found.Select(Shown),
            },
            200);
    }

    private static async Task<ContentHttpResult> TypeAsync(HttpContext http, PhoneNetwork network, string number)
    {
        if (await SandboxBody.ReadAsync<TypedMessage>(http) is not { } typed) return SandboxReply.Error(400, "invalid_json", "The message cannot be read.");
        if (!SendRequest.IsNumber(number) || (typed.To is { } to && !SendRequest.IsNumber(to))) return SandboxReply.Error(400, "invalid_number", "A number reads like +4915112345678.");
        if (typed.Channel is not (null or "sms" or "whatsapp")) return SandboxReply.Error(400, "invalid_channel", "A message goes by sms or by whatsapp.");
        if (typed.Body.Length is 0 or > 1600) return SandboxReply.Error(400, "invalid_body", "A message has 1 to 1600 characters.");
        return SandboxReply.Json(OnPhone(await network.TypeAsync(WhatsApp.NumberOf(number), typed.Body, ReceiverOf(typed), typed.Channel is null ? null : typed.Channel == "whatsapp", http.Request.Headers["Idempotency-Key"])), 201);
    }

    private static string? ReceiverOf(TypedMessage typed) => typed.To is { } to && typed.Channel is { } channel
        ? (channel == "whatsapp" ? WhatsApp.Prefix : "") + WhatsApp.NumberOf(to)
        : typed.To;

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static object OnPhone(PhoneMessage m) => new { m.Sid, direction = m.Inbound ? "out" : "in", m.Channel, m.Body, m.At, m.Status, from = WhatsApp.NumberOf(m.From), to = WhatsApp.NumberOf(m.To) };

    private static object Shown(PhoneMessage m) => new
    {
        account_sid = SandboxKeys.TwilioAccountSid,
        api_version = "2010-04-01",
        body = m.Discard && m.Status != "queued" ? "" : m.Body,
        date_created = Date(m.At),
        date_sent = m.Status == "queued" ? null : Date(m.At),
        date_updated = Date(m.At),
        direction = m.Inbound ? "inbound" : "outbound-api",
        error_code = m.ErrorCode,
        error_message = (string?)null,
        from = m.From,
        messaging_service_sid = (string?)null,
        num_media = "0",
        num_segments = SmsSegments.Count(m.Body).ToString(CultureInfo.InvariantCulture),
        price = (string?)null,
        price_unit = "USD",
        sid = m.Sid,
        status = m.Status,
        subresource_uris = new { media = $"/2010-04-01/Accounts/{SandboxKeys.TwilioAccountSid}/Messages/{m.Sid}/Media.json" },
        to = m.To,
        uri = $"/2010-04-01/Accounts/{SandboxKeys.TwilioAccountSid}/Messages/{m.Sid}.json",
    };

    /// <summary>RFC 2822, as this network writes times.</summary>
    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);

    private static ContentHttpResult Error(TwilioError error) => SandboxReply.Json(error, error.Status);
}

/// <summary>POST /sandbox/api/phones/{number}/messages.</summary>
/// <param name="Body">1 to 1600 characters.</param>
/// <param name="To">The number written to; <c>null</c> for the one that wrote last.</param>
/// <param name="Channel"><c>sms</c> or <c>whatsapp</c>; <c>null</c> for the way of the message before it.</param>
internal sealed record TypedMessage(string Body, string? To = null, string? Channel = null);
