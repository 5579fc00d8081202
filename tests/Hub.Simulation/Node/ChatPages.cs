using Hub.Channels.Chat;

namespace Hub.Simulation.Node;

/// <summary>Browsers with the chat open. Each is connected to one process of the hub, and when that one is gone to another.</summary>
internal sealed class ChatPages
{
    private readonly Dictionary<string, string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);

    /// <summary>Which processes take connections, in order.</summary>
    public Func<IEnumerable<string>> Up { get; set; } = () => [];

    /// <summary>A page is opened on a device.</summary>
    /// <param name="device">The key of its address.</param>
    /// <param name="node">The process it is connected to.</param>
    public void Open(string device, string node) => _open[device] = node;

    /// <summary>It is closed.</summary>
    public void Close(string device) => _open.Remove(device);

    /// <summary>The secret of a customer's device, for the planted bug that takes every browser for it.</summary>
    public string? SecretOf(string customer) => _secrets.GetValueOrDefault(customer);

    /// <summary>Notes the secret of a customer's device.</summary>
    public void Keep(string customer, string secret) => _secrets[customer] = secret;

    /// <summary>What one process knows of them: its own connections.</summary>
    public IChatPresence Of(string node) => new Presence(this, node);

    private bool IsOpen(string device, string node)
    {
        if (!_open.TryGetValue(device, out var connected))
        {
            return false;
        }

        if (!Up().Contains(connected) && Up().FirstOrDefault() is { } other)
        {
            _open[device] = connected = other;
        }

        return connected == node;
    }

    private sealed class Presence(ChatPages pages, string node) : IChatPresence
    {
        public bool IsOpen(string addressKey, string payment) => pages.IsOpen(addressKey, node);
    }
}
