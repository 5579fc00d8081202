using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Text;

namespace Hub.Channels.Email.Inbound;

/// <summary>What a person wrote in a reply, without what they quoted and signed.</summary>
/// <remarks>Cut where mail programs cut. What is cut too little is read by a person; what is cut too much is lost, so a doubt keeps the line.</remarks>
public static partial class ReplyText
{
    /// <summary>The most characters of a reply that are kept; what is longer ends in an ellipsis.</summary>
    public const int MaxLength = 2_000;

    private static readonly string[] Openings = ["On ", "Am ", "在"];
    private static readonly string[] Wrote = ["wrote", "schrieb", "写道"];

    /// <summary>The words of a mail.</summary>
    /// <returns>Empty when it has none: a picture, an attachment, a quote alone.</returns>
    internal static string Of(MimeMessage mail)
    {
        var parts = mail.BodyParts.OfType<TextPart>().Where(part => !part.IsAttachment).ToList();
        if (parts.Find(part => part.IsPlain) is { } plain) return Trim(Read(plain));
        return parts.Find(part => part.IsHtml) is { } html ? Trim(Plain(Read(html))) : "";
    }

    /// <summary>The same of plain text.</summary>
    public static string Trim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kept = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            // A signature begins with two dashes and a space; a header of a quoted mail with its program's own words.
            if (line is "-- " || Original().IsMatch(line)) break;
            if (line.StartsWith('>')) continue;
            kept.Append(line.TrimEnd()).Append('\n');
        }

        var words = WithoutIntroduction(Blank().Replace(kept.ToString(), "\n\n").Trim());
        words = new string([.. words.Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
        return words.Length <= MaxLength ? words : string.Concat(words.AsSpan(0, Whole(words, MaxLength - 1)), "…");
    }

    // The line before a quote, "On …, … wrote:", which programs break in two. Only as the last words, since a customer may well write it too.
    private static string WithoutIntroduction(string words)
    {
        if (!words.EndsWith(':') && !words.EndsWith('：')) return words;
        var start = words.LastIndexOf('\n') + 1;
        for (var lines = 0; lines < 2; lines++)
        {
            var tail = words[start..];
            if (Openings.Any(o => tail.StartsWith(o, StringComparison.Ordinal)) && Wrote.Any(w => tail.Contains(w, StringComparison.Ordinal))) return words[..start].TrimEnd();
            if (start < 2) break;
            start = words.LastIndexOf('\n', start - 2) + 1;
        }

        return words;
    }

    // Half of a character outside the basic plane is none.
    private static int Whole(string words, int length) => char.IsHighSurrogate(words[length - 1]) ? length - 1 : length;

    // Encodings of old mail programs are known to the framework, but not to everybody who asks it.
    private static string Read(TextPart part)
    {
        var encoding = part.ContentType.Charset is { Length: > 0 } name ? CodePagesEncodingProvider.Instance.GetEncoding(name) : null;
        return (encoding is null ? part.Text : part.GetText(encoding)) ?? "";
    }

    private static string Plain(string html)
    {
        var text = new StringBuilder();
        var quoted = 0;
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                // Quotes nest; the words of a style or a title are nobody's.
                case HtmlTagToken { Id: HtmlTagId.BlockQuote or HtmlTagId.Style or HtmlTagId.Title } tag:
                    quoted = Math.Max(0, quoted + (tag.IsEndTag ? -1 : 1));
                    break;
                case HtmlTagToken { Id: HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI } tag when quoted == 0 && (tag.Id is HtmlTagId.Br || tag.IsEndTag):
                    text.Append('\n');
                    break;
                case HtmlDataToken { Kind: HtmlTokenKind.Data } data when quoted == 0:
                    text.Append(data.Data);
                    break;
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^(-{3,} ?(Original Message|Ursprüngliche Nachricht|原始邮件)|_{20,}$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Original();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
