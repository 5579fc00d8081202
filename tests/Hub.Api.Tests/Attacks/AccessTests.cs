using System.Net;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Microsoft.AspNetCore.Authorization;

namespace Hub.Api.Tests.Attacks;

/// <summary>Every route and method, called by everybody it does not concern; generated from the hub's own list of endpoints.</summary>
/// <remarks>Invariant 22. Acme's things are the ones attacked.</remarks>
[Collection("journey")]
[Attack(AttackRow.Access)]
[Trait("Invariant", "22")]
public sealed partial class AccessTests(JourneyHub hub)
{
    [Fact]
    public void Every_route_has_a_line_in_the_table()
    {
        var routes = Guarded().Select(r => r.ToString()).ToHashSet();

        Assert.Equal(Attack.Table.Keys.Order(StringComparer.Ordinal), routes.Where(r => r.Contains(" /v1/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(Guarded(), route => Assert.NotEmpty(route.Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()));
    }

    [Fact]
    public void Whatever_needs_no_credential_is_known_by_name()
    {
        var open = Routes.Of(hub.App)
            .Where(r => !IsOfThePages(r) && r.Endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(r => r.ToString());

        Assert.Empty(open.Except(Attack.Open));
    }

    [Fact]
    public Task Nobody_gets_401() => EverywhereAsync((_, _) => (hub.Client(), HttpStatusCode.Unauthorized));

    [Fact]
    public Task A_made_up_token_gets_401() => EverywhereAsync((_, _) => (hub.Client("sk_test_made_up"), HttpStatusCode.Unauthorized));

    [Fact]
    public Task Another_merchant_finds_nothing() => EverywhereAsync((_, attack) => (hub.Client(hub.Rival.Secret), Expected(attack, attack.Merchant)));

    [Fact]
    public async Task Another_customer_of_the_same_merchant_finds_nothing()
    {
        var token = await (await hub.Acme.NewPayerAsync("Bob")).TokenAsync();

        await EverywhereAsync((_, attack) => (hub.Client(token), Expected(attack, attack.Customer)));
    }

    [Fact]
    public async Task A_customer_of_another_merchant_finds_nothing()
    {
        var token = await (await hub.Rival.NewPayerAsync("Mallory")).TokenAsync();

        await EverywhereAsync((_, attack) => (hub.Client(token), Expected(attack, attack.Customer)));
    }

    /// <summary>The same customer, with a session made for another payment: sees its own record and conversation, and nothing of this order and payment.</summary>
    [Fact]
    public async Task A_session_for_another_payment_finds_nothing_of_this_one()
    {
        var targets = await TargetsAsync();
        var other = await hub.Acme.SellAsync(targets.Sale.Payer);
        var token = await targets.Sale.Payer.TokenAsync(other.Payment);

        await EverywhereAsync((route, attack) =>
            route.Pattern.StartsWith("/v1/customers/", StringComparison.Ordinal) || route.Pattern.StartsWith("/v1/conversations", StringComparison.Ordinal) ? null : (hub.Client(token), Expected(attack, attack.Customer)));
    }

    [Theory]
    [InlineData(StaffRole.Support)]
    [InlineData(StaffRole.Supervisor)]
    [InlineData(StaffRole.Finance)]
    [InlineData(StaffRole.Admin)]
    public async Task Staff_does_what_its_role_allows_and_no_more(StaffRole role)
    {
        var staff = await hub.StaffAsync(role);

        await EverywhereAsync((_, attack) => attack.Staff.Contains(role) ? null : (hub.CopyOf(staff), HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Staff_of_another_merchant_finds_nothing()
    {
        var staff = await hub.SignInAsync("everything@rival.example", [StaffRole.Support, StaffRole.Supervisor, StaffRole.Finance, StaffRole.Admin], hub.Rival.Id);

        await EverywhereAsync((_, attack) => (hub.CopyOf(staff), Expected(attack, attack.Staff.Length > 0)));
    }

    /// <summary>A key limited to reading is no key to anything else.</summary>
    [Fact]
    public async Task A_key_with_scopes_opens_only_those()
    {
        var key = await hub.Get<Hub.Api.Access.ICredentials>().IssueAsync(NewCredential.ApiKey(hub.Acme.Id, Policies.Read, Policies.ReadLists), TestContext.Current.CancellationToken);

        await EverywhereAsync((route, attack) =>
            Policy(route) is Policies.Read or Policies.ReadLists ? null : (hub.Client(key.Secret), HttpStatusCode.Forbidden));
    }

    private static HttpStatusCode? Expected(Attack attack, bool allowed) => (allowed, attack.Reach) switch
    {
        (false, _) => HttpStatusCode.Forbidden,
        (true, Reach.Own) => null,
        _ => HttpStatusCode.NotFound,
    };

    private static string Policy(Route route) => route.Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()[^1].Policy!;

    private static bool IsOfThePages(Route route) =>
        route.Pattern is "/" or "/shop" or "/support" or "/checkout/{payment}" or "/my" or "/my/settings" or "/sw.js" or "/manifest.webmanifest" or "/omnihub-chat.js"
        || route.Pattern.StartsWith("/sandbox/", StringComparison.Ordinal) || route.Pattern.StartsWith("/assets/", StringComparison.Ordinal);

    private IEnumerable<Route> Guarded() => Routes.Of(hub.App)
        .Where(r => r.Pattern.StartsWith("/v1/", StringComparison.Ordinal) && !Attack.Open.Contains(r.ToString()));

    /// <summary>Calls every route as somebody; says of all at once which answered otherwise than expected.</summary>
    private async Task EverywhereAsync(Func<Route, Attack, (HttpClient Client, HttpStatusCode? Expected)?> attacker)
    {
        var targets = await TargetsAsync();
        var before = await hub.QuietAsync();
        var wrong = new List<string>();
        var own = 0;
        foreach (var route in Guarded())
        {
            var attack = Attack.Table[route.ToString()];
            if (attacker(route, attack) is not { } by) continue;
            using var client = by.Client;
            AttackFigures.Tried(AttackRow.Access);
            using var answer = await client.CallAsync(route.Method, targets.Fill(route.Pattern)!, targets.Fill(attack.Body), route.Method == "GET" ? null : $"{Guid.NewGuid()}");
            var text = await answer.TextAsync();
            if (by.Expected is null) own++;
            if (by.Expected is { } status && answer.StatusCode != status) wrong.Add($"{route}: {(int)answer.StatusCode} instead of {(int)status}: {text}");
            if (by.Expected is not null && answer.Content.Headers.ContentType?.MediaType != "application/problem+json") wrong.Add($"{route}: no problem");
            if (targets.Ids.FirstOrDefault(id => text.Contains(id, StringComparison.Ordinal)) is { } leaked) wrong.Add($"{route}: shows {leaked}: {text}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        await hub.QuietAsync();
        var moved = hub.AskedAfter(before).Where(e => targets.Ids.Any(id => e.Contains(id, StringComparison.Ordinal))).ToList();
        Assert.Empty(moved);
        if (own == 0) Assert.Empty(hub.AskedAfter(before));
    }

    private Task<Targets> TargetsAsync() => Targets.SharedAsync(hub);
}
