using System.Text.Json.Serialization;
using Hub.Actors;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Lists;
using Hub.Domain.Cases;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.ECash;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Cases;

/// <summary>Something a person has to look at.</summary>
public sealed record CaseView(
    string Id, string Reason, string Merchant, string? Customer, string? Order, string? Payment, string? Operation,
    bool Open, DateTimeOffset? OpenedAt, DateTimeOffset? SettledAt, string? SettledBy, string? Note)
{
    /// <summary>Always <c>case</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "case";

    internal static CaseView Of(CaseState c) => new(
        c.Matter!.Id, c.Matter.Reason, c.Matter.Merchant, c.Matter.Customer, c.Matter.Order, c.Matter.Payment, c.Matter.Operation,
        c.SettledAt is null, c.OpenedAt, c.SettledAt, c.SettledBy, c.Note);
}

/// <summary>What the bank did, as somebody found out.</summary>
public enum CaseOutcome
{
    /// <summary>It did what was asked.</summary>
    Succeeded,

    /// <summary>It did not.</summary>
    Failed,
}

/// <summary>How a case ends.</summary>
/// <param name="Note">Why, for whoever reads it later; nothing personal.</param>
/// <param name="Outcome">What the bank did; required where the case is about a bank operation.</param>
/// <param name="BankReference">The bank's own id of what it did; required with <see cref="CaseOutcome.Succeeded"/>.</param>
public sealed record SettleCase(string Note, CaseOutcome? Outcome = null, string? BankReference = null);

/// <summary>Cases: listed, and settled by a person with a reason.</summary>
internal static class CaseEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cases", List).RequireAuthorization(Policies.ReadLists);
        routes.MapGet("/v1/cases/{id}", ReadAsync).RequireAuthorization(Policies.ReadLists);
        routes.MapPost("/v1/cases/{id}/settle", SettleAsync).RequireAuthorization(Policies.CasesWrite).RequireIdempotency("stl");
    }

    /// <summary>Lists cases, newest first.</summary>
    internal static Ok<ListOf<CaseView>> List(Paging paging, Caller caller, IViews views, string? merchant = null) =>
        ListEndpoints.Page<CaseState, CaseView>(HubKinds.Case, paging, caller, merchant, views, row => CaseView.Of((CaseState)row.State));

    /// <summary>Reads a case.</summary>
    internal static async Task<Ok<CaseView>> ReadAsync(string id, Caller caller, IActors actors, CancellationToken cancel) =>
        TypedResults.Ok(CaseView.Of((await actors.SeeAsync<CaseState>(HubKinds.Case, id, caller, cancel)).State));

    /// <summary>Settles a case. Where it is about a bank operation, what the bank did goes to the payment, audited, and the case ends with it.</summary>
    internal static async Task<Results<Ok<CaseView>, Problem>> SettleAsync(
        string id, Body<SettleCase> body, IdempotencyKey key, Caller caller, IActors actors, CancellationToken cancel)
    {
        var asked = body.Value;
        var fields = new Fields().Line("note", asked.Note, 500).Token("bank_reference", asked.BankReference);
        var seen = await actors.SeeAsync<CaseState>(HubKinds.Case, id, caller, cancel);
        if (seen.State.Matter!.Operation is { } operation)
        {
            fields.Require(asked.Outcome is not null, "outcome", "is required: this case is about a bank operation")
                .Require(asked.Outcome is not CaseOutcome.Succeeded || asked.BankReference is not null, "bank_reference", "is required where the bank did it");
            if (fields.Problem is { } incomplete) return incomplete;
            return await SettleOperationAsync(seen.State, operation, asked, key, caller, actors, cancel);
        }

        if (fields.Problem is { } wrong) return wrong;

        // The payment that opened it closes it; others, such as a notification's, stand for themselves.
        if (seen.State.Matter.Payment is { } payment
            && (await actors.ReadAsync(HubKinds.Payment[payment], cancel)).State is Payment known && known.Cases.Any(c => c.Id == id))
        {
            await actors.TakeAsync<Payment>(HubKinds.Payment[payment], key.CommandId, new PaymentCommand.SettleCase(id, caller.Tenant, asked.Note), cancel);
        }

        var done = await actors.TakeAsync<CaseState>(HubKinds.Case[id], key.CommandId, new CaseCommand.Settle(caller.Tenant, asked.Note), cancel);
        return TypedResults.Ok(CaseView.Of(done.State));
    }

    private static async Task<Results<Ok<CaseView>, Problem>> SettleOperationAsync(
        CaseState about, string operation, SettleCase asked, IdempotencyKey key, Caller caller, IActors actors, CancellationToken cancel)
    {
        var payment = await actors.SeeAsync<Payment>(HubKinds.Payment, about.Matter!.Payment!, caller, cancel);
        var answer = AnswerOf(payment.State, operation, asked);
        var report = new PaymentCommand.ReportBankAnswer(operation, answer, AnswerSource.Operator, caller.Tenant, asked.Note);
        var settled = await actors.TakeAsync<Payment>(HubKinds.Payment[payment.State.Id], key.CommandId, report, cancel);

        // The case follows from the payment's event; it is ended here too, so that the answer shows it. Whoever comes second changes nothing.
        var ended = settled.Events.OfType<PaymentEvent.CaseSettled>().Any(e => e.Case == about.Matter.Id);
        if (ended) await actors.SendAsync(HubKinds.Case[about.Matter.Id], new Envelope(key.CommandId, new CaseCommand.Settle(caller.Tenant, asked.Note)), cancel);
        return TypedResults.Ok(CaseView.Of((CaseState)(await actors.ReadAsync(HubKinds.Case[about.Matter.Id], cancel)).State));
    }

    private static BankAnswer AnswerOf(Payment payment, string key, SettleCase asked)
    {
        var operation = payment.FindOperation(key) ?? throw Problems.NotFound().AsException();
        var did = asked.Outcome is CaseOutcome.Succeeded;

        // Stored value is found again by whose it is and which key: not for anybody to type.
        var reference = payment.AttemptOf(key)?.Gateway == ECashGateway.GatewayName ? $"{payment.Grant.Customer}:{key}" : asked.BankReference ?? "";
        return operation.Kind switch
        {
            BankOperationKind.Authorize when did && payment.Attempts.First(a => a.Authorize.Key == key) is var attempt => attempt.Terms.Hold
                ? new BankAnswer.Authorized(reference, attempt.Amount, null, null)
                : new BankAnswer.Captured(reference, attempt.Amount),
            BankOperationKind.Authorize => new BankAnswer.Declined("operator"),
            BankOperationKind.Capture when did => new BankAnswer.Captured(reference, payment.Captures.First(c => c.Operation.Key == key).Amount),
            BankOperationKind.Refund when did => new BankAnswer.Refunded(reference, payment.Refunds.First(r => r.Operation.Key == key).Amount),
            BankOperationKind.Void when did => new BankAnswer.Voided(reference),
            BankOperationKind.DisputeAnswer when did => new BankAnswer.DisputeAnswered(),
            _ => new BankAnswer.Failed("operator"),
        };
    }
}
