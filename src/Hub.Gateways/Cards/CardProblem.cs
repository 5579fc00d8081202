namespace Hub.Gateways.Cards;

/// <summary>Why a card is refused before any bank is asked. The order is the order of the checks.</summary>
public enum CardProblem
{
    /// <summary>Not a row of at least eight digits.</summary>
    NumberMalformed,

    /// <summary>A scheme the hub does not take.</summary>
    BrandNotSupported,

    /// <summary>Too short or too long for its scheme.</summary>
    NumberLength,

    /// <summary>A mistyped digit: the check digit does not fit.</summary>
    NumberCheckDigit,

    /// <summary>No such month, or no year of this or the next century.</summary>
    ExpiryMalformed,

    /// <summary>Its last month has ended.</summary>
    Expired,

    /// <summary>More than twenty years ahead.</summary>
    ExpiryTooFar,

    /// <summary>Longer than 120 characters, or with control characters in it.</summary>
    HolderMalformed,

    /// <summary>Not as many digits as its scheme prints.</summary>
    SecurityCodeMalformed,
}

/// <summary>The names of the problems in the API.</summary>
public static class CardProblems
{
    /// <summary>The API's <c>code</c>.</summary>
    public static string Code(this CardProblem problem) => problem switch
    {
        CardProblem.NumberMalformed => "card_number_malformed",
        CardProblem.BrandNotSupported => "card_brand_not_supported",
        CardProblem.NumberLength => "card_number_length",
        CardProblem.NumberCheckDigit => "card_number_check_digit",
        CardProblem.ExpiryMalformed => "card_expiry_malformed",
        CardProblem.Expired => "card_expired",
        CardProblem.ExpiryTooFar => "card_expiry_too_far",
        CardProblem.HolderMalformed => "card_holder_malformed",
        CardProblem.SecurityCodeMalformed => "security_code_malformed",
        _ => throw new ArgumentOutOfRangeException(nameof(problem)),
    };
}
