using System.Data.Common;
using System.Net;
using Hub.Api.Access;
using Hub.Api.Access.Storage;
using Hub.Api.Tests.Edge.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Tests.Access;

/// <summary>What credentials must do wherever they lie; the tests of each database inherit it.</summary>
public abstract class CredentialsCompliance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_finds_its_credential_and_begins_as_its_kind_does()
    {
        await using var hub = await StartAsync();

        var key = await hub.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        var session = await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", "pay_a", TimeSpan.FromMinutes(5)), Cancel);

        Assert.StartsWith("sk_test_", key.Secret, StringComparison.Ordinal);
        Assert.StartsWith("cst_", session.Secret, StringComparison.Ordinal);
        Assert.Equal(session.Credential, hub.Credentials.Find(session.Secret));
        Assert.Equal(("cus_a", "pay_a"), (session.Credential.Customer, session.Credential.Payment));
        Assert.Null(hub.Credentials.Find(key.Secret + "x"));
        Assert.Null(hub.Credentials.Find(""));
        Assert.DoesNotContain(key.Secret, key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task A_session_ends_on_time(int milliseconds, bool holds)
    {
        await using var hub = await StartAsync();
        var session = await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", null, TimeSpan.FromMinutes(5)), Cancel);
        Assert.NotNull(hub.Credentials.Find(session.Secret));

        hub.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(holds, hub.Credentials.Find(session.Secret) is not null);
        Assert.Equal(holds, hub.Credentials.IsActive(session.Credential.Id));
    }

    [Fact]
    public async Task A_revocation_takes_effect_at_once_and_is_told()
    {
        await using var hub = await StartAsync();
        var key = await hub.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        var told = new List<string>();
        using var subscription = hub.Credentials.OnRevoked(told.AddRange);
        Assert.True(hub.Credentials.IsActive(key.Credential.Id));
        Assert.NotNull(hub.Credentials.Find(key.Secret));

        var others = await hub.Credentials.RevokeAsync(key.Credential.Id, "mer_b", Cancel);
        var stillThere = hub.Credentials.Find(key.Secret);
        var own = await hub.Credentials.RevokeAsync(key.Credential.Id, "mer_a", Cancel);
        var again = await hub.Credentials.RevokeAsync(key.Credential.Id, "mer_a", Cancel);

        Assert.False(others);
        Assert.NotNull(stillThere);
        Assert.True(own);
        Assert.True(again);
        Assert.Null(hub.Credentials.Find(key.Secret));
        Assert.False(hub.Credentials.IsActive(key.Credential.Id));
        Assert.Equal([key.Credential.Id], told);
    }

    [Fact]
    public async Task Erasing_a_customer_ends_all_their_sessions()
    {
        await using var hub = await StartAsync();
        var one = await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", null, TimeSpan.FromMinutes(5)), Cancel);
        var two = await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", "pay_1", TimeSpan.FromMinutes(5)), Cancel);
        var other = await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_b", null, TimeSpan.FromMinutes(5)), Cancel);

        await hub.Credentials.RevokeCustomerAsync("cus_a", Cancel);

        Assert.Null(hub.Credentials.Find(one.Secret));
        Assert.Null(hub.Credentials.Find(two.Secret));
        Assert.NotNull(hub.Credentials.Find(other.Secret));
    }

    [Fact]
    public async Task A_fixed_secret_is_seeded_once_and_comes_back_after_a_revocation()
    {
        await using var hub = await StartAsync();

        var first = await hub.Credentials.SeedAsync("sk_test_demo", NewCredential.ApiKey("mer_a"), Cancel);
        var second = await hub.Credentials.SeedAsync("sk_test_demo", NewCredential.ApiKey("mer_a"), Cancel);
        await hub.Credentials.RevokeAsync(first.Id, null, Cancel);
        var third = await hub.Credentials.SeedAsync("sk_test_demo", NewCredential.ApiKey("mer_a"), Cancel);

        Assert.Equal(first, second);
        Assert.Equal(third, hub.Credentials.Find("sk_test_demo"));
    }

    [Fact]
    public async Task What_ended_more_than_a_day_ago_is_deleted()
    {
        await using var hub = await StartAsync();
        await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", null, TimeSpan.FromMinutes(5)), Cancel);
        var key = await hub.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);

        var early = await hub.Credentials.PurgeAsync(Cancel);
        var file = hub.Get<AccessDatabase>();
        hub.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromDays(1));
        await hub.Credentials.PurgeAsync(Cancel);

        Assert.Equal(0, early);
        Assert.Equal(1L, file.Read("SELECT COUNT(*) FROM credentials", rows => rows.Read() ? rows.GetInt64(0) : 0));
        Assert.NotNull(hub.Credentials.Find(key.Secret));
    }

    [Fact]
    public async Task Many_sessions_made_at_once_are_all_there()
    {
        await using var hub = await StartAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            hub.Credentials.IssueAsync(NewCredential.Session("mer_a", $"cus_{i}", null, TimeSpan.FromMinutes(5)), Cancel)));

        Assert.All(made, session => Assert.Equal(session.Credential, hub.Credentials.Find(session.Secret)));
    }

    [Fact]
    public async Task A_write_that_fails_does_not_take_its_neighbours_with_it()
    {
        await using var hub = await StartAsync();
        var file = hub.Get<AccessDatabase>();

        var good = hub.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        var bad = file.WriteAsync("INSERT INTO nowhere VALUES (1)");
        var alsoGood = hub.Credentials.IssueAsync(NewCredential.ApiKey("mer_b"), Cancel);

        await Assert.ThrowsAnyAsync<DbException>(() => bad);
        Assert.NotNull(hub.Credentials.Find((await good).Secret));
        Assert.NotNull(hub.Credentials.Find((await alsoGood).Secret));
    }

    [Fact]
    public async Task The_same_401_answers_an_unknown_a_revoked_and_an_expired_credential()
    {
        await using var hub = await StartAsync(MapWhoAmI);
        var revoked = await hub.Credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel);
        var expired = await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", null, TimeSpan.FromMinutes(5)), Cancel);
        await hub.Credentials.RevokeAsync(revoked.Credential.Id, null, Cancel);
        hub.Time.Advance(TimeSpan.FromMinutes(5));

        foreach (var secret in (string[])["sk_test_guess", "", "x y", revoked.Secret, expired.Secret])
        {
            using var client = hub.NewClient();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
            using var answer = await client.AskAsync("/v1/who");
            await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public async Task A_token_in_the_query_counts_on_live_alone()
    {
        await using var hub = await StartAsync(MapWhoAmI);
        var session = await hub.Credentials.IssueAsync(NewCredential.Session("mer_a", "cus_a", null, TimeSpan.FromMinutes(5)), Cancel);

        using var elsewhere = await hub.Client.AskAsync($"/v1/who?access_token={session.Secret}");
        using var live = await hub.Client.AskAsync($"/live/who?access_token={session.Secret}");

        await elsewhere.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("customer:cus_a", await live.TextAsync());
    }

    [Fact]
    public async Task A_key_limited_to_some_scopes_may_do_only_those()
    {
        await using var hub = await StartAsync(MapWhoAmI);
        using var may = await hub.MerchantAsync("mer_a", Policies.Read);
        using var mayNot = await hub.MerchantAsync("mer_a", Policies.OrdersWrite, Policies.PaymentsWrite);

        using var fine = await may.AskAsync("/v1/who");
        using var refused = await mayNot.AskAsync("/v1/who");

        Assert.Equal("merchant:mer_a", await fine.TextAsync());
        await refused.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_secret_seeded_many_times_at_once_is_one_credential()
    {
        await using var hub = await StartAsync();

        var seeded = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => hub.Credentials.SeedAsync("sk_test_demo", NewCredential.ApiKey("mer_a"), Cancel)));

        Assert.Single(seeded.Distinct());
        Assert.Equal(seeded[0], hub.Credentials.Find("sk_test_demo"));
    }

    /// <summary>A hub whose credentials lie in the database under test, empty.</summary>
    private protected abstract Task<TestHub> StartAsync(Action<IEndpointRouteBuilder>? map = null);

    private static void MapWhoAmI(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/who", (Caller caller) => Results.Text(caller.Tenant)).RequireAuthorization(Policies.Read);
        routes.MapGet("/live/who", (Caller caller) => Results.Text(caller.Tenant)).RequireAuthorization(Policies.Read);
    }
}
