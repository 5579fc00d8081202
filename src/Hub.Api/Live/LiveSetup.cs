using Hub.Api.Access;
using Hub.Api.Edge.Json;
using Hub.Channels.Chat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Live;

/// <summary>Puts live updates into an application.</summary>
public static class LiveSetup
{
    private const int MaxMessageBytes = 4 * 1024;

    /// <summary>Registers the SignalR hub and what feeds it.</summary>
    /// <remarks>Needs from the host: IViews, IActors, <see cref="ILiveViews"/>, <see cref="ILiveDevices"/>, and AddHubAccess.</remarks>
    public static IServiceCollection AddHubLive(this IServiceCollection services, LiveOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<IChatPresence>(provider => provider.GetRequiredService<LiveConnections>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveConnections>());
        services.AddSingleton<LiveRefusals>();
        services.AddLogging(logging => logging.AddFilter(LiveRefusals.FrameworkCategory, LogLevel.None));
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = MaxMessageBytes;
            hub.EnableDetailedErrors = false;
            hub.AddFilter<LiveRefusals>();
        }).AddJsonProtocol(json => WireJson.ApplyOut(json.PayloadSerializerOptions));
        return services;
    }

    /// <summary>Maps <c>/live</c>.</summary>
    public static void MapHubLive(this IEndpointRouteBuilder routes) => routes.MapHub<LiveHub>("/live", connection =>
    {
        connection.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents;
        connection.CloseOnAuthenticationExpiration = false;
    }).MayBeCalledByChats();
}
