using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Hub.Sandbox.Mail;

/// <summary>Reads a raw mail for display: headers, multipart bodies, transfer encodings.</summary>
/// <remarks>Source: RFC 5322 (headers), RFC 2045 and 2046 (parts), RFC 2047 (words). What cannot be read is shown as it came.</remarks>
internal static partial class MailReader
{
    private const int DeepestPart = 8;

    /// <summary>Reads a mail.</summary>
    /// <param name="raw">The bytes after DATA, dots already taken back.</param>
    internal static ReadMail Read(byte[] raw)
    {
        var (headers, body) = Split(Encoding.Latin1.GetString(raw));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadPart(headers, body, found, 0);
        return new(Value(headers, "Subject") ?? "", Value(headers, "From") ?? "", found.GetValueOrDefault("text/plain"), found.GetValueOrDefault("text/html"), headers);
    }

    private static void ReadPart(List<MailHeader> headers, string body, Dictionary<string, string> found, int depth)
    {
        var type = Value(headers, "Content-Type") ?? "text/plain";
        var media = type.Split(';')[0].Trim().ToLowerInvariant();
        if (media.StartsWith("multipart/", StringComparison.Ordinal))
        {
            if (depth == DeepestPart || Parameter(type, "boundary") is not { } boundary) return;
            foreach (var part in Parts(body, boundary))
            {
                var (inner, content) = Split(part);
                ReadPart(inner, content, found, depth + 1);
            }
        }
        else if (media is "text/plain" or "text/html")
        {
            var bytes = Decode(body, (Value(headers, "Content-Transfer-Encoding") ?? "7bit").Trim().ToLowerInvariant());
            found.TryAdd(media, Charset(Parameter(type, "charset")).GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n'));
        }
    }

    private static (List<MailHeader> Headers, string Body) Split(string text)
    {
        var headers = new List<MailHeader>();
        var at = 0;
        while (at < text.Length)
        {
            var end = text.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (end < 0) end = text.Length;
            var line = text[at..end];
            at = Math.Min(end + 2, text.Length);
            if (line.Length == 0) break;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line[0] is ' ' or '\t' && headers.Count > 0) headers[^1] = headers[^1] with { Value = headers[^1].Value + line };
            else if (colon > 0) headers.Add(new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        return ([.. headers.Select(h => h with { Value = Words(h.Value) })], text[at..]);
    }

    private static IEnumerable<string> Parts(string body, string boundary)
    {
        var pieces = ("\r\n" + body).Split("\r\n--" + boundary);
        // The first piece is the preamble; a piece that starts with two dashes is the end.
        foreach (var piece in pieces.Skip(1).TakeWhile(p => !p.StartsWith("--", StringComparison.Ordinal)))
        {
            var start = piece.IndexOf("\r\n", StringComparison.Ordinal);
            if (start >= 0) yield return piece[(start + 2)..];
        }
    }

    private static byte[] Decode(string body, string encoding) => encoding switch
    {
        "quoted-printable" => QuotedPrintable(body, underscoreIsSpace: false),
        "base64" => Base64(body),
        _ => Encoding.Latin1.GetBytes(body),
    };

    private static byte[] Base64(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : Encoding.Latin1.GetBytes(text);
    }

    private static byte[] QuotedPrintable(string text, bool underscoreIsSpace)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && text.AsSpan(i + 1).StartsWith("\r\n"))
            {
                i += 2;
            }
            else if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(underscoreIsSpace && text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    private static string Words(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal)) return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value));
        // White space between two encoded words is only there to fold the line.
        var joined = BetweenWords().Replace(value, "?==?");
        return EncodedWord().Replace(joined, match => Charset(match.Groups[1].Value).GetString(
            match.Groups[2].Value is "B" or "b" ? Base64(match.Groups[3].Value) : QuotedPrintable(match.Groups[3].Value, underscoreIsSpace: true)));
    }

    private static string? Value(List<MailHeader> headers, string name) => headers.Find(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    private static string? Parameter(string header, string name)
    {
        foreach (var piece in header.Split(';').Skip(1))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && piece[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return piece[(equals + 1)..].Trim().Trim('"');
        }

        return null;
    }

    /// <summary>The characters of a part; anything but the two old Latin sets is read as UTF-8, which holds ASCII.</summary>
    private static Encoding Charset(string? name) => name?.ToLowerInvariant() is "iso-8859-1" or "windows-1252" ? Encoding.Latin1 : Encoding.UTF8;

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?([A-Za-z0-9._-]+)(?:\*[A-Za-z-]*)?\?([BbQq])\?([^?]*)\?=", RegexOptions.CultureInvariant)]
    private static partial Regex EncodedWord();
}
