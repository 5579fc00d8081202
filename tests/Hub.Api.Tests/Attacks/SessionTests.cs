using System.Net;
using System.Net.WebSockets;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Tests.Attacks;

/// <summary>Somebody else's page with the browser's cookie, a guessed group, a right that was taken away meanwhile: refused, or closed.</summary>
/// <remarks>Invariant 22.</remarks>
[Collection("journey")]
[Attack(AttackRow.Session)]
[Trait("Invariant", "22")]
public sealed class SessionTests(JourneyHub hub)
{
    /// <summary>Every route that changes something and that staff may use, from the hub's own list.</summary>
    [Theory]
    [InlineData("no header", "csrf_header_missing")]
    [InlineData("foreign origin", "foreign_origin")]
    [InlineData("null origin", "foreign_origin")]
    [InlineData("no origin", "foreign_origin")]
    public async Task A_cookie_alone_changes_nothing(string fault, string code)
    {
        var targets = await Targets.SharedAsync(hub);
        var staff = await hub.StaffAsync(StaffRole.Admin);
        var routes = Routes.Of(hub.App).Where(ChangesAsStaff).ToList();
        Assert.True(routes.Count >= 6, $"Only {routes.Count} routes of staff change anything.");
        var before = await hub.QuietAsync();

        foreach (var route in routes)
        {
            using var client = hub.CopyOf(staff);
            Spoil(client, fault);
            var attack = Attack.Table.GetValueOrDefault(route.ToString());
            AttackFigures.Tried(AttackRow.Session);
            using var answer = await client.CallAsync(route.Method, targets.Fill(route.Pattern)!, targets.Fill(attack?.Body ?? "{}"), $"{Guid.NewGuid()}");
            await answer.ProblemAsync(HttpStatusCode.Forbidden, code);
        }

        await hub.QuietAsync();
        Assert.Empty(hub.AskedAfter(before));
        using var still = await staff.AskAsync("/staff/me");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_foreign_page_does_not_sign_its_visitor_in()
    {
        foreach (var origin in new[] { "https://evil.example", "null" })
        {
            AttackFigures.Tried(AttackRow.Session);
            using var client = hub.Client();
            using var answer = await client.SendAsync("/staff/sign-in", """{"email":"a@b.example","password":"a long enough password","code":"123456"}""", ("Origin", origin));
            await answer.ProblemAsync(HttpStatusCode.Forbidden, "foreign_origin");
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("cst_made_up")]
    [InlineData("sk_test_made_up")]
    [InlineData("")]
    public async Task Nobody_connects_without_a_credential(string? token)
    {
        AttackFigures.Tried(AttackRow.Session);
        await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(hub.Address, token));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost.evil.example")]
    public async Task A_foreign_page_does_not_connect_with_the_cookie_of_staff(string origin)
    {
        var cookie = await CookieAsync();

        AttackFigures.Tried(AttackRow.Session);
        await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(hub.Address, null, ("Cookie", cookie), ("Origin", origin)));
        await using var own = await SignalRJsonClient.ConnectAsync(hub.Address, null, ("Cookie", cookie), OwnOrigin);
    }

    /// <summary>A refusal is one line; somebody who guesses topics must not fill the log with stacks.</summary>
    [Fact]
    public async Task A_guessed_group_is_not_found_and_the_log_holds_one_line_of_it_without_a_stack()
    {
        await using var live = await SignalRJsonClient.ConnectAsync(hub.Address, null, ("Cookie", await CookieAsync()), OwnOrigin);
        await live.InvokeAsync("Watch", $"queue:{hub.Acme.Id}", 0);
        foreach (var guess in new[] { $"queue:{hub.Rival.Id}", "queue:mer_nobody", "queue:*", "queue:", "queue:%", "payment:pay_guessed", "order:ord_guessed" })
        {
            AttackFigures.Tried(AttackRow.Session);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => live.InvokeAsync("Watch", guess, 0));
            Assert.EndsWith("not_found", refused.Message, StringComparison.Ordinal);
        }

        var lines = hub.LogLines.Where(line => line.Contains("not_found", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.StartsWith("Information ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("   at ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("guessed", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_that_is_taken_away_ends_the_connection()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var staff = await hub.SignInAsync("leaver@acme.example", [StaffRole.Supervisor], hub.Acme.Id);
        var cookie = staff.DefaultRequestHeaders.GetValues("Cookie").Single();
        await using var live = await SignalRJsonClient.ConnectAsync(hub.Address, null, ("Cookie", cookie), OwnOrigin);
        await live.InvokeAsync("Watch", $"queue:{hub.Acme.Id}", 0);

        AttackFigures.Tried(AttackRow.Session);
        await hub.Get<StaffDirectory>().AssignAsync("leaver@acme.example", [StaffRole.Support], [hub.Acme.Id], cancel);

        await live.Closed;
        using var answer = await staff.SendAsync($"/v1/payments/{(await Targets.SharedAsync(hub)).Sale.Payment}/refunds");
        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task A_session_or_key_that_is_revoked_ends_its_connections()
    {
        var cancel = TestContext.Current.CancellationToken;
        var payer = await hub.Acme.NewPayerAsync("Leaver");
        var key = await hub.Get<Hub.Api.Access.ICredentials>().IssueAsync(NewCredential.ApiKey(hub.Acme.Id), cancel);
        await using var customer = await SignalRJsonClient.ConnectAsync(hub.Address, await payer.TokenAsync());
        await using var merchant = await SignalRJsonClient.ConnectAsync(hub.Address, key.Secret);
        await customer.InvokeAsync("Watch", $"customer:{payer.Id}", 0);
        await merchant.InvokeAsync("Watch", $"queue:{hub.Acme.Id}", 0);

        AttackFigures.Tried(AttackRow.Session, 2);
        await hub.Get<Hub.Api.Access.ICredentials>().RevokeCustomerAsync(payer.Id, cancel);
        await hub.Get<Hub.Api.Access.ICredentials>().RevokeAsync(key.Credential.Id, merchant: null, cancel);

        await customer.Closed;
        await merchant.Closed;
        await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(hub.Address, key.Secret));
    }

    private (string, string) OwnOrigin => ("Origin", hub.Address.GetLeftPart(UriPartial.Authority));

    private async Task<string> CookieAsync() => (await hub.StaffAsync(StaffRole.Support)).DefaultRequestHeaders.GetValues("Cookie").Single();

    private static bool ChangesAsStaff(Hub.Api.Tests.Journey.Support.Route route) =>
        route.Method is not "GET" and not "HEAD" and not "*"
        && (route.Pattern == "/staff/sign-out" || (Attack.Table.TryGetValue(route.ToString(), out var attack) && attack.Staff.Contains(StaffRole.Admin)))
        && route.Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Count > 0;

    private static void Spoil(HttpClient client, string fault)
    {
        if (fault == "no header")
        {
            client.DefaultRequestHeaders.Remove("X-CSRF");
            return;
        }

        client.DefaultRequestHeaders.Remove("Origin");
        if (fault == "foreign origin") client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        if (fault == "null origin") client.DefaultRequestHeaders.Add("Origin", "null");
    }
}
