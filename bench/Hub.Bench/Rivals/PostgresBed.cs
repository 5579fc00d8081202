using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Hub.Bench.Rivals;

/// <summary>A PostgreSQL of the run's own: Debian's, on a free port, in a folder that goes with it. It syncs every commit, as in production.</summary>
internal sealed class PostgresBed : IDisposable
{
    private const string User = "postgres";

    // USER_HZ of Linux; it is 100 on every machine that .NET runs on.
    private const double TicksPerSecond = 100;

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-bench-postgres-");
    private readonly string _password = RandomNumberGenerator.GetHexString(32);
    private readonly int _port = FreePort();
    private readonly int _server;

    private PostgresBed()
    {
        var password = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(password, _password);
        if (Environment.IsPrivilegedProcess) Run(asUser: false, "chown", "-R", User, _folder.FullName);
        Run(asUser: true, Program("initdb"), "-D", Data, "-U", User, "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256", $"--pwfile={password}");
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\nfsync = on\nsynchronous_commit = on\n");
        Run(asUser: true, Program("pg_ctl"), "-D", Data, "-l", Path.Combine(_folder.FullName, "log"), "-w", "-o", $"-p {_port}", "start");
        _server = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
    }

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Starts one; <c>null</c> where PostgreSQL is not installed.</summary>
    public static PostgresBed? Start() => Programs is null ? null : new PostgresBed();

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string NewDatabase(string name)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        create.ExecuteNonQuery();
        return ConnectionString(name);
    }

    /// <summary>Processor time of the server and of its sessions so far, those that ended included.</summary>
    public TimeSpan Cpu()
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (Read(Path.Combine(folder, "stat")) is not { } stat) continue;
            var own = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture) == _server;

            // After the name in brackets: state, parent, …; 12th and 13th its own time, 14th and 15th that of children which ended.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (!own && int.Parse(fields[1], CultureInfo.InvariantCulture) != _server) continue;
            ticks += fields[11..(own ? 15 : 13)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Run(asUser: true, Program("pg_ctl"), "-D", Data, "-m", "immediate", "-w", "stop");
        _folder.Delete(recursive: true);
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // The process ended since the folder was listed: its parent has its time by now.
            return null;
        }
    }

    private static string Program(string name) => Path.Combine(Programs!, name);

    // Below the ports that outgoing connections are given.
    private static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(15_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next.
            }
        }
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={User};Password={_password};Maximum Pool Size=64";

    // initdb refuses root. Output is not redirected: the server would inherit the pipe and keep it open.
    private static void Run(bool asUser, string program, params string[] arguments)
    {
        string[] line = Environment.IsPrivilegedProcess && asUser ? ["runuser", "-u", User, "--", program, .. arguments] : [program, .. arguments];
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. line]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', line)} ended with {process.ExitCode}.");
    }
}
