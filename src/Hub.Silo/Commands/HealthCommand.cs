using Microsoft.Extensions.Configuration;

namespace Hub.Silo.Commands;

/// <summary>Asks the hub, or the sandbox, that listens at the same settings whether it is ready. For containers, whose image has no other client.</summary>
/// <remarks>Ends with 0: ready, 1: not ready or not there.</remarks>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static async Task<int> RunAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(args).Build();
        var address = Own(HubSettings.ReadListen(configuration));
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/health/ready"));
            await Console.Out.WriteLineAsync($"{address}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address}: {silent.Message}");
            return 1;
        }
    }

    // What listens on every interface is asked on this machine's own.
    private static Uri Own(Uri listen) => listen.Host is "0.0.0.0" or "[::]" ? new UriBuilder(listen) { Host = "localhost" }.Uri : listen;
}
