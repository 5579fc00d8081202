using System.Net.WebSockets;
using System.Text.Json;

namespace Hub.Bench.Live;

/// <summary>One live connection, as a page holds it: SignalR's JSON hub protocol over a WebSocket.</summary>
internal sealed class Watcher : IDisposable
{
    private const byte RecordEnd = 0x1e;
    private static readonly byte[] Ping = [.. """{"type":6}"""u8, RecordEnd];

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4_096];
    private readonly List<byte> _record = [];

    /// <summary>Connects and watches topics from their beginning; returns once every gap was replayed.</summary>
    /// <param name="hub">Where.</param>
    /// <param name="token">A customer's session.</param>
    /// <param name="topics">At most 50.</param>
    /// <param name="seen">Hears of each update from then on; the element is valid only during the call.</param>
    public async Task OpenAsync(Uri hub, string token, IReadOnlyCollection<string> topics, Action<JsonElement> seen)
    {
        await _socket.ConnectAsync(new Uri($"ws://{hub.Authority}/live?access_token={token}"), CancellationToken.None);
        await SendAsync(new { protocol = "json", version = 1 });
        var begun = 0;
        foreach (var topic in topics)
        {
            await SendAsync(new { type = 1, invocationId = topic, target = "Watch", arguments = new object[] { topic, 0 } });
        }

        while (begun < topics.Count)
        {
            if (!await ReadAsync(Take)) throw new IOException("The hub closed a live connection.");
        }

        Live = ReadOnAsync(seen);

        void Take(JsonElement message)
        {
            if (!message.TryGetProperty("type", out var type) || type.GetInt32() != 3) return;
            if (message.TryGetProperty("error", out var error)) throw new InvalidOperationException($"A topic was refused: {error.GetString()}.");
            begun++;
        }
    }

    /// <summary>Ends when either side hangs up.</summary>
    public Task Live { get; private set; } = Task.CompletedTask;

    /// <summary>Says that it is still there; the hub gives up whoever is silent for 30 s.</summary>
    public Task PingAsync() => _socket.SendAsync(Ping, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public void Dispose() => _socket.Dispose();

    private async Task ReadOnAsync(Action<JsonElement> seen)
    {
        while (await ReadAsync(message =>
        {
            if (message.TryGetProperty("target", out var target) && target.ValueEquals("update")) seen(message.GetProperty("arguments")[0]);
        }))
        {
        }
    }

    private async Task<bool> ReadAsync(Action<JsonElement> take)
    {
        ValueWebSocketReceiveResult received;
        try
        {
            received = await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
        }
        catch (Exception end) when (end is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }

        if (received.MessageType is WebSocketMessageType.Close) return false;
        for (var i = 0; i < received.Count; i++)
        {
            if (_buffer[i] != RecordEnd)
            {
                _record.Add(_buffer[i]);
                continue;
            }

            using var message = JsonDocument.Parse(_record.ToArray());
            _record.Clear();
            take(message.RootElement);
        }

        return true;
    }

    private Task SendAsync(object message) =>
        _socket.SendAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(message), RecordEnd], WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
