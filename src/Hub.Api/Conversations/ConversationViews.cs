using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;

namespace Hub.Api.Conversations;

/// <summary>Shows conversations: opens what is sealed, makes the digits of a confirmation anew, and leaves out what is not the viewer's to see.</summary>
/// <remarks>Invariant 22: a customer gets no note, no address of staff's, and in a session for one payment nothing but what speaks of that payment.</remarks>
internal sealed class ConversationViews(IPersonalData persons, Codes codes, TimeProvider time)
{
    private const string Forgotten = "(forgotten)";

    /// <summary>The conversation, with some of its messages.</summary>
    public ConversationView Of(Conversation c, Viewer viewer, IEnumerable<Message> messages)
    {
        var staff = viewer.Caller is Caller.Staff;
        var seen = c.Messages.Where(m => MaySee(c, viewer.Caller, m)).ToList();
        return new ConversationView(
            c.Id, c.Customer, c.Merchant, c.Status, staff ? c.Assignee : null, NameOf(c.Assignee), staff ? c.WaitingSince : null,
            new SidesView(seen.Count(c.IsUnreadByCustomer), c.UnreadByStaff), new SidesView(c.ReadByCustomer, c.ReadByStaff),
            seen.LastOrDefault()?.At, c.Sequence, Of(c, viewer, messages, asOf: time.GetUtcNow()));
    }

    /// <summary>The conversation with the messages it keeps.</summary>
    public ConversationView Of(Conversation c, Viewer viewer) => Of(c, viewer, c.Messages);

    /// <summary>One of a customer who has not written yet.</summary>
    public static ConversationView NoneOf(Customer customer) => new(
        Conversation.IdOf(customer.Id), customer.Id, customer.Merchant, ConversationStatus.Resolved, null, null, null,
        new SidesView(0, 0), new SidesView(0, 0), null, 0, []);

    /// <summary>Messages as a viewer may see them.</summary>
    public IReadOnlyList<MessageView> Of(Conversation c, Viewer viewer, IEnumerable<Message> messages, DateTimeOffset asOf) =>
        [.. messages.Where(m => MaySee(c, viewer.Caller, m)).Select(m => Of(c, viewer, m, asOf))];

    /// <summary>One message, which the viewer may see.</summary>
    public MessageView Of(Conversation c, Viewer viewer, Message m, DateTimeOffset asOf)
    {
        var words = m.Offer is { } offer
            ? OfferWords.Of(offer, m.Ended, viewer.Device == offer.AddressKey && asOf < offer.ExpiresAt ? codes.ForPhone(offer.Confirmation, offer.Generation) : null)
            : new OfferWords(m.Text is { } text ? persons.Open(c.Customer, text) ?? Forgotten : Forgotten, []);
        return new MessageView(
            m.Id, m.Sequence, m.Author, viewer.Caller is Caller.Staff ? m.By : NameOf(m.By), m.Channel, words.Text, m.At, m.Note, m.Order, m.Payment, m.Wish,
            m.Offer is { } o ? new OfferView(o.Confirmation, o.Amount.Minor, o.Amount.Currency.Code, o.Payee, o.ExpiresAt, m.Ended) : null,
            [.. words.Buttons.Select(b => new ButtonView(b.Label, b.Command))]);
    }

    /// <summary>Whether somebody may see a message of a conversation they may see.</summary>
    public static bool MaySee(Conversation c, Caller caller, Message m) => caller switch
    {
        Caller.Staff => true,
        Caller.Customer { PaymentId: { } only } when m.Payment != only => false,
        Caller.Customer => m.IsForCustomer && caller.MaySee(new Subjects(c.Merchant, c.Customer, m.Order, m.Payment)),
        _ => false,
    };

    /// <summary>How far somebody may say that their side has read: nothing that they do not see, so that it is still told elsewhere.</summary>
    /// <param name="c">The conversation.</param>
    /// <param name="caller">Who has read.</param>
    /// <param name="sequence">How far they say.</param>
    /// <returns>0 for nothing at all.</returns>
    public static long Readable(Conversation c, Caller caller, long sequence)
    {
        if (caller is not Caller.Customer { PaymentId: not null }) return sequence;
        var unseen = c.Messages.FirstOrDefault(m => c.IsUnreadByCustomer(m) && !MaySee(c, caller, m));
        return c.Messages.LastOrDefault(m => m.Sequence <= sequence && (unseen is null || m.Sequence < unseen.Sequence) && MaySee(c, caller, m))?.Sequence ?? 0;
    }

    // Customers know staff by a name, never by an address one could write to.
    private static string? NameOf(string? email) => email is null ? null : ColleagueEndpoints.NameOf(email);
}
