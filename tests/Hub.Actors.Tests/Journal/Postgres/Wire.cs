using System.Net;
using System.Net.Sockets;

namespace Hub.Actors.Tests.Journal.Postgres;

/// <summary>A wire to a server that can be cut: what was sent arrives, what is answered does not.</summary>
public sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _ends = [];
    private readonly Lock _gate = new();
    private readonly int _server;
    private volatile bool _mute;

    public Wire(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on answers are thrown away, and the connection that one is for is closed on the client's side.</summary>
    public void Mute() => _mute = true;

    /// <summary>Answers arrive again, on new connections.</summary>
    public void Mend() => _mute = false;

    /// <summary>Closes the client's side of every connection; the server does not hear of it.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            // Pairs: the client's end, then the server's, which stays open until the wire is disposed.
            for (var i = 0; i < _ends.Count; i += 2)
            {
                _ends[i].Close(0);
            }
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
        {
            _ends.ForEach(end => end.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await JoinAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            _mute = true;
        }
    }

    private async Task JoinAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_gate)
        {
            _ends.Add(client);
            _ends.Add(server);
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
        }
        catch (SocketException)
        {
            // Nobody is there: the client finds that out the same way.
            client.Close(0);
            return;
        }

        _ = CarryAsync(client, server, answers: false);
        _ = CarryAsync(server, client, answers: true);
    }

    private async Task CarryAsync(Socket from, Socket to, bool answers)
    {
        var bytes = new byte[16_384];
        try
        {
            while (await from.ReceiveAsync(bytes) is var count && count > 0)
            {
                if (answers && _mute)
                {
                    to.Close(0);
                    return;
                }

                await to.SendAsync(bytes.AsMemory(0, count));
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // One of the two ends is gone: the other one hears of it below, if it is the client.
            answers &= cut is SocketException;
        }

        if (answers)
        {
            to.Close(0);
        }
    }
}
