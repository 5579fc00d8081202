using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Hub.Channels.Http;
using Hub.Domain.Signatures;
using Hub.Domain.Webhooks;
using Microsoft.Extensions.Logging;

namespace Hub.Channels.Webhooks;

/// <summary>One webhook to one endpoint.</summary>
/// <param name="Id">The same for every attempt; no full stop in it.</param>
/// <param name="Url">Where to.</param>
/// <param name="Body">JSON, exactly as signed.</param>
/// <param name="Secrets"><c>whsec_…</c>; two while one is being replaced.</param>
public sealed record WebhookCall(string Id, Uri Url, ReadOnlyMemory<byte> Body, IReadOnlyList<string> Secrets)
{
    /// <summary>The id alone: the secrets are secret.</summary>
    public override string ToString() => $"{nameof(WebhookCall)} {Id}";
}

/// <summary>What one attempt came to.</summary>
public abstract record WebhookOutcome
{
    private WebhookOutcome()
    {
    }

    /// <summary>The merchant's server took it: a 2xx.</summary>
    public sealed record Delivered(int Status) : WebhookOutcome;

    /// <summary>It was not taken; to be sent again by the <see cref="RetrySchedule"/>. Receivers find repeats by the id.</summary>
    /// <param name="Status">The HTTP status, or 0 without one.</param>
    /// <param name="Reason">Short, for the merchant to read.</param>
    public sealed record Failed(int Status, string Reason) : WebhookOutcome;

    /// <summary>410: the endpoint is to be disabled.</summary>
    public sealed record Gone : WebhookOutcome;
}

/// <summary>Sends webhooks to merchants, signed as Standard Webhooks.</summary>
/// <param name="http">Carries the calls; made over <see cref="WebhookTargets.CreateHandler"/>, with a time limit around it.</param>
/// <param name="targets">Where they may go.</param>
/// <param name="time">Stamps each attempt.</param>
/// <param name="log">Hears of failures.</param>
public sealed partial class WebhookSender(HttpMessageInvoker http, WebhookTargets targets, TimeProvider time, ILogger<WebhookSender> log)
{
    /// <summary>Makes one attempt.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was triggered; the merchant may have it.</exception>
    public async Task<WebhookOutcome> SendAsync(WebhookCall call, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        var outcome = targets.Check(call.Url.AbsoluteUri) is { } fault
            ? new WebhookOutcome.Failed(0, $"address not allowed: {fault}")
            : await CallAsync(call, cancel);
        if (outcome is WebhookOutcome.Failed failed) LogFailed(call.Id, failed.Status, failed.Reason);
        return outcome;
    }

    private async Task<WebhookOutcome> CallAsync(WebhookCall call, CancellationToken cancel)
    {
        using var request = NewRequest(call);
        try
        {
            using var response = await http.SendAsync(request, cancel);
            return Interpret(response.StatusCode);
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenTargetException)
        {
            return new WebhookOutcome.Failed(0, $"address not allowed: {TargetFault.NotPublic}");
        }
        catch (Exception e) when (Calls.WentSilent(e, cancel))
        {
            return new WebhookOutcome.Failed(0, Calls.Reason(e));
        }
    }

    private static WebhookOutcome Interpret(HttpStatusCode status) => (int)status switch
    {
        >= 200 and <= 299 => new WebhookOutcome.Delivered((int)status),
        410 => new WebhookOutcome.Gone(),
        >= 300 and <= 399 => new WebhookOutcome.Failed((int)status, "redirects are not followed"),
        _ => new WebhookOutcome.Failed((int)status, $"http {(int)status}"),
    };

    private HttpRequestMessage NewRequest(WebhookCall call)
    {
        var at = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, call.Url) { Content = new ReadOnlyMemoryContent(call.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("OmniHub", "1"));
        request.Headers.Add(StandardWebhook.IdHeader, call.Id);
        request.Headers.Add(StandardWebhook.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhook.SignatureHeader, StandardWebhook.Sign(call.Id, at, call.Body.Span, [.. call.Secrets]));
        return request;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {Id} was not taken: status {Status}, {Reason}")]
    private partial void LogFailed(string id, int status, string reason);
}
