using Hub.Domain.Ledger;
using Hub.Domain.Money;

namespace Hub.Actors.Journal;

/// <summary>Read access to the books: they change only together with the events that move the money.</summary>
public interface IBooks
{
    /// <summary>Every account's balance per currency. They sum to zero per currency (invariant 7).</summary>
    IReadOnlyList<Balance> Balances();

    /// <summary>The postings of one stream, in order of the events.</summary>
    /// <param name="stream">The stream's key, <c>kind/key</c>.</param>
    IReadOnlyList<PostedLine> Postings(string stream);
}

/// <summary>What stands on one account in one currency; debit positive.</summary>
public sealed record Balance(Account Account, Amount Amount);

/// <summary>One posted line.</summary>
/// <param name="Stream">The stream of the money event.</param>
/// <param name="Version">The event.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">Debit positive, credit negative.</param>
public sealed record PostedLine(string Stream, long Version, Account Account, Amount Amount);

/// <summary>The books as the journal keeps them.</summary>
public sealed class JournalBooks(IJournalStore store) : IBooks
{
    /// <inheritdoc/>
    public IReadOnlyList<Balance> Balances() => store.Balances();

    /// <inheritdoc/>
    public IReadOnlyList<PostedLine> Postings(string stream) => store.Postings(stream);
}
