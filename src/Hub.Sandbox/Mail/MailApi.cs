using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Mail;

/// <summary>The mailbox under <c>/sandbox/api/mail</c>.</summary>
internal static class MailApi
{
    internal static void Map(RouteGroupBuilder sandbox)
    {
        sandbox.MapGet("/api/mail", (Mailbox box, string? to = null) => TypedResults.Json(box.List(to), SandboxJson.Options));
        sandbox.MapGet("/api/mail/{id}", Find);
    }

    private static Results<JsonHttpResult<MailView>, NotFound> Find(Mailbox box, string id) => box.Find(id) is var (summary, message)
        ? TypedResults.Json(new MailView(summary.Id, summary.To, message.From, summary.Subject, summary.At, message.Text, message.Html, message.Headers), SandboxJson.Options)
        : TypedResults.NotFound();
}

/// <summary>GET /sandbox/api/mail/{id}.</summary>
internal sealed record MailView(string Id, string To, string From, string Subject, DateTimeOffset At, string? Text, string? Html, IReadOnlyList<MailHeader> Headers);
