using System.Xml.Linq;

namespace Hub.Architecture.Tests;

/// <summary>The checkout as it lies on disk.</summary>
internal static class House
{
    internal static string Root { get; } = FindRoot();

    /// <summary>Every project under a folder, by name, with its file.</summary>
    internal static IReadOnlyDictionary<string, XDocument> Projects(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => XDocument.Load(f), StringComparer.Ordinal);

    /// <summary>The C# files under a folder that people write, with their text.</summary>
    internal static IEnumerable<(string Path, string Text)> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(f => (f, File.ReadAllText(Path.Combine(Root, f))));

    internal static IEnumerable<string> References(XDocument project) => project.Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OmniHub.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No OmniHub.sln above {AppContext.BaseDirectory}.");
    }
}
