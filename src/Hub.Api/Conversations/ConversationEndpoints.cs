using Hub.Actors;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Json;
using Hub.Api.Edge.Requests;
using Hub.Api.Lists;
using Hub.Channels.Chat;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Conversations;

/// <summary>Conversations as staff works on them, and as both sides page back and mark what they have read.</summary>
internal static class ConversationEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/conversations", List).RequireAuthorization(Policies.ConversationsAnswer);
        routes.MapPost("/v1/conversations", BeginAsync).RequireAuthorization(Policies.ConversationsRead).RequireRateLimiting(RateLimits.Messages).RequireIdempotency("cnv");
        routes.MapGet("/v1/conversations/{id}", ReadAsync).RequireAuthorization(Policies.ConversationsRead);
        routes.MapGet("/v1/conversations/{id}/messages", PageAsync).RequireAuthorization(Policies.ConversationsRead).MayBeCalledByChats();
        routes.MapPost("/v1/conversations/{id}/messages", ReplyAsync).RequireAuthorization(Policies.ConversationsAnswer).RequireIdempotency("msg");
        routes.MapPost("/v1/conversations/{id}/notes", NoteAsync).RequireAuthorization(Policies.ConversationsAnswer).RequireIdempotency("msg");
        routes.MapPost("/v1/conversations/{id}/assign", AssignAsync).RequireAuthorization(Policies.ConversationsAnswer).RequireIdempotency("asg");
        routes.MapPost("/v1/conversations/{id}/release", ReleaseAsync).RequireAuthorization(Policies.ConversationsAnswer).RequireIdempotency("rls");
        routes.MapPost("/v1/conversations/{id}/resolve", ResolveAsync).RequireAuthorization(Policies.ConversationsAnswer).RequireIdempotency("rsv");
        routes.MapPost("/v1/conversations/{id}/read", MarkReadAsync).RequireAuthorization(Policies.ConversationsRead).RequireRateLimiting(RateLimits.Reads).RequireIdempotency("rea").MayBeCalledByChats();
    }

    /// <summary>Lists conversations, newest first, without their messages but the last.</summary>
    internal static Ok<ListOf<ConversationView>> List(
        Paging paging, Caller caller, IViews views, ConversationViews conversations, string? merchant = null, string? status = null, string? assignee = null) =>
        TypedResults.Ok(ConversationLists.Page(paging, caller, views, conversations, ((Caller.Staff)caller).MerchantOf(merchant), status, assignee));

    /// <summary>Makes sure that a customer's conversation is there; there is one for good, so that a second time changes nothing.</summary>
    internal static async Task<Created<ConversationView>> BeginAsync(
        Body<BeginConversation> body, IdempotencyKey key, Viewer viewer, IActors actors, ConversationViews views, CancellationToken cancel)
    {
        var customer = await actors.SeeWriterAsync(body.Value.Customer, viewer.Caller, cancel);
        var now = await actors.TurnAsync(customer.Id, key.CommandId, new ConversationCommand.Begin(Threads.PartiesOf(customer)), cancel);
        return TypedResults.Created($"/v1/conversations/{now.Id}", views.Of(now, viewer));
    }

    /// <summary>Reads a conversation, with its last 50 messages.</summary>
    internal static async Task<Ok<ConversationView>> ReadAsync(string id, Viewer viewer, IActors actors, ConversationViews views, CancellationToken cancel) =>
        TypedResults.Ok(views.Of((await actors.SeeConversationAsync(id, viewer.Caller, cancel)).Conversation, viewer));

    /// <summary>Reads messages further back.</summary>
    /// <param name="before">Only those before this sequence; left out: the last ones.</param>
    /// <param name="limit">1 to 100.</param>
    internal static async Task<Ok<ListOf<MessageView>>> PageAsync(
        string id, Viewer viewer, IActors actors, IViews views, ConversationViews conversations, TimeProvider time, long? before = null, int limit = 50, CancellationToken cancel = default)
    {
        if (limit is < 1 or > 100) throw Problems.Invalid("limit", "must be 1 to 100").AsException();
        if (before is < 1) throw Problems.Invalid("before", "must be a sequence, at least 1").AsException();
        var (conversation, _) = await actors.SeeConversationAsync(id, viewer.Caller, cancel);
        var (messages, more) = ConversationLists.Before(conversation, before ?? conversation.Sequence + 1, limit, m => ConversationViews.MaySee(conversation, viewer.Caller, m), views);
        return TypedResults.Ok(new ListOf<MessageView>(conversations.Of(conversation, viewer, messages, time.GetUtcNow()), more));
    }

    /// <summary>Answers the customer. Whoever answers where nobody has the conversation takes it.</summary>
    internal static Task<Results<Created<MessageView>, Problem>> ReplyAsync(
        string id, Body<WriteMessage> body, IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, Threads threads, TimeProvider time, CancellationToken cancel) =>
        WriteAsync(id, body.Value, Channel.Chat, (parties, draft) => new ConversationCommand.Reply(parties, draft, EmailOf(caller)), key, caller, actors, views, threads, time, cancel);

    /// <summary>Writes something down for staff alone.</summary>
    internal static Task<Results<Created<MessageView>, Problem>> NoteAsync(
        string id, Body<WriteMessage> body, IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, Threads threads, TimeProvider time, CancellationToken cancel) =>
        WriteAsync(id, body.Value, Channel.Web, (parties, draft) => new ConversationCommand.TakeNote(parties, draft, EmailOf(caller)), key, caller, actors, views, threads, time, cancel);

    /// <summary>Takes a conversation, or hands it over. A supervisor may take it from whoever has it.</summary>
    internal static async Task<Results<Ok<ConversationView>, Problem>> AssignAsync(
        string id, Body<AssignConversation> body, IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, StaffDirectory staff, CancellationToken cancel)
    {
        var seen = await actors.SeeConversationAsync(id, caller, cancel);
        var to = body.Value.To is { } named ? StaffDirectory.Normalize(named) : EmailOf(caller);
        var member = to.Length is > 0 and <= 254 ? staff.Find(to) : null;
        if (member is null || !ColleagueEndpoints.MayHave(member, seen.Conversation.Merchant))
        {
            return Problems.Invalid("to", "must be somebody of the staff who serves this merchant");
        }

        return await MoveAsync(seen.Customer, new ConversationCommand.Assign(EmailOf(caller), to, Overrules(caller)), key, caller, actors, views, cancel);
    }

    /// <summary>Puts a conversation back into the queue.</summary>
    internal static async Task<Ok<ConversationView>> ReleaseAsync(
        string id, IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, CancellationToken cancel)
    {
        var seen = await actors.SeeConversationAsync(id, caller, cancel);
        return await MoveAsync(seen.Customer, new ConversationCommand.Release(EmailOf(caller), Overrules(caller)), key, caller, actors, views, cancel);
    }

    /// <summary>There is nothing more to do, until the customer writes again.</summary>
    internal static async Task<Ok<ConversationView>> ResolveAsync(
        string id, IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, CancellationToken cancel)
    {
        var seen = await actors.SeeConversationAsync(id, caller, cancel);
        return await MoveAsync(seen.Customer, new ConversationCommand.Resolve(EmailOf(caller), Overrules(caller)), key, caller, actors, views, cancel);
    }

    /// <summary>Marks what the caller's side has read; it only moves forward, and in a session for one payment past nothing that is not shown there.</summary>
    internal static async Task<Results<Ok<ConversationView>, Problem>> MarkReadAsync(
        string id, Body<MarkRead> body, IdempotencyKey key, Viewer viewer, IActors actors, ConversationViews views, CancellationToken cancel)
    {
        if (new Fields().Check(body.Value).Problem is { } wrong) return wrong;
        var seen = await actors.SeeConversationAsync(id, viewer.Caller, cancel);
        var side = viewer.Caller is Caller.Staff ? Author.Staff : Author.Customer;
        var sequence = ConversationViews.Readable(seen.Conversation, viewer.Caller, body.Value.Sequence);
        var now = await actors.TurnAsync(seen.Customer.Id, key.CommandId, new ConversationCommand.MarkRead(side, sequence), cancel);
        return TypedResults.Ok(views.Of(now, viewer));
    }

    private static async Task<Results<Created<MessageView>, Problem>> WriteAsync(
        string id, WriteMessage message, Channel channel, Func<Parties, Draft, ConversationCommand> command,
        IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, Threads threads, TimeProvider time, CancellationToken cancel)
    {
        if (new Fields().Check(message).Problem is { } wrong) return wrong;
        var customer = (await actors.SeeConversationAsync(id, caller, cancel)).Customer;
        if (customer.Erased) throw Problems.From(RejectionCode.CustomerErased).AsException();
        var draft = threads.Draft(customer.Id, key.CreatedId, channel, message.Text);
        var now = await actors.TurnAsync(customer.Id, key.CommandId, command(Threads.PartiesOf(customer), draft), cancel);
        return TypedResults.Created($"/v1/conversations/{now.Id}", views.Of(now, new Viewer(caller), now.Messages.Last(m => m.Id == draft.Id), time.GetUtcNow()));
    }

    private static async Task<Ok<ConversationView>> MoveAsync(
        Customer customer, ConversationCommand move, IdempotencyKey key, Caller caller, IActors actors, ConversationViews views, CancellationToken cancel) =>
        TypedResults.Ok(views.Of(await actors.TurnAsync(customer.Id, key.CommandId, move, cancel), new Viewer(caller)));

    private static string EmailOf(Caller caller) => ((Caller.Staff)caller).Email;

    private static bool Overrules(Caller caller) => caller is Caller.Staff staff && staff.Is(StaffRole.Supervisor, StaffRole.Admin);
}
