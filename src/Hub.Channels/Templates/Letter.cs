using System.Globalization;
using Hub.Domain.Money;

namespace Hub.Channels.Templates;

/// <summary>A letter's parts: rendered as plain text and as HTML alike, so that both say the same.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">Plain sentences, in order.</param>
internal sealed record Letter(string Subject, params IReadOnlyList<string> Paragraphs)
{
    /// <summary>A code to be shown large, after the first paragraph.</summary>
    public string? Code { get; init; }

    /// <summary>A table after the first paragraph.</summary>
    public LetterTable? Table { get; init; }

    /// <summary>Letters within this one, under their subjects; their own last lines are left out.</summary>
    public IReadOnlyList<Letter> Sections { get; init; } = [];

    /// <summary>Where the customer sees what it tells of, as it stands when they look.</summary>
    public LetterLink? Link { get; init; }

    /// <summary>The line under everything.</summary>
    public required string Footer { get; init; }
}

/// <summary>A way from a letter to the customer's own page; it holds nothing secret, and opens only for whom the page knows.</summary>
/// <param name="Words">What it says.</param>
/// <param name="Page">Where it leads.</param>
internal sealed record LetterLink(string Words, Uri Page);

/// <summary>A table of a letter. The last column is aligned to the right.</summary>
/// <param name="Head">Column titles.</param>
/// <param name="Rows">As many cells as there are titles.</param>
/// <param name="Totals">Name and amount under the rows; the last one stands out.</param>
internal sealed record LetterTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<(string Name, string Amount)> Totals)
{
    /// <summary>Between a total's name and its amount in plain text.</summary>
    public string Colon { get; init; } = ": ";

    /// <summary>A receipt's lines and totals; shipping and tax of nothing are left out.</summary>
    /// <param name="receipt">What was paid for.</param>
    /// <param name="money">How amounts are written.</param>
    /// <param name="words">The titles.</param>
    internal static LetterTable Of(ReceiptDetails receipt, AmountStyle money, ReceiptWords words)
    {
        var rows = receipt.Lines.Select(IReadOnlyList<string> (line) =>
            [Words.OneLine(line.Name), line.Quantity.ToString(CultureInfo.InvariantCulture), money.Of(line.UnitPrice), money.Of(line.LineTotal)]);
        return new LetterTable([words.Item, words.Quantity, words.Price, words.LineTotal], [.. rows], [.. TotalsOf(receipt, money, words)]);
    }

    private static IEnumerable<(string Name, string Amount)> TotalsOf(ReceiptDetails receipt, AmountStyle money, ReceiptWords words)
    {
        if (receipt.Shipping > Amount.Zero(receipt.Shipping.Currency)) yield return (words.Shipping, money.Of(receipt.Shipping));
        yield return (words.Paid, money.Of(receipt.Total));
        if (receipt.Tax > Amount.Zero(receipt.Tax.Currency)) yield return (words.Tax, money.Of(receipt.Tax));
    }
}

/// <summary>The titles of a receipt's table in one language.</summary>
/// <param name="Item">Over the names.</param>
/// <param name="Quantity">Over how many.</param>
/// <param name="Price">Over the price of one.</param>
/// <param name="LineTotal">Over the price of all.</param>
/// <param name="Shipping">Beside what shipping costs.</param>
/// <param name="Paid">Beside what was paid.</param>
/// <param name="Tax">Beside the tax that is contained in it.</param>
internal sealed record ReceiptWords(string Item, string Quantity, string Price, string LineTotal, string Shipping, string Paid, string Tax);
