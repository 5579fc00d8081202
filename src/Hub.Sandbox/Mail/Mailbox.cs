using System.Globalization;
using Hub.Sandbox.Storage;

namespace Hub.Sandbox.Mail;

/// <summary>Keeps the last mails, as they came.</summary>
internal sealed class Mailbox(SandboxStore store, SandboxStream stream, TimeProvider time)
{
    /// <summary>How many mails are kept; older ones go.</summary>
    internal const int Most = 500;

    internal static readonly SandboxTables Tables = new("""
        CREATE TABLE IF NOT EXISTS mails(
          number INTEGER PRIMARY KEY AUTOINCREMENT, receiver TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL, raw BLOB NOT NULL) STRICT;
        """);

    /// <summary>Keeps one mail for each recipient.</summary>
    internal async Task AddAsync(string sender, IReadOnlyList<string> receivers, byte[] raw)
    {
        var subject = MailReader.Read(raw).Subject;
        var at = time.GetUtcNow();
        var numbers = await store.WriteAsync(t =>
        {
            var given = new List<long>();
            foreach (var receiver in receivers)
            {
                t.Execute("INSERT INTO mails(receiver, sender, subject, at, raw) VALUES($0, $1, $2, $3, $4)", receiver, sender, subject, at.ToUnixTimeMilliseconds(), raw);
                given.Add(t.Number("SELECT last_insert_rowid()"));
            }

            t.Execute("DELETE FROM mails WHERE number <= $0", given[^1] - Most);
            return given;
        });
        foreach (var (number, receiver) in numbers.Zip(receivers)) stream.Tell("mail", new { id = Id(number), to = receiver });
    }

    /// <summary>Newest first.</summary>
    /// <param name="to">One recipient, whatever the case; <c>null</c> for all.</param>
    internal List<MailSummary> List(string? to) => store.Read(t => t.All(
        "SELECT number, receiver, sender, subject, at FROM mails WHERE $0 IS NULL OR receiver = $0 COLLATE NOCASE ORDER BY number DESC",
        r => new MailSummary(Id(r.GetInt64(0)), r.GetString(1), r.GetString(2), r.GetString(3), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(4))), to));

    internal (MailSummary Summary, ReadMail Message)? Find(string id)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var found = store.Read(t => t.First(
            "SELECT receiver, sender, subject, at, raw FROM mails WHERE number = $0",
            r => Tuple.Create(new MailSummary(id, r.GetString(0), r.GetString(1), r.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(3))), (byte[])r[4]), number));
        return found is null ? null : (found.Item1, MailReader.Read(found.Item2));
    }

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);
}
