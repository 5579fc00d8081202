namespace Hub.Gateways.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class TempFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("omnihub-").FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether any file in it has these bytes in a row.</summary>
    internal bool Holds(ReadOnlySpan<byte> bytes)
    {
        // The lock file is empty, and nobody else may open it.
        foreach (var file in Directory.GetFiles(Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (copy.ToArray().AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
