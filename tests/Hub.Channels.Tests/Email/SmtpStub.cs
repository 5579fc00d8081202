using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hub.Channels.Tests.Email;

/// <summary>A mail server on a TCP port of its own that serves one connection by a script and keeps what it was sent.</summary>
internal sealed class SmtpStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _served;

    /// <param name="reply">The reply to a command, such as <c>RCPT TO:…</c>; <c>null</c>: the usual one. <c>""</c>: hang up. The end of the data is the command <c>.</c>.</param>
    internal SmtpStub(Func<string, string?> reply)
    {
        _listener.Start();
        _served = ServeAsync(reply);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every command line, in order. The client's QUIT may still come while a test reads them.</summary>
    internal ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>The mail as sent, headers and body.</summary>
    internal string Data { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        await _served;
        _listener.Dispose();
    }

    private async Task ServeAsync(Func<string, string?> reply)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await WriteAsync(stream, "220 stub");
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                Commands.Enqueue(line);
                var answer = reply(line) ?? Usual(line);
                if (answer.Length == 0) return;
                await WriteAsync(stream, answer);
                if (!answer.StartsWith("354", StringComparison.Ordinal)) continue;
                await ReadDataAsync(reader);
                answer = reply(".") ?? "250 taken";
                if (answer.Length == 0) return;
                await WriteAsync(stream, answer);
            }
        }
        catch (IOException)
        {
            // The client hung up: that is an end like any other.
        }
    }

    private async Task ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".") data.Append(line).Append('\n');
        Data = data.ToString();
    }

    private static string Usual(string line) => line.Split(' ')[0].ToUpperInvariant() switch
    {
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 fine",
    };

    private static async Task WriteAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
}
