using System.Security.Claims;
using System.Text;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Live;
using Microsoft.AspNetCore.Http;

namespace Hub.Fuzz;

/// <summary>What stands in a request's head: a line each of <c>Idempotency-Key</c>, <c>If-Match</c>, <c>Prefer</c> and the query.</summary>
internal sealed class HeadersTarget : FuzzTarget
{
    public override string Name => "headers";

    public override IReadOnlyList<string> Words { get; } =
    [
        "\n", "wait=10", "wait=", "wait", "WAIT = \"10\"", "wait=999999999999999999999", "wait=-1", "respond-async", ";", ",", "\"v3\"", "\"v", "W/", "*", "\"v99999999999999999999\"", "?limit=20", "&limit=", "&starting_after=pay_1", "limit=1e1", "%00", "%", "=", "&", Card, GroupedCard, "\t", "é", " ",
    ];

    public override string Try(byte[] input)
    {
        var lines = Lines(Latin(input), 4);
        return string.Join(' ', Key(lines[0]), Match(lines[1]), Prefer(lines[2]), Page(lines[3]));
    }

    private static string Key(string? sent) => Bound(
        http => http.Request.Headers[IdempotencyKey.Header] = sent,
        IdempotencyKey.BindAsync,
        key =>
        {
            Must(sent!.Length is > 0 and <= IdempotencyKey.MaxLength && sent.All(sign => sign is >= ' ' and <= '~'), "A key of other signs");
            Must(!CardNumbers.AreIn(sent), "A key that is a card number");
            Must(key.CommandId.Length == 68 && key.CommandId[4..].All(char.IsAsciiHexDigitLower), "A command's id is no digest of the key");
            Same(key.CommandId, Bind(http => http.Request.Headers[IdempotencyKey.Header] = sent, IdempotencyKey.BindAsync)!.CommandId, "The same key once more");
        });

    private static string Match(string? sent) => Bound(
        http => http.Request.Headers.IfMatch = sent,
        IfMatch.BindAsync,
        match => Must(match.Version is null or >= 0, "A version below none"));

    private static string Prefer(string? sent)
    {
        var wait = PreferWait.Parse([sent, sent]);
        Must(wait.Time >= TimeSpan.Zero && wait.Time <= TimeSpan.FromSeconds(PreferWait.MaxSeconds), "A wait without bound");
        Same(wait, PreferWait.Parse([sent]), "The first counts");
        return wait == PreferWait.None ? "now" : "waits";
    }

    private static string Page(string? sent) => Bound(
        http => http.Request.QueryString = new QueryString($"?{sent}"),
        Paging.BindAsync,
        page =>
        {
            Must(page.Limit is >= 1 and <= 100, "A page without bound");
            Must(page.StartingAfter is null || page.StartingAfter.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-'), "A cursor of other signs");
        });

    private static string Bound<T>(Action<HttpContext> send, Func<HttpContext, ValueTask<T?>> bind, Action<T> check)
        where T : class
    {
        try
        {
            check(Bind(send, bind)!);
            return typeof(T).Name;
        }
        catch (ProblemException refused)
        {
            SaysNoNumber(refused.Problem.ToString());
            return "refused";
        }
    }

    private static T? Bind<T>(Action<HttpContext> send, Func<HttpContext, ValueTask<T?>> bind)
        where T : class
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new CallerIdentity(new Caller.Merchant("mer_1") { CredentialId = "crd_1" }, "fuzz", [])) };
        send(http);
        return bind(http).AsTask().GetAwaiter().GetResult();
    }
}

/// <summary>The name of a live topic.</summary>
internal sealed class TopicTarget : FuzzTarget
{
    // The hub makes its kinds of actors at their first use, which no input pays for.
    public TopicTarget() => _ = LiveTopic.Parse("payment:pay_1");

    public override string Name => "topic";

    public override IReadOnlyList<string> Words { get; } = ["payment:", "order:", "customer:", "queue:", "merchant:", ":", "/", "..", "pay_1", "mer_1", "%", "\0", "é", "１", "*", new string('a', 80)];

    public override string Try(byte[] input)
    {
        var text = Text(input);
        if (LiveTopic.Parse(text) is not { } topic) return "none";
        Same(text, $"{topic.Kind}:{topic.Id}", "A topic is what was asked for");
        Must(topic.Id.Length > 0 && topic.Id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-'), "An id of other signs");
        return topic.Kind;
    }
}
