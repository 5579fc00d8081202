using System.Globalization;
using System.Text;

namespace Hub.Sandbox.Mail;

/// <summary>One conversation with a sender of mail.</summary>
/// <remarks>Source: RFC 5321 (SMTP), RFC 1870 (SIZE), RFC 6152 (8BITMIME). No authentication, no encryption: loopback only.</remarks>
internal sealed class SmtpSession(Stream stream, Mailbox box)
{
    /// <summary>The largest mail, in bytes.</summary>
    internal const int MaxMail = 1024 * 1024;

    private const int MaxRecipients = 100;
    private const int MaxErrors = 20;

    private readonly SmtpLines _lines = new(stream);
    private readonly List<string> _receivers = [];
    private bool _greeted;
    private string? _sender;
    private int _errors;

    internal async Task RunAsync(CancellationToken cancel)
    {
        await SayAsync("220 sandbox.omnihub.example ESMTP", cancel);
        while (await _lines.LineAsync(cancel) is { } line)
        {
            var command = line.Text.Length >= 4 ? line.Text[..4].ToUpperInvariant() : "";
            if (command == "QUIT")
            {
                await SayAsync("221 2.0.0 Bye", cancel);
                return;
            }

            var answer = line.TooLong ? "500 5.5.2 Line too long" : command == "DATA" && line.Text.Length == 4 ? await DataAsync(cancel) : Answer(command, line.Text);
            await SayAsync(answer, cancel);
            if (answer[0] == '5' && ++_errors > MaxErrors)
            {
                await SayAsync("421 4.7.0 Too many errors", cancel);
                return;
            }
        }
    }

    private string Answer(string command, string line) => command switch
    {
        "EHLO" => Greet(line, $"250-sandbox.omnihub.example\r\n250-8BITMIME\r\n250-SIZE {MaxMail}\r\n250 ENHANCEDSTATUSCODES"),
        "HELO" => Greet(line, "250 sandbox.omnihub.example"),
        "MAIL" => Mail(line),
        "RCPT" => Receiver(line),
        "RSET" when line.Length == 4 => Reset("250 2.0.0 OK"),
        "NOOP" => "250 2.0.0 OK",
        "VRFY" => "252 2.1.5 Cannot say",
        "AUTH" or "STAR" or "EXPN" or "HELP" => "502 5.5.1 Not here",
        _ => "500 5.5.2 What?",
    };

    private string Greet(string line, string answer)
    {
        if (line.Length < 6 || line[4] != ' ') return "501 5.5.4 Name yourself";
        _greeted = true;
        return Reset(answer);
    }

    private string Mail(string line)
    {
        if (!_greeted) return "503 5.5.1 Greet first";
        if (_sender is not null) return "503 5.5.1 One mail at a time";
        if (Path(line, "MAIL FROM:") is not var (address, parameters) || (address.Length > 0 && !IsAddress(address))) return "501 5.1.7 Bad sender";
        foreach (var parameter in parameters)
        {
            if (parameter.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase))
            {
                if (!long.TryParse(parameter.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return "501 5.5.4 Bad size";
                if (size > MaxMail) return "552 5.3.4 Too big";
            }
            else if (parameter.ToUpperInvariant() is not ("BODY=8BITMIME" or "BODY=7BIT"))
            {
                return "555 5.5.4 Unknown parameter";
            }
        }

        _sender = address;
        return "250 2.1.0 OK";
    }

    private string Receiver(string line)
    {
        if (_sender is null) return "503 5.5.1 MAIL first";
        if (Path(line, "RCPT TO:") is not var (address, parameters) || !IsAddress(address)) return "501 5.1.3 Bad recipient";
        if (parameters.Length > 0) return "555 5.5.4 Unknown parameter";
        if (_receivers.Count == MaxRecipients) return "452 4.5.3 Too many recipients";
        // Two mailboxes that are there to be refused, for tests of what the hub does then.
        if (address.StartsWith("refuse@", StringComparison.OrdinalIgnoreCase)) return "550 5.1.1 No such mailbox";
        if (address.StartsWith("busy@", StringComparison.OrdinalIgnoreCase)) return "451 4.2.1 Mailbox busy, try later";
        _receivers.Add(address);
        return "250 2.1.5 OK";
    }

    private async Task<string> DataAsync(CancellationToken cancel)
    {
        if (_sender is null) return "503 5.5.1 MAIL first";
        if (_receivers.Count == 0) return "554 5.5.1 No recipients";
        await SayAsync("354 End with a dot on a line of its own", cancel);
        var raw = await _lines.MailAsync(MaxMail, cancel);
        if (raw is null) return Reset("552 5.3.4 Too big");
        await box.AddAsync(_sender, _receivers, raw);
        return Reset("250 2.0.0 Kept");
    }

    private string Reset(string answer)
    {
        _sender = null;
        _receivers.Clear();
        return answer;
    }

    /// <summary>The address between angle brackets and the parameters behind it.</summary>
    private static (string Address, string[] Parameters)? Path(string line, string before)
    {
        if (!line.StartsWith(before, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = line[before.Length..].TrimStart();
        var end = rest.IndexOf('>', StringComparison.Ordinal);
        if (end < 1 || rest[0] != '<') return null;
        return (rest[1..end], rest[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsAddress(string address)
    {
        var at = address.LastIndexOf('@');
        return at is > 0 and <= 64 && at < address.Length - 1 && address.Length <= 254 && !address.Any(c => char.IsControl(c) || c is ' ' or '<' or '>');
    }

    private async Task SayAsync(string answer, CancellationToken cancel) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancel);
}
