using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Channels.Sms;
using Hub.Domain.Signatures;
using Hub.Sandbox;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>What the bank and the phone network report on their own: verified, and taken once.</summary>
/// <param name="address">Where they were told to report.</param>
internal sealed partial class Callbacks(NpgsqlDataSource database, Payments payments, Uri address)
{
    private static readonly TwilioSignature Signature = new([SandboxKeys.TwilioAuthToken]);

    public async Task InboundAsync(HttpContext http)
    {
        if (await FormAsync(http) is { } form && PayNumber().Match(form["Body"]) is { Success: true } approval)
        {
            await payments.ApproveAsync(form["MessageSid"], form["From"], approval.Groups[1].Value);
        }
    }

    public async Task StatusAsync(HttpContext http)
    {
        if (await FormAsync(http) is not { } form) return;
        var (status, id) = (form["MessageStatus"], (string)http.Request.RouteValues["id"]!);
        var rank = status switch { "queued" => 1, "sending" => 2, "sent" => 3, "delivered" => 4, _ => 5 };
        await using var work = await Work.BeginAsync(database);
        await work.ChangeAsync("UPDATE messages SET status = $2, rank = $3 WHERE id = $1 AND rank < $3", id, status, rank);
        await work.CommitAsync();
    }

    public async Task BankAsync(HttpContext http)
    {
        var body = await Edge.BodyAsync(http);
        var headers = http.Request.Headers;
        if (StandardWebhook.Verify(headers[StandardWebhook.IdHeader], headers[StandardWebhook.TimestampHeader], headers[StandardWebhook.SignatureHeader], body, TimeProvider.System.GetUtcNow(), [SandboxKeys.BankWebhookSecret]) is not null)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // What it confirms is known from the call's own answer; a service must look whether it is.
        var told = JsonSerializer.Deserialize<JsonElement>(body);
        await using var work = await Work.BeginAsync(database);
        if (await work.ChangeAsync("INSERT INTO received (party, id) VALUES ('bank', $1) ON CONFLICT DO NOTHING", told.GetProperty("id").GetString()!) == 1)
        {
            await work.RowAsync("SELECT status FROM attempts WHERE id = $1 FOR UPDATE", told.GetProperty("idempotency_key").GetString()!);
        }

        await work.CommitAsync();
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
