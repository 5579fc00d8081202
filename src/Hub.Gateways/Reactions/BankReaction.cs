using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Gateways.Http;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Reactions;

/// <summary>Carries a payment's intents out at its bank, and asks what became of those nobody knows about.</summary>
/// <remarks>
/// Invariants 9 to 11: a try is journaled before the first byte leaves; what was started and not ended is asked about, never
/// repeated blindly. Retries, and giving up, are the payment's own timers.
/// </remarks>
public sealed class BankReaction(IActors actors, GatewayDirectory gateways, ICardVault cards, IPersonalData persons, CheckoutAddress checkout) : IReaction
{
    /// <inheritdoc/>
    public string Name => "bank";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Payment.Name;

    /// <inheritdoc/>
    public Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.Body switch
        {
            PaymentEvent.Submitted e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.CaptureRequested e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.VoidRequested e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.RefundRequested e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.DebitRequested e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.AttemptPrepared e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.RefundApproved e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.EvidenceSubmitted e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.DisputeConceded e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.BankCallDue e => CarryOutAsync(happened, e.Operation, cancel),
            PaymentEvent.QueryDue e => AskAsync(happened, e.Operation, cancel),
            PaymentEvent.ClearingQueryDue e => AskWhetherClearedAsync(happened, e, cancel),
            PaymentEvent.DisputeQueryDue e => AskAfterDisputeAsync(happened, e, cancel),
            PaymentEvent.Authorized e => ForgetCodeAsync(happened, e.Attempt, cancel),
            PaymentEvent.Declined e => ForgetCodeAsync(happened, e.Attempt, cancel),
            PaymentEvent.AttemptFailed e => ForgetCodeAsync(happened, e.Attempt, cancel),
            _ => Task.CompletedTask,
        };
    }

    private async Task CarryOutAsync(FeedEvent happened, string key, CancellationToken cancel)
    {
        var payment = await PaymentAsync(happened, cancel);
        switch (payment.FindOperation(key))
        {
            case { Progress: BankOperationProgress.Intended } operation:
                var next = operation.Tries + 1;
                var fence = await actors.ReactAsync(this, happened, happened.Actor, new PaymentCommand.StartBankCall(key, next), "start", $"{next}", cancel);
                if (fence is TurnOutcome.Committed { Repeated: false })
                {
                    var answer = await CallAsync(payment, operation, cancel);
                    await ReportAsync(happened, key, answer, AnswerSource.Response, next, $"{next}", cancel);
                    break;
                }

                // Another owner has started it. Whether that one lives to see the end is not known here.
                await AskAsync(happened, key, cancel);
                break;

            // A call was journaled and its end was not: we died in between. Ask; never call again on a guess.
            case { Progress: BankOperationProgress.Started }:
                await AskAsync(happened, key, cancel);
                break;
        }
    }

    private async Task AskAsync(FeedEvent happened, string key, CancellationToken cancel)
    {
        var payment = await PaymentAsync(happened, cancel);
        if (payment.FindOperation(key) is not { IsOpen: true } operation) return;
        var answer = await QueryAsync(payment, payment.AttemptOf(key)!, operation, cancel);

        // One event may be handled again after more calls were made: what the bank says of those is another answer.
        await ReportAsync(happened, key, answer, AnswerSource.Query, null, $"query{operation.Tries}.{operation.Queries}:{answer.GetType().Name}", cancel);
    }

    // The operation has ended; what is asked is whether the money stayed where it went.
    private async Task AskWhetherClearedAsync(FeedEvent happened, PaymentEvent.ClearingQueryDue due, CancellationToken cancel)
    {
        var payment = await PaymentAsync(happened, cancel);
        var answer = await QueryAsync(payment, payment.AttemptOf(due.Operation)!, payment.FindOperation(due.Operation)!, cancel);
        if (answer is not (GatewayAnswer.Captured or GatewayAnswer.Cleared or GatewayAnswer.Returned)) return;
        await ReportAsync(happened, due.Operation, answer, AnswerSource.Query, null, $"clearing{due.Question}:{answer.GetType().Name}", cancel);
    }

    private async Task AskAfterDisputeAsync(FeedEvent happened, PaymentEvent.DisputeQueryDue due, CancellationToken cancel)
    {
        var payment = await PaymentAsync(happened, cancel);
        var dispute = payment.Disputes.First(d => d.Id == due.Dispute);
        var operation = payment.Captures.First(c => c.Id == dispute.Capture).Operation.Key;
        if (!dispute.IsActive || gateways.Find(payment.AttemptOf(operation)!.Gateway) is not { } gateway) return;
        if (await gateway.FindDisputeAsync(dispute.BankId, cancel) is not { } told) return;
        var report = new PaymentCommand.ReportDispute(operation, gateway.Name, dispute.BankId, told.Status, told.Amount, told.Reason, told.RespondBy);
        await actors.ReactAsync(this, happened, happened.Actor, report, "dispute", $"{told.Status}", cancel);
    }

    private async Task<GatewayAnswer> QueryAsync(Payment payment, Attempt attempt, BankOperation operation, CancellationToken cancel)
    {
        if (gateways.Find(attempt.Gateway) is not { } gateway) return new GatewayAnswer.Unknown(UnknownReason.GatewayNotConfigured);
        if (attempt.BankId is { } id && !BankWords.IsId(id)) return new GatewayAnswer.Unknown(UnknownReason.QueryFailed);
        var order = new QueryOrder(operation.Kind, operation.Key, ReferenceOf(payment, operation), attempt.BankId, payment.Grant.Payee, payment.Grant.Customer)
        {
            BankDispute = operation.Kind is BankOperationKind.DisputeAnswer ? ActsOn(payment, attempt, operation) : null,
            Concedes = payment.Disputes.Any(d => d.Answer?.Key == operation.Key && d.Evidence is null),
        };
        return await gateway.QueryAsync(order, cancel);
    }

    private Task<TurnOutcome> ReportAsync(FeedEvent happened, string key, GatewayAnswer answer, AnswerSource source, int? tryNumber, string reference, CancellationToken cancel) =>
        actors.ReactAsync(
            this, happened, happened.Actor, new PaymentCommand.ReportBankAnswer(key, answer.ToDomain(), source, Try: tryNumber), "answer", reference, cancel);

    private Task<GatewayAnswer> CallAsync(Payment payment, BankOperation operation, CancellationToken cancel)
    {
        var attempt = payment.AttemptOf(operation.Key)!;
        if (gateways.Find(attempt.Gateway) is not { } gateway) return NotSent(NeverReachedReason.GatewayNotConfigured);

        // A member of staff who settled a case may have typed it.
        var actsOn = ActsOn(payment, attempt, operation);
        if (actsOn is not null && !BankWords.IsId(actsOn)) return NotSent(NeverReachedReason.BankIdUnusable);

        var (key, reference, payee, customer) = (operation.Key, ReferenceOf(payment, operation), payment.Grant.Payee, payment.Grant.Customer);
        switch (operation.Kind)
        {
            case BankOperationKind.Authorize:
                var order = new AuthorizeOrder(key, reference, attempt.Amount, attempt.Instrument, attempt.SecurityCode, payee, customer)
                {
                    Prepared = actsOn,
                    ReturnUrl = checkout.ReturnUrl(gateway.Name, payment.Id),
                };
                return gateway.AuthorizeAsync(order, cancel);
            case BankOperationKind.Void:
                return gateway.VoidAsync(new VoidOrder(key, reference, actsOn!, customer), cancel);
            case BankOperationKind.Capture:
                var capture = payment.Captures.First(c => c.Operation.Key == key);
                return gateway.CaptureAsync(new CaptureOrder(key, reference, actsOn!, capture.Amount, capture.Final, payee, customer), cancel);
            case BankOperationKind.Refund:
                return gateway.RefundAsync(new RefundOrder(key, reference, actsOn!, payment.Refunds.First(r => r.Operation.Key == key).Amount, payee, customer), cancel);
            case BankOperationKind.DisputeAnswer:
                return AnswerDisputeAsync(gateway, payment, payment.Disputes.First(d => d.Answer?.Key == key), reference, cancel);
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, "No such operation.");
        }
    }

    /// <summary>The hub's name for an operation: at the bank, the payment can be read from it.</summary>
    private static string ReferenceOf(Payment payment, BankOperation operation) => $"{payment.Id}/{operation.Key}";

    /// <summary>The bank's id of what an operation acts on; <c>null</c> where that is nothing.</summary>
    private static string? ActsOn(Payment payment, Attempt attempt, BankOperation operation) => operation.Kind switch
    {
        BankOperationKind.Refund => payment.Captures.First(c => c.Id == payment.Refunds.First(r => r.Operation.Key == operation.Key).Capture).BankId,
        BankOperationKind.DisputeAnswer => payment.Disputes.First(d => d.Answer?.Key == operation.Key).BankId,
        _ => attempt.BankId,
    };

    private static Task<GatewayAnswer> NotSent(string reason) => Task.FromResult<GatewayAnswer>(new GatewayAnswer.NeverReached(reason));

    // The evidence is opened before the first byte leaves: without it there is no call.
    private async Task<GatewayAnswer> AnswerDisputeAsync(IGateway gateway, Payment payment, Dispute dispute, string reference, CancellationToken cancel)
    {
        string? evidence = null;
        try
        {
            if (dispute.Evidence is { } text && (evidence = persons.Open(payment.Id, text)) is null) return new GatewayAnswer.NeverReached(NeverReachedReason.EvidenceErased);
        }
        catch (VaultUnavailableException)
        {
            return new GatewayAnswer.NeverReached(NeverReachedReason.VaultUnavailable);
        }

        return await gateway.AnswerDisputeAsync(new DisputeOrder(dispute.Answer!.Key, reference, dispute.BankId, evidence), cancel);
    }

    // The bank has decided, and no other bank is being asked in its place: nothing needs the security code any more.
    private async Task ForgetCodeAsync(FeedEvent happened, string attempt, CancellationToken cancel)
    {
        var payment = await PaymentAsync(happened, cancel);
        if (payment.Attempts.First(a => a.Id == attempt).SecurityCode is { } code && !payment.Attempts.Any(a => a.SecurityCode == code && a.AwaitsBank))
        {
            await cards.DeleteSecurityCodeAsync(code, cancel);
        }
    }

    private async Task<Payment> PaymentAsync(FeedEvent happened, CancellationToken cancel) =>
        await actors.FindAsync<Payment>(happened, cancel) ?? throw new InvalidOperationException($"{happened.Actor} has events and no state.");
}
