using System.Text.Json;

namespace Hub.EndToEnd.Support;

/// <summary>What must hold when everything is at rest: the books balance, and hub and bank agree or somebody has a case.</summary>
internal static class Truth
{
    private static readonly string[] MoneyEvents =
    [
        "payment.capture_succeeded", "payment.refund_requested", "payment.refund_succeeded", "payment.refund_failed", "payment.refund_reversed",
        "payment.debited", "payment.debited_too_late", "payment.capture_returned", "payment.refund_approved", "payment.dispute_opened",
        "payment.dispute_closed",
    ];

    /// <summary>Checks every payment of the demo merchant.</summary>
    internal static async Task HoldsAsync(HubUnderTest hub)
    {
        await hub.SettledAsync();
        var payments = await hub.Merchant.AllAsync("/v1/payments");
        var books = await hub.Bank.AllBooksAsync();
        BooksBalance(hub);
        NothingTwice(books.Keys);
        foreach (var payment in payments)
        {
            Agree(books, payment);
            await PostedOnceAsync(hub, payment.Text("id")!);
        }

        NothingBeyondTheInvoice(payments);
        NothingIsViolated(hub);
    }

    /// <summary>Every invariant that a journal can show, and the views against their rebuild, beside the running hub.</summary>
    internal static void NothingIsViolated(HubUnderTest hub)
    {
        if (hub.Verify() is { } report) Assert.True(report.Violations.Count == 0, string.Join(Environment.NewLine, report.Violations));
    }

    /// <summary>Invariant 7: per currency, all balances sum to zero.</summary>
    internal static void BooksBalance(HubUnderTest hub) => Assert.All(
        hub.Books.Balances().GroupBy(b => b.Amount.Currency),
        currency => Assert.Equal(0, currency.Sum(b => b.Amount.Minor)));

    /// <summary>Invariants 9 and 10: the bank carried out no key twice.</summary>
    internal static void NothingTwice(IEnumerable<JsonElement> keys) => Assert.All(keys, key => Assert.InRange(key.Number("carried_out"), 0, 1));

    // Invariant 8: one balanced posting set, two lines of it, for each event that moves money.
    private static async Task PostedOnceAsync(HubUnderTest hub, string payment)
    {
        var moved = (await hub.Merchant.TimelineAsync(payment)).Count(e => e.Text("actor") == $"payment/{payment}" && MoneyEvents.Contains(e.Text("type")));
        var sets = hub.Books.Postings($"payment/{payment}").GroupBy(line => line.Version).ToList();
        Assert.Equal(moved, sets.Count);
        Assert.All(sets, set => Assert.Equal((2, 0L), (set.Count(), set.Sum(line => line.Amount.Minor))));
    }

    // Invariant 10: at rest, hub and bank agree, or there is a case.
    private static void Agree(BankBooks books, JsonElement payment)
    {
        // E-cash is the hub's own bank: the journal's audit holds it.
        if (payment.Text("case.id") is not null || payment.List("attempts").Any(a => a.Text("gateway") == "ecash")) return;
        var (holds, moved) = (books.HoldsOf(payment), books.MovementsOf(payment));
        var captured = holds.SelectMany(h => h.List("captures")).Where(c => c.Text("status") == "succeeded").Sum(c => c.Number("amount"))
            + moved.Where(m => m.Text("object.status") is "succeeded" or "accepted" or "cleared" or "returned").Sum(m => m.Number("object.amount"));
        var refunded = holds.Concat(moved).SelectMany(h => h.List("refunds")).Where(r => r.Text("status") == "succeeded").Sum(r => r.Number("amount"));
        Assert.Equal(captured, payment.Number("amount_captured"));
        Assert.Equal(moved.Where(m => m.Text("object.status") == "returned").Sum(m => m.Number("object.amount")), payment.Number("amount_returned"));
        Assert.Equal(refunded, payment.Number("amount_refunded"));
        Assert.InRange(holds.Count(h => h.Number("captured") > 0), 0, 1);
        foreach (var hold in holds.Where(h => h.Text("authorization.status") == "authorized" && !h.IsTrue("voided") && h.Number("captured") == 0))
        {
            var attempt = payment.List("attempts").First(a => $"{a.Text("id")}/authorize" == hold.Text("idempotency_key"));
            Assert.True(attempt.Text("status") is "authorized" or "voiding", $"The bank holds money that the hub forgot: {payment.GetRawText()}");
        }
    }

    // Invariant 24: per order, over all its payments.
    private static void NothingBeyondTheInvoice(IReadOnlyList<JsonElement> payments) => Assert.All(
        payments.GroupBy(p => p.Text("order")),
        order => Assert.InRange(order.Sum(p => p.Number("amount_captured") - p.Number("amount_refunded") - p.Number("amount_returned")), 0, order.Max(p => p.Number("amount.amount"))));
}
