using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Channels.Chat;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;

namespace Hub.Api.Conversations;

/// <summary>How endpoints reach conversations.</summary>
internal static class ConversationTurns
{
    /// <summary>A conversation the caller may see, and its customer.</summary>
    /// <exception cref="ProblemException">404: there is none, or it is not the caller's.</exception>
    internal static async Task<(Conversation Conversation, Customer Customer)> SeeConversationAsync(this IActors actors, string id, Caller caller, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<Conversation>(HubKinds.Conversation, id, caller, cancel);
        var customer = await actors.SeeAsync<Customer>(HubKinds.Customer, seen.State.Customer, caller, cancel);
        return (seen.State, customer.State);
    }

    /// <summary>A customer the caller may see and write to.</summary>
    /// <exception cref="ProblemException">404: there is none, or it is not the caller's; 409: it was erased.</exception>
    internal static async Task<Customer> SeeWriterAsync(this IActors actors, string customer, Caller caller, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<Customer>(HubKinds.Customer, customer, caller, cancel);
        return seen.State.Erased ? throw Problems.From(RejectionCode.CustomerErased).AsException() : seen.State;
    }

    /// <summary>Takes one turn of a conversation.</summary>
    /// <exception cref="ProblemException">The rules refused. Where somebody else of the staff has it, the words say who.</exception>
    internal static async Task<Conversation> TurnAsync(this IActors actors, string customer, string commandId, ConversationCommand command, CancellationToken cancel)
    {
        var outcome = await actors.SendAsync(Threads.Of(customer), new Envelope(commandId, command), cancel);
        return outcome switch
        {
            TurnOutcome.Committed done => (Conversation)done.State,
            TurnOutcome.Rejected { Code: RejectionCode.ConversationTaken, State: Conversation { Assignee: { } has } } =>
                throw (Problems.From(RejectionCode.ConversationTaken) with
                {
                    Detail = $"{has} has this conversation. Ask them to hand it over; a note can be written at any time.",
                }).AsException(),
            TurnOutcome.Rejected no => throw Problems.From(no.Code).AsException(),
            _ => throw new ArgumentOutOfRangeException(nameof(command), outcome.GetType().Name, "No such outcome."),
        };
    }
}
