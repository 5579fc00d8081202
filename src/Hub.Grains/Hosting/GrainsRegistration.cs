using Hub.Actors;
using Hub.Actors.Turns;
using Hub.Grains.Partitions;
using Hub.Grains.Snapshots;
using Hub.Grains.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Hub.Grains.Hosting;

/// <summary>Registers what a node of the cluster needs, whatever it is run by: the executable or a test.</summary>
public static class GrainsRegistration
{
    /// <summary>Sends every command through the cluster. Call it before the engine is built; the engine's options must not own every partition.</summary>
    /// <param name="services">Orleans, as a silo or as a client, is registered beside.</param>
    /// <param name="ways">The grains, by the name of their kind.</param>
    public static IServiceCollection AddGrainActors(this IServiceCollection services, IReadOnlyDictionary<string, GrainWay> ways)
    {
        // The hub's clock may be the sandbox's, which stands still or jumps. Leases, probes and time-outs of the cluster go by the machine's.
        services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => TimeProvider.System);
        services.AddSerializer(AddDomain);
        services.Configure<ExceptionSerializationOptions>(options =>
        {
            options.SupportedNamespacePrefixes.Add("Hub");
            options.SupportedNamespacePrefixes.Add("Npgsql");
        });
        services.AddSingleton<Func<TurnTaker, IActorHost>>(provider =>
            _ => new OrleansActors(provider.GetRequiredService<IGrainFactory>(), ways, () => provider.GetService<GrainParts>()?.Resident ?? 0));
        return services;
    }

    /// <summary>Adds the grains, and the owners of partitions, to a silo. Reminders, members and snapshots are the caller's to choose.</summary>
    /// <param name="silo">The silo; its services hold the engine.</param>
    public static ISiloBuilder AddHubGrains(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.AddPlacementDirector<PartitionPlacement, PartitionPlacementDirector>();
        silo.Services.AddSingleton<GrainParts>();
        silo.Services.AddSingleton<PartitionSites>();
        silo.Services.AddSingleton<PartitionWaker>();

        // Behind the silo's own service: it begins after that, and ends before.
        silo.Services.AddHostedService(provider => provider.GetRequiredService<PartitionWaker>());
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(10));
        return silo;
    }

    private static void AddDomain(ISerializerBuilder serializer) => serializer.AddJsonSerializer(
        isSerializable: DomainJson.Covers,
        isCopyable: null,
        configure => configure.Configure<KindCatalog>((options, kinds) =>
            options.SerializerOptions = DomainJson.Options(kinds.All)));
}
