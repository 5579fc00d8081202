using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Bank;

/// <summary>The bank's HTTP API under <c>/sandbox/bank/v1</c>, and what its page needs under <c>/sandbox/api/bank</c>.</summary>
internal static class BankApi
{
    private const int MaxBody = SandboxBody.Usual;
    private const int MaxKey = 200;
    private static readonly byte[] Authorization = Encoding.ASCII.GetBytes($"Bearer {SandboxKeys.BankApiKey}");

    internal static void Map(RouteGroupBuilder sandbox)
    {
        var bank = sandbox.MapGroup("/bank/v1").AddEndpointFilter(RequireKeyAsync);
        bank.MapPost("/authorizations", (HttpContext http, SandboxBank books) =>
            PostAsync<AuthorizeRequest>(http, BankRules.WrongWith, books.AuthorizeAsync));
        bank.MapPost("/authorizations/{id}/captures", (HttpContext http, SandboxBank books, string id) =>
            PostAsync<CaptureRequest>(http, r => BankRules.WrongWithAmount(r.Amount) ?? BankRules.WrongWithReference(r.Reference), (call, body) => books.CaptureAsync(call, id, body)));
        bank.MapPost("/authorizations/{id}/void", (HttpContext http, SandboxBank books, string id) =>
            PostAsync<VoidRequest>(http, r => BankRules.WrongWithReference(r.Reference), (call, body) => books.VoidAsync(call, id, body)));
        bank.MapPost("/captures/{id}/refunds", (HttpContext http, SandboxBank books, string id) =>
            PostAsync<RefundRequest>(http, r => BankRules.WrongWithAmount(r.Amount) ?? BankRules.WrongWithReference(r.Reference), (call, body) => books.RefundAsync(call, id, body)));
        bank.MapGet("/operations/{**key}", (HttpContext http, SandboxBank books) => Found(books.Operation(KeyOf(http))));
        bank.MapGet("/authorizations/{id}", (SandboxBank books, string id) => Found(books.Find("authorization", id)));
        bank.MapGet("/captures/{id}", (SandboxBank books, string id) => Found(books.Find("capture", id)));
        bank.MapGet("/refunds/{id}", (SandboxBank books, string id) => Found(books.Find("refund", id)));
        bank.MapGet("/books", (SandboxBank books, int limit = int.MaxValue) => Found(books.Books(Math.Max(limit, 1))));

        var page = sandbox.MapGroup("/api/bank");
        page.MapGet("/books", (SandboxBank books, int limit = 100) => Found(books.Books(Math.Clamp(limit, 1, 10_000))));
        page.MapGet("/cards", () => Found(BankCards.All.Select(c => new { c.Number, c.Description })));
        page.MapGet("/authorizations/{id}", (SandboxBank books, string id) => Found(books.Find("authorization", id)));
        page.MapPost("/authorizations/{id}/answer", AnswerAsync);
    }

    private static async ValueTask<object?> RequireKeyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var given = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        return CryptographicOperations.FixedTimeEquals(given, Authorization)
            ? await next(context)
            : Content(BankAnswer.Error(401, "unauthorized", "The bearer key is missing or wrong."));
    }

    private static async Task<IResult> PostAsync<T>(HttpContext http, Func<T, string?> check, Func<BankCall, T, Task<BankAnswer>> act)
        where T : class
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > MaxKey) return Content(BankAnswer.Error(400, "idempotency_key_missing", "An Idempotency-Key of 1 to 200 characters is required."));
        if (await SandboxBody.BytesAsync(http, MaxBody) is not { } body) return Content(BankAnswer.Error(400, "body_too_long", "The body is longer than 16 KiB."));
        if (SandboxBody.Parse<T>(body) is not { } asked) return Content(BankAnswer.Error(400, "invalid_json", "The body cannot be read."));
        if (check(asked) is { } wrong) return Content(BankAnswer.Error(400, $"invalid_{wrong.Replace('.', '_')}", $"{wrong} is not valid."));

        var fingerprint = SHA256.HashData([.. Encoding.UTF8.GetBytes(http.Request.Path), 0, .. body]);
        var answer = await act(new(key, fingerprint), asked);
        return await ReplyAsync(http, answer);
    }

    private static async Task<IResult> ReplyAsync(HttpContext http, BankAnswer answer)
    {
        var outbox = http.RequestServices.GetService(typeof(Outbox.SandboxOutbox)) as Outbox.SandboxOutbox;
        if (answer.Owed is { } owed && answer.Fault != CardBehaviour.WebhookFirst)
        {
            http.Response.OnCompleted(() =>
            {
                outbox!.Dispatch(owed);
                return Task.CompletedTask;
            });
        }

        if (answer.Fault == CardBehaviour.ErrorButDone) return Content(BankAnswer.Error(500, "internal_error", "Something went wrong at the bank."));
        if (answer.Fault == CardBehaviour.TimeoutAfterCharge)
        {
            await HoldAsync(http);
            return TypedResults.Empty;
        }

        if (answer.Replayed) http.Response.Headers["Idempotent-Replayed"] = "true";
        return Content(answer);
    }

    /// <summary>Keeps the line open without a word, then drops it.</summary>
    private static async Task HoldAsync(HttpContext http)
    {
        var hold = ((IOptions<SandboxOptions>)http.RequestServices.GetService(typeof(IOptions<SandboxOptions>))!).Value.BankHold;
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await Task.WhenAny(gone.Task, Task.Delay(hold, CancellationToken.None));
        http.Abort();
    }

    private static async Task<ContentHttpResult> AnswerAsync(HttpContext http, SandboxBank bank, string id)
    {
        var body = await SandboxBody.ReadAsync<BankPageAnswer>(http);
        if (body?.Answer is not ("approve" or "deny")) return SandboxReply.Error(400, "invalid_answer", "The answer is approve or deny.");
        return await bank.ResolveAsync(id, body.Answer == "approve") is { } after
            ? Found(after)
            : SandboxReply.Error(409, "nothing_open", "There is nothing to answer.");
    }

    /// <summary>The key as it was sent: a path is decoded all but its slashes, and keys may hold both slashes and percent signs.</summary>
    private static string KeyOf(HttpContext http)
    {
        const string Before = "/operations/";
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return Uri.UnescapeDataString(raw[(raw.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..]);
    }

    private static ContentHttpResult Found<T>(T? value)
        where T : class =>
        value is null ? Content(BankAnswer.Error(404, "not_found", "There is no such object.")) : SandboxReply.Json(value);

    private static ContentHttpResult Content(BankAnswer answer) => SandboxReply.Raw(answer.Json, answer.Status);
}

/// <summary>POST /sandbox/api/bank/authorizations/{id}/answer.</summary>
/// <param name="Answer"><c>approve</c> or <c>deny</c>.</param>
internal sealed record BankPageAnswer(string Answer);
