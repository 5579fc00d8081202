using Hub.Domain.Payments;
using Hub.Gateways.Vault;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.SandboxBank;

/// <summary>The connector to the e-check bank: debits of an account, taken at once, and sometimes returned days later.</summary>
/// <remarks>
/// A debit is Captured when the bank accepts it; Cleared and Returned come by webhook days later, and to a query then. Both say with them what had
/// been taken, so a hub that never saw it captured learns all there is to know from either.
/// </remarks>
/// <param name="http">Carries the calls; whatever bounds their time stands in there.</param>
/// <param name="vault">Where accounts are read, for the length of one call.</param>
/// <param name="options">Where the bank is.</param>
/// <param name="log">Names operations, references and outcomes; never an account.</param>
public sealed class DebitGateway(HttpMessageInvoker http, ICardVault vault, SandboxBankOptions options, ILogger<DebitGateway> log) : IGateway
{
    private readonly BankLine _bank = new(http, options, BankDialect.Debits, new CallLog(options.Name, log));
    private readonly InstrumentReader _instruments = new(vault, new CallLog(options.Name, log));

    /// <summary>The gateway's name, in the journal and in the route of its webhooks.</summary>
    public const string GatewayName = "sandbox_debit";

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public GatewayCapabilities Capabilities { get; } = new(
        Instruments: [InstrumentType.ECheck],
        Currencies: options.Currencies,
        Hold: false,
        PartialCapture: false,
        MultiCapture: false,
        Void: false,
        Refund: true,
        Query: true,
        Webhook: true,
        KeyLifetime: TimeSpan.FromDays(30));

    /// <inheritdoc/>
    public Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel) => _instruments.WithAccountAsync(
        order,
        account => _bank.AskAsync(
            BankLine.Asked(order),
            "debits",
            new BankDebitOrder(
                order.Amount.Minor, order.Amount.Currency.Code, new BankDebitAccount(account.Routing.Digits, account.Number.Digits, account.Holder), order.Payee, order.Reference),
            BankJson.Default.BankDebitOrder,
            cancel),
        cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel) => _bank.RefundAsync("debits", order, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel) => _bank.QueryAsync(order, cancel);
}
