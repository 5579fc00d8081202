using System.Text.Json;

namespace Hub.EndToEnd.Support;

/// <summary>The banks' own books, as the banks show them.</summary>
internal sealed class Bank(HttpClient http)
{
    private readonly Api _api = new(http);

    /// <summary>The books of every bank: two for cards, one for net banking, one for e-checks.</summary>
    internal async Task<BankBooks> AllBooksAsync() => new(
        [await BooksAsync(), await _api.GetAsync("/sandbox/api/banks/cards/sandbox_b/books?limit=10000")],
        [await _api.GetAsync("/sandbox/api/banks/net/books?limit=10000"), await _api.GetAsync("/sandbox/api/banks/debits/books?limit=10000")]);

    /// <summary>The customer signs in at their bank's page and answers.</summary>
    /// <returns>Where the bank sends them; <c>null</c> where it loses the way.</returns>
    internal async Task<string?> AnswerAtNetBankAsync(string order, string answer = "approve")
    {
        var door = await _api.GetAsync($"/sandbox/api/banks/net/orders/{order}");
        var inside = (await _api.PostAsync($"/sandbox/api/banks/net/orders/{order}/sign-in", new { customer = door.Text("number"), password = door.Text("password") })).Expect(200);
        return (await _api.PostAsync($"/sandbox/api/banks/net/orders/{order}/answer", new { session = inside.Text("session"), answer })).Expect(200).Text("return_to");
    }

    internal Task<JsonElement> BooksAsync() => _api.GetAsync("/sandbox/api/bank/books?limit=10000");

    /// <summary>What the bank holds for one payment's attempts.</summary>
    /// <param name="payment">The payment as the hub shows it.</param>
    internal async Task<IReadOnlyList<JsonElement>> HoldsOfAsync(JsonElement payment) => (await AllBooksAsync()).HoldsOf(payment);

    internal static IReadOnlyList<JsonElement> HoldsOf(JsonElement books, JsonElement payment) =>
        [.. books.List("authorizations").Where(a => payment.List("attempts").Any(t => a.Text("idempotency_key") == $"{t.Text("id")}/authorize"))];

    internal async Task AnswerAsync(string authorization, string answer, string bank) =>
        (await _api.PostAsync($"/sandbox/api/banks/cards/{bank}/authorizations/{authorization}/answer", new { answer })).Expect(200);
}

/// <summary>What all banks together have done.</summary>
/// <param name="Cards">Books with holds, captures and refunds of them.</param>
/// <param name="Moved">Books of money that moved at once.</param>
internal sealed record BankBooks(IReadOnlyList<JsonElement> Cards, IReadOnlyList<JsonElement> Moved)
{
    /// <summary>Every key that ever came.</summary>
    internal IEnumerable<JsonElement> Keys => Cards.Concat(Moved).SelectMany(book => book.List("keys"));

    /// <summary>The holds for one payment's attempts.</summary>
    internal IReadOnlyList<JsonElement> HoldsOf(JsonElement payment) => [.. Cards.SelectMany(book => Bank.HoldsOf(book, payment))];

    /// <summary>The movements for one payment's attempts.</summary>
    internal IReadOnlyList<JsonElement> MovementsOf(JsonElement payment) =>
    [
        .. Moved.SelectMany(book => book.List("entries").Where(e => book.List("keys").Any(k =>
            k.Text("object") == e.Text("object.id") && payment.List("attempts").Any(a => k.Text("idempotency_key") == $"{a.Text("id")}/authorize")))),
    ];
}
