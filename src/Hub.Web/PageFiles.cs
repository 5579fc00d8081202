using System.Collections.Frozen;
using System.Reflection;

namespace Hub.Web;

/// <summary>The built pages and their assets, read from this assembly once.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "wwwroot/";

    private readonly FrozenDictionary<string, PageFile> _files;

    private PageFiles(FrozenDictionary<string, PageFile> files) => _files = files;

    /// <summary>The names of all files, such as <c>shop.html</c> and <c>assets/shop.js</c>.</summary>
    internal IEnumerable<string> Names => _files.Keys;

    /// <summary>The file of a name; <c>null</c> when there is none. Names come from a closed list, so no path can climb out.</summary>
    internal PageFile? Find(string name) => _files.GetValueOrDefault(name);

    /// <summary>Reads every embedded file.</summary>
    /// <exception cref="InvalidOperationException">A resource that the manifest names cannot be opened: a broken build.</exception>
    internal static PageFiles Load()
    {
        var assembly = typeof(PageFiles).Assembly;
        return new PageFiles(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                // MSBuild writes the folder with the building machine's own separator.
                name => name[Prefix.Length..].Replace('\\', '/'),
                name => PageFile.Of(name, Read(assembly, name)),
                StringComparer.Ordinal));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var source = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded file {name} cannot be opened.");
        var bytes = new byte[source.Length];
        source.ReadExactly(bytes);
        return bytes;
    }
}
