using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Ledger;

/// <summary>One line of a posting set: money onto (positive) or off (negative) one account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Minor">Minor units of the set's currency; debit positive, credit negative; never zero.</param>
public sealed record Posting(Account Account, long Minor);

/// <summary>The postings of one money event. They sum to zero.</summary>
/// <remarks>Invariant 7: balanced, in one currency. Source: double-entry bookkeeping.</remarks>
public sealed record PostingSet
{
    /// <summary>Makes a balanced set.</summary>
    /// <param name="currency">The currency of every line.</param>
    /// <param name="postings">At least two lines that sum to zero.</param>
    /// <exception cref="ArgumentException">The lines do not balance: a bug in the posting rules.</exception>
    public PostingSet(Currency currency, params ReadOnlySpan<Posting> postings)
    {
        var sum = 0L;
        foreach (var posting in postings)
        {
            if (posting.Minor == 0)
            {
                throw new ArgumentException("A posting moves money.", nameof(postings));
            }

            sum += posting.Minor;
        }

        if (postings.Length < 2 || sum != 0)
        {
            throw new ArgumentException($"Postings must balance; these sum to {sum}.", nameof(postings));
        }

        Currency = currency;
        Postings = EquatableArray.Create(postings);
    }

    /// <summary>The currency of every line.</summary>
    public Currency Currency { get; }

    /// <summary>The lines.</summary>
    public EquatableArray<Posting> Postings { get; }

    /// <summary>Moves an amount: credits <paramref name="from"/>, debits <paramref name="to"/>.</summary>
    public static PostingSet Move(Amount amount, Account from, Account to) =>
        new(amount.Currency, new Posting(to, amount.Minor), new Posting(from, -amount.Minor));
}
