using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Actors.Journal.Postgres;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Edge;
using Hub.Api.Tests.Edge.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Access;

/// <summary>What signing in must do wherever staff lies; the tests of each database inherit it.</summary>
public abstract class StaffCompliance
{
    private const string Email = "demo@omnihub.example";
    private const string Password = "correct horse battery";
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signed_in_staff_is_known_by_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient(cookies: true);

        using var signedIn = await SignInAsync(hub, browser, Password);
        using var me = await browser.AskAsync("/staff/me");

        Assert.Equal(HttpStatusCode.NoContent, signedIn.StatusCode);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("hub_staff=", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("""{"email":"demo@omnihub.example","roles":["support"],"merchants":["mer_a"]}""", await me.TextAsync());
    }

    [Theory]
    [InlineData("nobody@omnihub.example", Password, 0)]
    [InlineData(Email, "wrong horse battery", 0)]
    [InlineData(Email, Password, 2)]
    [InlineData(Email, "", 0)]
    public async Task Whatever_is_wrong_the_answer_is_the_same(string email, string password, int stepsOff)
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient(cookies: true);

        using var answer = await SignInAsync(hub, browser, password, email, stepsOff);

        var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized, "sign_in_failed");
        Assert.Equal("E-mail address, password or code do not match. After five failures, wait 15 minutes.", problem.GetProperty("detail").GetString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_code_is_accepted_once()
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient();

        using var first = await SignInAsync(hub, browser, Password);
        using var again = await SignInAsync(hub, browser, Password);
        using var older = await SignInAsync(hub, browser, Password, stepsOff: -1);
        using var newer = await SignInAsync(hub, browser, Password, stepsOff: 1);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await again.ProblemAsync(HttpStatusCode.Unauthorized, "sign_in_failed");
        await older.ProblemAsync(HttpStatusCode.Unauthorized, "sign_in_failed");
        Assert.Equal(HttpStatusCode.NoContent, newer.StatusCode);
    }

    [Theory]
    [InlineData(4, 0, HttpStatusCode.NoContent)]
    [InlineData(5, 0, HttpStatusCode.Unauthorized)]
    [InlineData(5, 899, HttpStatusCode.Unauthorized)]
    [InlineData(5, 900, HttpStatusCode.NoContent)]
    public async Task Five_failures_lock_for_15_minutes(int failures, int secondsLater, HttpStatusCode status)
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient();
        for (var i = 0; i < failures; i++)
        {
            using var failed = await SignInAsync(hub, browser, "wrong horse battery");
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        hub.Time.Advance(TimeSpan.FromSeconds(secondsLater));
        using var answer = await SignInAsync(hub, browser, Password);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Of_a_hundred_guesses_side_by_side_five_are_compared()
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient();

        var guesses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SignInAsync(hub, browser, "wrong horse battery")));
        using var right = await SignInAsync(hub, browser, Password);

        Assert.All(guesses, guess => Assert.Equal(HttpStatusCode.Unauthorized, guess.StatusCode));
        await right.ProblemAsync(HttpStatusCode.Unauthorized, "sign_in_failed");
        Assert.Equal(5, hub.Log.Lines.Count(line => line.Contains("the account was open: True", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_right_sign_ins_with_one_code_side_by_side_are_one()
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient();

        var answers = await Task.WhenAll(SignInAsync(hub, browser, Password), SignInAsync(hub, browser, Password));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(null, null, null, "csrf_header_missing")]
    [InlineData(null, "own", null, "csrf_header_missing")]
    [InlineData("1", null, null, "foreign_origin")]
    [InlineData("1", "https://evil.example", null, "foreign_origin")]
    [InlineData("1", "null", null, "foreign_origin")]
    [InlineData("1", "own", "cross-site", "foreign_origin")]
    [InlineData("1", "own", "same-site", "foreign_origin")]
    [InlineData("1", null, "same-origin", null)]
    [InlineData("1", "own", null, null)]
    [InlineData("1", "own", "same-origin", null)]
    public async Task A_change_by_cookie_must_come_from_our_own_page(string? header, string? origin, string? site, string? code)
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient(cookies: true);
        using var signedIn = await SignInAsync(hub, browser, Password);
        var headers = new List<(string Name, string Value)>();
        if (header is not null) headers.Add(("X-CSRF", header));
        if (origin is not null) headers.Add(("Origin", origin == "own" ? hub.Address.GetLeftPart(UriPartial.Authority) : origin));
        if (site is not null) headers.Add(("Sec-Fetch-Site", site));

        using var answer = await browser.PostAsync("/v1/change", "{}", null, [.. headers]);

        if (code is null) Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        else await answer.ProblemAsync(HttpStatusCode.Forbidden, code);
    }

    [Fact]
    public async Task Signing_in_from_a_foreign_page_is_refused()
    {
        await using var hub = await StartAsync();

        using var answer = await hub.Client.PostAsync("/staff/sign-in", Typed(hub, Password), null, ("Origin", "https://evil.example"));

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "foreign_origin");
    }

    [Fact]
    public async Task After_signing_out_a_kept_cookie_is_worth_nothing()
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient();
        using var signedIn = await SignInAsync(hub, browser, Password);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        browser.DefaultRequestHeaders.Add("Cookie", cookie);

        using var before = await browser.AskAsync("/staff/me");
        using var signedOut = await browser.PostAsync("/staff/sign-out", "{}", null, ("X-CSRF", "1"), ("Sec-Fetch-Site", "same-origin"));
        using var after = await browser.AskAsync("/staff/me");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (before.StatusCode, signedOut.StatusCode));
        await after.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("assign")]
    [InlineData("new password")]
    public async Task A_change_of_the_person_ends_their_sessions_at_once(string change)
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient(cookies: true);
        using var signedIn = await SignInAsync(hub, browser, Password);
        using var before = await browser.AskAsync("/staff/me");
        var directory = hub.Get<StaffDirectory>();

        if (change == "disable") await directory.DisableAsync(Email, Cancel);
        else if (change == "assign") await directory.AssignAsync(Email, [StaffRole.Finance], ["mer_b"], Cancel);
        else await directory.CreateAsync(new NewStaff(Email, "another password", [StaffRole.Support], ["mer_a"], Secret), Cancel);

        using var after = await browser.AskAsync("/staff/me");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await after.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData(479, true)]
    [InlineData(481, false)]
    public async Task An_idle_session_ends_after_8_hours(int minutes, bool holds)
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient();
        using var signedIn = await SignInAsync(hub, browser, Password);
        browser.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        hub.Time.Advance(TimeSpan.FromMinutes(minutes));
        using var me = await browser.AskAsync("/staff/me");

        Assert.Equal(holds, me.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("no address", Password, true)]
    [InlineData(Email, "elevenchars", true)]
    [InlineData(Email, Password, false)]
    public async Task Staff_needs_an_address_a_long_password_and_a_role(string email, string password, bool withRole)
    {
        await using var hub = await StartAsync();
        var staff = new NewStaff(email, password, withRole ? [StaffRole.Support] : [], []);

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Get<StaffDirectory>().CreateAsync(staff, Cancel));
    }

    /// <summary>Invariant 23.</summary>
    [Fact]
    public async Task Neither_password_nor_code_reaches_the_log()
    {
        await using var hub = await StartAsync();
        using var browser = hub.NewClient();

        using var failed = await SignInAsync(hub, browser, "canary in the password");

        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal) || line.Contains(Code(hub, 0), StringComparison.Ordinal));
    }

    /// <summary>Where staff lies; <c>null</c> for a file. An empty database for every test.</summary>
    private protected abstract PostgresOptions? Database { get; }

    private async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(
            routes => routes.MapPost("/v1/change", () => Results.NoContent()).RequireAuthorization(Policies.PaymentsResend),
            edge: new EdgeOptions { SignInsPerMinute = 1_000 },
            access: Database);
        await hub.Get<StaffDirectory>().CreateAsync(new NewStaff(Email.ToUpperInvariant(), Password, [StaffRole.Support], ["mer_a"], Secret), Cancel);
        return hub;
    }

    private static Task<HttpResponseMessage> SignInAsync(TestHub hub, HttpClient browser, string password, string email = Email, int stepsOff = 0) =>
        browser.PostAsync("/staff/sign-in", Typed(hub, password, email, stepsOff));

    private static string Typed(TestHub hub, string password, string email = Email, int stepsOff = 0) =>
        JsonSerializer.Serialize(new { email, password, code = Code(hub, stepsOff) });

    private static string Code(TestHub hub, int stepsOff) =>
        Totp.Code(Secret, Totp.StepAt(hub.Time.GetUtcNow()) + stepsOff, Totp.Digits, HashAlgorithmName.SHA1);
}

public sealed class SqliteStaffTests : StaffCompliance
{
    private protected override PostgresOptions? Database => null;
}
