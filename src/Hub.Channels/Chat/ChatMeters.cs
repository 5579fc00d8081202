using System.Diagnostics.Metrics;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Notifications;

namespace Hub.Channels.Chat;

/// <summary>Counts what is said in conversations: how much, by whom, and over which channel.</summary>
public sealed class ChatMeters : IDisposable
{
    private readonly Meter _meter = new("OmniHub.Channels");
    private readonly Counter<long> _messages;

    /// <summary>Makes the counters.</summary>
    public ChatMeters() => _messages = _meter.CreateCounter<long>("hub.conversations.messages", "{message}", "Messages in conversations, by author and channel");

    /// <summary>A message was written. One that is handled twice after a crash counts twice.</summary>
    public void Written(Author author, Channel channel) => _messages.Add(
        1, new KeyValuePair<string, object?>("author", author.ToString().ToLowerInvariant()), new KeyValuePair<string, object?>("channel", Notification.NameOf(channel)));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
