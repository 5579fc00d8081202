using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Hub.EndToEnd.Support;

/// <summary>Watches <c>/live</c>: SignalR's JSON hub protocol over a bare WebSocket.</summary>
/// <remarks>Source: the hub protocol specification of ASP.NET Core. Records end with 0x1E; 1 is a call, 3 its end, 6 a ping, 7 a close.</remarks>
internal sealed class SignalRJsonClient : IAsyncDisposable
{
    private const byte RecordEnd = 0x1e;

    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<JsonElement> _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly Channel<JsonElement> _updates = Channel.CreateUnbounded<JsonElement>();
    private readonly List<JsonElement> _seen = [];
    private readonly Task _reading;
    private int _lastCall;

    private SignalRJsonClient(ClientWebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    /// <summary>Every update that was waited through, in order.</summary>
    internal IReadOnlyList<JsonElement> Seen => _seen;

    /// <summary>Connects as a customer or merchant, by its token, or as staff, by its cookie.</summary>
    internal static async Task<SignalRJsonClient> ConnectAsync(Uri hub, string? token, string? cookie = null)
    {
        var socket = new ClientWebSocket();
        if (cookie is not null) socket.Options.SetRequestHeader("Cookie", cookie);
        var query = token is null ? "" : $"?access_token={token}";
        await socket.ConnectAsync(new Uri($"ws://{hub.Authority}/live{query}"), CancellationToken.None).WaitAsync(Eventually.Patience);
        var client = new SignalRJsonClient(socket);
        await client.SendAsync(new { protocol = "json", version = 1 });
        Checked(await client._handshake.Task.WaitAsync(Eventually.Patience));
        return client;
    }

    /// <summary>Watches a topic from a sequence on; completes once the gap was replayed.</summary>
    internal async Task<long> WatchAsync(string topic, long lastSequence = 0) => (await CallAsync("Watch", topic, lastSequence)).Number("result.sequence");

    /// <summary>Says which device this is.</summary>
    internal Task AttachAsync(string secret) => CallAsync("Attach", secret);

    /// <summary>The next update of this type, waiting for it; what comes before it is only noted.</summary>
    internal async Task<JsonElement> UntilAsync(string type, Func<JsonElement, bool>? also = null)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        try
        {
            while (true)
            {
                var update = await _updates.Reader.ReadAsync(patience.Token);
                _seen.Add(update);
                if (update.Text("type") == type && also?.Invoke(update) != false) return update;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException)
        {
            throw new Xunit.Sdk.XunitException($"No {type} came live. Seen: {string.Join(", ", _seen.Select(u => u.Text("type")))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
    }

    private static JsonElement Checked(JsonElement message) =>
        message.Text("error") is { } error ? throw new Xunit.Sdk.XunitException($"The live hub refused: {error}") : message;

    private async Task<JsonElement> CallAsync(string method, params object[] arguments)
    {
        var id = $"{Interlocked.Increment(ref _lastCall)}";
        var call = _calls[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new { type = 1, invocationId = id, target = method, arguments });
        return Checked(await call.Task.WaitAsync(Eventually.Patience));
    }

    private async Task SendAsync(object message)
    {
        byte[] record = [.. JsonSerializer.SerializeToUtf8Bytes(message), RecordEnd];
        await _socket.SendAsync(record, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        var record = new List<byte>();
        try
        {
            while (await _socket.ReceiveAsync(buffer, _stop.Token) is { MessageType: not WebSocketMessageType.Close } received)
            {
                foreach (var value in buffer.AsSpan(0, received.Count))
                {
                    if (value != RecordEnd)
                    {
                        record.Add(value);
                        continue;
                    }

                    Take(JsonSerializer.Deserialize<JsonElement>(record.ToArray()));
                    record.Clear();
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // Either side hung up; whoever waits is told below.
        }

        _updates.Writer.TryComplete();
        foreach (var call in _calls.Values)
        {
            call.TrySetException(new Xunit.Sdk.XunitException("The live connection was closed."));
        }
    }

    private void Take(JsonElement message)
    {
        switch (message.Text("type"))
        {
            case null:
                _handshake.TrySetResult(message);
                break;
            case "1":
                _updates.Writer.TryWrite(message.At("arguments.0"));
                break;
            case "3" when _calls.TryRemove(message.Text("invocationId")!, out var call):
                call.TrySetResult(message);
                break;
        }
    }
}
