using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hub.Domain.Payments;
using Hub.Gateways.Http;
using Hub.Gateways.Vault;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.SandboxBank;

/// <summary>The connector to the sandbox bank.</summary>
/// <param name="http">Carries the calls; whatever bounds their time stands in there.</param>
/// <param name="vault">Where cards and security codes are read, for the length of one call.</param>
/// <param name="options">Where the bank is.</param>
/// <param name="log">Names operations, references and outcomes; never a card.</param>
public sealed partial class SandboxBankGateway(
    HttpMessageInvoker http, ICardVault vault, SandboxBankOptions options, ILogger<SandboxBankGateway> log) : IGateway
{
    private readonly string _base = options.BaseAddress.AbsoluteUri.TrimEnd('/');

    /// <summary>The gateway's name, in the journal and in the route of its webhooks.</summary>
    public const string GatewayName = "sandbox";

    /// <inheritdoc/>
    public string Name => GatewayName;

    /// <inheritdoc/>
    public GatewayCapabilities Capabilities { get; } = new(
        Instruments: [InstrumentType.Card],
        Currencies: null,
        Hold: true,
        PartialCapture: true,
        MultiCapture: true,
        Void: true,
        Refund: true,
        Query: true,
        Webhook: true,
        KeyLifetime: TimeSpan.FromDays(30));

    /// <inheritdoc/>
    public async Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel)
    {
        if (await vault.FindCardAsync(order.Instrument.Id, cancel) is not { } card)
        {
            return Told(GatewayOperation.Authorize, order.Reference, new GatewayAnswer.NeverReached(NeverReachedReason.InstrumentMissing));
        }

        var code = order.SecurityCode is null ? null : await vault.FindSecurityCodeAsync(order.SecurityCode, cancel);
        if (order.SecurityCode is not null && code is null)
        {
            return Told(GatewayOperation.Authorize, order.Reference, new GatewayAnswer.NeverReached(NeverReachedReason.SecurityCodeMissing));
        }

        var body = new BankAuthorize(
            order.Amount.Minor,
            order.Amount.Currency.Code,
            new BankCard(card.Number.Digits, card.Expiry.Month, card.Expiry.Year, code?.Digits),
            order.Payee,
            order.Reference);
        var reply = await PostAsync("authorizations", order.IdempotencyKey, body, BankJson.Default.BankAuthorize, cancel);
        var answer = BankReading.OfOperation(reply, GatewayOperation.Authorize, order.Reference);
        return Told(GatewayOperation.Authorize, order.Reference, answer);
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> CaptureAsync(CaptureOrder order, CancellationToken cancel)
    {
        var body = new BankCapture(order.Amount.Minor, order.Final, order.Reference);
        var reply = await PostAsync($"authorizations/{Segment(order.BankAuthorization)}/captures", order.IdempotencyKey, body, BankJson.Default.BankCapture, cancel);
        return Told(GatewayOperation.Capture, order.Reference, BankReading.OfOperation(reply, GatewayOperation.Capture, order.Reference, order.BankAuthorization));
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> VoidAsync(VoidOrder order, CancellationToken cancel)
    {
        var body = new BankVoid(order.Reference);
        var reply = await PostAsync($"authorizations/{Segment(order.BankAuthorization)}/void", order.IdempotencyKey, body, BankJson.Default.BankVoid, cancel);
        return Told(GatewayOperation.Void, order.Reference, BankReading.OfOperation(reply, GatewayOperation.Void, order.Reference, order.BankAuthorization));
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel)
    {
        var body = new BankRefund(order.Amount.Minor, order.Reference);
        var reply = await PostAsync($"captures/{Segment(order.BankCapture)}/refunds", order.IdempotencyKey, body, BankJson.Default.BankRefund, cancel);
        return Told(GatewayOperation.Refund, order.Reference, BankReading.OfOperation(reply, GatewayOperation.Refund, order.Reference, order.BankCapture));
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_base}/operations/{Path(order.IdempotencyKey)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        var reply = await BankHttp.SendAsync(http, request, cancel);
        return Told(order.Operation, order.IdempotencyKey, BankReading.OfQuery(reply, order.Operation));
    }

    private async Task<BankReply> PostAsync<T>(string path, string key, T body, JsonTypeInfo<T> shape, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_base}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        request.Headers.Add("Idempotency-Key", Key(key));
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, shape));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await BankHttp.SendAsync(http, request, cancel);
    }

    private GatewayAnswer Told(GatewayOperation operation, string reference, GatewayAnswer answer)
    {
        switch (answer)
        {
            case GatewayAnswer.Unknown unknown: LogUnknown(operation, reference, unknown.Reason); break;
            case GatewayAnswer.NeverReached never: LogNeverReached(operation, reference, never.Reason); break;
            default: LogAnswered(operation, reference, answer.GetType().Name); break;
        }

        return answer;
    }

    /// <summary>A hub's key keeps its slashes: escaped, they would reach the bank as another key.</summary>
    private static string Path(string key) => string.Join('/', Key(key).Split('/').Select(Segment));

    private static string Segment(string name) =>
        name is "" or "." or ".." ? throw new ArgumentException($"'{name}' cannot stand in an address.", nameof(name)) : Uri.EscapeDataString(name);

    private static string Key(string key) =>
        BankReading.IsId(key) ? key : throw new ArgumentException("An idempotency key is 1 to 200 letters, digits, and _ - / : .", nameof(key));

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Operation} {Reference}: the bank answered {Answer}")]
    private partial void LogAnswered(GatewayOperation operation, string reference, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Operation} {Reference}: outcome unknown ({Reason})")]
    private partial void LogUnknown(GatewayOperation operation, string reference, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Operation} {Reference}: never reached the bank ({Reason})")]
    private partial void LogNeverReached(GatewayOperation operation, string reference, string reason);
}
