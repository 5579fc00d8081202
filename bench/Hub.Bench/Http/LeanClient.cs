using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hub.Bench.Http;

/// <summary>One kept connection that speaks just enough HTTP/1.1: the load must cost little beside what it loads.</summary>
internal sealed class LeanClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Uri _host;
    private readonly ArrayBufferWriter<byte> _request = new(4_096);
    private byte[] _answer = new byte[16_384];
    private int _filled;

    private LeanClient(Uri host) => _host = host;

    /// <summary>Connects.</summary>
    public static async Task<LeanClient> ConnectAsync(Uri host)
    {
        var client = new LeanClient(host);
        await client._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, host.Port));
        return client;
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="method">Such as <c>POST</c>.</param>
    /// <param name="path">From the slash on.</param>
    /// <param name="headers">Whole lines, each with its line end; may be empty.</param>
    /// <param name="body">JSON, or empty.</param>
    public async Task<Answer> SendAsync(string method, string path, string headers, ReadOnlyMemory<byte> body)
    {
        _request.ResetWrittenCount();
        Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {_host.Authority}\r\n{headers}", _request);
        if (body.Length > 0)
        {
            Encoding.ASCII.GetBytes($"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n", _request);
        }

        Encoding.ASCII.GetBytes("\r\n", _request);
        _request.Write(body.Span);
        await _socket.SendAsync(_request.WrittenMemory);
        return await ReadAsync();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<Answer> ReadAsync()
    {
        _filled = 0;
        int head;
        while ((head = _answer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        head += 4;
        var status = int.Parse(_answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var lines = Encoding.ASCII.GetString(_answer, 0, head);
        if (Header(lines, "Content-Length") is { } length)
        {
            var end = head + int.Parse(length, CultureInfo.InvariantCulture);
            while (_filled < end)
            {
                await FillAsync();
            }

            return new Answer(status, _answer.AsSpan(head, end - head).ToArray());
        }

        return lines.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            ? new Answer(status, await ReadChunksAsync(head))
            : new Answer(status, []);
    }

    private async Task<byte[]> ReadChunksAsync(int at)
    {
        using var body = new MemoryStream();
        while (true)
        {
            int line;
            while ((line = _answer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync();
            }

            var size = int.Parse(_answer.AsSpan(at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2;
            while (_filled < at + size + 2)
            {
                await FillAsync();
            }

            if (size == 0)
            {
                return body.ToArray();
            }

            body.Write(_answer, at, size);
            at += size + 2;
        }
    }

    private async Task FillAsync()
    {
        if (_filled == _answer.Length)
        {
            Array.Resize(ref _answer, _answer.Length * 2);
        }

        var read = await _socket.ReceiveAsync(_answer.AsMemory(_filled));
        if (read == 0)
        {
            throw new IOException("The hub closed the connection.");
        }

        _filled += read;
    }

    private static string? Header(string lines, string name)
    {
        var at = lines.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : lines[(at + name.Length + 3)..lines.IndexOf("\r\n", at + 2, StringComparison.Ordinal)].Trim();
    }

    /// <summary>Status and body.</summary>
    internal sealed record Answer(int Status, byte[] Body);
}
