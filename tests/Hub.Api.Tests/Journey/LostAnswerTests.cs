using System.Net;
using System.Security.Claims;
using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Access.Authentication;
using Hub.Api.Access.Staff;
using Hub.Api.Conversations;
using Hub.Api.Customers;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Merchants;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Journey;

/// <summary>A change was made, and its answer was lost: sent again under its key, it is not told off for its own success (invariant 4).</summary>
[Collection("journey")]
public sealed class LostAnswerTests(JourneyHub hub)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Invariant", "4")]
    public async Task Canned_answers_that_were_kept_are_answered_again_although_their_version_has_moved_on()
    {
        var caller = new Caller.Staff("supervisor@acme.example", [StaffRole.Supervisor], [hub.Acme.Id]) { CredentialId = "test" };
        var seen = await hub.Get<IActors>().SeeAsync<Merchant>(HubKinds.Merchant, hub.Acme.Id, caller, Cancel);
        var (key, match) = (KeyOf(caller), new IfMatch(seen.Version));
        var body = new Body<PutCannedAnswers>(new PutCannedAnswers([new CannedAnswerBody($"Late {seen.Version}", "It is late.")]), default);

        var answers = new List<string>();
        for (var sent = 0; sent < 2; sent++)
        {
            var http = new DefaultHttpContext();
            var answer = await CannedAnswerEndpoints.PutAsync(hub.Acme.Id, body, match, key, caller, hub.Get<IActors>(), http, Cancel);
            answers.Add(answer.Result is Problem problem ? problem.Code : http.Response.Headers.ETag.ToString());
        }

        Assert.Equal([ETags.Of(seen.Version + 1), ETags.Of(seen.Version + 1)], answers);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_customer_who_was_changed_is_answered_again_although_their_version_has_moved_on()
    {
        var payer = await hub.Acme.NewPayerAsync();
        var caller = new Caller.Customer(hub.Acme.Id, payer.Id, null) { CredentialId = "test" };
        var seen = await hub.Get<IActors>().SeeAsync<Hub.Domain.Customers.Customer>(HubKinds.Customer, payer.Id, caller, Cancel);
        var (key, match) = (KeyOf(caller), new IfMatch(seen.Version));

        var answers = new List<string>();
        for (var sent = 0; sent < 2; sent++)
        {
            var http = new DefaultHttpContext();
            var answer = await CustomerEndpoints.ChangeAsync(
                payer.Id, new Body<ChangeCustomer>(new ChangeCustomer("Countess"), default), match, key, caller, hub.Get<IActors>(), hub.Get<IPersonalData>(), http, Cancel);
            answers.Add(answer.Result is Problem problem ? problem.Code : http.Response.Headers.ETag.ToString());
        }

        Assert.Equal([ETags.Of(seen.Version + 1), ETags.Of(seen.Version + 1)], answers);
    }

    [Fact]
    public async Task What_was_meant_for_another_version_goes_on_under_its_key_with_the_new_one()
    {
        var payer = await hub.Acme.NewPayerAsync();
        var (path, key) = ($"/v1/customers/{payer.Id}", $"{Guid.NewGuid()}");
        using var read = await hub.Acme.Client.AskAsync(path);
        using var first = await hub.Acme.Client.CallAsync("PATCH", path, """{"name":"Countess"}""", $"{Guid.NewGuid()}", ("If-Match", read.Headers.ETag!.Tag));
        await first.MadeAsync();

        using var stale = await hub.Acme.Client.CallAsync("PATCH", path, """{"name":"Baroness"}""", key, ("If-Match", read.Headers.ETag.Tag));
        using var again = await hub.Acme.Client.CallAsync("PATCH", path, """{"name":"Baroness"}""", key, ("If-Match", first.Headers.ETag!.Tag));

        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "version_mismatch");
        Assert.Equal("Baroness", (await again.MadeAsync()).Text("name"));
    }

    private static IdempotencyKey KeyOf(Caller caller)
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new CallerIdentity(caller, "test", [])) };
        http.Request.Headers[IdempotencyKey.Header] = $"{Guid.NewGuid()}";
        return IdempotencyKey.Of(http);
    }
}
