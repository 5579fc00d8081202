using Hub.Domain.Payments;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.SandboxBank;

/// <summary>The connector to net banking: the customer pays at their own bank's page, and the money moves at once.</summary>
/// <remarks>
/// There is no hold: an order is ActionRequired first, and Captured once the customer approved, which a signed return (<see cref="NetBankReturn"/>),
/// a webhook or a query tells. Captures and voids are for holds, and refused here without asking the bank. A query for an order that was taken back
/// since answers Returned, with what had been paid.
/// </remarks>
/// <param name="http">Carries the calls; whatever bounds their time stands in there.</param>
/// <param name="options">Where the connector is.</param>
/// <param name="log">Names operations, references and outcomes.</param>
public sealed class NetBankGateway(HttpMessageInvoker http, SandboxBankOptions options, ILogger<NetBankGateway> log) : IGateway
{
    private readonly BankLine _bank = new(http, options, BankDialect.NetBanking, new CallLog(options.Name, log));

    /// <summary>The gateway's name, in the journal and in the route of its webhooks.</summary>
    public const string GatewayName = "sandbox_netbank";

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public GatewayCapabilities Capabilities { get; } = new(
        Instruments: [InstrumentType.BankAccount],
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
    public async Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel)
    {
        var body = new BankNetOrder(
            order.Instrument.Brand, order.Amount.Minor, order.Amount.Currency.Code, order.Payee, order.Reference, order.ReturnUrl);
        return await _bank.AskAsync(BankLine.Asked(order), "orders", body, BankJson.Default.BankNetOrder, cancel);
    }

    /// <inheritdoc/>
    public Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel) => _bank.RefundAsync("orders", order, cancel);

    /// <inheritdoc/>
    public Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel) => _bank.QueryAsync(order, cancel);
}
