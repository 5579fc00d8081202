using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Edge;
using Hub.Api.Edge.Requests;
using Hub.Domain.Merchants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Conversations;

/// <summary>Somebody of the staff to whom a conversation can be handed over. Neither their role nor whom else they serve is a colleague's to know.</summary>
/// <param name="Email">What <c>assign</c> takes as <c>to</c>.</param>
/// <param name="Name">As it stands beside what they write.</param>
public sealed record Colleague(string Email, string Name);

/// <summary>Who may have a merchant's conversations, for whoever hands one over.</summary>
internal static class ColleagueEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/merchants/{id}/colleagues", ReadAsync).RequireAuthorization(Policies.ConversationsAnswer);

    /// <summary>Lists who may have a merchant's conversations, by e-mail address; the caller is among them.</summary>
    internal static async Task<Ok<ListOf<Colleague>>> ReadAsync(string id, Caller caller, IActors actors, StaffDirectory staff, CancellationToken cancel)
    {
        var merchant = (await actors.SeeAsync<Merchant>(HubKinds.Merchant, id, caller, cancel)).State.Id;
        return TypedResults.Ok(new ListOf<Colleague>([.. staff.Serving(merchant).Where(m => MayHave(m, merchant)).Select(m => new Colleague(m.Email, NameOf(m.Email)))], HasMore: false));
    }

    /// <summary>Whether somebody of the staff may have a merchant's conversations.</summary>
    internal static bool MayHave(StaffMember member, string merchant) =>
        !member.Disabled && member.Merchants.Contains(merchant, StringComparer.Ordinal) && Policies.Allows(Policies.ConversationsAnswer, member.ToCaller(session: ""), []);

    /// <summary>By what name customers and colleagues know somebody of the staff.</summary>
    internal static string NameOf(string email) => email.Split('@')[0];
}
