using System.Globalization;
using System.Net.Mail;
using System.Text;
using Hub.Sandbox.Outbox;
using Hub.Sandbox.Storage;

namespace Hub.Sandbox.Mail;

/// <summary>Keeps the last mails, as they came.</summary>
internal sealed class Mailbox(SandboxStore store, SandboxStream stream, SandboxOutbox outbox, TimeProvider time)
{
    /// <summary>How many mails are kept; older ones go.</summary>
    internal const int Most = 500;

    internal static readonly SandboxTables Tables = new("""
        CREATE TABLE IF NOT EXISTS mails(
          number INTEGER PRIMARY KEY AUTOINCREMENT, receiver TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL, raw BLOB NOT NULL) STRICT;
        """);

    /// <summary>Keeps one mail for each recipient, unless the mailbox does something else with mail.</summary>
    internal async Task AddAsync(string sender, IReadOnlyList<string> receivers, byte[] raw)
    {
        var subject = MailReader.Read(raw).Subject;
        var at = time.GetUtcNow();
        var written = Encoding.Latin1.GetString(raw);
        var (kept, owed) = await store.WriteAsync(t =>
        {
            var (given, answers) = (new List<(long Number, string Receiver)>(), new List<OutboxDelivery>());
            foreach (var receiver in receivers)
            {
                var habit = MailHabits.Of(receiver, sender, written);
                if (habit.Kept)
                {
                    t.Execute("INSERT INTO mails(receiver, sender, subject, at, raw) VALUES($0, $1, $2, $3, $4)", receiver, sender, subject, at.ToUnixTimeMilliseconds(), raw);
                    given.Add((t.Number("SELECT last_insert_rowid()"), receiver));
                }

                // A mail without a sender is a report itself, and is never reported on.
                if (habit.Answer is { } answer && sender.Length > 0) answers.Add(SandboxOutbox.Add(t, MailRelay.Party, sender, subject, [answer], at));
            }

            if (given.Count > 0) t.Execute("DELETE FROM mails WHERE number <= $0", given[^1].Number - Most);
            return (given, answers);
        });
        foreach (var (number, receiver) in kept) stream.Tell("mail", new { id = Id(number), to = receiver });
        foreach (var answer in owed) outbox.Dispatch(answer);
    }

    /// <summary>Answers a mail as its receiver.</summary>
    /// <returns>Whether the mail says where answers go.</returns>
    internal async Task<bool> ReplyAsync(MailSummary mail, ReadMail read, string text)
    {
        if (read.Value("Reply-To") is not { } named || !MailAddress.TryCreate(named, out var to)) return false;
        var answer = $"""
            From: {mail.To}
            To: {to.Address}
            Subject: Re: {mail.Subject.ReplaceLineEndings(" ")}
            In-Reply-To: {read.Value("Message-ID")}
            References: {read.Value("References")} {read.Value("Message-ID")}
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {text}

            On {time.GetUtcNow():r}, {read.From} wrote:
            > {(read.Text ?? "").ReplaceLineEndings("\n> ")}

            """.ReplaceLineEndings("\r\n");
        outbox.Dispatch(await store.WriteAsync(t => SandboxOutbox.Add(t, MailRelay.Party, to.Address, mail.Subject, [answer], time.GetUtcNow())));
        return true;
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
