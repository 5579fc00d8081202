using Hub.Domain.Signatures;

namespace Hub.Gateways.SandboxBank;

/// <summary>What the bank reported on its own.</summary>
/// <param name="EventId">The same on every repeat; whoever acts on the report drops repeats by it (invariant 12).</param>
/// <param name="Operation">Which operation it is about.</param>
/// <param name="IdempotencyKey">The hub's key of that operation.</param>
/// <param name="Reference">The hub's name for it, as the bank kept it.</param>
/// <param name="Answer">What became of it; <see cref="GatewayAnswer.Unknown"/> where the bank's words make no sense.</param>
/// <param name="CreatedAt">When the bank wrote it, by the bank's clock.</param>
public sealed record BankReport(
    string EventId, GatewayOperation Operation, string IdempotencyKey, string Reference, GatewayAnswer Answer, DateTimeOffset CreatedAt);

/// <summary>What a webhook turned out to be.</summary>
public abstract record BankWebhook
{
    /// <summary>From the bank, and readable.</summary>
    public sealed record Reported(BankReport Report) : BankWebhook;

    /// <summary>From the bank, about something this hub does not follow; acknowledged and left.</summary>
    public sealed record Irrelevant(string EventId) : BankWebhook;

    /// <summary>Not from the bank, or not from now: answered 401.</summary>
    public sealed record Forged(WebhookFault Fault) : BankWebhook;

    /// <summary>Signed, and no JSON of the agreed shape: answered 400, so that the bank's people see it.</summary>
    public sealed record Unreadable : BankWebhook;
}

/// <summary>Verifies and reads the webhooks of one gateway's bank, under that bank's secrets and no others.</summary>
/// <param name="gateway">The gateway's name.</param>
/// <param name="options">Holds the secrets.</param>
/// <param name="time">The receiver's clock.</param>
public sealed class BankWebhooks(string gateway, SandboxBankOptions options, TimeProvider time)
{
    /// <summary>The largest body worth verifying: 64 KiB.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>Whose bank.</summary>
    public string Gateway => gateway;

    private readonly string[] _secrets = [.. options.WebhookSecrets];

    /// <summary>Verifies over the raw bytes, then reads.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="signature">The header <c>webhook-signature</c>.</param>
    /// <param name="body">The body as it came.</param>
    public BankWebhook Read(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBody)
        {
            return new BankWebhook.Forged(WebhookFault.Malformed);
        }

        if (StandardWebhook.Verify(id, timestamp, signature, body, time.GetUtcNow(), _secrets) is { } fault)
        {
            return new BankWebhook.Forged(fault);
        }

        var told = BankJson.Read(body, BankJson.Default.BankEvent);
        if (told is not { Type: { } type, CreatedAt: { } createdAt, Object: { } about } || !BankReading.IsId(told.Id))
        {
            return new BankWebhook.Unreadable();
        }

        GatewayOperation? operation = type switch
        {
            "authorization.updated" => GatewayOperation.Authorize,
            "capture.updated" => GatewayOperation.Capture,
            "void.updated" => GatewayOperation.Void,
            "refund.updated" => GatewayOperation.Refund,
            _ => null,
        };
        if (operation is not { } followed)
        {
            return new BankWebhook.Irrelevant(told.Id!);
        }

        return BankReading.IsId(told.IdempotencyKey) && about.Reference is { Length: > 0 and <= 200 } reference
            ? new BankWebhook.Reported(new BankReport(
                told.Id!, followed, told.IdempotencyKey!, reference, BankReading.OfObject(about, followed), createdAt))
            : new BankWebhook.Unreadable();
    }
}
