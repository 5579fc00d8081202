using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Channels.Chat;
using Hub.Channels.Incoming;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Conversations;

/// <summary>A customer's own conversation, as its page or app speaks.</summary>
internal static class CustomerConversation
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/customers/{id}/conversation", ReadAsync).RequireAuthorization(Policies.ConversationsRead).MayBeCalledByChats();
        routes.MapPost("/v1/customers/{id}/conversation/messages", WriteAsync).RequireAuthorization(Policies.ConversationsWrite)
            .RequireRateLimiting(RateLimits.Messages).RequireIdempotency("msg").MayBeCalledByChats();
    }

    /// <summary>Reads a customer's conversation, with its last 50 messages; an empty one where nobody has written yet.</summary>
    internal static async Task<Ok<ConversationView>> ReadAsync(
        string id, Viewer viewer, IActors actors, ConversationViews views, CancellationToken cancel)
    {
        var customer = (await actors.SeeAsync<Customer>(HubKinds.Customer, id, viewer.Caller, cancel)).State;
        var state = (await actors.ReadAsync(Threads.Of(id), cancel)).State;
        return TypedResults.Ok(state is Conversation known ? views.Of(known, viewer) : ConversationViews.NoneOf(customer));
    }

    /// <summary>Writes a message. Free text goes to staff; a command, such as STATUS, is answered by the hub.</summary>
    internal static async Task<Results<Created<MessageView>, Problem>> WriteAsync(
        string id, Body<WriteMessage> body, IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, Threads threads, ChatAnswers answers, HttpContext http, TimeProvider time, CancellationToken cancel)
    {
        if (new Fields().Check(body.Value).Problem is { } wrong) return wrong;
        var customer = await actors.SeeWriterAsync(id, caller, cancel);
        var meant = InboundCommand.Parse(body.Value.Text);
        var draft = threads.Draft(id, key.CreatedId, Channel.Chat, body.Value.Text, payment: (caller as Caller.Customer)?.PaymentId, namesOrder: meant.Order is not null);
        string? device = http.Request.Headers[DeviceHeader.Name];
        var command = new ConversationCommand.Write(Threads.PartiesOf(customer), draft, Threads.IsForStaff(meant.Kind), Threads.WishOf(meant.Kind), answers.CanCount(customer, device, meant));
        var now = await actors.TurnAsync(id, key.CommandId, command, cancel);
        if (meant.Kind is Inbound.Approve or Inbound.Reject or Inbound.NotMe)
        {
            await answers.TakeAsync(customer, device, draft.Id, draft.Payment, meant, key.CommandId, cancel);
        }

        var message = now.Messages.Last(m => m.Id == draft.Id);
        return TypedResults.Created($"/v1/conversations/{now.Id}", views.Of(now, new Viewer(caller), message, time.GetUtcNow()));
    }
}
