using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Bench.Journeys;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>The last two requests: a card is submitted, and the customer's text takes the money.</summary>
/// <remarks>What goes to the bank is committed as pending before the call, and its outcome after it; no row is locked while the bank thinks.</remarks>
internal sealed class Payments(NpgsqlDataSource database, Edge edge, Cards cards, Parties parties, Changes changes) : IReported
{
    public async Task ShowAsync(HttpContext http)
    {
        var customer = await edge.CustomerAsync(http);
        var row = customer is null ? null : await Work.ReadAsync(
            database,
            "SELECT p.status, p.amount, p.currency, c.status FROM payments p LEFT JOIN confirmations c ON c.payment = p.id WHERE p.id = $1 AND p.customer = $2",
            (string)http.Request.RouteValues["id"]!, customer);
        await Edge.WriteAsync(http, row is null
            ? Edge.Answer.Refused(404, "not_found")
            : Edge.Answer.Of(200, new { id = http.Request.RouteValues["id"], status = row[0], amount = new { amount = row[1], currency = row[2] }, confirmation = row[3] is string status ? new { status } : null }));
    }

    public async Task SubmitAsync(HttpContext http)
    {
        var customer = await edge.CustomerAsync(http) ?? "";
        var body = await Edge.BodyAsync(http);
        var asked = JsonSerializer.Deserialize<JsonElement>(body);
        var securityCode = cards.Open(asked.GetProperty("security_code").GetString()!).GetProperty("security_code").GetString()!;
        var started = await StartAsync(http, customer, body, asked.GetProperty("instrument").GetString()!);
        if (started.Refusal is { } refusal)
        {
            await Edge.WriteAsync(http, refusal);
            return;
        }

        var authorization = await parties.AuthorizeAsync(started.Attempt, started.Amount, started.Currency, started.Card, securityCode);
        var (answer, message, code) = await AuthorizedAsync(http, customer, started, authorization);
        var amount = (started.Amount / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        var sid = await parties.TextAsync(message, started.Phone, $"OmniHub: pay {started.Currency} {amount} to ACME Books? Reply PAY {code} or NO {code}. Valid 5 min.");
        await SentAsync(message, sid, started.Payment);
        changes.Tell($"payment:{started.Payment}");
        await Edge.WriteAsync(http, answer);
    }

    /// <summary>The customer's yes: compares, takes the money, posts it, sends a receipt.</summary>
    public async Task ApproveAsync(string sid, string phone, string code)
    {
        if (await MatchAsync(sid, phone, code) is not { } due) return;
        var capture = await parties.CaptureAsync(due.Capture, due.Authorization, due.Amount);
        var message = Ids.New("msg");
        await using (var work = await Work.BeginAsync(database))
        {
            var payment = await work.RowAsync("SELECT status, order_id FROM payments WHERE id = $1 FOR UPDATE", due.Payment);
            if (payment![0] is not "processing") return;
            await work.ChangeAllAsync(
                ("UPDATE captures SET status = 'succeeded', bank_capture = $2 WHERE id = $1", [due.Capture, capture]),
                ("UPDATE payments SET status = 'succeeded', captured = amount WHERE id = $1", [due.Payment]),
                ("UPDATE orders SET status = 'paid' WHERE id = $1", [payment[1]]),
                ("INSERT INTO postings (payment, account, currency, minor) VALUES ($1, 'gateway_clearing', $2, $3), ($1, 'merchant_payable', $2, -$3)", [due.Payment, due.Currency, due.Amount]),
                ("INSERT INTO messages (id, customer, purpose, status) VALUES ($1, $2, 'receipt', 'sending')", [message, due.Customer]));
            await work.CommitAsync();
        }

        changes.Tell($"payment:{due.Payment}");
        var receipt = await parties.TextAsync(message, phone, $"OmniHub: you paid {due.Currency} {(due.Amount / 100m).ToString("0.00", CultureInfo.InvariantCulture)} to ACME Books.");
        await SentAsync(message, receipt, null);
    }

    public async Task StatusAsync(string message, string status, int rank)
    {
        await using var work = await Work.BeginAsync(database);
        await work.ChangeAsync("UPDATE messages SET status = $2, rank = $3 WHERE id = $1 AND rank < $3", message, status, rank);
        await work.CommitAsync();
    }

    public async Task ReportedAsync(string report, string key)
    {
        await using var work = await Work.BeginAsync(database);
        if (await work.ChangeAsync("INSERT INTO received (party, id) VALUES ('bank', $1) ON CONFLICT DO NOTHING", report) == 1)
        {
            await work.RowAsync("SELECT status FROM attempts WHERE id = $1 FOR UPDATE", key);
        }

        await work.CommitAsync();
    }

    private async Task<Started> StartAsync(HttpContext http, string customer, byte[] body, string instrument)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        await using var work = await Work.BeginAsync(database);
        if (await Edge.ReserveAsync(work, http, customer, body) is { } replay) return new Started(replay);
        var payment = await work.RowAsync("SELECT status, amount, currency FROM payments WHERE id = $1 AND customer = $2 FOR UPDATE", id, customer);
        if (payment is null) return new Started(Edge.Answer.Refused(404, "not_found"));
        if (payment[0] is not "requires_payment_method") return new Started(Edge.Answer.Refused(409, "illegal_state"));
        var card = await work.RowAsync("SELECT i.card, c.phone FROM instruments i JOIN customers c ON c.id = i.customer WHERE i.id = $1 AND i.customer = $2", instrument, customer);
        if (card is null) return new Started(Edge.Answer.Refused(404, "not_found"));
        var attempt = Ids.New("att");
        await work.ChangeAllAsync(
            ("INSERT INTO attempts (id, payment, instrument, status) VALUES ($1, $2, $3, 'authorizing')", [attempt, id, instrument]),
            ("UPDATE payments SET status = 'processing' WHERE id = $1", [id]));
        await work.CommitAsync();
        return new Started(null) { Payment = id, Attempt = attempt, Amount = (long)payment[1], Currency = (string)payment[2], Card = cards.Unseal((byte[])card[0]), Phone = (string)card[1] };
    }

    private async Task<(Edge.Answer Answer, string Message, string Code)> AuthorizedAsync(HttpContext http, string customer, Started started, string authorization)
    {
        await using var work = await Work.BeginAsync(database);
        await work.RowAsync("SELECT status FROM payments WHERE id = $1 FOR UPDATE", started.Payment);
        var message = Ids.New("msg");
        var answer = Edge.Answer.Of(200, new { id = started.Payment, status = "awaiting_confirmation" });
        var code = RandomNumberGenerator.GetInt32(1_000, 10_000).ToString(CultureInfo.InvariantCulture);
        await work.ChangeAllAsync(
            ("UPDATE attempts SET status = 'authorized', bank_authorization = $2 WHERE id = $1", [started.Attempt, authorization]),
            ("UPDATE payments SET status = 'awaiting_confirmation' WHERE id = $1", [started.Payment]),
            ("INSERT INTO confirmations (payment, phone, code, status, expires_at) VALUES ($1, $2, $3, 'created', now() + interval '5 minutes')", [started.Payment, started.Phone, code]),
            ("INSERT INTO messages (id, customer, purpose, status) VALUES ($1, $2, 'confirmation', 'sending')", [message, customer]));
        await Edge.FinishAsync(work, http, customer, answer);
        await work.CommitAsync();
        return (answer, message, code);
    }

    private async Task SentAsync(string message, string sid, string? payment)
    {
        await using var work = await Work.BeginAsync(database);
        await work.ChangeAsync("UPDATE messages SET sid = $2, status = CASE WHEN rank = 0 THEN 'sent' ELSE status END WHERE id = $1", message, sid);
        if (payment is not null) await work.ChangeAsync("UPDATE confirmations SET status = 'sent' WHERE payment = $1 AND status = 'created'", payment);
        await work.CommitAsync();
    }

    private async Task<Due?> MatchAsync(string sid, string phone, string code)
    {
        await using var work = await Work.BeginAsync(database);
        if (await work.ChangeAsync("INSERT INTO received (party, id) VALUES ('sms', $1) ON CONFLICT DO NOTHING", sid) == 0) return null;
        var open = await work.RowAsync("SELECT payment FROM confirmations WHERE phone = $1 AND code = $2 AND status IN ('created', 'sent') AND expires_at > now() FOR UPDATE", phone, code);
        if (open is null)
        {
            await work.ChangeAsync("UPDATE confirmations SET wrong_answers = wrong_answers + 1 WHERE phone = $1 AND status IN ('created', 'sent')", phone);
            await work.CommitAsync();
            return null;
        }

        var payment = await work.RowAsync(
            "SELECT p.customer, p.amount, p.currency, a.bank_authorization FROM payments p JOIN attempts a ON a.payment = p.id AND a.status = 'authorized' WHERE p.id = $1 AND p.status = 'awaiting_confirmation' FOR UPDATE OF p",
            open[0]);
        if (payment is null) return null;
        var capture = Ids.New("cap");
        await work.ChangeAllAsync(
            ("UPDATE confirmations SET status = 'matched' WHERE payment = $1", [open[0]]),
            ("UPDATE payments SET status = 'processing' WHERE id = $1", [open[0]]),
            ("INSERT INTO captures (id, payment, amount, status) VALUES ($1, $2, $3, 'pending')", [capture, open[0], payment[1]]));
        await work.CommitAsync();
        return new Due((string)open[0], (string)payment[0], capture, (string)payment[3], (long)payment[1], (string)payment[2]);
    }

    /// <summary>An attempt that was committed before the bank is asked, or why there is none.</summary>
    private sealed record Started(Edge.Answer? Refusal)
    {
        public string Payment { get; init; } = "";

        public string Attempt { get; init; } = "";

        public long Amount { get; init; }

        public string Currency { get; init; } = "";

        public string Card { get; init; } = "";

        public string Phone { get; init; } = "";

        /// <summary>Without the card.</summary>
        public override string ToString() => $"{nameof(Started)} {Attempt}";
    }

    private sealed record Due(string Payment, string Customer, string Capture, string Authorization, long Amount, string Currency);
}
