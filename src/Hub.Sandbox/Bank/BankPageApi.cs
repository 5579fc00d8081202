using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Bank;

/// <summary>What the banks' page needs: the books to look at, and a developer's ways to play the bank. Under <c>/sandbox/api/bank</c> and <c>/sandbox/api/banks</c>.</summary>
internal static class BankPageApi
{
    internal static void Map(RouteGroupBuilder sandbox)
    {
        var first = sandbox.MapGroup("/api/bank");
        first.MapGet("/books", (SandboxBanks banks, int limit = 100) => Book(banks.Cards, limit));
        first.MapGet("/cards", () => BankApi.Found(BankCards.All.Select(c => new { c.Number, c.Description })));
        first.MapGet("/authorizations/{id}", (SandboxBanks banks, string id) => BankApi.Found(banks.Cards.Desk.Find("authorization", id)));
        first.MapPost("/authorizations/{id}/answer", (HttpContext http, SandboxBanks banks, string id) => AnswerAsync(http, banks.Cards, id));

        var cards = sandbox.MapGroup("/api/banks/cards/{bank}");
        cards.MapGet("/books", (SandboxBanks banks, string bank, int limit = 100) => Book(banks.CardsOf(bank), limit));
        cards.MapPost("/authorizations/{id}/answer", (HttpContext http, SandboxBanks banks, string bank, string id) => AnswerAsync(http, banks.CardsOf(bank), id));
        cards.MapPost("/captures/{id}/dispute", async (SandboxBanks banks, string bank, string id) =>
            Changed(banks.CardsOf(bank) is { } one ? await one.Disputes.OpenAsync(id) : null));
        cards.MapPost("/disputes/{id}/decide", DecideAsync);
    }

    /// <summary>What was changed, or that nothing was open.</summary>
    internal static ContentHttpResult Changed(IBankObject? after) =>
        after is null ? SandboxReply.Error(409, "nothing_open", "There is nothing to do here any more.") : BankApi.Found<object>(after);

    private static ContentHttpResult Book(CardBank? bank, int limit) => BankApi.Found(bank?.Read(Math.Clamp(limit, 1, 10_000)));

    private static async Task<ContentHttpResult> AnswerAsync(HttpContext http, CardBank? bank, string id)
    {
        var body = await SandboxBody.ReadAsync<BankPageAnswer>(http);
        if (body?.Answer is not ("approve" or "deny")) return SandboxReply.Error(400, "invalid_answer", "The answer is approve or deny.");
        return Changed(bank is null ? null : await bank.ResolveAsync(id, body.Answer == "approve"));
    }

    private static async Task<ContentHttpResult> DecideAsync(HttpContext http, SandboxBanks banks, string bank, string id)
    {
        var body = await SandboxBody.ReadAsync<DisputeDecision>(http);
        if (body is null) return SandboxReply.Error(400, "invalid_json", "The body cannot be read.");
        return Changed(banks.CardsOf(bank) is { } one ? await one.Disputes.DecideAsync(id, body.Won) : null);
    }
}

/// <summary>The customer's answer at a bank's page.</summary>
/// <param name="Answer"><c>approve</c> or <c>deny</c>.</param>
internal sealed record BankPageAnswer(string Answer);

/// <summary>How the bank decides a dispute.</summary>
/// <param name="Won">For the merchant.</param>
internal sealed record DisputeDecision(bool Won);
