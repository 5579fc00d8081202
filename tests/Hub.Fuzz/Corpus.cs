namespace Hub.Fuzz;

/// <summary>The inputs kept in the repository: <c>tests/Hub.Fuzz/Corpus/&lt;target&gt;/</c>, seeds and every failure that was found.</summary>
public static class Corpus
{
    private const int MostOutcomes = 2_000;

    /// <summary>The folder of a target.</summary>
    public static string FolderOf(string target) => Path.Combine(Root(), "tests", "Hub.Fuzz", "Corpus", target);

    /// <summary>Every input of a target with its file's name, in the order of names.</summary>
    /// <exception cref="DirectoryNotFoundException">The target has no corpus.</exception>
    public static IReadOnlyList<(string File, byte[] Input)> Of(string target) =>
        [.. Directory.EnumerateFiles(FolderOf(target)).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];

    /// <summary>Whether another outcome is worth remembering.</summary>
    internal static bool HasRoom(int outcomes) => outcomes < MostOutcomes;

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OmniHub.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No OmniHub.sln above {AppContext.BaseDirectory}.");
    }
}
