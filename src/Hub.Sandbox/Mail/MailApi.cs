using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Mail;

/// <summary>The mailbox under <c>/sandbox/api/mail</c>.</summary>
internal static class MailApi
{
    private const int LongestReply = 10_000;

    internal static void Map(RouteGroupBuilder sandbox)
    {
        sandbox.MapGet("/api/mail", (Mailbox box, string? to = null) => TypedResults.Json(box.List(to), SandboxJson.Options));
        sandbox.MapGet("/api/mail/{id}", Find);
        sandbox.MapPost("/api/mail/{id}/reply", ReplyAsync);
    }

    private static Results<JsonHttpResult<MailView>, NotFound> Find(Mailbox box, string id) => box.Find(id) is var (summary, message)
        ? TypedResults.Json(MailView.Of(summary, message), SandboxJson.Options)
        : TypedResults.NotFound();

    // Answered as the mailbox's owner; the hub has it when the relay has handed it in, moments later.
    private static async Task<Results<Accepted, BadRequest, NotFound, Conflict>> ReplyAsync(Mailbox box, string id, MailReply body)
    {
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > LongestReply) return TypedResults.BadRequest();
        if (box.Find(id) is not var (summary, message)) return TypedResults.NotFound();
        return await box.ReplyAsync(summary, message, body.Text) ? TypedResults.Accepted((string?)null) : TypedResults.Conflict();
    }
}

/// <summary>POST /sandbox/api/mail/{id}/reply: 202; 409 when the mail takes no answers.</summary>
/// <param name="Text">Plain text, at most 10,000 characters.</param>
internal sealed record MailReply(string Text);

/// <summary>GET /sandbox/api/mail/{id}.</summary>
/// <param name="Id">Its place in the box.</param>
/// <param name="To">Whose mailbox.</param>
/// <param name="From">The decoded From header.</param>
/// <param name="Subject">The decoded subject.</param>
/// <param name="At">When it came.</param>
/// <param name="Text">The first text/plain part.</param>
/// <param name="Html">The first text/html part.</param>
/// <param name="Thread">The first id in References: mails with the same one belong together; <c>null</c> for one that stands alone.</param>
/// <param name="ReplyTo">Where an answer goes; <c>null</c> where the mail takes none.</param>
/// <param name="Unsubscribe">The link of List-Unsubscribe; <c>null</c> where there is none.</param>
/// <param name="Headers">Every header, decoded, in order.</param>
internal sealed record MailView(
    string Id, string To, string From, string Subject, DateTimeOffset At, string? Text, string? Html,
    string? Thread, string? ReplyTo, string? Unsubscribe, IReadOnlyList<MailHeader> Headers)
{
    internal static MailView Of(MailSummary summary, ReadMail message) => new(
        summary.Id, summary.To, message.From, summary.Subject, summary.At, message.Text, message.Html,
        message.Value("References")?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(),
        message.Value("Reply-To"), message.Value("List-Unsubscribe")?.Trim('<', '>'), message.Headers);
}
