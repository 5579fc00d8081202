using System.Globalization;
using Hub.Actors;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;

namespace Hub.Api.Customers;

/// <summary>
/// Asking for a code, and changing which addresses there are; a refusal for asking too soon says from when on another one is sent, one of an address that is
/// held until when it is, and one of too many changes when the next is taken.
/// </summary>
internal static class CodeRequests
{
    /// <summary>Takes the turn.</summary>
    /// <param name="actors">The way to the customer.</param>
    /// <param name="id">The customer, <c>cus_…</c>.</param>
    /// <param name="address">What the code is for, <c>adr_…</c>.</param>
    /// <param name="command">What is asked, under its id.</param>
    /// <param name="time">What the wait is counted from.</param>
    /// <param name="cancel">Stops waiting; the code may still be sent.</param>
    /// <exception cref="ProblemException">The rules refused; <c>resend_too_soon</c>, <c>address_held</c> and <c>too_many_address_changes</c> carry <c>Retry-After</c>.</exception>
    internal static async Task<Taken<Customer>> TakeAsync(IActors actors, string id, string address, Envelope command, TimeProvider time, CancellationToken cancel)
    {
        var outcome = await actors.SendAsync(HubKinds.Customer[id], command, cancel);
        return outcome switch
        {
            TurnOutcome.Committed done => new Taken<Customer>((Customer)done.State, done.Version, done.Events),
            TurnOutcome.Rejected { Code: RejectionCode.ResendTooSoon, State: Customer customer } when NextCodeAt(customer, address) is { } next =>
                throw (Problems.From(RejectionCode.ResendTooSoon) with { RetryAfter = AtLeastASecond(next - time.GetUtcNow()) }).AsException(),
            TurnOutcome.Rejected no => throw Refused(no, address, time.GetUtcNow()).AsException(),
            _ => throw new ArgumentOutOfRangeException(nameof(command), outcome.GetType().Name, "No such outcome."),
        };
    }

    /// <summary>A refusal; one of an address that is held says until when it is.</summary>
    internal static Problem Refused(TurnOutcome.Rejected no, string? address, DateTimeOffset now) => no switch
    {
        { Code: RejectionCode.TooManyAddressChanges, State: Customer customer } when AddressChanges.NextAt(customer, now) is { } next =>
            Problems.From(no.Code) with { RetryAfter = AtLeastASecond(next - now) },
        { Code: RejectionCode.AddressHeld, State: Customer customer } when address is not null && customer.FindAddress(address)?.HeldUntil is { } until => Problems.From(no.Code) with
        {
            Detail = $"The address was added after another one and proves nothing else until {until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC. Use one from before, or wait.",
            RetryAfter = AtLeastASecond(until - now),
        },
        _ => Problems.From(no.Code),
    };

    private static DateTimeOffset? NextCodeAt(Customer customer, string address) =>
        customer.FindAddress(address) is { } asked ? AddressRules.ProvedBy(asked, customer)?.NextCodeAt : null;

    // The turn was a moment ago.
    private static TimeSpan AtLeastASecond(TimeSpan wait) => wait < TimeSpan.FromSeconds(1L) ? TimeSpan.FromSeconds(1L) : wait;
}
