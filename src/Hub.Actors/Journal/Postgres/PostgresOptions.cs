using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>Where a PostgreSQL journal lies and who may write it.</summary>
/// <param name="ConnectionString">As Npgsql reads it; names a database that is there. <c>ConnectionStrings:Journal</c>.</param>
/// <param name="Alone">
/// Whether one hub writes it at a time. The in-process engine needs that: its reactions and timers know of no other process. Engines
/// that share the work between nodes open it with others.
/// </param>
public sealed record PostgresOptions(string ConnectionString, bool Alone = true)
{
    // In seconds. Longer than a write can wait for its lock, so that it ends with an answer and not in doubt.
    private const int CommandTimeout = 30;

    // The journal walks along indexes only. Statistics that are missing or old must not turn a step of it into a scan, and compiling
    // a plan costs more than any of them. What a database or a role sets otherwise must not weaken a commit.
    private const string Session =
        "-c jit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c synchronous_commit=on " +
        "-c default_transaction_isolation=read\\ committed -c default_transaction_read_only=off " +
        "-c idle_in_transaction_session_timeout=5000 -c statement_timeout=0 " +
        "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    /// <summary>How long a write, or an opening, waits for another node's. At most 10 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Says what is wrong with a connection string, without repeating it; <c>null</c> when it can be used.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            var read = new NpgsqlConnectionStringBuilder(connectionString);
            return (read.Host, read.Database) switch
            {
                (null or "", _) => "it names no Host",
                (_, null or "") => "it names no Database",
                (var host, _) when host.Contains(',', StringComparison.Ordinal) => "it names several hosts; the journal is written and read on the primary, name that",
                _ => null,
            };
        }
        catch (ArgumentException)
        {
            // Npgsql's words may hold a part of the string, and that a password.
            return "it cannot be read. It looks like Host=localhost;Database=omnihub;Username=omnihub;Password=…";
        }
    }

    /// <summary>Host and database, for logs and errors.</summary>
    internal string Place => new NpgsqlConnectionStringBuilder(ConnectionString) is var read ? $"{read.Host}:{read.Port}/{read.Database}" : "";

    /// <summary>For a session that is kept.</summary>
    /// <param name="name">What the database calls it; at most 63 characters.</param>
    /// <param name="schema">Where it looks.</param>
    internal string Single(string name, string schema = PostgresSchema.Name)
    {
        var single = Common(schema);
        (single.ApplicationName, single.Pooling) = (name, false);
        return single.ConnectionString;
    }

    /// <summary>For readers of the journal.</summary>
    internal string Pooled()
    {
        var pooled = Common(PostgresSchema.Name);
        pooled.ApplicationName = "omnihub readers";
        return pooled.ConnectionString;
    }

    /// <summary>For sessions of another part of the hub.</summary>
    /// <param name="schema">Where they look; also what the database calls them.</param>
    /// <param name="most">How many at once, where the connection string allows more.</param>
    internal string Pooled(string schema, int most)
    {
        var pooled = Common(schema);
        pooled.ApplicationName = $"omnihub {schema}";
        pooled.MaxPoolSize = Math.Min(pooled.MaxPoolSize, most);
        pooled.MinPoolSize = Math.Min(pooled.MinPoolSize, pooled.MaxPoolSize);
        return pooled.ConnectionString;
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => Place;

    private NpgsqlConnectionStringBuilder Common(string schema)
    {
        var read = new NpgsqlConnectionStringBuilder(ConnectionString);
        read.Options = $"{read.Options} {Session} -c lock_timeout={LockTimeout.TotalMilliseconds:0}".TrimStart();
        read.SearchPath = schema;
        read.MaxAutoPrepare = 64;
        read.AutoPrepareMinUsages = 2;
        read.CommandTimeout = CommandTimeout;
        read.TcpKeepAlive = true;
        read.IncludeErrorDetail = false;
        return read;
    }
}
