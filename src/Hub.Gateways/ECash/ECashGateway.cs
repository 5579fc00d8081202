using Hub.Actors;
using Hub.Domain.Customers;
using Hub.Domain.Customers.Cash;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;

namespace Hub.Gateways.ECash;

/// <summary>The hub's own bank: stored value. Its holds are commands to the customer's actor, so that no balance is spent twice.</summary>
/// <remarks>
/// Nothing leaves the hub, so nothing is ever unknown: a command's id is the operation's key, and the actor answers a repeat with
/// what it did. An exception (the journal is away) leaves the call open, and the query finds out.
/// </remarks>
public sealed class ECashGateway(IActors actors) : IGateway
{
    /// <summary>The gateway's name, in the journal.</summary>
    public const string GatewayName = Domain.Customers.Cash.ECash.Gateway;

    /// <inheritdoc/>
    public string Name => GatewayName;

    /// <inheritdoc/>
    public GatewayCapabilities Capabilities { get; } = new(
        Instruments: [InstrumentType.ECash],
        Currencies: null,
        Hold: true,
        PartialCapture: true,
        MultiCapture: true,
        Void: true,
        Refund: true,
        Query: true,
        Webhook: false,
        KeyLifetime: TimeSpan.MaxValue);

    /// <inheritdoc/>
    public async Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel) =>
        await SendAsync(order.Customer, order.IdempotencyKey, new CustomerCommand.HoldECash(order.IdempotencyKey, order.Amount), cancel) switch
        {
            null => new GatewayAnswer.Authorized(BankId(order.Customer, order.IdempotencyKey), order.Amount, null, null),
            RejectionCode.ECashInsufficient => new GatewayAnswer.Declined("insufficient_funds"),
            _ => new GatewayAnswer.Declined("account_closed"),
        };

    /// <inheritdoc/>
    public async Task<GatewayAnswer> CaptureAsync(CaptureOrder order, CancellationToken cancel)
    {
        if (KeyOf(order.Customer, order.BankAuthorization) is not { } hold) return NotTheirs;
        var refused = await SendAsync(order.Customer, order.IdempotencyKey, new CustomerCommand.SpendECash(hold, order.IdempotencyKey, order.Amount, order.Final), cancel);
        return refused is { } code ? Failed(code) : new GatewayAnswer.Captured(BankId(order.Customer, order.IdempotencyKey), order.Amount);
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> VoidAsync(VoidOrder order, CancellationToken cancel)
    {
        if (KeyOf(order.Customer, order.BankAuthorization) is not { } hold) return NotTheirs;
        var refused = await SendAsync(order.Customer, order.IdempotencyKey, new CustomerCommand.ReleaseECash(hold), cancel);
        return refused is { } code ? Failed(code) : new GatewayAnswer.Voided(BankId(order.Customer, order.IdempotencyKey));
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel)
    {
        if (KeyOf(order.Customer, order.BankCapture) is not { } spent) return NotTheirs;
        var refused = await SendAsync(order.Customer, order.IdempotencyKey, new CustomerCommand.RefundECash(spent, order.IdempotencyKey, order.Amount), cancel);
        return refused is { } code ? Failed(code) : new GatewayAnswer.Refunded(BankId(order.Customer, order.IdempotencyKey), order.Amount);
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel)
    {
        var (customer, key) = (order.Customer, order.IdempotencyKey);
        if (await actors.ReadAsync(HubKinds.Customer[customer], cancel) is not { State: Customer found }) return new GatewayAnswer.NotFound();
        return order.Operation switch
        {
            BankOperationKind.Authorize when found.Cash.Find(key) is { } hold => new GatewayAnswer.Authorized(BankId(customer, key), hold.Amount, null, null),
            BankOperationKind.Capture when Move(found, h => h.Spent, key) is { } spent => new GatewayAnswer.Captured(BankId(customer, key), spent.Amount),
            BankOperationKind.Refund when Move(found, h => h.Refunded, key) is { } back => new GatewayAnswer.Refunded(BankId(customer, key), back.Amount),
            BankOperationKind.Void when order.BankAuthorization is { } held && KeyOf(customer, held) is { } hold && found.Cash.Find(hold) is { Status: ECashHoldStatus.Released } =>
                new GatewayAnswer.Voided(BankId(customer, key)),
            _ => new GatewayAnswer.NotFound(),
        };
    }

    // Whose money it is, the payment says; an id that says otherwise opens no other customer's account.
    private static GatewayAnswer NotTheirs { get; } = Failed(RejectionCode.NoSuchHold);

    private static ECashMove? Move(Customer customer, Func<ECashHold, EquatableArray<ECashMove>> moves, string key) =>
        customer.Cash.Holds.SelectMany(h => moves(h)).FirstOrDefault(m => m.Key == key);

    private static string BankId(string customer, string key) => $"{customer}:{key}";

    /// <summary>The key of a movement of this customer's money; <c>null</c> for anybody else's.</summary>
    private static string? KeyOf(string customer, string bankId) =>
        bankId.StartsWith($"{customer}:", StringComparison.Ordinal) ? bankId[(customer.Length + 1)..] : null;

    private static GatewayAnswer.OperationFailed Failed(RejectionCode code) =>
        new(code is RejectionCode.ECashInsufficient ? "exceeds_authorized" : "not_authorized");

    /// <returns>Why it was refused; <c>null</c> when it was done, now or before.</returns>
    private async Task<RejectionCode?> SendAsync(string customer, string key, CustomerCommand command, CancellationToken cancel) =>
        await actors.SendAsync(HubKinds.Customer[customer], new Envelope($"ecash:{key}", command), cancel) is TurnOutcome.Rejected refused ? refused.Code : null;
}
