using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Tests.Feed;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Actors.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hub.Actors.Tests.Hosting;

[Collection(PostgresTests.Name)]
public sealed class EngineRegistrationTests(PostgresServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_engine_starts_and_stops_with_its_host_and_runs_the_registered_reactions(bool postgres)
    {
        using var folder = new Folder();
        var database = postgres ? new PostgresOptions(server.NewDatabase()) : null;
        var seen = new Recorder("seen");
        for (var run = 1; run <= 2; run++)
        {
            var builder = new HostApplicationBuilder();
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddSingleton<IReaction>(seen);
            builder.Services.AddHubEngine(new EngineOptions { DataFolder = Path.Combine(folder.Root, "data"), Postgres = database }, Till.Kind);
            using var host = builder.Build();
            await host.StartAsync(Workbench.Cancel);

            await host.Services.GetRequiredService<IActors>().SendAsync(Till.Kind["a"], new Envelope($"c{run}", new TillCommand.Deposit(1)), Workbench.Cancel);
            await host.Services.GetRequiredService<HubEngine>().SettledAsync(Workbench.Cancel);

            Assert.Equal(run, seen.Finished.Count);
            Assert.Equal(run, host.Services.GetRequiredService<IViews>().List(new ViewQuery("till")).Rows[0].Version);
            Assert.Equal(2, host.Services.GetRequiredService<IBooks>().Balances().Count);
            Assert.IsType<Reservation.Mine>(await host.Services.GetRequiredService<IRequests>().ReserveAsync(new RequestKey("m", $"k{run}"), "f", "id", Workbench.Cancel));
            await host.StopAsync(Workbench.Cancel);
        }
    }
}
