using Hub.Domain.Notifications.Planning;

namespace Hub.Channels;

/// <summary>One way to reach a person, as the notification reactions see it.</summary>
public interface IChannelAdapter
{
    /// <summary>The channel's name: <c>sms</c>, <c>email</c>.</summary>
    string Channel { get; }

    /// <summary>What it can do.</summary>
    Capabilities Capabilities { get; }

    /// <summary>Makes one call to the provider. Not to be repeated for the same delivery unless it answers <see cref="SendOutcome.NeverReached"/>.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="cancel">Stops waiting; then the outcome is unknown and the exception says so by its type.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was triggered: the delivery stays in flight until it is settled.</exception>
    Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancel);

    /// <summary>Asks the provider about a delivery whose outcome is unknown.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was triggered.</exception>
    Task<FindOutcome> FindAsync(FindRequest request, CancellationToken cancel);
}

/// <summary>Which delivery to look for.</summary>
/// <param name="Message">Exactly what was sent: providers without our id in their lists are searched by address and words.</param>
/// <param name="StartedAt">When the send was started.</param>
/// <param name="Claimed">Provider ids that belong to other deliveries; never answered again.</param>
public sealed record FindRequest(OutgoingMessage Message, DateTimeOffset StartedAt, IReadOnlySet<string> Claimed);
