using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Channels.Sms;
using Hub.Domain.Signatures;
using Hub.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>What a contender does about a report; each may come twice.</summary>
internal interface IReported
{
    /// <summary>A customer's text that says yes.</summary>
    Task ApproveAsync(string sid, string phone, string code);

    /// <summary>How far a text of the contender's got.</summary>
    /// <param name="message">Its id.</param>
    /// <param name="status">The network's word.</param>
    /// <param name="rank">How far that is; later ones are higher.</param>
    Task StatusAsync(string message, string status, int rank);

    /// <summary>The bank's own word on an operation, which its answer gave already: a service must look whether it did.</summary>
    Task ReportedAsync(string report, string key);
}

/// <summary>What the bank and the phone network report on their own, verified.</summary>
/// <param name="contender">Takes it once.</param>
/// <param name="address">Where they were told to report.</param>
internal sealed partial class Callbacks(IReported contender, Uri address)
{
    private static readonly TwilioSignature Signature = new([SandboxKeys.TwilioAuthToken]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/channels/twilio/inbound", InboundAsync);
        routes.MapPost("/channels/twilio/status/{id}", StatusAsync);
        routes.MapPost("/gateways/sandbox/webhook", BankAsync);
    }

    private async Task InboundAsync(HttpContext http)
    {
        if (await FormAsync(http) is { } form && PayNumber().Match(form["Body"]) is { Success: true } approval)
        {
            await contender.ApproveAsync(form["MessageSid"], form["From"], approval.Groups[1].Value);
        }
    }

    private async Task StatusAsync(HttpContext http)
    {
        if (await FormAsync(http) is not { } form) return;
        var (status, id) = (form["MessageStatus"], (string)http.Request.RouteValues["id"]!);
        var rank = status switch { "queued" => 1, "sending" => 2, "sent" => 3, "delivered" => 4, _ => 5 };
        await contender.StatusAsync(id, status, rank);
    }

    private async Task BankAsync(HttpContext http)
    {
        var body = await Edge.BodyAsync(http);
        var headers = http.Request.Headers;
        if (StandardWebhook.Verify(headers[StandardWebhook.IdHeader], headers[StandardWebhook.TimestampHeader], headers[StandardWebhook.SignatureHeader], body, TimeProvider.System.GetUtcNow(), [SandboxKeys.BankWebhookSecret]) is not null)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var told = JsonSerializer.Deserialize<JsonElement>(body);
        await contender.ReportedAsync(told.GetProperty("id").GetString()!, told.GetProperty("idempotency_key").GetString()!);
    }

    [GeneratedRegex(@"^PAY (\d{4})$")]
    private static partial Regex PayNumber();

    private async Task<Dictionary<string, string>?> FormAsync(HttpContext http)
    {
        var form = (await http.Request.ReadFormAsync(http.RequestAborted)).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        var url = address.GetLeftPart(UriPartial.Authority) + http.Request.Path;
        if (Signature.IsValid(url, form, http.Request.Headers["X-Twilio-Signature"])) return form;
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return null;
    }
}
