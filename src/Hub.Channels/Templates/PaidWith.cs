using System.Globalization;

namespace Hub.Channels.Templates;

/// <summary>What a receipt says was paid with.</summary>
/// <param name="Type">One of <see cref="Hub.Domain.Payments.InstrumentType"/>.</param>
/// <param name="Brand">A card's scheme, such as <c>visa</c>, or a bank account's bank; empty where there is none.</param>
/// <param name="Last4">The last four digits at most; empty where it has no number.</param>
public sealed record PaidWith(string Type, string Brand, string Last4)
{
    /// <summary>The brand as it writes itself: <c>visa</c> is a code, a sentence carries the name.</summary>
    internal string BrandName => Brand switch
    {
        "amex" => "American Express",
        "unionpay" => "UnionPay",
        _ => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Words.OneLine(Brand.Replace('_', ' '))),
    };
}
