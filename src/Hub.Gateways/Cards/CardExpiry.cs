namespace Hub.Gateways.Cards;

/// <summary>The last month a card is good for.</summary>
/// <param name="Year">2000 to 2199.</param>
/// <param name="Month">1 to 12.</param>
/// <remarks>
/// A card is good through the last moment of its month in UTC. The hub does not know the issuer's time zone; where the
/// two disagree for some hours around the turn of the month, the bank has the last word.
/// </remarks>
public readonly record struct CardExpiry(int Year, int Month)
{
    /// <summary>How far ahead a card may expire, in months, the current month being 0.</summary>
    public const int MaxMonthsAhead = 20 * 12;

    /// <summary>Whether this is a month, it has not ended, and it is not absurdly far ahead.</summary>
    /// <returns>The first thing that is wrong; <c>null</c> when nothing is.</returns>
    public CardProblem? Check(DateTimeOffset now)
    {
        if (Month is < 1 or > 12 || Year is < 2000 or > 2199)
        {
            return CardProblem.ExpiryMalformed;
        }

        var today = now.UtcDateTime;
        var monthsAhead = ((Year - today.Year) * 12) + (Month - today.Month);
        if (monthsAhead < 0)
        {
            return CardProblem.Expired;
        }

        return monthsAhead > MaxMonthsAhead ? CardProblem.ExpiryTooFar : null;
    }
}
