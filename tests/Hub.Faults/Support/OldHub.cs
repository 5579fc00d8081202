using System.IO.Compression;
using System.Text.Json;
using Hub.EndToEnd.Support;

namespace Hub.Faults.Support;

/// <summary>This build, on a data folder that another version left behind.</summary>
public sealed class OldHub : RunningHub
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omnihub-old-").FullName;

    /// <summary>Unpacks what was recorded.</summary>
    internal OldHub(string archive) => ZipFile.ExtractToDirectory(archive, _folder);

    /// <inheritdoc/>
    protected override string Folder => _folder;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings => [$"--Hub:SandboxClock={RecordedHub.Replay}", RecordedHub.MasterKey];

    /// <summary>What clients were told then.</summary>
    internal IReadOnlyList<Acknowledgment> Told => Read<List<Acknowledgment>>(RecordedHub.ToldFile);

    /// <summary>What the payments looked like then.</summary>
    internal IReadOnlyList<JsonElement> Payments => Read<List<JsonElement>>(RecordedHub.PaymentsFile);

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        await base.StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(_folder, file)))!;
}
