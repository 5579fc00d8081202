namespace Hub.Domain.Tests.Testing;

/// <summary>Files of the checkout that tests hold to account. With <c>HUB_ACCEPT=1</c> they are rewritten instead.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    internal static bool Accepts => Environment.GetEnvironmentVariable("HUB_ACCEPT") == "1";

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OmniHub.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No OmniHub.sln above {from}.");
    }
}
