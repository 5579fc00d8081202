using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Hub.Actors;
using Hub.Actors.Hosting;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Merchants;
using Hub.Sandbox;
using Hub.Sandbox.Clock;
using Hub.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>The whole hub with its sandbox, as the executable wires it, on a free port and in a folder of its own.</summary>
public sealed class JourneyHub : IAsyncLifetime
{
    private const int PollMilliseconds = 20;
    private const int MostPolls = 1_500;

    private readonly TestLog _log = new();
    private readonly Dictionary<StaffRole, HttpClient> _staff = [];
    private WebApplication? _app;
    private readonly Dictionary<(string Payer, string Number), string> _cards = [];
    private Payer? _ada;
    private int _timesAsked;

    /// <summary>Settings beside those that every such hub has, as on the command line.</summary>
    internal string[] Settings { get; init; } = [];

    /// <summary>The merchant the sandbox seeds.</summary>
    internal Shop Acme { get; private set; } = null!;

    /// <summary>Another merchant, with a key and customers of its own.</summary>
    internal Shop Rival { get; private set; } = null!;

    /// <summary>A merchant's server that takes every webhook.</summary>
    internal Receiver Receiver { get; private set; } = null!;

    internal Uri Address { get; private set; } = null!;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("hub-journey-").FullName;

    /// <summary>The application, for what it has mapped.</summary>
    internal WebApplication App => _app!;

    internal IReadOnlyCollection<string> LogLines => _log.Lines;

    internal HubEngine Engine => Get<HubEngine>();

    internal SandboxClock Clock => (SandboxClock)Get<TimeProvider>();

    internal T Get<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _app = HubHost.Build(["--urls", Address.GetLeftPart(UriPartial.Authority), "--Hub:Data", Folder, "--Hub:SandboxSmtpPort", "0", "--Hub:PasswordIterations", "10", .. Settings]);
        Get<ILoggerFactory>().AddProvider(_log);
        await _app.StartAsync();
        Receiver = await Receiver.StartAsync();
        Acme = await Shop.OpenAsync(this, SandboxSeed.MerchantId, SandboxKeys.DemoMerchantApiKey);
        Rival = await NewShopAsync("mer_rival", "Rival Goods");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _staff.Values) client.Dispose();
        Acme?.Dispose();
        Rival?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (Receiver is not null) await Receiver.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A merchant made as an operator would make one.</summary>
    internal async Task<Shop> NewShopAsync(string id, string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        await Get<IActors>().SendAsync(HubKinds.Merchant[id], new Envelope("test:register", new MerchantCommand.Register(id, name)), cancel);
        var key = await Get<Hub.Api.Access.ICredentials>().IssueAsync(NewCredential.ApiKey(id), cancel);
        return await Shop.OpenAsync(this, id, key.Secret);
    }

    /// <summary>A customer of Acme with a verified phone, made on first use.</summary>
    /// <remarks>Somebody new now and then: no more than so many messages an hour go to one phone.</remarks>
    internal async Task<Payer> AdaAsync()
    {
        if (_ada is null || ++_timesAsked % 4 == 0) _ada = await (await Acme.NewPayerAsync()).VerifiedAsync();
        return _ada;
    }

    /// <summary>A card in somebody's wallet, added on first use: a wallet holds twenty.</summary>
    internal async Task<string> CardAsync(Payer payer, string number) =>
        _cards.TryGetValue((payer.Id, number), out var known) ? known : _cards[(payer.Id, number)] = await payer.AddCardAsync(number);

    /// <summary>Completes once something holds that the hub's own timers bring about.</summary>
    internal static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <inheritdoc cref="UntilAsync(Func{bool})"/>
    internal static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var poll = 0; poll < MostPolls && !await holds(); poll++) await Task.Delay(PollMilliseconds, TestContext.Current.CancellationToken);
        Assert.True(await holds());
    }

    /// <summary>Moves the clock to a time, and waits for what follows at once.</summary>
    internal async Task MoveToAsync(DateTimeOffset time)
    {
        Clock.Advance(time - Clock.GetUtcNow());
        await QuietAsync();
    }

    /// <summary>A client without credentials, or with a bearer token.</summary>
    internal HttpClient Client(string? token = null)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        var client = new HttpClient(handler) { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Somebody of Acme's staff with one role, signed in as a page would: cookie, origin and X-CSRF.</summary>
    internal async Task<HttpClient> StaffAsync(StaffRole role)
    {
        if (_staff.TryGetValue(role, out var known)) return known;
        return _staff[role] = await SignInAsync($"{role}@acme.example", [role], Acme.Id);
    }

    /// <summary>A second client of somebody who is signed in; to be disposed of, unlike the first.</summary>
    internal HttpClient CopyOf(HttpClient staff)
    {
        var copy = Client();
        foreach (var (name, values) in staff.DefaultRequestHeaders) copy.DefaultRequestHeaders.Add(name, values);
        return copy;
    }

    /// <summary>Makes somebody of the staff and signs them in over HTTP.</summary>
    internal async Task<HttpClient> SignInAsync(string email, StaffRole[] roles, params string[] merchants)
    {
        const string password = "a long enough password";
        var secret = new byte[Totp.SecretBytes];
        await Get<StaffDirectory>().CreateAsync(new NewStaff(email, password, [.. roles], [.. merchants], secret), TestContext.Current.CancellationToken);
        var client = Client();
        var code = Totp.Code(secret, Totp.StepAt(Clock.GetUtcNow()), Totp.Digits, System.Security.Cryptography.HashAlgorithmName.SHA1);
        using var answer = await client.PostAsync("/staff/sign-in", $$"""{"email":"{{email}}","password":"{{password}}","code":"{{code}}"}""");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        client.DefaultRequestHeaders.Add("X-CSRF", "1");
        client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <summary>Completes once nothing is on its way: every reaction is done, and the sandbox owes the hub no call.</summary>
    /// <returns>The journal's head.</returns>
    internal async Task<long> QuietAsync()
    {
        for (var poll = 0; poll < MostPolls; poll++)
        {
            var before = Engine.Feed.Head;
            await Engine.SettledAsync(TestContext.Current.CancellationToken);
            if (SandboxOwes() == 0 && Engine.Feed.Head == before) return before;
            await Task.Delay(PollMilliseconds, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The hub and its sandbox did not come to rest.");
    }

    /// <summary>Does something that must leave the journal as it was.</summary>
    internal async Task<T> UnchangedAsync<T>(Func<Task<T>> attempt)
    {
        var before = await QuietAsync();
        var outcome = await attempt();
        await QuietAsync();
        Assert.Empty(AskedAfter(before));
        return outcome;
    }

    /// <summary>What was appended after a position because somebody asked for it: without what timers and reactions brought about meanwhile.</summary>
    internal IReadOnlyList<string> AskedAfter(long position) => Query(
        "journal.db",
        $"""
        SELECT s.key || ' ' || e.type || ' by ' || e.command_id FROM events e JOIN streams s ON s.id = e.stream_id
        WHERE e.position > {position} AND (e.command_id LIKE 'req:%' OR e.command_id LIKE 'webhook:%' OR e.command_id LIKE 'twilio:%') ORDER BY e.position
        """);

    /// <summary>The first column of a query on one of the hub's files, read beside the running hub.</summary>
    internal IReadOnlyList<string> Query(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Folder, file), Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(rows.GetValue(0).ToString()!);
        return found;
    }

    // A late answer that is due in hours is not on its way; callbacks are due within seconds.
    private long SandboxOwes()
    {
        var soon = Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        return long.Parse(Query("sandbox.db", $"SELECT count(*) FROM outbox WHERE due < {soon}").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One hub for the tests that leave it as they found it; one after the other, since they watch the journal's head. Tests with a hub of their own need not be here.</summary>
[CollectionDefinition("journey")]
public sealed class JourneyGroup : ICollectionFixture<JourneyHub>;
