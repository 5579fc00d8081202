using Hub.Gateways.SandboxBank;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Bank.Accounts;

/// <summary>The HTTP APIs of net banking and e-checks under <c>/sandbox/netbank/v1</c> and <c>/sandbox/debit/v1</c>, and what their pages need.</summary>
internal static class AccountApi
{
    internal static void Map(RouteGroupBuilder sandbox)
    {
        var net = BankApi.Group(sandbox, BankIdentity.NetBanking);
        net.MapGet("/banks", () => BankApi.Found(NetBanks.All.Select(bank => new { bank.Id, bank.Name, bank.IsUp })));
        net.MapPost("/orders", (HttpContext http, SandboxBanks banks) => BankApi.PostAsync<NetOrderRequest>(http, NetBank.WrongWith, banks.Net.OrderAsync));
        net.MapPost("/orders/{id}/refunds", (HttpContext http, SandboxBanks banks, string id) =>
            BankApi.PostAsync<RefundRequest>(http, BankRules.WrongWith, (call, body) => banks.Net.Moved.RefundAsync(call, id, body)));
        BankApi.MapReading(net, banks => banks.Net.Desk, NetOrderEntry.Kind, AccountRefundEntry.Kind);
        net.MapGet("/books", (SandboxBanks banks, int limit = int.MaxValue) => BankApi.Found(Shown(banks.Net.Moved.Read(Math.Max(limit, 1)))));

        var debits = BankApi.Group(sandbox, BankIdentity.Debits);
        debits.MapPost("/debits", (HttpContext http, SandboxBanks banks) => BankApi.PostAsync<DebitRequest>(http, DebitBank.WrongWith, banks.Debits.DebitAsync));
        debits.MapPost("/debits/{id}/refunds", (HttpContext http, SandboxBanks banks, string id) =>
            BankApi.PostAsync<RefundRequest>(http, BankRules.WrongWith, (call, body) => banks.Debits.Moved.RefundAsync(call, id, body)));
        BankApi.MapReading(debits, banks => banks.Debits.Desk, DebitEntry.Kind, AccountRefundEntry.Kind);
        debits.MapGet("/books", (SandboxBanks banks, int limit = int.MaxValue) => BankApi.Found(Shown(banks.Debits.Moved.Read(Math.Max(limit, 1)))));
        MapPages(sandbox);
    }

    private static void MapPages(RouteGroupBuilder sandbox)
    {
        var net = sandbox.MapGroup("/api/banks/net");
        net.MapGet("/books", (SandboxBanks banks, int limit = 100) => BankApi.Found(Shown(banks.Net.Moved.Read(Math.Clamp(limit, 1, 10_000)))));
        net.MapGet("/orders/{id}", (SandboxBanks banks, string id) => BankApi.Found(banks.Net.Entry(id) is { } entry ? Door(entry) : null));
        net.MapPost("/orders/{id}/sign-in", SignInAsync);
        net.MapPost("/orders/{id}/answer", AnswerAsync);
        net.MapPost("/orders/{id}/recall", async (SandboxBanks banks, string id) => BankPageApi.Changed(await banks.Net.RecallAsync(id)));

        var debits = sandbox.MapGroup("/api/banks/debits");
        debits.MapGet("/books", (SandboxBanks banks, int limit = 100) => BankApi.Found(Shown(banks.Debits.Moved.Read(Math.Clamp(limit, 1, 10_000)))));
        debits.MapGet("/accounts", () => BankApi.Found(BankAccounts.All.Select(a => new { BankAccounts.RoutingNumber, AccountNumber = a.Number, a.Description })));
        debits.MapPost("/debits/{id}/clear", async (SandboxBanks banks, string id) => BankPageApi.Changed(await banks.Debits.ClearAsync(id)));
        debits.MapPost("/debits/{id}/return", async (SandboxBanks banks, string id) => BankPageApi.Changed(await banks.Debits.ReturnAsync(id, "insufficient_funds")));
    }

    private static async Task<ContentHttpResult> SignInAsync(HttpContext http, SandboxBanks banks, string id)
    {
        if (await SandboxBody.ReadAsync<SignInRequest>(http) is not { } asked) return SandboxReply.Error(400, "invalid_json", "The body cannot be read.");
        return await banks.Net.SignInAsync(id, asked.Customer, asked.Password) switch
        {
            SignIn.Opened open => SandboxReply.Json(new
            {
                open.Session, open.Entry.Payee, open.Entry.Object.Amount, open.Entry.Object.Currency, open.Entry.Object.Reference,
            }),
            SignIn.Wrong { Left: > 0 and var left } => SandboxReply.Error(401, "wrong_password", $"Not this customer number and password. {(left == 1 ? "One try is" : "Two tries are")} left."),
            SignIn.Wrong => SandboxReply.Error(423, "customer_locked", "Three times wrong: the bank has locked this order."),
            _ => SandboxReply.Error(409, "nothing_open", "Nothing waits for you here."),
        };
    }

    private static async Task<ContentHttpResult> AnswerAsync(HttpContext http, SandboxBanks banks, string id)
    {
        if (await SandboxBody.ReadAsync<NetAnswer>(http) is not { Answer: "approve" or "deny" } given) return SandboxReply.Error(400, "invalid_answer", "The answer is approve or deny.");
        return await banks.Net.AnswerAsync(id, given.Session, given.Answer == "approve") is { } after
            ? SandboxReply.Json(new { after.Object.Status, ReturnTo = after.ReturnUrl })
            : SandboxReply.Error(409, "nothing_open", "Sign in again: nothing waits for this answer.");
    }

    /// <summary>What anybody may see before signing in: which bank, and, since this is a sandbox, how to get in.</summary>
    private static object Door(NetOrderEntry entry)
    {
        var customer = NetCustomers.Of(entry.Object.Bank)!;
        var back = entry.ReturnUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.PathAndQuery : null;
        return new { entry.Object.Status, Bank = NetBanks.Find(entry.Object.Bank)!.Name, customer.Number, customer.Password, customer.Hint, Back = back };
    }

    private static object Shown(MovedBook book) => new
    {
        Entries = book.Entries.Select(e => new { Object = (object)e.Object, e.Account, e.Payee, e.At, e.Refunds }),
        book.Keys,
    };
}

/// <summary>POST …/sign-in.</summary>
internal sealed record SignInRequest(string Customer, string Password)
{
    /// <summary>Says nothing, so that no password can slip into a log.</summary>
    public override string ToString() => "a sign-in";
}

/// <summary>POST …/answer.</summary>
internal sealed record NetAnswer(string Answer, string Session);
