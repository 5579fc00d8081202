using System.Diagnostics;
using System.Runtime.InteropServices;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Samples;

/// <summary>One of the programs in <c>samples/</c>, run as a reader would run it.</summary>
internal static class SampleProgram
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Runs a sample in a folder until it ends.</summary>
    /// <param name="command">Such as <c>node javascript/pay.mjs</c>: what runs it, and its path below <c>samples/</c>.</param>
    /// <param name="folder">Where it leaves its files.</param>
    /// <param name="hub">The hub it talks to.</param>
    /// <returns>What it wrote to standard output; the test is skipped where what runs it is not on this machine.</returns>
    internal static async Task<string> RunAsync(string command, string folder, Uri hub)
    {
        var words = command.Split(' ');
        var runner = words[0] == "dotnet" ? Sdk() : OnPath(words[0]);
        if (runner is null) Assert.Skip($"{words[0]} is not on this machine; install it to run samples/{words[^1]}.");
        var start = new ProcessStartInfo(runner!)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var word in words[1..^1]) start.ArgumentList.Add(word);
        start.ArgumentList.Add(Path.Combine(Root(), "samples", words[^1]));
        if (words[0] == "dotnet") start.ArgumentList.Add("--");
        start.ArgumentList.Add(hub.GetLeftPart(UriPartial.Authority));
        StandAlone(start.Environment);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(process.WaitForExitAsync(), output, errors).WaitAsync(Eventually.Patience);
        Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}: {await errors}{await output}");
        return await output;
    }

    // What the run of the tests has set for MSBuild is not meant for the sample; nor may a server of the compiler outlive it and hold its output open.
    private static void StandAlone(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) environment.Remove(name);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["PYTHONDONTWRITEBYTECODE"] = "1";
    }

    private static string? Sdk() => Directory.Exists(Path.Combine(Path.GetDirectoryName(Dotnet)!, "sdk")) ? Dotnet : null;

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OmniHub.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not lie below the solution.");
    }
}
