namespace Hub.Bench.Rivals;

/// <summary>Naive grains, in a build that has no Orleans.</summary>
internal static class NaiveGrains
{
    /// <returns>Always <c>null</c>: build with <c>HubEngine=Orleans</c> to have them run too.</returns>
    public static Task<IContender?> StartAsync(string connectionString) => Task.FromResult<IContender?>(null);
}
