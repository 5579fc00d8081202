using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Http;
using Hub.Gateways.Vault;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.SandboxBank;

/// <summary>The connector to a sandbox bank for cards: one implementation for every such bank, which differ by their options.</summary>
/// <param name="http">Carries the calls; whatever bounds their time stands in there.</param>
/// <param name="vault">Where cards and security codes are read, for the length of one call.</param>
/// <param name="options">Where the bank is, and what it can do.</param>
/// <param name="log">Names operations, references and outcomes; never a card.</param>
public sealed class SandboxBankGateway(
    HttpMessageInvoker http, ICardVault vault, SandboxBankOptions options, ILogger<SandboxBankGateway> log) : IGateway
{
    private readonly BankLine _bank = new(http, options, BankDialect.Cards, new CallLog(options.Name, log));
    private readonly InstrumentReader _instruments = new(vault, new CallLog(options.Name, log));

    /// <summary>The first bank's name, in the journal and in the route of its webhooks.</summary>
    public const string GatewayName = "sandbox";

    /// <summary>The second bank's name.</summary>
    public const string SecondName = "sandbox_b";

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public GatewayCapabilities Capabilities { get; } = new(
        Instruments: [InstrumentType.Card, InstrumentType.WalletCard],
        Currencies: options.Currencies,
        Hold: true,
        PartialCapture: true,
        MultiCapture: options.MultiCapture,
        Void: true,
        Refund: true,
        Query: true,
        Webhook: true,
        KeyLifetime: TimeSpan.FromDays(30));

    /// <inheritdoc/>
    public Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel) => _instruments.WithCardAsync(
        order,
        (card, code) => _bank.AskAsync(
            BankLine.Asked(order),
            "authorizations",
            new BankAuthorize(
                order.Amount.Minor,
                order.Amount.Currency.Code,
                new BankCard(card.Number.Digits, card.Expiry.Month, card.Expiry.Year, code?.Digits),
                order.Payee,
                order.Reference),
            BankJson.Default.BankAuthorize,
            cancel),
        cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> CaptureAsync(CaptureOrder order, CancellationToken cancel) => _bank.AskAsync(
        new BankAsked(BankOperationKind.Capture, order.IdempotencyKey, order.Payee) { Reference = order.Reference, Parent = order.BankAuthorization },
        $"authorizations/{BankWords.Segment(order.BankAuthorization)}/captures", new BankCapture(order.Amount.Minor, order.Final, order.Reference), BankJson.Default.BankCapture, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> VoidAsync(VoidOrder order, CancellationToken cancel) => _bank.AskAsync(
        new BankAsked(BankOperationKind.Void, order.IdempotencyKey, Payee: null) { Reference = order.Reference, Parent = order.BankAuthorization },
        $"authorizations/{BankWords.Segment(order.BankAuthorization)}/void", new BankVoid(order.Reference), BankJson.Default.BankVoid, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel) => _bank.RefundAsync("captures", order, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> AnswerDisputeAsync(DisputeOrder order, CancellationToken cancel)
    {
        var dispute = $"disputes/{BankWords.Segment(order.BankDispute)}";
        var asked = new BankAsked(BankOperationKind.DisputeAnswer, order.IdempotencyKey, Payee: null) { Reference = order.Reference, Parent = order.BankDispute };
        return order.Evidence is { } evidence
            ? _bank.AskAsync(asked, $"{dispute}/evidence", new BankEvidence(evidence, order.Reference), BankJson.Default.BankEvidence, cancel)
            : _bank.AskAsync(asked, $"{dispute}/accept", new BankVoid(order.Reference), BankJson.Default.BankVoid, cancel);
    }

    /// <inheritdoc/>
    public Task<DisputeReport?> FindDisputeAsync(string bankDispute, CancellationToken cancel) => _bank.FindDisputeAsync(bankDispute, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel) => _bank.QueryAsync(order, cancel);
}
