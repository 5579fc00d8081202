using Hub.Domain.Signatures;

namespace Hub.Gateways.SandboxBank;

/// <summary>Verifies and reads the webhooks of one gateway's bank, under that bank's secrets and no others.</summary>
/// <param name="gateway">The gateway's name.</param>
/// <param name="options">Holds the secrets.</param>
/// <param name="time">The receiver's clock.</param>
public sealed class BankWebhooks(string gateway, SandboxBankOptions options, TimeProvider time) : IBankWebhooks
{
    /// <inheritdoc/>
    public string Gateway => gateway;

    private readonly string[] _secrets = [.. options.WebhookSecrets];

    /// <inheritdoc/>
    public BankWebhook Read(Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(header);
        return Read(header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"), body);
    }

    /// <summary>The same, with the three headers at hand.</summary>
    public BankWebhook Read(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (body.Length > IBankWebhooks.MaxBody)
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
