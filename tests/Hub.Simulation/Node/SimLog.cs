using Hub.Simulation.Core;
using Microsoft.Extensions.Logging;

namespace Hub.Simulation.Node;

/// <summary>Hears what a process logs. An actor whose rules threw, and a reaction that gave up, are bugs; warnings belong to the story.</summary>
internal sealed class SimLog(World world, string who) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category(world, who, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Category(World world, string who, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error || (logLevel >= LogLevel.Warning && world.Story is not null);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            world.Story?.Tell(world.Now, who, $"{formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
            if (eventId.Name == "LogParked")
            {
                world.Break(0, $"{name}: {formatter(state, exception)}: {exception}");
            }
        }
    }
}
