using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

[assembly: AssemblyFixture(typeof(Hub.Actors.Tests.Journal.Postgres.PostgresServer))]

namespace Hub.Actors.Tests.Journal.Postgres;

/// <summary>A real server for the run: Debian's, on a free port, in a folder that goes with it. It syncs, as in production.</summary>
/// <remarks>Started by the first test that asks. PostgreSQL refuses root, so that root starts it as the user that Debian's package makes.</remarks>
public sealed class PostgresServer : IDisposable
{
    private const string Missing = "PostgreSQL is not installed: apt-get install postgresql";
    private const string User = "postgres";

    // Seconds that pg_ctl waits, in place of its 60: a checkpoint on a machine where everything is busy takes its time.
    private const string Patience = "300";

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private readonly Lock _gate = new();
    private readonly string _password = RandomNumberGenerator.GetHexString(32);
    private DirectoryInfo? _folder;
    private int _port;
    private int _databases;

    private string Data => Path.Combine(_folder!.FullName, "data");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string. Skips the test where there is no server to start.</returns>
    public string NewDatabase(string settings = "")
    {
        Assert.SkipWhen(Programs is null, Missing);
        lock (_gate)
        {
            if (_folder is null)
            {
                Begin();
            }
        }

        var name = $"journal_{Interlocked.Increment(ref _databases)}";
        Execute(ConnectionString("postgres"), $"CREATE DATABASE {name} {settings}");
        return ConnectionString(name);
    }

    /// <summary>Carries out a statement in a session of its own.</summary>
    public static void Execute(string connectionString, string statement)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Stops it, as an operator in a hurry does: sessions are ended.</summary>
    public void Stop(string mode = "fast") => Run("pg_ctl", "-D", Data, "-m", mode, "-w", "-t", Patience, "stop");

    /// <summary>Starts it again, on the same port.</summary>
    public void Start() => Run("pg_ctl", "-D", Data, "-l", Path.Combine(_folder!.FullName, "log"), "-w", "-t", Patience, "-o", $"-p {_port}", "start");

    public void Dispose()
    {
        if (_folder is { } folder)
        {
            NpgsqlConnection.ClearAllPools();
            Stop("immediate");
            folder.Delete(recursive: true);
        }
    }

    // Below the ports that outgoing connections are given: one of those would take it while the server is stopped.
    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next.
            }
        }
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={User};Password={_password};Timeout=5;Maximum Pool Size=10";

    private void Begin()
    {
        _folder = Directory.CreateTempSubdirectory("hub-postgres-");
        var password = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(password, _password);
        if (Environment.IsPrivilegedProcess)
        {
            Run(asRoot: true, "chown", "-R", User, _folder.FullName);
        }

        Run("initdb", "-D", Data, "-U", User, "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256", $"--pwfile={password}");
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            shared_buffers = 32MB
            fsync = on
            """);
        _port = FreePort();
        Start();
    }

    private static void Run(string program, params string[] arguments) => Run(asRoot: false, Path.Combine(Programs!, program), arguments);

    private static void Run(bool asRoot, string program, params string[] arguments)
    {
        string[] line = Environment.IsPrivilegedProcess && !asRoot ? ["runuser", "-u", User, "--", program, .. arguments] : [program, .. arguments];
        // Output is not redirected: the server would inherit the pipe and keep it open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. line]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', line)} ended with {process.ExitCode}.");
    }
}

/// <summary>Tests that share the server do not run side by side: some of them stop it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests
{
    public const string Name = "postgres";
}
