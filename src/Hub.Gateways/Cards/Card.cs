namespace Hub.Gateways.Cards;

/// <summary>A card, good when it was made. Prints as its last four digits.</summary>
public sealed class Card
{
    /// <summary>The longest holder's name, in characters.</summary>
    public const int MaxHolder = 120;

    private Card(CardNumber number, CardExpiry expiry, string holder)
    {
        Number = number;
        Expiry = expiry;
        Holder = holder;
    }

    /// <summary>The number.</summary>
    public CardNumber Number { get; }

    /// <summary>The last month it is good for.</summary>
    public CardExpiry Expiry { get; }

    /// <summary>The name on it; may be empty.</summary>
    public string Holder { get; }

    /// <summary>Makes a card of what a customer typed.</summary>
    /// <returns>The first thing that is wrong; <c>null</c> when nothing is.</returns>
    public static CardProblem? TryCreate(string? number, CardExpiry expiry, string? holder, DateTimeOffset now, out Card? card)
    {
        card = null;
        if ((CardNumber.TryParse(number, out var parsed) ?? expiry.Check(now)) is { } problem)
        {
            return problem;
        }

        var name = (holder ?? "").Trim();
        if (name.Length > MaxHolder || name.Any(char.IsControl))
        {
            return CardProblem.HolderMalformed;
        }

        card = new Card(parsed!, expiry, name);
        return null;
    }

    /// <summary>A card the vault kept. Its expiry may have passed since; that is for the bank to say.</summary>
    /// <exception cref="InvalidDataException">Not what the vault was given.</exception>
    internal static Card OfVault(string number, CardExpiry expiry, string holder) =>
        CardNumber.TryParse(number, out var parsed) is null
            ? new Card(parsed!, expiry, holder)
            : throw new InvalidDataException("The vault holds a card number that is none.");

    /// <summary>The last four digits.</summary>
    public override string ToString() => Number.ToString();
}

/// <summary>The three or four digits that are not on the magnetic stripe. Prints as dots.</summary>
public sealed class SecurityCode
{
    private SecurityCode(string digits) => Digits = digits;

    /// <summary>The digits: for the vault and the call to the bank, nobody else.</summary>
    internal string Digits { get; }

    /// <summary>Reads a code for a card of a scheme.</summary>
    /// <returns><see cref="CardProblem.SecurityCodeMalformed"/>, or <c>null</c> when nothing is wrong.</returns>
    public static CardProblem? TryParse(string? text, CardBrand brand, out SecurityCode? code)
    {
        var good = text is not null && text.Length == brand.SecurityCodeLength() && text.All(char.IsAsciiDigit);
        code = good ? new SecurityCode(text!) : null;
        return good ? null : CardProblem.SecurityCodeMalformed;
    }

    /// <summary>A code the vault kept.</summary>
    internal static SecurityCode OfVault(string digits) => new(digits);

    /// <summary>Dots.</summary>
    public override string ToString() => "•••";
}
