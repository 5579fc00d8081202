using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Hub.EndToEnd.Support;

/// <summary>The executable in a process of its own, as it stands beside these tests.</summary>
internal sealed class HubProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private bool _disposed;

    private HubProcess(Process process) => _process = process;

    /// <summary>Its number, for whoever wants to signal or trace it.</summary>
    internal int Id => _process.Id;

    /// <summary>Whether it ended.</summary>
    internal bool HasEnded => _process.HasExited;

    /// <summary>What it wrote to standard output so far.</summary>
    internal string Output => Read(_output);

    /// <summary>What it wrote to standard error so far.</summary>
    internal string Errors => Read(_errors);

    internal static HubProcess Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Hub.Silo.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var running = new HubProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => Write(running._output, line.Data);
        running._process.ErrorDataReceived += (_, line) => Write(running._errors, line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Types a line into its standard input.</summary>
    internal void Type(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>Until a path below its address answers 200.</summary>
    internal Task ReadyAsync(Uri address, string path) => Eventually.HoldsAsync(
        async () =>
        {
            if (_process.HasExited) throw new Xunit.Sdk.XunitException($"The process ended with {_process.ExitCode}: {Errors}{Output}");
            using var http = new HttpClient { BaseAddress = address };
            try
            {
                using var answer = await http.GetAsync(path);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        $"{address} to answer",
        () => Task.FromResult(Errors + Output));

    /// <summary>Its exit code, once it ended by itself.</summary>
    internal async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return _process.ExitCode;
    }

    /// <summary>kill -9: nothing is flushed, nobody is told.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Read(StringBuilder written)
    {
        lock (written) return written.ToString();
    }

    private static void Write(StringBuilder written, string? line)
    {
        if (line is null) return;
        lock (written) written.AppendLine(line);
    }
}
