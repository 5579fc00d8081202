using Hub.Domain.Signatures;
using Hub.Gateways.Http;

namespace Hub.Gateways.SandboxBank;

/// <summary>Verifies and reads the webhooks of one gateway's bank, under that bank's secrets and no others.</summary>
public sealed class BankWebhooks : IBankWebhooks
{
    private const string DisputeUpdated = "dispute.updated";

    private readonly TimeProvider _time;
    private readonly string[] _secrets;
    private readonly BankDialect _dialect;
    private readonly BankReading _reading;

    internal BankWebhooks(string gateway, SandboxBankOptions options, TimeProvider time, BankDialect dialect)
    {
        Gateway = gateway;
        _time = time;
        _secrets = [.. options.WebhookSecrets];
        _dialect = dialect;
        _reading = new BankReading(gateway, dialect, new BankKeys(options.PublicKeys));
    }

    /// <summary>For a bank for cards.</summary>
    /// <param name="gateway">The gateway's name.</param>
    /// <param name="options">Holds the secrets and the bank's public keys.</param>
    /// <param name="time">The receiver's clock.</param>
    public BankWebhooks(string gateway, SandboxBankOptions options, TimeProvider time)
        : this(gateway, options, time, BankDialect.Cards)
    {
    }

    /// <inheritdoc/>
    public string Gateway { get; }

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

        if (StandardWebhook.Verify(id, timestamp, signature, body, _time.GetUtcNow(), _secrets) is { } fault)
        {
            return new BankWebhook.Forged(fault);
        }

        var told = BankJson.Read(body, BankJson.Default.BankEvent);
        if (told is not { Type: { } type, CreatedAt: { } createdAt, Object: { } about } || !BankWords.IsId(told.Id))
        {
            return new BankWebhook.Unreadable();
        }

        if (!BankWords.IsId(told.IdempotencyKey) || about.Reference is not { Length: > 0 and <= 200 } reference)
        {
            // Nobody follows an event that names nothing of ours; one that should have named something is broken.
            return _dialect.Operation(type) is null && type != DisputeUpdated ? new BankWebhook.Irrelevant(told.Id!) : new BankWebhook.Unreadable();
        }

        if (type == DisputeUpdated)
        {
            return BankReading.OfDispute(told.Id!, told.IdempotencyKey!, about) is { } dispute ? new BankWebhook.Disputed(dispute) : new BankWebhook.Unreadable();
        }

        return _dialect.Operation(type) is { } operation
            ? new BankWebhook.Reported(Report(told.Id!, new BankAsked(operation, told.IdempotencyKey!, Payee: null), reference, about, createdAt))
            : new BankWebhook.Irrelevant(told.Id!);
    }

    private BankReport Report(string id, BankAsked about, string reference, BankObject found, DateTimeOffset at) =>
        new(id, about.Operation, about.Key, reference, _reading.OfObject(found, about), at) { Payee = found.Transfer?.Payee };
}
