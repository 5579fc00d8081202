using System.Globalization;
using Hub.Actors.Journal.Postgres;
using Hub.Api.Access;
using Hub.Gateways.Routing;
using Hub.Gateways.Stripe;
using Hub.Sandbox;
using Hub.Silo.Cluster;

namespace Hub.Silo;

/// <summary>A setting that cannot be used: which, why, and what to do. One line; the process ends with 1.</summary>
internal sealed class SettingException(string message) : Exception(message);

/// <summary>Everything the hub is told at the start, read and checked once.</summary>
internal sealed record HubSettings
{
    // A few seconds for one password; more would be a way to keep the hub busy.
    private const int MostIterations = 10_000_000;

    /// <summary><c>Hub:Mode</c>: sandbox or live.</summary>
    internal required bool Sandbox { get; init; }

    /// <summary><c>Hub:Data</c>: the folder of the journal, the vault and their keys.</summary>
    internal required string Data { get; init; }

    /// <summary><c>Hub:Journal</c> and <c>ConnectionStrings:Journal</c>: the journal's database; <c>null</c> for a SQLite file in the data folder.</summary>
    internal PostgresOptions? Journal { get; init; }

    /// <summary><c>ConnectionStrings:Vault</c>: the database of the vault and of who may call; the journal's where it is not set, <c>null</c> for SQLite files.</summary>
    internal PostgresOptions? Vault { get; init; }

    /// <summary><c>Hub:Actors</c> and what belongs to it; <c>null</c> for the in-process engine.</summary>
    internal ClusterChoice? Cluster { get; init; }

    /// <summary>The address to listen on: <c>--urls</c>.</summary>
    internal required Uri Listen { get; init; }

    /// <summary><c>Hub:PublicUrl</c>: what callbacks and links are built from and signatures are checked against.</summary>
    internal required Uri PublicUrl { get; init; }

    /// <summary><c>Hub:ChatOrigins</c>: origins of shops whose pages may hold the chat, with spaces or commas between them; none by default.</summary>
    internal IReadOnlyList<string> ChatOrigins { get; init; } = [];

    /// <summary><c>Hub:Sandbox</c>: the address of a sandbox that runs as a process of its own; <c>null</c> for one in this process.</summary>
    internal Uri? SandboxUrl { get; init; }

    /// <summary><c>Hub:SandboxSmtpPort</c>: the sandbox's mail server; 0 takes any free port.</summary>
    internal int SandboxSmtpPort { get; init; }

    /// <summary><c>Hub:SandboxClock</c>: when the sandbox's clock begins; <c>null</c> for now.</summary>
    internal DateTimeOffset? SandboxClock { get; init; }

    /// <summary><c>Hub:MasterKey</c>: base64 of 32 bytes.</summary>
    internal string? MasterKey { get; init; }

    /// <summary><c>Hub:MasterKeyFile</c>.</summary>
    internal string? MasterKeyFile { get; init; }

    /// <summary><c>Hub:PasswordIterations</c>: PBKDF2 rounds of a new password's digest.</summary>
    internal int PasswordIterations { get; init; }

    /// <summary><c>Gateways:Stripe</c>; <c>null</c> where it is not set up.</summary>
    internal StripeOptions? Stripe { get; init; }

    /// <summary><c>Gateways:Routing</c>: which gateway takes what.</summary>
    internal RoutingOptions Routing { get; init; } = RoutingOptions.Default;

    /// <summary>Where the outside parties are.</summary>
    internal Uri OutsideUrl => SandboxUrl ?? Listen;

    internal static HubSettings Read(IConfiguration configuration)
    {
        var mode = configuration["Hub:Mode"] ?? "sandbox";
        if (mode is not ("sandbox" or "live")) throw new SettingException($"Hub:Mode is '{mode}': it must be sandbox or live.");
        var listen = ReadListen(configuration);
        var journal = ReadJournal(configuration);
        var settings = new HubSettings
        {
            Sandbox = mode == "sandbox",
            Data = Path.GetFullPath(configuration["Hub:Data"] ?? "./data"),
            Cluster = ClusterChoice.Read(configuration),
            Journal = journal,
            Vault = ReadVault(configuration, journal),
            Listen = listen,
            PublicUrl = configuration["Hub:PublicUrl"] is { } url ? Address("Hub:PublicUrl", url) : listen,
            ChatOrigins = ReadChatOrigins(configuration["Hub:ChatOrigins"] ?? "", mode == "sandbox"),
            SandboxUrl = ReadSandbox(configuration),
            SandboxSmtpPort = Port("Hub:SandboxSmtpPort", configuration["Hub:SandboxSmtpPort"] ?? "2525"),
            SandboxClock = configuration["Hub:SandboxClock"] is { Length: > 0 } clock ? Time("Hub:SandboxClock", clock) : null,
            MasterKey = configuration["Hub:MasterKey"],
            MasterKeyFile = configuration["Hub:MasterKeyFile"],
            PasswordIterations = ReadIterations(configuration["Hub:PasswordIterations"], mode == "sandbox"),
            Stripe = GatewaySettings.ReadStripe(configuration, mode == "sandbox"),
            Routing = GatewaySettings.ReadRouting(configuration),
        };
        if (!settings.Sandbox) RefuseSandboxParts(settings, configuration);
        return settings;
    }

    // Live mode refuses to start with sandbox parts, default keys or plain HTTP callbacks.
    private static void RefuseSandboxParts(HubSettings settings, IConfiguration configuration)
    {
        if (settings.PublicUrl.Scheme != Uri.UriSchemeHttps) throw new SettingException("Hub:PublicUrl must be https in live mode: callbacks are not sent in the clear.");
        if (settings.SandboxUrl is not null) throw new SettingException("Hub:Sandbox must not be set in live mode.");
        var worthless = configuration.AsEnumerable().FirstOrDefault(pair => pair.Value is { } value && SandboxKeys.All.Any(key => value.Contains(key, StringComparison.Ordinal)));
        if (worthless.Key is { } name) throw new SettingException($"{name} holds a key of the sandbox, which everybody knows. Set your own in live mode.");
        if (settings.Stripe is null) throw new SettingException("Hub:Mode is live, and no bank is set up. Set Gateways:Stripe:ApiKey, or run it with Hub:Mode=sandbox.");
    }

    /// <summary>The first address to listen on.</summary>
    /// <exception cref="SettingException">It is no address.</exception>
    internal static Uri ReadListen(IConfiguration configuration) =>
        Address("urls", (configuration["urls"] ?? "http://localhost:5080").Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal));

    /// <summary>Where a sandbox of its own is reached: for the hub that speaks to it, and for the sandbox itself.</summary>
    /// <returns><c>null</c> where it is not set.</returns>
    /// <exception cref="SettingException">It is no address.</exception>
    internal static Uri? ReadSandbox(IConfiguration configuration) =>
        configuration["Hub:Sandbox"] is { Length: > 0 } outside ? Address("Hub:Sandbox", outside) : null;

    /// <summary>Where the journal is, for the hub and for whoever reads it.</summary>
    /// <returns><c>null</c> for SQLite.</returns>
    /// <exception cref="SettingException">It is in no place this build knows.</exception>
    internal static PostgresOptions? ReadJournal(IConfiguration configuration)
    {
        var kind = configuration["Hub:Journal"] ?? "sqlite";
        if (kind == "sqlite") return null;
        if (kind != "postgres") throw new SettingException($"Hub:Journal is '{kind}': it must be sqlite or postgres.");
        var database = configuration.GetConnectionString("Journal");
        if (string.IsNullOrWhiteSpace(database)) throw new SettingException("Hub:Journal is postgres, so ConnectionStrings:Journal must be set, such as Host=localhost;Database=omnihub;Username=omnihub;Password=…");
        return Database("Journal", database);
    }

    private static PostgresOptions? ReadVault(IConfiguration configuration, PostgresOptions? journal)
    {
        if (configuration.GetConnectionString("Vault") is not { Length: > 0 } database) return journal;
        return journal is null
            ? throw new SettingException("ConnectionStrings:Vault is set, and Hub:Journal is sqlite: then the vault is a file in Hub:Data too. Set Hub:Journal=postgres, or leave it out.")
            : Database("Vault", database);
    }

    private static PostgresOptions Database(string name, string connectionString) => PostgresOptions.Problem(connectionString) is { } problem
        ? throw new SettingException($"ConnectionStrings:{name} cannot be used: {problem}.")
        : new PostgresOptions(connectionString);

    private static Uri Address(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri!
            : throw new SettingException($"{name} is '{value}': it must be an address such as http://localhost:5080.");

    // The sandbox's clock moves on only, and ten years at most.
    private static DateTimeOffset Time(string name, string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time > DateTimeOffset.UtcNow && time < DateTimeOffset.UtcNow.AddYears(10)
            ? time
            : throw new SettingException($"{name} is '{value}': it must be a time within the next ten years, such as 2035-01-01T12:00:00Z.");

    // Fewer than OWASP advises protect nobody; a sandbox, which has nobody to protect, may be quick.
    private static int ReadIterations(string? value, bool sandbox)
    {
        var least = sandbox ? 1 : AccessOptions.AdvisedIterations;
        if (value is null) return AccessOptions.AdvisedIterations;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds >= least && rounds <= MostIterations
            ? rounds
            : throw new SettingException($"Hub:PasswordIterations is '{value}': it must be {least} to {MostIterations} rounds of PBKDF2.");
    }

    // Exactly what a browser sends as Origin: what is written otherwise would never match, and nobody would see why.
    private static string[] ReadChatOrigins(string value, bool sandbox)
    {
        var origins = value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        foreach (var origin in origins)
        {
            var fits = Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == origin && uri.UserInfo.Length == 0 && !uri.Host.Contains('*', StringComparison.Ordinal);
            if (!fits) throw new SettingException($"Hub:ChatOrigins holds '{origin}': it must be an origin as browsers write it, such as https://shop.example, without a path, a star or a port that goes without saying.");
            if (uri!.Host != uri.IdnHost) throw new SettingException($"Hub:ChatOrigins holds '{origin}': browsers write it as {uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}.");
            if (!sandbox && uri.Scheme != Uri.UriSchemeHttps) throw new SettingException($"Hub:ChatOrigins holds '{origin}': it must be https in live mode.");
        }

        return origins;
    }

    private static int Port(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535
            ? port
            : throw new SettingException($"{name} is '{value}': it must be a port, 0 to 65535.");
}
