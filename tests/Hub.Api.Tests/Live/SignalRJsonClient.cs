using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Hub.Api.Tests.Live;

/// <summary>Speaks SignalR's JSON hub protocol over a bare WebSocket.</summary>
/// <remarks>Source: the hub protocol specification of ASP.NET Core: records end with 0x1E; 1 is a call, 3 its end, 6 a ping, 7 a close.</remarks>
internal sealed class SignalRJsonClient : IAsyncDisposable
{
    private const byte RecordEnd = 0x1e;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly TaskCompletionSource<JsonElement> _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly Channel<JsonElement> _updates = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<JsonElement> _typing = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;
    private int _lastCall;

    private SignalRJsonClient(ClientWebSocket socket)
    {
        _socket = socket;
        _loop = ReadLoopAsync();
    }

    /// <summary>Completes when the server has ended the connection.</summary>
    public Task Closed => _closed.Task.WaitAsync(Patience);

    public static async Task<SignalRJsonClient> ConnectAsync(Uri hub, string? token, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        var query = token is null ? "" : $"?access_token={token}";
        await socket.ConnectAsync(new Uri($"ws://{hub.Authority}/live{query}"), CancellationToken.None).WaitAsync(Patience);
        var client = new SignalRJsonClient(socket);
        await client.SendAsync(new { protocol = "json", version = 1 });
        Check(await client._handshake.Task.WaitAsync(Patience));
        return client;
    }

    public async Task<JsonElement> InvokeAsync(string method, params object?[] arguments)
    {
        var id = $"{Interlocked.Increment(ref _lastCall)}";
        var call = _calls[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new { type = 1, invocationId = id, target = method, arguments });
        var end = Check(await call.Task.WaitAsync(Patience));
        return end.TryGetProperty("result", out var result) ? result : default;
    }

    /// <summary>The next update, as its JSON.</summary>
    public async Task<JsonElement> NextAsync() => await _updates.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The sequences of the next updates.</summary>
    public async Task<IReadOnlyList<long>> NextAsync(int count)
    {
        var sequences = new List<long>();
        while (sequences.Count < count)
        {
            sequences.Add((await NextAsync()).GetProperty("sequence").GetInt64());
        }

        return sequences;
    }

    /// <summary>The next word that somebody is writing.</summary>
    public async Task<JsonElement> TypingAsync() => await _typing.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Whether there is one more such word.</summary>
    public bool HasTyping => _typing.Reader.TryPeek(out _);

    /// <summary>Whether an update is there that nobody asked for.</summary>
    public bool HasMore => _updates.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private static JsonElement Check(JsonElement message) =>
        message.TryGetProperty("error", out var error) ? throw new InvalidOperationException(error.GetString()) : message;

    private async Task SendAsync(object message)
    {
        await _sending.WaitAsync();
        try
        {
            byte[] record = [.. JsonSerializer.SerializeToUtf8Bytes(message), RecordEnd];
            await _socket.SendAsync(record, WebSocketMessageType.Text, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadLoopAsync()
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

        _closed.TrySetResult();
        _updates.Writer.TryComplete();
        foreach (var call in _calls.Values)
        {
            call.TrySetException(new InvalidOperationException("closed"));
        }
    }

    private void Take(JsonElement message)
    {
        var type = message.TryGetProperty("type", out var number) ? number.GetInt32() : 0;
        switch (type)
        {
            case 0:
                _handshake.TrySetResult(message);
                break;
            case 1:
                var told = message.GetProperty("target").GetString() switch
                {
                    "update" => _updates,
                    "typing" => _typing,
                    var other => throw new InvalidOperationException($"The hub called {other}."),
                };
                told.Writer.TryWrite(message.GetProperty("arguments")[0]);
                break;
            case 3 when _calls.TryRemove(message.GetProperty("invocationId").GetString()!, out var call):
                call.TrySetResult(message);
                break;
        }
    }
}
