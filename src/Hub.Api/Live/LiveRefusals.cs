using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Live;

/// <summary>Tells refusals from failures: what a watcher may not have is one line, a failure of ours an error with its stack.</summary>
/// <remarks>The framework's own dispatcher logs either as an error, so whoever guesses topics would fill the log; <see cref="LiveSetup"/> silences it.</remarks>
internal sealed partial class LiveRefusals(ILogger<LiveRefusals> log) : IHubFilter
{
    /// <summary>The category under which the framework logs whatever a hub method throws.</summary>
    internal const string FrameworkCategory = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (HubException refusal)
        {
            LogRefused(invocationContext.HubMethodName, refusal.Message, invocationContext.Context.ConnectionId);
            throw;
        }
        catch (OperationCanceledException) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            LogFailed(invocationContext.HubMethodName, invocationContext.Context.ConnectionId, failure);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "Live connection {ConnectionId} was refused {Method}: {Code}")]
    private partial void LogRefused(string method, string code, string connectionId);

    [LoggerMessage(LogLevel.Error, "Live connection {ConnectionId}: {Method} failed")]
    private partial void LogFailed(string method, string connectionId, Exception failure);
}
