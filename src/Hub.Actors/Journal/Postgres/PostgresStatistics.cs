using Hub.Actors.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>Has the tables analysed when they have doubled: autovacuum may be off or late, and a plan made for an empty table is slow for a full one.</summary>
internal sealed partial class PostgresStatistics(ILogger log)
{
    // Below this many writes every plan is fast.
    private const long Fewest = 1_000;

    private long _written;
    private long _next = Fewest;

    /// <summary>Counts writes.</summary>
    public void Count(int writes) => _written += writes;

    /// <summary>Analyses if it is time. Tables that somebody else is analysing are passed over.</summary>
    public void Renew(PostgresSession writer)
    {
        if (_written < _next)
        {
            return;
        }

        _next = _written * 2;
        try
        {
            writer.Connect().Execute("ANALYZE (SKIP_LOCKED) streams, events, timers, postings, requests");
        }
        catch (Exception failure) when (failure is NpgsqlException or JournalUnavailableException or TimeoutException)
        {
            writer.Drop();
            LogPutOff(log, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Analysing the journal's tables was put off")]
    private static partial void LogPutOff(ILogger log, Exception failure);
}
