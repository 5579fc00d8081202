using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Conversations;

/// <summary>The sentences a merchant's staff often says: read by staff, written by who leads it and by the merchant.</summary>
internal static class CannedAnswerEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/merchants/{id}/canned_answers", ReadAsync).RequireAuthorization(Policies.ReadLists);
        routes.MapPut("/v1/merchants/{id}/canned_answers", PutAsync).RequireAuthorization(Policies.CannedAnswersWrite).RequireIdempotency("can");
    }

    /// <summary>Reads a merchant's canned answers; their <c>ETag</c> is the merchant's version.</summary>
    internal static async Task<Ok<ListOf<CannedAnswerBody>>> ReadAsync(string id, Caller caller, IActors actors, HttpContext http, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<Merchant>(HubKinds.Merchant, id, caller, cancel);
        ETags.Set(http, seen.Version);
        return TypedResults.Ok(Of(seen.State));
    }

    /// <summary>Replaces a merchant's canned answers. With <c>If-Match</c>, of two who change them at once the second is told, and takes nothing of the first's away.</summary>
    internal static async Task<Results<Ok<ListOf<CannedAnswerBody>>, Problem>> PutAsync(
        string id, Body<PutCannedAnswers> body, IfMatch match, IdempotencyKey key, Caller caller, IActors actors, HttpContext http, CancellationToken cancel)
    {
        if (new Fields().Check(body.Value).Problem is { } wrong) return wrong;
        await actors.SeeAsync<Merchant>(HubKinds.Merchant, id, caller, cancel);
        var answers = body.Value.Answers.Select(a => new CannedAnswer(a.Title, a.Text, a.Language)).ToEquatableArray();
        var done = await actors.TakeAsync<Merchant>(HubKinds.Merchant[id], new Envelope(key.CommandId, new MerchantCommand.SetCannedAnswers(answers), Expected: match.Version), cancel);
        ETags.Set(http, done.Version);
        return TypedResults.Ok(Of(done.State));
    }

    private static ListOf<CannedAnswerBody> Of(Merchant merchant) => new([.. merchant.CannedAnswers.Select(a => new CannedAnswerBody(a.Title, a.Text, a.Language))], HasMore: false);
}
