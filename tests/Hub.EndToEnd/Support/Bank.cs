using System.Text.Json;

namespace Hub.EndToEnd.Support;

/// <summary>The bank's own books, as the bank shows them.</summary>
internal sealed class Bank(HttpClient http)
{
    private readonly Api _api = new(http);

    internal Task<JsonElement> BooksAsync() => _api.GetAsync("/sandbox/api/bank/books?limit=10000");

    /// <summary>What the bank holds for one payment's attempts.</summary>
    /// <param name="payment">The payment as the hub shows it.</param>
    internal async Task<IReadOnlyList<JsonElement>> HoldsOfAsync(JsonElement payment) => HoldsOf(await BooksAsync(), payment);

    internal static IReadOnlyList<JsonElement> HoldsOf(JsonElement books, JsonElement payment) =>
        [.. books.List("authorizations").Where(a => payment.List("attempts").Any(t => a.Text("idempotency_key") == $"{t.Text("id")}/authorize"))];

    internal async Task AnswerAsync(string authorization, string answer) =>
        (await _api.PostAsync($"/sandbox/api/bank/authorizations/{authorization}/answer", new { answer })).Expect(200);
}
