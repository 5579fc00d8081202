using System.Text;

namespace Hub.Sandbox.Mail;

/// <summary>Reads the sender's side of a conversation, line by line and mail by mail.</summary>
internal sealed class SmtpLines(Stream stream)
{
    /// <summary>The longest command, in bytes, line end included.</summary>
    /// <remarks>Source: RFC 5321, section 4.5.3.1.4, doubled for parameters.</remarks>
    internal const int MaxLine = 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line without its end; <c>null</c> when the sender has gone.</summary>
    internal async Task<SmtpLine?> LineAsync(CancellationToken cancel)
    {
        var line = new List<byte>();
        var tooLong = false;
        while (await NextAsync(cancel) is { } next)
        {
            // Only CR LF ends a line: a lone line feed that ended one could hide a second command (SMTP smuggling).
            if (next == '\n' && line.Count > 0 && line[^1] == '\r') return new(Encoding.Latin1.GetString([.. line[..^1]]).TrimEnd(' '), tooLong);
            if (line.Count == MaxLine) (tooLong, line) = (true, [.. line[^1..]]);
            line.Add(next);
        }

        return null;
    }

    /// <summary>A mail, up to the dot on a line of its own; dots that were doubled are single again.</summary>
    /// <param name="max">The most bytes that are kept.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns><c>null</c> when it is larger; it is read to its end all the same.</returns>
    /// <exception cref="IOException">The sender went away in the middle.</exception>
    internal async Task<byte[]?> MailAsync(int max, CancellationToken cancel)
    {
        var mail = new MemoryStream();
        var line = new List<byte>();
        var tooLarge = false;
        byte before = 0;
        while (true)
        {
            var next = await NextAsync(cancel) ?? throw new IOException("The sender went away in the middle of a mail.");
            if (line.Count < max + 2) line.Add(next);
            else tooLarge = true;
            var ended = before == '\r' && next == '\n';
            before = next;
            if (!ended) continue;
            if (line.Count == 3 && line[0] == '.') return tooLarge ? null : mail.ToArray();
            var from = line[0] == '.' ? 1 : 0;
            if (mail.Length + line.Count - from > max) tooLarge = true;
            if (!tooLarge) mail.Write([.. line[from..]]);
            line.Clear();
        }
    }

    private async ValueTask<byte?> NextAsync(CancellationToken cancel)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await stream.ReadAsync(_buffer, cancel);
            if (_end == 0) return null;
        }

        return _buffer[_start++];
    }
}

/// <summary>A command line.</summary>
/// <param name="Text">Without its end.</param>
/// <param name="TooLong">Whether it was longer than a command may be.</param>
internal sealed record SmtpLine(string Text, bool TooLong);
