using System.Diagnostics;
using Hub.EndToEnd.Support;

namespace Hub.Faults.Support;

/// <summary>A file system of a few megabytes in memory, which a test fills up and empties again.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    /// <summary>What to do where it may not be mounted.</summary>
    internal const string Need = "A tmpfs cannot be mounted here. Run as root, in a container with CAP_SYS_ADMIN.";

    private readonly string _ballast;

    private SmallDisk(string folder)
    {
        Folder = folder;
        _ballast = Path.Combine(folder, "ballast");
    }

    /// <summary>Where it is mounted.</summary>
    internal string Folder { get; }

    /// <summary>Mounts one; <c>null</c> where that is not allowed.</summary>
    /// <param name="megabytes">Its size.</param>
    internal static async Task<SmallDisk?> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("omnihub-small-").FullName;
        if (OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) == 0) return new SmallDisk(folder);
        Directory.Delete(folder);
        return null;
    }

    /// <summary>Fills it up.</summary>
    /// <param name="leaving">How many bytes stay free; a multiple of a page.</param>
    internal void Fill(long leaving)
    {
        using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        while (new DriveInfo(Folder).AvailableFreeSpace > leaving) file.Write(page);
    }

    /// <summary>Gives the space back.</summary>
    internal void Empty() => File.Delete(_ballast);

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await RunAsync("umount", Folder));
        Directory.Delete(Folder);
    }

    private static async Task<int> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return process.ExitCode;
    }
}
