namespace Hub.Channels.Templates;

/// <summary>The hub's messages in one language. A new language is a new class and a row in <see cref="MessageTemplate"/>.</summary>
internal interface ILanguage
{
    /// <summary>A short text, for channels without subject and HTML. One segment where names and amounts allow.</summary>
    string Short(MessageContent content);

    /// <summary>A letter, for channels with subject and HTML.</summary>
    Letter Long(MessageContent content);
}

/// <summary>A letter's parts: rendered as plain text and as HTML alike, so that both say the same.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">Plain sentences, in order.</param>
internal sealed record Letter(string Subject, params IReadOnlyList<string> Paragraphs)
{
    /// <summary>A code to be shown large, after the first paragraph.</summary>
    public string? Code { get; init; }

    /// <summary>A table after the first paragraph.</summary>
    public LetterTable? Table { get; init; }

    /// <summary>The line under everything.</summary>
    public required string Footer { get; init; }
}

/// <summary>A table of a letter. The last column is aligned to the right.</summary>
/// <param name="Head">Column titles.</param>
/// <param name="Rows">As many cells as there are titles.</param>
/// <param name="Totals">Name and amount under the rows; the last one stands out.</param>
internal sealed record LetterTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<(string Name, string Amount)> Totals);
