using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Sandbox.Bank;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>Calls to the bank, as a gateway would make them.</summary>
internal static class BankCalls
{
    internal static Task<HttpResponseMessage> AuthorizeAsync(this SandboxFixture sandbox, string key, CardBehaviour card = CardBehaviour.Approves, long amount = 4990) =>
        sandbox.PostAsync("authorizations", key, Authorization(BankCards.NumberFor(card), amount));

    internal static string Authorization(string number, long amount = 4990, int year = 2050) =>
        $$"""{"amount":{{amount}},"currency":"EUR","card":{"number":"{{number}}","exp_month":12,"exp_year":{{year}},"security_code":"123"},"payee":"ACME Books","reference":"pay_1/att_1/authorize"}""";

    internal static Task<HttpResponseMessage> PostAsync(this SandboxFixture sandbox, string path, string? key, string json) => sandbox.Bank.PostAsync(path, key, json);

    internal static async Task<HttpResponseMessage> PostAsync(this HttpClient bank, string path, string? key, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await bank.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> response) =>
        await (await response).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    internal static Task<JsonElement> GetAsync(this SandboxFixture sandbox, string path) => sandbox.Bank.ReadAsync(path);

    internal static async Task<JsonElement> ReadAsync(this HttpClient bank, string path) =>
        await bank.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    /// <summary>A capture of everything, from a hold that is made for it.</summary>
    internal static async Task<JsonElement> CapturedAsync(this HttpClient bank, CardBehaviour card, long amount = 4990)
    {
        var hold = (await bank.PostAsync("authorizations", $"{card}/a", Authorization(BankCards.NumberFor(card), amount)).JsonAsync()).Text("id");
        return await bank.PostAsync($"authorizations/{hold}/captures", $"{card}/c", $$"""{"amount":{{amount}},"final":true,"reference":"pay_1/cap_1"}""").JsonAsync();
    }

    /// <summary>Plays the bank, or its customer, at a page.</summary>
    internal static Task<HttpResponseMessage> AtPageAsync(this SandboxFixture sandbox, string path, string json = "{}") =>
        sandbox.Http.PostAsync($"/sandbox/api/{path}", null, json);

    /// <summary>How often a key came and took effect, from the books.</summary>
    internal static async Task<(int Calls, int CarriedOut)> KeyAsync(this SandboxFixture sandbox, string key)
    {
        var books = await sandbox.GetAsync("books");
        var found = books.GetProperty("keys").EnumerateArray().Single(k => k.Text("idempotency_key") == key);
        return (found.GetProperty("calls").GetInt32(), found.GetProperty("carried_out").GetInt32());
    }

    internal static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();
}
