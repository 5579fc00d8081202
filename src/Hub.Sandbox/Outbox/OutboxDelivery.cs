namespace Hub.Sandbox.Outbox;

/// <summary>Something that is owed to somebody outside this request, kept until it is done or given up.</summary>
/// <param name="Number">Given out by the database.</param>
/// <param name="Party">Which <see cref="IOutboxParty"/> carries it out.</param>
/// <param name="Target">A path at the hub, an absolute address, or an id; what the party makes of it.</param>
/// <param name="Name">The name of the message, the same on every repeat.</param>
/// <param name="Bodies">What to deliver, one after the other; the first ones leave the list as they are delivered.</param>
/// <param name="Attempts">How often the first of them has failed.</param>
/// <param name="Due">Not before this time.</param>
internal sealed record OutboxDelivery(long Number, string Party, string Target, string Name, IReadOnlyList<string> Bodies, int Attempts, DateTimeOffset Due);

/// <summary>Carries out one kind of delivery.</summary>
internal interface IOutboxParty
{
    /// <summary>The name by which deliveries ask for it.</summary>
    string Name { get; }

    /// <summary>The pauses before the second, third … attempt; after the last one it is given up.</summary>
    IReadOnlyList<TimeSpan> Pauses { get; }

    /// <summary>Delivers one body.</summary>
    /// <returns>Whether it was taken. A failed connection may also be thrown as <see cref="HttpRequestException"/>.</returns>
    Task<bool> DeliverAsync(OutboxDelivery delivery, string body, CancellationToken cancel);
}
