using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;
using Hub.Domain.Kernel;

namespace Hub.Gateways.Cards;

/// <summary>A card number that could exist. It shows its last four digits and nothing else.</summary>
/// <remarks>Invariant 23. A class and no record, so that nothing prints or compares the digits by accident.</remarks>
public sealed class CardNumber
{
    private CardNumber(string digits, CardBrand brand)
    {
        Digits = digits;
        Brand = brand;
    }

    /// <summary>The scheme.</summary>
    public CardBrand Brand { get; }

    /// <summary>The last four digits.</summary>
    public string Last4 => Digits[^4..];

    /// <summary>All digits: for the vault and the call to the bank, nobody else.</summary>
    internal string Digits { get; }

    /// <summary>Reads a number as people type it: digits, with single spaces or hyphens between them.</summary>
    /// <param name="text">At most 40 characters.</param>
    /// <param name="number">The number, when there is no problem.</param>
    /// <returns>The first thing that is wrong, in the order of <see cref="CardProblem"/>; <c>null</c> when nothing is.</returns>
    public static CardProblem? TryParse(string? text, out CardNumber? number)
    {
        number = null;
        if (DigitsOf(text) is not { Length: >= 8 } digits)
        {
            return CardProblem.NumberMalformed;
        }

        if (CardBrands.OfPrefix(int.Parse(digits.AsSpan(0, 4), CultureInfo.InvariantCulture)) is not { } brand)
        {
            return CardProblem.BrandNotSupported;
        }

        if (!brand.HasLength(digits.Length))
        {
            return CardProblem.NumberLength;
        }

        if (!CardDigits.HaveCheckDigit(ValuesOf(digits)))
        {
            return CardProblem.NumberCheckDigit;
        }

        number = new CardNumber(digits, brand);
        return null;
    }

    /// <summary>A keyed digest that tells whether two instruments are the same card, and tells nothing else.</summary>
    /// <returns>43 characters of base64url.</returns>
    public string Fingerprint(IKeyring keyring) =>
        System.Buffers.Text.Base64Url.EncodeToString(keyring.Mac(KeyPurpose.CardFingerprint, Encoding.ASCII.GetBytes(Digits)));

    /// <summary>Whether it is the same number, compared in constant time.</summary>
    public bool IsSameAs(CardNumber other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digits), Encoding.ASCII.GetBytes(other.Digits));

    /// <summary>The last four digits, as <c>•••• 4242</c>.</summary>
    public override string ToString() => $"•••• {Last4}";

    private static string? DigitsOf(string? text)
    {
        if (text is null or { Length: > 40 })
        {
            return null;
        }

        var digits = new StringBuilder(text.Length);
        var separated = true;
        foreach (var sign in text)
        {
            if (char.IsAsciiDigit(sign))
            {
                digits.Append(sign);
                separated = false;
            }
            else if (sign is ' ' or '-' && !separated)
            {
                separated = true;
            }
            else
            {
                return null;
            }
        }

        return separated ? null : digits.ToString();
    }

    private static byte[] ValuesOf(string digits) => Array.ConvertAll(digits.ToCharArray(), digit => (byte)(digit - '0'));
}
