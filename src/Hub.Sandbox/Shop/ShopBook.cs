using Hub.Sandbox.Storage;

namespace Hub.Sandbox.Shop;

/// <summary>The shop's own tables: what it registered, its customers, its orders, the webhooks it verified.</summary>
internal static class ShopBook
{
    internal static readonly SandboxTables Tables = new("""
        CREATE TABLE IF NOT EXISTS shop_settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS shop_customers(phone TEXT NOT NULL, email TEXT NOT NULL, id TEXT NOT NULL, wishes TEXT NOT NULL, PRIMARY KEY(phone, email)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS shop_orders(id TEXT PRIMARY KEY, seq INTEGER NOT NULL, payment TEXT, status TEXT NOT NULL, rank INTEGER NOT NULL, total TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS shop_webhooks(id TEXT PRIMARY KEY, seq INTEGER NOT NULL, order_id TEXT NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """);

    private const string NextSeq = "(SELECT COALESCE(MAX(seq), 0) + 1 FROM ";

    internal static string? Setting(SandboxTransaction t, string name) => t.First("SELECT value FROM shop_settings WHERE name = $0", r => r.GetString(0), name);

    internal static List<string> Settings(SandboxTransaction t, string prefix) => t.All("SELECT value FROM shop_settings WHERE name LIKE $0 || '%'", r => r.GetString(0), prefix);

    internal static int Set(SandboxTransaction t, string name, string value) =>
        t.Execute("INSERT INTO shop_settings VALUES($0, $1) ON CONFLICT(name) DO UPDATE SET value = excluded.value", name, value);

    /// <summary>Forgets what was registered at a hub that has itself forgotten; orders stay as a record.</summary>
    internal static int Forget(SandboxTransaction t) => t.Execute("DELETE FROM shop_settings") + t.Execute("DELETE FROM shop_customers");

    internal static ShopCustomer? Customer(SandboxTransaction t, string phone, string email) => t.First(
        "SELECT id, wishes FROM shop_customers WHERE phone = $0 AND email = $1", r => new ShopCustomer(r.GetString(0), r.GetString(1)), phone, email);

    internal static int Keep(SandboxTransaction t, string phone, string email, ShopCustomer customer) => t.Execute(
        "INSERT INTO shop_customers VALUES($0, $1, $2, $3) ON CONFLICT(phone, email) DO UPDATE SET id = excluded.id, wishes = excluded.wishes",
        phone, email, customer.Id, customer.Wishes);

    internal static int AddOrder(SandboxTransaction t, string id, string payment, string status, string total) => t.Execute(
        $"INSERT INTO shop_orders VALUES($0, {NextSeq}shop_orders), $1, $2, $3, $4) ON CONFLICT(id) DO UPDATE SET payment = excluded.payment, total = excluded.total",
        id, payment, status, ShopStatus.Rank(status), total);

    /// <summary>The last payment of an order; <c>null</c> for an order that is not in the book.</summary>
    internal static string? PaymentOf(SandboxTransaction t, string order) =>
        t.First("SELECT payment FROM shop_orders WHERE id = $0 AND payment IS NOT NULL", r => r.GetString(0), order);

    /// <summary>The order is being paid by another payment; a repeat changes nothing.</summary>
    internal static int PayAgain(SandboxTransaction t, string order, string payment) => t.Execute(
        "UPDATE shop_orders SET payment = $1, status = 'paying', rank = $2 WHERE id = $0 AND payment <> $1", order, payment, ShopStatus.Rank("paying"));

    /// <summary>Keeps a webhook once; the status only moves forward, so that their order does not matter.</summary>
    /// <returns>Whether it is new.</returns>
    internal static bool AddWebhook(SandboxTransaction t, ShopWebhook hook)
    {
        var isNew = t.Execute(
            $"INSERT OR IGNORE INTO shop_webhooks VALUES($0, {NextSeq}shop_webhooks), $1, $2, $3)", hook.Id, hook.Order, hook.Type, hook.At.ToUnixTimeMilliseconds()) == 1;
        if (isNew)
        {
            // What a payment that ended has still to tell says nothing about the one that was opened after it.
            t.Execute(
                "UPDATE shop_orders SET status = $1, rank = $2 WHERE id = $0 AND rank < $2 AND ($3 IS NULL OR payment IS NULL OR payment = $3)",
                hook.Order, hook.Status, ShopStatus.Rank(hook.Status), hook.Payment);
        }

        return isNew;
    }

    /// <summary>The last orders, newest first.</summary>
    internal static List<ShopOrder> Orders(SandboxTransaction t, int limit)
    {
        var hooks = t.All(
            "SELECT order_id, type, at FROM shop_webhooks WHERE order_id IN (SELECT id FROM shop_orders ORDER BY seq DESC LIMIT $0) ORDER BY seq",
            r => (Order: r.GetString(0), Seen: new ShopOrderWebhook(r.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)), true)),
            limit).ToLookup(h => h.Order, h => h.Seen, StringComparer.Ordinal);
        return t.All(
            "SELECT id, payment, status, total FROM shop_orders ORDER BY seq DESC LIMIT $0",
            r => new ShopOrder(r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1), r.GetString(2), SandboxJson.Read<ShopAmount>(r.GetString(3)), [.. hooks[r.GetString(0)]]),
            limit);
    }
}

/// <summary>A customer of the shop at the hub.</summary>
/// <param name="Id"><c>cus_…</c>.</param>
/// <param name="Wishes">How it wants to confirm, as JSON, to see whether that has changed.</param>
internal sealed record ShopCustomer(string Id, string Wishes);

/// <summary>An amount on the wire.</summary>
internal sealed record ShopAmount(long Amount, string Currency);

/// <summary>GET /sandbox/api/shop/orders.</summary>
internal sealed record ShopOrder(string Order, string? Payment, string Status, ShopAmount Total, IReadOnlyList<ShopOrderWebhook> Webhooks);

/// <summary>A webhook that was verified.</summary>
internal sealed record ShopOrderWebhook(string Type, DateTimeOffset At, bool Verified);

/// <summary>A webhook as far as the shop reads it.</summary>
internal sealed record ShopWebhook(string Id, string Order, string? Payment, string Type, string Status, DateTimeOffset At);
