using System.Security.Cryptography;
using System.Text;
using Hub.Sandbox.Bank.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Bank;

/// <summary>The HTTP APIs of the banks for cards: <c>/sandbox/bank/v1</c> and <c>/sandbox/bank-b/v1</c>; and what every bank's API does alike.</summary>
internal static class BankApi
{
    private const int MaxBody = 64 * 1024;
    private const int MaxKey = 200;

    internal static void Map(RouteGroupBuilder sandbox)
    {
        MapCards(sandbox, BankIdentity.Cards, banks => banks.Cards);
        MapCards(sandbox, BankIdentity.SecondCards, banks => banks.SecondCards);
        AccountApi.Map(sandbox);
        BankPageApi.Map(sandbox);
    }

    private static void MapCards(RouteGroupBuilder sandbox, BankIdentity identity, Func<SandboxBanks, CardBank> of)
    {
        var bank = Group(sandbox, identity);
        bank.MapPost("/authorizations", (HttpContext http, SandboxBanks banks) =>
            PostAsync<AuthorizeRequest>(http, BankRules.WrongWith, of(banks).AuthorizeAsync));
        bank.MapPost("/authorizations/{id}/captures", (HttpContext http, SandboxBanks banks, string id) =>
            PostAsync<CaptureRequest>(http, r => BankRules.WrongWithAmount(r.Amount) ?? BankRules.WrongWithReference(r.Reference), (call, body) => of(banks).CaptureAsync(call, id, body)));
        bank.MapPost("/authorizations/{id}/void", (HttpContext http, SandboxBanks banks, string id) =>
            PostAsync<VoidRequest>(http, r => BankRules.WrongWithReference(r.Reference), (call, body) => of(banks).VoidAsync(call, id, body)));
        bank.MapPost("/captures/{id}/refunds", (HttpContext http, SandboxBanks banks, string id) =>
            PostAsync<RefundRequest>(http, BankRules.WrongWith, (call, body) => of(banks).RefundAsync(call, id, body)));
        bank.MapPost("/disputes/{id}/evidence", (HttpContext http, SandboxBanks banks, string id) =>
            PostAsync<EvidenceRequest>(http, BankRules.WrongWith, (call, body) => of(banks).Disputes.ProveAsync(call, id, body)));
        bank.MapPost("/disputes/{id}/accept", (HttpContext http, SandboxBanks banks, string id) =>
            PostAsync<AcceptRequest>(http, r => BankRules.WrongWithReference(r.Reference), (call, _) => of(banks).Disputes.AcceptAsync(call, id)));
        MapReading(bank, banks => of(banks).Desk, "authorization", "capture", "refund", "dispute");
        bank.MapGet("/books", (SandboxBanks banks, int limit = int.MaxValue) => Found(of(banks).Read(Math.Max(limit, 1))));
    }

    /// <summary>A bank's API, behind its key.</summary>
    internal static RouteGroupBuilder Group(RouteGroupBuilder sandbox, BankIdentity bank)
    {
        var key = Encoding.ASCII.GetBytes($"Bearer {bank.ApiKey}");
        return sandbox.MapGroup($"/{bank.Path}/v1").AddEndpointFilter((context, next) => RequireKeyAsync(key, context, next));
    }

    /// <summary>What became of a key, and each kind of object by its id.</summary>
    internal static void MapReading(RouteGroupBuilder bank, Func<SandboxBanks, BankDesk> of, params ReadOnlySpan<string> kinds)
    {
        bank.MapGet("/operations/{**key}", (HttpContext http, SandboxBanks banks) => Found(of(banks).Operation(KeyOf(http))));
        foreach (var kind in kinds)
        {
            bank.MapGet($"/{kind}s/{{id}}", (SandboxBanks banks, string id) => Found(of(banks).Find(kind, id)));
        }
    }

    private static async ValueTask<object?> RequireKeyAsync(byte[] key, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var given = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        return CryptographicOperations.FixedTimeEquals(given, key)
            ? await next(context)
            : Content(BankAnswer.Error(401, "unauthorized", "The bearer key is missing or wrong."));
    }

    /// <summary>Reads a request, lets the bank carry it out, and answers as its card says.</summary>
    internal static async Task<IResult> PostAsync<T>(HttpContext http, Func<T, string?> check, Func<BankCall, T, Task<BankAnswer>> act)
        where T : class
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > MaxKey) return Content(BankAnswer.Error(400, "idempotency_key_missing", "An Idempotency-Key of 1 to 200 characters is required."));
        if (await SandboxBody.BytesAsync(http, MaxBody) is not { } body) return Content(BankAnswer.Error(400, "body_too_long", "The body is longer than 64 KiB."));
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

        // The customer's bank is down, and this is no failure half-way: the connector vouches that nothing was begun.
        if (answer.Status == 503) http.Response.Headers["Bank-Request"] = "not-begun";
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

    /// <summary>The key as it was sent: a path is decoded all but its slashes, and keys may hold both slashes and percent signs.</summary>
    private static string KeyOf(HttpContext http)
    {
        const string Before = "/operations/";
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return Uri.UnescapeDataString(raw[(raw.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..]);
    }

    internal static ContentHttpResult Found<T>(T? value)
        where T : class =>
        value is null ? Content(BankAnswer.Error(404, "not_found", "There is no such object.")) : SandboxReply.Json(value);

    private static ContentHttpResult Content(BankAnswer answer) => SandboxReply.Raw(answer.Json, answer.Status);
}
