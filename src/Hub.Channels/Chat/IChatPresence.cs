namespace Hub.Channels.Chat;

/// <summary>Which devices have the chat open now. Known to the node that holds their connections, and to no other.</summary>
public interface IChatPresence
{
    /// <summary>Whether a connection of this node shows what the conversation says of a payment on a device.</summary>
    /// <param name="addressKey">The key of the device's address actor.</param>
    /// <param name="payment">Which payment: a page for another one does not show it.</param>
    bool IsOpen(string addressKey, string payment);
}
