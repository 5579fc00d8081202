using Hub.Actors.Journal.Postgres;
using Hub.Actors.Postgres;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Access.Storage;
using Hub.Api.Tests.Edge.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Tests.Access.Postgres;

/// <summary>Two nodes over one database of credentials and staff. Their clocks stand still: what fades with time has not faded.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedAccessTests(PostgresServer server) : IAsyncLifetime
{
    private const string Email = "ada@omnihub.example";

    private readonly string _database = server.NewDatabase();

    // Of one vault, as the nodes of a hub have it.
    private readonly IDataProtectionProvider _protection = new EphemeralDataProtectionProvider();
    private TestHub _a = null!;
    private TestHub _b = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync());
        (_a, _b) = (both[0], both[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task A_session_made_on_one_node_counts_on_the_other()
    {
        var session = await _a.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", null, TimeSpan.FromMinutes(5)), Cancel);

        Assert.Equal(session.Credential, _b.Credentials.Find(session.Secret));
        Assert.True(_b.Credentials.IsActive(session.Credential.Id));
    }

    [Fact]
    public async Task A_revocation_on_one_node_is_told_to_the_other_and_takes_effect_there()
    {
        var key = await _a.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        Assert.NotNull(_b.Credentials.Find(key.Secret));
        Assert.True(_b.Credentials.IsActive(key.Credential.Id));

        Assert.True(await _a.Credentials.RevokeAsync(key.Credential.Id, "mer_a", Cancel));
        await ToldAsync(() => !_b.Credentials.IsActive(key.Credential.Id));

        Assert.Null(_b.Credentials.Find(key.Secret));
    }

    [Fact]
    public async Task Whoever_asked_to_hear_of_revocations_hears_of_those_of_other_nodes()
    {
        var key = await _a.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        await ListeningAsync();
        var told = 0;
        using var subscription = _b.Credentials.OnRevoked(_ => Interlocked.Increment(ref told));

        await _a.Credentials.RevokeAsync(key.Credential.Id, null, Cancel);

        await ToldAsync(() => Volatile.Read(ref told) > 0);
    }

    [Fact]
    public async Task A_revocation_that_nobody_could_tell_takes_effect_after_five_seconds_at_most()
    {
        var key = await _a.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        await ListeningAsync();
        await Sessions.EndAsync(_database, "omnihub listener", Cancel);
        Assert.NotNull(_b.Credentials.Find(key.Secret));

        await _a.Credentials.RevokeAsync(key.Credential.Id, null, Cancel);
        _b.Time.Advance(StoredCredentials.Memory);

        Assert.Null(_b.Credentials.Find(key.Secret));
    }

    [Fact]
    public async Task Somebody_shut_out_on_one_node_is_shut_out_on_the_other()
    {
        await Directory(_a).CreateAsync(new NewStaff(Email, "correct horse battery", [StaffRole.Support], ["mer_a"]), Cancel);
        Assert.False(Directory(_b).Find(Email)!.Disabled);

        await Directory(_a).DisableAsync(Email, Cancel);

        await ToldAsync(() => Directory(_b).Find(Email)!.Disabled);
    }

    [Fact]
    public async Task A_fixed_secret_seeded_by_both_nodes_is_one_credential()
    {
        var seeded = await Task.WhenAll(
            _a.Credentials.SeedAsync("sk_test_demo", NewCredential.ApiKey("mer_a"), Cancel),
            _b.Credentials.SeedAsync("sk_test_demo", NewCredential.ApiKey("mer_a"), Cancel));

        Assert.Equal(seeded[0], seeded[1]);
    }

    [Fact]
    public async Task While_the_server_is_away_nobody_is_told_that_a_credential_is_unknown_and_then_it_goes_on()
    {
        var key = await _a.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        server.Stop();
        try
        {
            Assert.Throws<AccessUnavailableException>(() => _b.Credentials.Find(key.Secret));
            await Assert.ThrowsAsync<AccessUnavailableException>(() => _b.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel));
        }
        finally
        {
            server.Start();
        }

        Assert.NotNull(_b.Credentials.Find(key.Secret));
        Assert.NotNull(await _b.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel));
    }

    [Fact]
    public async Task A_session_of_the_pool_that_died_costs_nobody_a_write()
    {
        await _a.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        await Sessions.EndAsync(_database, "omnihub hub_access", Cancel);

        Assert.NotNull(await _a.Credentials.IssueAsync(NewCredential.ApiKey("mer_b"), Cancel));
    }

    [Fact]
    public void Tables_of_a_later_build_are_left_alone()
    {
        PostgresServer.Execute(_database, "INSERT INTO hub_access.schema_versions (version) VALUES (2)");

        var refused = Assert.Throws<DatabaseRefusedException>(() => PostgresAccess.Open(new PostgresOptions(_database), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));

        Assert.Equal("Who may call has schema version 2; this build reads up to version 1. Start a later build of the hub.", refused.Message);
    }

    private static StaffDirectory Directory(TestHub node) => node.Get<StaffDirectory>();

    // The server tells in its own time; a test that is never told ends with the run's own limit.
    private static async Task ToldAsync(Func<bool> hasHeard)
    {
        while (!hasHeard())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // One session a node, from the first use on.
    private Task ListeningAsync()
    {
        _ = (_a.Credentials, _b.Credentials);
        return ToldAsync(() => Sessions.Count(_database, "omnihub listener") == 2);
    }

    private Task<TestHub> StartAsync() => TestHub.StartAsync(
        services: services => services.AddSingleton(_protection), access: new PostgresOptions(_database));
}
