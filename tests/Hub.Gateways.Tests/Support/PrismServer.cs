using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hub.Testing;

/// <summary>Prism from npm, serving a published OpenAPI document: what does not fit it is answered with 422. The documents lie outside this repository, in the folder <c>HUB_CONTRACTS</c> names.</summary>
/// <param name="document">The file's name.</param>
/// <param name="ownExamples">Whether the document's own examples are held against it as well; not every publisher's are right.</param>
public abstract class PrismServer(string document, bool ownExamples = true) : IAsyncLifetime
{
    private const string Package = "@stoplight/prism-cli@5.14.2";

    private readonly StringBuilder _said = new();
    private Process? _process;

    /// <summary>Why it does not run; <c>null</c> where it does.</summary>
    public string? Skip { get; private set; }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("HUB_CONTRACTS") is { Length: > 0 } folder ? Path.Combine(folder, document) : null;
        Skip = !File.Exists(path) ? $"HUB_CONTRACTS names no folder with {document}." : Npx() is null ? "npx is not installed: install Node with npm." : null;
        if (Skip is not null) return;
        var start = new ProcessStartInfo(Npx()!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--yes", Package, "mock", .. ownExamples ? ["--errors"] : Array.Empty<string>(), "-h", Address.Host, "-p", $"{Address.Port}", path!])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        var listening = new TaskCompletionSource();
        _process.OutputDataReceived += (_, line) => Hear(line.Data, listening);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, listening);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("Prism ended before it listened."));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await listening.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
        catch (InvalidOperationException ended)
        {
            throw new InvalidOperationException($"{ended.Message} It said: {Said}", ended);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    private void Hear(string? line, TaskCompletionSource listening)
    {
        lock (_said) _said.AppendLine(line);
        if (line?.Contains("Prism is listening", StringComparison.Ordinal) is true) listening.TrySetResult();
    }

    private static string? Npx() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "npx.cmd" : "npx"))
        .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
