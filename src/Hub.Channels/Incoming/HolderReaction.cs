using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Confirmations;
using Hub.Channels.Notifications;
using Hub.Domain.Addresses;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Channels.Incoming;

/// <summary>
/// Keeps customers and their addresses in step: the address knows who proved that it is theirs, and each of them hears what was said there,
/// and that it seems to have changed hands.
/// </summary>
/// <param name="actors">The way to every actor.</param>
/// <param name="addresses">Names addresses.</param>
/// <param name="orders">Finds whom something was said about.</param>
/// <param name="reach">Knows what a channel needs to be usable.</param>
/// <param name="persons">Opens numbers and mailboxes.</param>
public sealed class HolderReaction(IActors actors, AddressKeys addresses, OrderLookup orders, Reach reach, IPersonalData persons) : IReaction
{
    private readonly AddressNotices _notices = new(actors, reach);

    /// <inheritdoc/>
    public string Name => "holders";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Customer.Name || kind == HubKinds.Address.Name;

    /// <inheritdoc/>
    public Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.Body switch
        {
            CustomerEvent.AddressVerified e => VerifiedAsync(happened, e, cancel),
            CustomerEvent.AddressRestored e => JoinAsync(happened, e.Address, e.HeldUntil, cancel),
            CustomerEvent.AddressRemoved e => RemovedAsync(happened, e, cancel),
            CustomerEvent.AddressLost e => LostAsync(happened, e, cancel),
            CustomerEvent.Erased => LeaveAllAsync(happened, cancel),
            AddressEvent.OptedOut => OptOutAsync(happened, cancel),
            AddressEvent.OptedIn e => OptInAsync(happened, e, cancel),
            AddressEvent.Died => LoseAsync(happened, "gone", cancel),
            AddressEvent.NotReached { Lost: true } => LoseAsync(happened, "unreachable", cancel),
            AddressEvent.Received { Kind: Inbound.NotMe } e => ObjectAsync(happened, e, cancel),
            AddressEvent.Received { Kind: Inbound.Help or Inbound.Status or Inbound.Human or Inbound.Receipt or Inbound.Refund } e => SayAsync(happened, e, cancel),
            AddressEvent.Answered { NotMe: true } e => LoseAsync(happened, e.Code, cancel),
            _ => Task.CompletedTask,
        };
    }

    // A code that came back from there shows that somebody reads there, whatever a provider said before.
    private async Task VerifiedAsync(FeedEvent happened, CustomerEvent.AddressVerified e, CancellationToken cancel)
    {
        if (await actors.FindAsync<Customer>(happened, cancel) is { } customer && customer.FindAddress(e.Address) is { VerifiedAt: not null } address)
        {
            await actors.ReactAsync(this, happened, HubKinds.Address[address.AddressKey], new AddressCommand.ReportUnreachable(Reached: true), "reached", "", cancel);
        }

        await JoinAsync(happened, e.Address, e.HeldUntil, cancel);
    }

    private async Task JoinAsync(FeedEvent happened, string addressId, DateTimeOffset? heldUntil, CancellationToken cancel)
    {
        if (await actors.FindAsync<Customer>(happened, cancel) is not { Erased: false } customer) return;
        if (customer.FindAddress(addressId) is not { VerifiedAt: not null } address || persons.Open(customer.Id, address.Value) is not { } value) return;
        var join = new AddressCommand.Join(addresses.Identify(address.Channel, address.AddressKey, value), new Holder(customer.Merchant, customer.Id, address.Id));
        await actors.ReactAsync(this, happened, HubKinds.Address[address.AddressKey], join, "join", "", cancel);
        if (heldUntil is not null) await WarnAsync(happened, customer, address, cancel);
    }

    // Whoever has the older addresses hears of the new one while it cannot confirm anything yet, though one of them was taken away first.
    private Task WarnAsync(FeedEvent happened, Customer customer, CustomerAddress added, CancellationToken cancel) =>
        TellOfAsync(happened, customer, NotificationKind.AddressAdded, added, AddressRules.Warned(customer, added, happened.At), cancel);

    // Whoever got hold of a session takes no address away in silence. One that is given back at once was never away.
    private async Task RemovedAsync(FeedEvent happened, CustomerEvent.AddressRemoved e, CancellationToken cancel)
    {
        await LeaveAsync(happened, e.AddressKey, ObjectsUntil(e), cancel);
        if (await actors.FindAsync<Customer>(happened, cancel) is not { Erased: false } customer) return;
        if (customer.Removed.FirstOrDefault(r => r.Address.Id == e.Address && r.At == e.At) is not { } removed) return;
        await TellOfAsync(happened, customer, NotificationKind.AddressRemoved, removed.Address, AddressRules.Told(customer, removed), cancel);
    }

    // One that had been taken away left then, and the same number may have been proved anew since.
    private async Task LostAsync(FeedEvent happened, CustomerEvent.AddressLost e, CancellationToken cancel)
    {
        var customer = await actors.FindAsync<Customer>(happened, cancel);
        if (customer?.Removed.Any(r => r.Address.Id == e.Address) is not true) await LeaveAsync(happened, e.AddressKey, null, cancel);
    }

    private Task TellOfAsync(FeedEvent happened, Customer customer, NotificationKind kind, CustomerAddress part, IEnumerable<CustomerAddress> told, CancellationToken cancel) =>
        _notices.TellAsync(this, happened, new About(customer.Merchant, customer.Id, Part: part.Id), kind, told, cancel);

    // What it is told of on the last day is held for as long again.
    private static DateTimeOffset? ObjectsUntil(CustomerEvent.AddressRemoved e) => e.WarnedUntil is { } until ? until + (until - e.At) : null;

    private Task<TurnOutcome> LeaveAsync(FeedEvent happened, string addressKey, DateTimeOffset? objectsUntil, CancellationToken cancel) =>
        actors.ReactAsync(this, happened, HubKinds.Address[addressKey], new AddressCommand.Leave(happened.Actor.Key, objectsUntil), "leave", addressKey, cancel);

    private async Task LeaveAllAsync(FeedEvent happened, CancellationToken cancel)
    {
        if (await actors.FindAsync<Customer>(happened, cancel) is not { } customer) return;
        foreach (var address in customer.Addresses) await LeaveAsync(happened, address.AddressKey, null, cancel);
    }

    private async Task OptOutAsync(FeedEvent happened, CancellationToken cancel)
    {
        await TellAsync(happened, h => new CustomerCommand.Say(h.AddressId, Inbound.Stop), "said", cancel);
        if (await actors.FindAsync<AddressState>(happened, cancel) is not { } address) return;
        foreach (var code in address.Codes.Where(c => c.ExpiresAt > happened.At && !address.Closed.Contains(c.Confirmation))) await FallBackAsync(happened, code, cancel);
    }

    // What was asked there and is not answered goes to the next channel now, and does not wait for an answer from a phone that wants no more.
    private async Task FallBackAsync(FeedEvent happened, OpenCode code, CancellationToken cancel)
    {
        if (await actors.FindAsync<Payment>(HubKinds.Payment[code.Payment], cancel) is not { } payment) return;
        var resends = payment.Attempts.Select(a => a.Confirmation).FirstOrDefault(c => c?.Id == code.Confirmation)?.Resends ?? 0;
        for (var number = 0; number <= resends; number++)
        {
            var notification = HubKinds.Notification[ConfirmationReaction.NotificationOf(code.Confirmation, number)];
            await actors.ReactAsync(this, happened, notification, new NotificationCommand.CloseAddress(code.AddressId), "stop", $"{code.Confirmation}:{number}", cancel);
        }
    }

    // A START of somebody whose STOP nobody here heard, or long ago, may be the first word of whoever was given the number since.
    private async Task OptInAsync(FeedEvent happened, AddressEvent.OptedIn e, CancellationToken cancel)
    {
        await TellAsync(happened, h => new CustomerCommand.Say(h.AddressId, Inbound.Start), "said", cancel);
        if (e.Strange) await LoseAsync(happened, "opted_out", cancel);
    }

    private Task<bool> LoseAsync(FeedEvent happened, string reason, CancellationToken cancel) =>
        TellAsync(happened, h => new CustomerCommand.LoseAddress(h.AddressId, reason), "lost", cancel);

    private async Task LoseAsync(FeedEvent happened, OpenCode answered, CancellationToken cancel)
    {
        if (await actors.FindAsync<Payment>(HubKinds.Payment[answered.Payment], cancel) is not { } payment) return;
        var lose = new CustomerCommand.LoseAddress(answered.AddressId, "not_me");
        await actors.ReactAsync(this, happened, HubKinds.Customer[payment.Grant.Customer], lose, "lost", "", cancel);
    }

    private async Task ObjectAsync(FeedEvent happened, AddressEvent.Received e, CancellationToken cancel)
    {
        if (await actors.FindAsync<AddressState>(happened, cancel) is not { } address) return;
        var counted = await TellAsync(happened, address.Objecting(happened.At), h => new CustomerCommand.ObjectToAddresses(h.AddressId, happened.At), "objected", cancel);
        if (e.Silent || address.Who is not { } who) return;
        var request = Replies.To(happened, who, counted ? NotificationKind.AddressStopped : NotificationKind.WrongNumber);
        await actors.ReactAsync(this, happened, HubKinds.Notification[request.Id], request, "reply", "", cancel);
    }

    // What one customer asked is no other's to know, though they share the phone.
    private async Task SayAsync(FeedEvent happened, AddressEvent.Received e, CancellationToken cancel)
    {
        if (await actors.FindAsync<AddressState>(happened, cancel) is not { } address) return;
        var holder = orders.Find(address, e.Reference) is Found.One one ? one.Who : address.OnlyHolder;
        if (holder is null) return;
        await actors.ReactAsync(this, happened, HubKinds.Customer[holder.Customer], new CustomerCommand.Say(holder.AddressId, e.Kind), "said", holder.Customer, cancel);
    }

    /// <returns>Whether it changed anything for any of them.</returns>
    private async Task<bool> TellAsync(FeedEvent happened, Func<Holder, CustomerCommand> command, string step, CancellationToken cancel) =>
        await actors.FindAsync<AddressState>(happened, cancel) is { } address && await TellAsync(happened, address.Holders, command, step, cancel);

    private async Task<bool> TellAsync(FeedEvent happened, IEnumerable<Holder> holders, Func<Holder, CustomerCommand> command, string step, CancellationToken cancel)
    {
        var changed = false;
        foreach (var holder in holders)
        {
            var outcome = await actors.ReactAsync(this, happened, HubKinds.Customer[holder.Customer], command(holder), step, holder.Customer, cancel);
            changed |= outcome is TurnOutcome.Committed { Events.Count: > 0 };
        }

        return changed;
    }
}
