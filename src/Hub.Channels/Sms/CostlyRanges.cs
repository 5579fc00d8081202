using System.Collections.Frozen;

namespace Hub.Channels.Sms;

/// <summary>Numbers that cost whoever sends to them, or earn whoever rents them: nothing is sent there, whatever the list of countries says.</summary>
/// <remarks>
/// Source: ITU-T E.164 (global and satellite services), and the numbering plans that the regulators of the default countries publish:
/// premium rate, shared cost, personal and directory numbers. None of them is a person's mobile phone.
/// </remarks>
internal static class CostlyRanges
{
    private const string Table =
        """
        800 808 870 878 881 882 883 888 979
        1900
        31676 31900 31906 31909
        3270 3290
        3381 3382 3389
        34803 34806 34807 34901 34902 34905 34907 3470
        351646 351648 351707 351708 351760 351761 351762
        35290 352801
        35315
        358600 358606 358700 35875
        39144 39166 39178 39199 3984 39892 39894 39895 39899
        41878 41900 41901 41906 4184
        42081 42084 420900 420906 420909 420976
        43810 43820 43821 43828 43900 43901 43930 43931 43939
        4470 4484 4487 449
        4590
        4677 46900 46939 46944 4699
        4782
        4870 4880
        49118 49137 49138 49180 49190 49700 49900
        """;

    private static readonly FrozenSet<string> Prefixes = Table
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly int Longest = Prefixes.Max(prefix => prefix.Length);

    /// <summary>Whether a number lies in one of them.</summary>
    /// <param name="digits">The number without its <c>+</c>.</param>
    internal static bool Hold(ReadOnlySpan<char> digits)
    {
        for (var length = Math.Min(Longest, digits.Length); length > 0; length--)
        {
            if (Prefixes.Contains(digits[..length].ToString())) return true;
        }

        return false;
    }
}
