namespace Hub.Gateways;

/// <summary>The way to one bank or payment service provider.</summary>
/// <remarks>
/// Every operation carries an idempotency key that never changes across retries (invariant 9); the bank carries a key
/// out at most once (invariant 10). An answer is a value, whatever went wrong at the bank, or before anything was sent to it
/// (<see cref="GatewayAnswer.NeverReached"/>). Exceptions are the caller's own cancellation and, from the hub's own bank, that the
/// journal is away; after those the outcome is as open as after <see cref="GatewayAnswer.Unknown"/>.
/// </remarks>
public interface IGateway
{
    /// <summary>Such as <c>sandbox</c>; kept in the journal, so it never changes.</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    GatewayCapabilities Capabilities { get; }

    /// <summary>Asks the bank to hold an amount; where the gateway declares no hold, to move it at once.</summary>
    /// <returns>
    /// Authorized (Captured without a hold), Declined, ActionRequired, Pending, OperationFailed, Unknown, NeverReached, or Prepared:
    /// then the same order comes again, with the bank's id in it.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the bank may have carried it out.</exception>
    Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel);

    /// <summary>Takes all or part of what is held; a gateway without holds leaves it out.</summary>
    /// <returns>Captured, Pending, OperationFailed, Unknown or NeverReached.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the bank may have carried it out.</exception>
    Task<GatewayAnswer> CaptureAsync(CaptureOrder order, CancellationToken cancel) => NotSupported();

    /// <summary>Gives back what is held; a gateway without holds leaves it out.</summary>
    /// <returns>Voided, Pending, OperationFailed, Unknown or NeverReached.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the bank may have carried it out.</exception>
    Task<GatewayAnswer> VoidAsync(VoidOrder order, CancellationToken cancel) => NotSupported();

    /// <summary>Pays back all or part of a capture.</summary>
    /// <returns>Refunded, RefundPending, OperationFailed, Unknown or NeverReached.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the bank may have carried it out.</exception>
    Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel);

    /// <summary>Answers a dispute; a gateway whose disputes are answered elsewhere leaves it out.</summary>
    /// <returns>DisputeAnswered, OperationFailed, Unknown or NeverReached.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the bank may have it.</exception>
    Task<GatewayAnswer> AnswerDisputeAsync(DisputeOrder order, CancellationToken cancel) => NotSupported();

    /// <summary>Asks how a dispute stands.</summary>
    /// <param name="bankDispute">The bank's id of it.</param>
    /// <param name="cancel">Gives up waiting; a query changes nothing.</param>
    /// <returns>What the bank says of it; <c>null</c> where it says nothing, or nothing that makes sense.</returns>
    Task<DisputeReport?> FindDisputeAsync(string bankDispute, CancellationToken cancel) => Task.FromResult<DisputeReport?>(null);

    /// <summary>Asks what became of an operation.</summary>
    /// <param name="order">Which one.</param>
    /// <param name="cancel">Gives up waiting; a query changes nothing.</param>
    /// <returns>What the operation itself would have answered, NotFound, or Unknown; never NeverReached, which speaks of the query and not of the operation.</returns>
    Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel);

    private static Task<GatewayAnswer> NotSupported() => Task.FromResult<GatewayAnswer>(new GatewayAnswer.OperationFailed("not_supported"));
}
