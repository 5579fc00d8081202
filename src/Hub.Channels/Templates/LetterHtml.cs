using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Hub.Channels.Templates;

/// <summary>Puts a letter into plain text and into HTML. Every word that comes from outside is escaped here, and nowhere else.</summary>
/// <remarks>Styles stand in the elements, since mail programs drop style sheets; no pictures, no scripts, and no link but the one to the customer's own page.</remarks>
internal static class LetterHtml
{
    private const string Cell = "padding:8px 12px 8px 0;border-bottom:1px solid #e5e7eb";

    // The document says that it is UTF-8, so letters stay letters; what means something in HTML is escaped all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The letter as text; columns are set apart by two spaces.</summary>
    internal static string ToText(Letter letter)
    {
        var text = new StringBuilder();
        AppendText(text, letter);
        foreach (var section in letter.Sections)
        {
            text.Append("* ").Append(section.Subject).Append("\n\n");
            AppendText(text, section);
        }

        if (letter.Link is { } link) text.Append(link.Words).Append(":\n").Append(link.Page.AbsoluteUri).Append("\n\n");
        return text.Append("-- \n").Append(letter.Footer).Append('\n').ToString();
    }

    /// <summary>The letter as an HTML document.</summary>
    internal static string ToHtml(Letter letter, string language)
    {
        var html = new StringBuilder()
            .Append("<!doctype html><html lang=\"").Append(Escape(language)).Append("\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><title>").Append(Escape(letter.Subject)).Append("</title></head>")
            .Append("<body style=\"margin:0;padding:24px;background:#f3f4f6;font:16px/1.5 system-ui,sans-serif;color:#111827\">")
            .Append("<div style=\"max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px\">")
            .Append("<h1 style=\"margin:0 0 16px;font-size:20px\">").Append(Escape(letter.Subject)).Append("</h1>");
        AppendHtml(html, letter);
        foreach (var section in letter.Sections)
        {
            html.Append("<h2 style=\"margin:24px 0 8px;padding-top:16px;border-top:1px solid #e5e7eb;font-size:16px\">").Append(Escape(section.Subject)).Append("</h2>");
            AppendHtml(html, section);
        }

        if (letter.Link is { } link)
        {
            html.Append("<p style=\"margin:24px 0 0\"><a style=\"display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6b57;color:#ffffff;text-decoration:none\" href=\"")
                .Append(Escape(link.Page.AbsoluteUri)).Append("\">").Append(Escape(link.Words)).Append("</a></p>");
        }

        return html
            .Append("<p style=\"margin:24px 0 0;font-size:13px;color:#6b7280\">").Append(Escape(letter.Footer)).Append("</p>")
            .Append("</div></body></html>\n")
            .ToString();
    }

    private static void AppendText(StringBuilder text, Letter letter)
    {
        for (var i = 0; i < letter.Paragraphs.Count; i++)
        {
            text.Append(letter.Paragraphs[i]).Append("\n\n");
            if (i == 0) AppendTextMiddle(text, letter);
        }
    }

    private static void AppendHtml(StringBuilder html, Letter letter)
    {
        for (var i = 0; i < letter.Paragraphs.Count; i++)
        {
            html.Append("<p style=\"margin:0 0 16px\">").Append(Escape(letter.Paragraphs[i])).Append("</p>");
            if (i == 0) AppendHtmlMiddle(html, letter);
        }
    }

    private static void AppendTextMiddle(StringBuilder text, Letter letter)
    {
        if (letter.Code is { } code) text.Append("    ").Append(code).Append("\n\n");
        if (letter.Table is not { } table) return;
        foreach (var row in table.Rows) text.Append(string.Join("  ", row)).Append('\n');
        text.Append('\n');
        foreach (var (name, amount) in table.Totals) text.Append(name).Append(table.Colon).Append(amount).Append('\n');
        text.Append('\n');
    }

    private static void AppendHtmlMiddle(StringBuilder html, Letter letter)
    {
        if (letter.Code is { } code)
        {
            html.Append("<p style=\"margin:0 0 16px;font-size:32px;font-weight:700;letter-spacing:6px\">").Append(Escape(code)).Append("</p>");
        }

        if (letter.Table is not { } table) return;
        html.Append("<table style=\"width:100%;border-collapse:collapse;margin:0 0 16px\"><thead><tr>");
        for (var i = 0; i < table.Head.Count; i++) AppendCell(html, "th", table.Head[i], last: i == table.Head.Count - 1);
        html.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++) AppendCell(html, "td", row[i], last: i == row.Count - 1);
            html.Append("</tr>");
        }

        html.Append("</tbody><tfoot>");
        foreach (var (name, amount) in table.Totals) AppendTotal(html, name, amount, table.Head.Count - 1);
        html.Append("</tfoot></table>");
    }

    private static void AppendCell(StringBuilder html, string element, string words, bool last) => html
        .Append('<').Append(element).Append(" style=\"").Append(Cell).Append(";text-align:").Append(last ? "right;white-space:nowrap" : "left").Append("\">")
        .Append(Escape(words)).Append("</").Append(element).Append('>');

    private static void AppendTotal(StringBuilder html, string name, string amount, int span) => html
        .Append("<tr><th colspan=\"").Append(span).Append("\" style=\"").Append(Cell).Append(";text-align:left\">").Append(Escape(name))
        .Append("</th><td style=\"").Append(Cell).Append(";text-align:right;white-space:nowrap;font-weight:700\">").Append(Escape(amount)).Append("</td></tr>");

    private static string Escape(string words) => Encoder.Encode(words);
}
