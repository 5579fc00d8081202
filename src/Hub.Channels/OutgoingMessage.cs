using Hub.Domain.Conversations;
using Hub.Domain.Notifications;

namespace Hub.Channels;

/// <summary>One message to one address, ready to send.</summary>
/// <param name="DeliveryId">Names this delivery for ever; letters, digits and <c>_</c>, at most 64. The same id never makes two provider calls unless the first provably never happened.</param>
/// <param name="To">A number in E.164 form, or a mailbox.</param>
/// <param name="Text">Plain text.</param>
public sealed record OutgoingMessage(string DeliveryId, string To, string Text)
{
    /// <summary>Where the channel has subjects.</summary>
    public string? Subject { get; init; }

    /// <summary>A second, richer form of <see cref="Text"/>, where the channel shows HTML.</summary>
    public string? Html { get; init; }

    /// <summary>The person's name, where the channel shows one.</summary>
    public string? ToName { get; init; }

    /// <summary>How long it is worth delivering; the provider drops it afterwards. From 1 s to 10 h; <c>null</c>: as the provider likes.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>Whether the provider is asked to keep no copy of the words, as for one-time codes.</summary>
    public bool DiscardContent { get; init; }

    /// <summary>Words that the provider has agreed to, sent in place of <see cref="Text"/>; <c>null</c>: the text itself.</summary>
    public AgreedWords? Template { get; init; }

    /// <summary>Where one leaves the list. <c>null</c> for anything transactional, which cannot be left.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>What the message is about, such as <c>ord_…</c>: messages about one thing stand together, where the channel shows them so.</summary>
    public string? Thread { get; init; }

    /// <summary>Where the channel takes a return of its own for what it could not deliver; <c>null</c>: the sender.</summary>
    public string? BounceTo { get; init; }

    /// <summary>Where an answer goes, where that is not the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What it speaks of, for a channel that keeps what is said there.</summary>
    public About? About { get; init; }

    /// <summary>The confirmation itself, for a channel that shows buttons.</summary>
    public Offer? Offer { get; init; }

    /// <summary>The id alone: the words may hold a code, and the address is a person's.</summary>
    public override string ToString() => $"{nameof(OutgoingMessage)} {DeliveryId}";
}

/// <summary>Words that a provider has agreed to, with places to fill.</summary>
/// <param name="Name">The provider's name of them, such as <c>HX…</c>.</param>
/// <param name="Variables">What goes into the places, in order.</param>
public sealed record AgreedWords(string Name, IReadOnlyList<string> Variables)
{
    /// <summary>The name alone: what is filled in may be a code.</summary>
    public override string ToString() => $"{nameof(AgreedWords)} {Name}";
}
