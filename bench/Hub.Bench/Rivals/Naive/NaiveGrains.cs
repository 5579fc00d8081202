using Hub.Bench.Rivals.Naive;

namespace Hub.Bench.Rivals;

/// <summary>Naive grains, in a build with <c>HubEngine=Orleans</c>.</summary>
internal static class NaiveGrains
{
    /// <summary>Starts them on an empty database.</summary>
    public static async Task<IContender?> StartAsync(string connectionString) => await NaiveService.StartAsync(connectionString);
}
