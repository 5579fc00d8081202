using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hub.EndToEnd.Support;

namespace Hub.Faults.Support;

/// <summary>What a line does to one request and its answer.</summary>
internal enum LineFault
{
    /// <summary>Nothing of the request is passed on; the connection is reset.</summary>
    ResetBeforeRequest,

    /// <summary>The request is passed on; once the answer begins, the connection is reset instead.</summary>
    ResetBeforeAnswer,

    /// <summary>Half-open: taken, never passed on, never answered, never closed.</summary>
    Swallow,

    /// <summary>Half-open the other way: passed on and answered, but the answer never arrives and nothing is closed.</summary>
    Silence,

    /// <summary>The request is passed on one byte a second.</summary>
    SlowRequest,

    /// <summary>The answer is passed on one byte a second.</summary>
    SlowAnswer,

    /// <summary>The answer is held back until <see cref="FaultyLine.Release"/>.</summary>
    Hold,
}

/// <summary>A TCP proxy that passes bytes on, and goes wrong where it is told to.</summary>
/// <remarks>It reads no more of HTTP than the first line of a request, which clients here send in one piece with its headers.</remarks>
internal sealed class FaultyLine : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Uri _target;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Task, bool> _open = new();
    private readonly ConcurrentQueue<(LineFault Fault, string Line)> _met = new();
    private readonly List<Rule> _rules = [];
    private readonly Task _accepting;

    private FaultyLine(Uri target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    internal Uri Address { get; }

    /// <summary>Every fault that was met, with the request's first line.</summary>
    internal IReadOnlyCollection<(LineFault Fault, string Line)> Met => _met;

    /// <summary>What was asked for and not met yet.</summary>
    internal IReadOnlyList<string> Unmet
    {
        get
        {
            lock (_rules) return [.. _rules.Where(rule => rule.Times is > 0 and < int.MaxValue).Select(rule => $"{rule.Fault} of {rule.Part}")];
        }
    }

    internal static FaultyLine Start(Uri target) => new(target);

    /// <summary>Goes wrong at the next requests whose first line holds this.</summary>
    /// <param name="fault">How.</param>
    /// <param name="part">A part of the first line, such as <c>POST /v1/orders</c>.</param>
    /// <param name="times">How many of them.</param>
    internal void Next(LineFault fault, string part, int times = 1)
    {
        lock (_rules) _rules.Add(new Rule(fault, part) { Times = times });
    }

    /// <summary>Goes wrong at every such request until told <see cref="Mend"/>.</summary>
    internal void Always(LineFault fault, string part) => Next(fault, part, int.MaxValue);

    /// <summary>Goes wrong no more.</summary>
    internal void Mend()
    {
        lock (_rules) _rules.Clear();
    }

    /// <summary>Lets go what is held back, now and later.</summary>
    internal void Release() => _release.TrySetResult();

    /// <summary>Waits until a fault was met.</summary>
    internal Task UntilMetAsync(LineFault fault) => Eventually.HoldsAsync(() => Task.FromResult(_met.Any(met => met.Fault == fault)), $"the line to {fault}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_open.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptAsync(_stop.Token);
                var carried = CarryAsync(near);
                _open[carried] = true;
                _ = carried.ContinueWith(done => _open.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Told to stop.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        await Task.Yield();
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using (near)
        {
            near.NoDelay = true;
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _target.Port, ended.Token);
                var call = new Call();
                var first = await Task.WhenAny(UpAsync(near, far, call, ended.Token), DownAsync(far, near, call, ended.Token));
                await ended.CancelAsync();
                await first;
            }
            catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either end went away: the other is told below, by a reset.
            }

            near.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task UpAsync(Socket near, Socket far, Call call, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await near.ReceiveAsync(buffer, cancel)) > 0)
        {
            if (FirstLine(buffer.AsSpan(0, read)) is { } line) call.Fault = Choose(line);
            if (call.Fault is LineFault.ResetBeforeRequest) return;
            if (call.Fault is LineFault.Swallow) continue;
            await SendAsync(far, buffer.AsMemory(0, read), slowly: call.Fault is LineFault.SlowRequest, cancel);
        }
    }

    private async Task DownAsync(Socket far, Socket near, Call call, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await far.ReceiveAsync(buffer, cancel)) > 0)
        {
            if (call.Fault is LineFault.ResetBeforeAnswer) return;
            if (call.Fault is LineFault.Silence) continue;
            if (call.Fault is LineFault.Hold) await _release.Task.WaitAsync(cancel);
            await SendAsync(near, buffer.AsMemory(0, read), slowly: call.Fault is LineFault.SlowAnswer, cancel);
        }

        // Half-open stays half-open, whatever the far end thinks of it.
        if (call.Fault is LineFault.Silence or LineFault.Swallow) await Task.Delay(Timeout.Infinite, cancel);
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, bool slowly, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await to.SendAsync(slowly ? bytes[..1] : bytes, cancel);
            bytes = bytes[sent..];
            if (slowly) await Task.Delay(Second, cancel);
        }
    }

    private LineFault? Choose(string line)
    {
        lock (_rules)
        {
            if (_rules.Find(one => one.Times > 0 && line.Contains(one.Part, StringComparison.Ordinal)) is not { } rule) return null;
            if (rule.Times < int.MaxValue) rule.Times--;
            _met.Enqueue((rule.Fault, line));
            return rule.Fault;
        }
    }

    private static string? FirstLine(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("GET "u8) && !bytes.StartsWith("POST "u8) && !bytes.StartsWith("PATCH "u8)) return null;
        var end = bytes.IndexOf((byte)'\r');
        return Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private sealed class Call
    {
        /// <summary>What happens to the request that is under way.</summary>
        internal LineFault? Fault { get; set; }
    }

    private sealed record Rule(LineFault Fault, string Part)
    {
        internal int Times { get; set; }
    }
}
