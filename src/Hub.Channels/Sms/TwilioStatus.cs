using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Sms;

/// <summary>A message's status as Twilio names it. Callbacks come in any order: it only ever moves to a higher <see cref="Rank"/>.</summary>
/// <param name="Name">Such as <c>delivered</c>.</param>
/// <param name="Rank">0 not sent yet, 1 on its way, 2 sent, 3 final, 4 read.</param>
/// <param name="State">The same for the planner.</param>
public sealed record TwilioStatus(string Name, int Rank, TryState State)
{
    /// <summary>Whether the person has seen it; WhatsApp alone tells.</summary>
    public bool IsRead => Rank == 4;

    private static readonly TwilioStatus[] All =
    [
        new("accepted", 0, TryState.Accepted),
        new("scheduled", 0, TryState.Accepted),
        new("queued", 0, TryState.Accepted),
        new("sending", 1, TryState.Accepted),
        new("sent", 2, TryState.Accepted),
        new("delivered", 3, TryState.Delivered),
        new("undelivered", 3, TryState.Failed),
        new("failed", 3, TryState.Failed),
        new("canceled", 3, TryState.Failed),
        new("read", 4, TryState.Delivered),
    ];

    /// <summary>Reads a status of an outgoing message; a name that is not known answers <c>null</c>, for new ones are added without notice.</summary>
    public static TwilioStatus? Of(string? name) => Array.Find(All, s => s.Name == name);
}
