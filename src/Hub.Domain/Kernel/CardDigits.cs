namespace Hub.Domain.Kernel;

/// <summary>What tells a card number from other digits: how it begins, and its last digit.</summary>
public static class CardDigits
{
    /// <summary>Whether digits begin and end as those of a card do. How many there may be is for the caller to say.</summary>
    /// <param name="digits">Values 0 to 9, the first one first; at least four.</param>
    public static bool LookLikeACard(ReadOnlySpan<byte> digits) => BeginAsCardsDo(digits) && HaveCheckDigit(digits);

    /// <summary>Whether the last digit is the check digit of those before it.</summary>
    /// <param name="digits">Values 0 to 9, the first one first.</param>
    /// <remarks>Source: ISO/IEC 7812-1, annex B (the Luhn formula).</remarks>
    public static bool HaveCheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var fromRight = 0; fromRight < digits.Length; fromRight++)
        {
            var digit = digits[digits.Length - 1 - fromRight] * (fromRight % 2 == 1 ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    // Source: the schemes' published issuer ranges, also of those the hub does not take.
    private static bool BeginAsCardsDo(ReadOnlySpan<byte> digits) => ((digits[0] * 1000) + (digits[1] * 100) + (digits[2] * 10) + digits[3])
        is (>= 4000 and <= 4999)
        or (>= 5100 and <= 5599) or (>= 2221 and <= 2720)
        or (>= 3400 and <= 3499) or (>= 3700 and <= 3799)
        or (>= 3528 and <= 3589)
        or 6011 or (>= 6440 and <= 6599)
        or (>= 6200 and <= 6299) or (>= 8100 and <= 8199);
}
