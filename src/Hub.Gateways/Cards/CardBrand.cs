namespace Hub.Gateways.Cards;

/// <summary>The card schemes the hub takes.</summary>
public enum CardBrand
{
    /// <summary>Visa.</summary>
    Visa,

    /// <summary>Mastercard.</summary>
    Mastercard,

    /// <summary>American Express.</summary>
    Amex,

    /// <summary>UnionPay.</summary>
    UnionPay,
}

/// <summary>What is known of every scheme.</summary>
/// <remarks>Source: the schemes' published issuer identification ranges (ISO/IEC 7812-1).</remarks>
public static class CardBrands
{
    /// <summary>The name in the API.</summary>
    public static string Code(this CardBrand brand) => brand switch
    {
        CardBrand.Visa => "visa",
        CardBrand.Mastercard => "mastercard",
        CardBrand.Amex => "amex",
        CardBrand.UnionPay => "unionpay",
        _ => throw new ArgumentOutOfRangeException(nameof(brand)),
    };

    /// <summary>How many digits the security code has: 4 on American Express, 3 elsewhere.</summary>
    public static int SecurityCodeLength(this CardBrand brand) => brand == CardBrand.Amex ? 4 : 3;

    /// <summary>The scheme of a number, by its first four digits.</summary>
    /// <returns><c>null</c> for a scheme the hub does not take.</returns>
    internal static CardBrand? OfPrefix(int firstFour) => firstFour switch
    {
        >= 4000 and <= 4999 => CardBrand.Visa,
        (>= 5100 and <= 5599) or (>= 2221 and <= 2720) => CardBrand.Mastercard,
        (>= 3400 and <= 3499) or (>= 3700 and <= 3799) => CardBrand.Amex,
        (>= 6200 and <= 6299) or (>= 8100 and <= 8199) => CardBrand.UnionPay,
        _ => null,
    };

    /// <summary>Whether numbers of this scheme come in this length.</summary>
    internal static bool HasLength(this CardBrand brand, int digits) => brand switch
    {
        CardBrand.Visa => digits is 13 or 16 or 19,
        CardBrand.Mastercard => digits is 16,
        CardBrand.Amex => digits is 15,
        CardBrand.UnionPay => digits is >= 16 and <= 19,
        _ => false,
    };
}
