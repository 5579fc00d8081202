namespace Hub.Channels.Chat;

/// <summary>Which devices have the chat open now. Known to the node that holds their connections, and to no other.</summary>
public interface IChatPresence
{
    /// <summary>Whether a connection of this node shows the conversation on a device.</summary>
    /// <param name="addressKey">The key of the device's address actor.</param>
    bool IsOpen(string addressKey);
}
