using Hub.Actors.Feed;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Journal.Sqlite;
using Hub.Actors.Ports;
using Hub.Actors.Turns;
using Hub.Actors.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Hosting;

/// <summary>Registers the in-process engine.</summary>
public static class EngineRegistration
{
    /// <summary>
    /// Adds the engine over a journal in SQLite or PostgreSQL: <see cref="IActors"/>, <see cref="IRequests"/>, <see cref="IViews"/>, <see cref="IBooks"/>,
    /// <see cref="HubEngine"/>, and the hosted service that starts and stops it. Every registered <see cref="IReaction"/> is run. Actors live in
    /// this process's memory, unless a function from <see cref="TurnTaker"/> to <see cref="IActorHost"/> is registered.
    /// </summary>
    /// <param name="services">A <see cref="TimeProvider"/> must be registered too: the executable chooses the clock.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="kinds">Every kind of actor.</param>
    public static IServiceCollection AddHubEngine(this IServiceCollection services, EngineOptions options, params ActorKind[] kinds)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        services.TryAddSingleton<IdSource>();
        services.AddSingleton(options);
        services.AddSingleton(new KindCatalog(kinds));
        services.AddSingleton<WriterThread>();
        services.AddSingleton(provider => OpenJournal(provider, options));
        services.AddSingleton(provider => new EngineParts(
            provider.GetRequiredService<IJournalStore>(),
            provider.GetRequiredService<KindCatalog>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<WriterThread>(),
            options,
            provider.GetRequiredService<ILoggerFactory>()) { Host = provider.GetService<Func<TurnTaker, IActorHost>>() });
        services.AddSingleton<HubEngine>();
        services.AddSingleton(provider => provider.GetRequiredService<HubEngine>().Actors);
        services.AddSingleton(provider => provider.GetRequiredService<HubEngine>().Requests);
        services.AddSingleton(provider => provider.GetRequiredService<HubEngine>().Views);
        services.AddSingleton(provider => provider.GetRequiredService<HubEngine>().Books);
        services.AddHostedService<EngineHost>();
        return services;
    }

    private static IJournalStore OpenJournal(IServiceProvider provider, EngineOptions options)
    {
        var random = provider.GetRequiredService<IRandomSource>();
        return options.Postgres is { } database
            ? PostgresJournal.Open(database, random, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresJournal>>())
            : SqliteJournal.Open(new SqliteJournalOptions(options.JournalPath, options.FailFast), random, provider.GetRequiredService<ILogger<SqliteJournal>>());
    }
}

/// <summary>Starts the engine with the process and stops it in order.</summary>
internal sealed class EngineHost(HubEngine engine, IEnumerable<IReaction> reactions) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(reactions, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync().WaitAsync(cancellationToken);
}
