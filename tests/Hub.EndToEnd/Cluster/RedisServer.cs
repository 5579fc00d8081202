using System.Diagnostics;
using System.Net.Sockets;
using Hub.EndToEnd.Support;

[assembly: AssemblyFixture(typeof(Hub.EndToEnd.Cluster.RedisServer))]

namespace Hub.EndToEnd.Cluster;

/// <summary>A real Redis for the run, on a free port, with nothing on disk. Started by the first test that asks.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly Lock _gate = new();
    private Process? _process;
    private int _port;
    private int _databases;

    /// <summary>An empty database: nodes that share one are one cluster.</summary>
    /// <returns>Its connection string. Skips the test where there is no server to start.</returns>
    public string NewDatabase()
    {
        lock (_gate)
        {
            if (_process is null) Begin();
            return $"127.0.0.1:{_port},defaultDatabase={_databases++}";
        }
    }

    public void Dispose()
    {
        if (_process is not { } running) return;
        running.Kill();
        running.WaitForExit();
        running.Dispose();
    }

    private void Begin()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "Redis is not installed: apt-get install redis-server");
        _port = RunningHub.FreePort();
        _process = Process.Start(new ProcessStartInfo(program!, ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--logfile", "/dev/null"]) { WorkingDirectory = Path.GetTempPath() })!;
        while (!Answers())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.False(_process.HasExited, "redis-server ended.");
        }
    }

    private bool Answers()
    {
        try
        {
            using var line = new TcpClient("127.0.0.1", _port);
            line.GetStream().Write("PING\r\n"u8);
            return line.GetStream().ReadByte() == '+';
        }
        catch (Exception unready) when (unready is SocketException or IOException)
        {
            return false;
        }
    }
}
