using System.Diagnostics;
using System.Globalization;

namespace Hub.Bench.Live;

/// <summary>Many watchers in a process of their own, so that what they cost is not taken for the hub's, and they have its limit of open files to themselves.</summary>
internal static class Audience
{
    /// <summary>The word on the command line that makes this program an audience.</summary>
    public const string Word = "audience";

    private const int AtOnce = 32;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    /// <summary>Starts one and waits until all of it watches.</summary>
    /// <returns>The process; it ends when its input is closed.</returns>
    public static async Task<Process> GatherAsync(Uri hub, string token, string topic, int count)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // Under `dotnet bench.dll` the process is dotnet, and the first argument is the program.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in (string[])[Word, hub.AbsoluteUri, token, topic, count.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() is "ready") return process;
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The watchers ended with {process.ExitCode} before all of them were connected.");
    }

    /// <summary>Is one, until its input is closed.</summary>
    /// <param name="args">As <see cref="GatherAsync"/> passes them.</param>
    public static async Task<int> BeAsync(string[] args)
    {
        var (hub, token, topic, count) = (new Uri(args[1]), args[2], args[3], int.Parse(args[4], CultureInfo.InvariantCulture));
        var watchers = Enumerable.Range(0, count).Select(_ => new Watcher()).ToArray();
        using var left = new CancellationTokenSource();
        var opening = 0;
        var pinging = PingAsync(() => watchers.Take(Volatile.Read(ref opening)).Where(one => !one.Live.IsCompleted), left.Token);
        foreach (var some in watchers.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(one => one.OpenAsync(hub, token, [topic], _ => { })));
            opening += some.Length;
        }

        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadToEndAsync(CancellationToken.None);
        await left.CancelAsync();
        await pinging;
        Array.ForEach(watchers, one => one.Dispose());
        return 0;
    }

    private static async Task PingAsync(Func<IEnumerable<Watcher>> watchers, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            foreach (var one in watchers())
            {
                await one.PingAsync();
            }

            await Task.Delay(PingEvery, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
