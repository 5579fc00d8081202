using System.Net;
using System.Text;
using Hub.Api.Edge;
using Hub.Api.Edge.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Attacks;

/// <summary>JSON that two readers might read differently, or that is too much: refused by every endpoint that reads any, with its field, and nothing is appended.</summary>
/// <remarks>Generated from the hub's list of endpoints and from the shapes they read. What each rule of the reader is stands in the reader's own tests.</remarks>
[Collection("journey")]
[Attack(AttackRow.StrictJson)]
public sealed class StrictJsonTests(JourneyHub hub)
{
    private const int RequestsPerSession = 25;

    /// <summary>Whole bodies that no endpoint takes, whatever its shape; the status each is refused with.</summary>
    private static readonly (string Name, byte[] Body, HttpStatusCode Status)[] Bodies =
    [
        ("nothing", [], HttpStatusCode.BadRequest),
        ("null", "null"u8.ToArray(), HttpStatusCode.BadRequest),
        ("an array", "[]"u8.ToArray(), HttpStatusCode.BadRequest),
        ("a text", "\"{}\""u8.ToArray(), HttpStatusCode.BadRequest),
        ("two documents", "{}{}"u8.ToArray(), HttpStatusCode.BadRequest),
        ("a trailing comma", "{\"a\":1,}"u8.ToArray(), HttpStatusCode.BadRequest),
        ("a comment", "{/**/}"u8.ToArray(), HttpStatusCode.BadRequest),
        ("NaN", "{\"a\":NaN}"u8.ToArray(), HttpStatusCode.BadRequest),
        ("a byte order mark", [0xEF, 0xBB, 0xBF, .. "{}"u8], HttpStatusCode.BadRequest),
        ("broken UTF-8", [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8], HttpStatusCode.BadRequest),
        ("UTF-16", Encoding.Unicode.GetBytes("{}"), HttpStatusCode.BadRequest),
        ("an unknown member", "{\"__proto__\":{}}"u8.ToArray(), HttpStatusCode.BadRequest),
        ("a type", "{\"$type\":\"capture\"}"u8.ToArray(), HttpStatusCode.BadRequest),
        ("depth 65 of arrays", Encoding.ASCII.GetBytes($"{{\"a\":{new string('[', 64)}{new string(']', 64)}}}"), HttpStatusCode.BadRequest),
        ("depth 65 of objects", Encoding.ASCII.GetBytes($"{string.Concat(Enumerable.Repeat("{\"a\":", 64))}{{}}{new string('}', 64)}"), HttpStatusCode.BadRequest),
        ("100,000 open brackets", Encoding.ASCII.GetBytes(new string('[', 100_000)), HttpStatusCode.BadRequest),
        ("10 MB", Encoding.ASCII.GetBytes($"{{}}{new string(' ', 10_000_000)}"), HttpStatusCode.RequestEntityTooLarge),
    ];

    [Fact]
    public void Every_endpoint_that_takes_a_body_reads_it_strictly()
    {
        var strict = JsonShapes.Of(Routes.Of(hub.App)).Select(found => found.Route.ToString()).ToHashSet();
        var posts = Routes.Of(hub.App).Where(r => r.Method is "POST" or "PATCH" or "PUT" && r.Pattern.StartsWith("/v1/", StringComparison.Ordinal)).Select(r => r.ToString()).ToList();

        // Whatever takes no body at all reads none; the list is here so that a new endpoint is looked at.
        Assert.Equal(
            [
                "POST /v1/conversations/{id}/release",
                "POST /v1/conversations/{id}/resolve",
                "POST /v1/customers/{id}/addresses/{address}/restore",
                "POST /v1/customers/{id}/addresses/{address}/verification",
                "POST /v1/customers/{id}/erase",
                "POST /v1/payments/{id}/approve",
                "POST /v1/payments/{id}/disputes/{dispute}/accept",
                "POST /v1/payments/{id}/refunds/{refund}/approve",
                "POST /v1/payments/{id}/void",
                "POST /v1/webhook-endpoints/{id}/deliveries/{webhook}/replay",
                "POST /v1/webhook-endpoints/{id}/rotate",
            ],
            posts.Where(route => !strict.Contains(route)));
        Assert.True(strict.Count >= 15, string.Join('\n', strict));
    }

    [Fact]
    public async Task Every_member_of_every_body_is_taken_once_in_its_own_form_or_not_at_all()
    {
        var wrong = new List<string>();
        await EverywhereAsync(async (route, shape, send) =>
        {
            foreach (var spoilt in JsonShapes.Spoilings(shape))
            {
                var body = JsonShapes.Write(shape, spoilt);
                using var answer = await send(Encoding.UTF8.GetBytes(body));
                var text = await answer.TextAsync();
                if (answer.StatusCode != HttpStatusCode.BadRequest || !text.Contains($"\"{spoilt.Error}\":", StringComparison.Ordinal)) wrong.Add($"{route} {body}: {(int)answer.StatusCode} {text}");
            }
        });

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task No_endpoint_takes_a_body_that_is_no_object_too_deep_or_too_long()
    {
        var wrong = new List<string>();
        await EverywhereAsync(async (route, _, send) =>
        {
            foreach (var (name, body, status) in Bodies)
            {
                using var answer = await send(body);
                if (answer.StatusCode != status || answer.Content.Headers.ContentType?.MediaType != "application/problem+json") wrong.Add($"{route}, {name}: {(int)answer.StatusCode}");
            }
        });

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Signing in counts requests by the address they come from, so it is tried at a hub of its own.</summary>
    [Fact]
    public async Task Signing_in_reads_as_strictly()
    {
        await using var own = await TestHub.StartAsync(edge: new EdgeOptions { SignInsPerMinute = 1_000 });
        var (_, shape) = Assert.Single(JsonShapes.Of(Routes.Of(hub.App)), found => found.Route.Pattern == "/staff/sign-in");
        foreach (var body in JsonShapes.Spoilings(shape).Select(spoilt => Encoding.UTF8.GetBytes(JsonShapes.Write(shape, spoilt))).Concat(Bodies.Select(b => b.Body)))
        {
            AttackFigures.Tried(AttackRow.StrictJson);
            using var answer = await SendAsync(own.Client, "POST", "/staff/sign-in", body);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{(int)answer.StatusCode}: {Encoding.UTF8.GetString(body)}");
        }
    }

    private async Task EverywhereAsync(Func<Route, System.Text.Json.Serialization.Metadata.JsonTypeInfo, Func<byte[], Task<HttpResponseMessage>>, Task> attack)
    {
        var targets = await Targets.SharedAsync(hub);
        var staff = await hub.StaffAsync(Hub.Api.Access.StaffRole.Admin);
        await hub.QuietAsync();
        await hub.UnchangedAsync(async () =>
        {
            foreach (var (route, shape) in JsonShapes.Of(Routes.Of(hub.App)).Where(found => Attack.Table.ContainsKey(found.Route.ToString())))
            {
                var allowed = Attack.Table[route.ToString()];
                var client = allowed.Merchant ? hub.Client(hub.Acme.Secret) : allowed.Customer ? hub.Client(await targets.Sale.Payer.TokenAsync()) : hub.CopyOf(staff);
                var sent = 0;
                await attack(route, shape, async body =>
                {
                    // Codes are counted by session, and a refused body counts.
                    if (!allowed.Merchant && allowed.Customer && ++sent % RequestsPerSession == 0) 
                    {
                        client.Dispose();
                        client = hub.Client(await targets.Sale.Payer.TokenAsync());
                    }

                    AttackFigures.Tried(AttackRow.StrictJson);
                    return await SendAsync(client, route.Method, targets.Fill(route.Pattern)!, body);
                });
                client.Dispose();
            }

            return true;
        });
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
        return await client.SendAsync(request);
    }
}
