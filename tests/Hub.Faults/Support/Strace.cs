using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Hub.EndToEnd.Support;

namespace Hub.Faults.Support;

/// <summary>One system call of a traced process.</summary>
/// <param name="Name">Such as <c>fsync</c>.</param>
/// <param name="Text">Its arguments, with file names and both ends of sockets.</param>
/// <param name="Began">When it was entered, counted in lines of the trace.</param>
/// <param name="Ended">When it returned; the largest number while it has not.</param>
/// <param name="Result">What it returned.</param>
internal sealed record SystemCall(string Name, string Text, int Began, int Ended, string Result);

/// <summary>strace, attached to a running process: it writes down system calls, or makes them fail or wait.</summary>
/// <remarks>
/// The order of its lines is the order of cause and effect: a call's end is written before its thread goes on, a call's begin
/// before its effect.
/// </remarks>
internal sealed partial class Strace : IAsyncDisposable
{
    /// <summary>What to do where it is missing.</summary>
    internal const string Install = "strace is not installed. On Debian: apt-get install strace";

    // Longer than a page of SQLite and than any answer.
    private const string LongestText = "16384";

    private readonly Process _process;
    private readonly string _file;

    private Strace(Process process, string file) => (_process, _file) = (process, file);

    /// <summary>Whether it is there, and may be used.</summary>
    internal static bool IsThere => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "strace")));

    /// <summary>Attaches to a process and all its threads; completes once it is attached.</summary>
    /// <param name="process">Its number.</param>
    /// <param name="options">What it traces, and what it does to it.</param>
    internal static async Task<Strace> AttachAsync(int process, params string[] options)
    {
        var file = Path.GetTempFileName();
        var start = new ProcessStartInfo("strace", ["-f", "-yy", "-s", LongestText, "-o", file, .. options, "-p", $"{process}"]) { RedirectStandardError = true };
        var running = Process.Start(start)!;
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = "";
        running.ErrorDataReceived += (_, line) =>
        {
            said += line.Data;
            if (line.Data is null) attached.TrySetException(new Xunit.Sdk.XunitException($"strace ended: {said}"));
            if (line.Data?.Contains(" attached", StringComparison.Ordinal) is true) attached.TrySetResult();
        };
        running.BeginErrorReadLine();
        await attached.Task.WaitAsync(Eventually.Patience);
        return new Strace(running, file);
    }

    /// <summary>Detaches; the process goes on untouched.</summary>
    /// <returns>Every call it wrote down, in order of its begin.</returns>
    internal async Task<IReadOnlyList<SystemCall>> DetachAsync()
    {
        if (!_process.HasExited) Signals.Send(_process.Id, PosixSignalNumber.Interrupt);
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return Read(await File.ReadAllLinesAsync(_file));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await DetachAsync();
        _process.Dispose();
        File.Delete(_file);
    }

    private static List<SystemCall> Read(string[] lines)
    {
        var calls = new List<SystemCall>();
        var open = new Dictionary<string, int>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (Resumed().Match(lines[at]) is { Success: true } end)
            {
                if (open.Remove(end.Groups[1].Value, out var index)) calls[index] = calls[index] with { Ended = at, Result = ResultOf(lines[at]) };
            }
            else if (Called().Match(lines[at]) is { Success: true } begin)
            {
                var unfinished = lines[at].EndsWith("<unfinished ...>", StringComparison.Ordinal);
                if (unfinished) open[begin.Groups[1].Value] = calls.Count;
                calls.Add(new(begin.Groups[2].Value, begin.Groups[3].Value, at, unfinished ? int.MaxValue : at, unfinished ? "" : ResultOf(lines[at])));
            }
        }

        return calls;
    }

    private static string ResultOf(string line) => line[(line.LastIndexOf(" = ", StringComparison.Ordinal) + 3)..];

    [GeneratedRegex(@"^(\d+) +<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(\d+) +(\w+)\((.*)$")]
    private static partial Regex Called();
}

/// <summary>The signals the tests send, by Linux's numbers.</summary>
internal enum PosixSignalNumber
{
    Interrupt = 2,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

/// <summary>Sends signals.</summary>
internal static partial class Signals
{
    /// <summary>Sends one to a process that this test started.</summary>
    internal static void Send(int process, PosixSignalNumber signal) => Assert.Equal(0, Kill(process, (int)signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
