using Hub.Domain.Kernel;

namespace Hub.Actors.Audit.Stored;

/// <summary>Invariant 23: looks for card numbers in what was stored.</summary>
/// <remarks>
/// 15 to 19 digits that stand alone, together or in the groups that cards show, that begin as cards do and pass the check of
/// ISO/IEC 7812-1, annex B. Thirteen and fourteen digits are left to article numbers, digits beside letters to digests and ids.
/// </remarks>
internal static class CardNumberScan
{
    private const int Shortest = 15;
    private const int Longest = 19;
    private const int MostGroups = 5;

    /// <summary>Whether a card number stands in a text.</summary>
    /// <param name="utf8">The text, in UTF-8.</param>
    internal static bool Finds(ReadOnlySpan<byte> utf8)
    {
        Span<byte> digits = stackalloc byte[Longest];
        Span<int> groups = stackalloc int[MostGroups];
        for (var i = 0; i < utf8.Length;)
        {
            if (!IsDigit(utf8[i]))
            {
                i++;
                continue;
            }

            var start = i;
            var (count, parts) = Take(utf8, ref i, digits, groups);
            var alone = (start == 0 || !IsWord(utf8[start - 1])) && (i == utf8.Length || !IsWord(utf8[i]));
            if (alone && count is >= Shortest and <= Longest && IsGrouped(groups[..Math.Min(parts, MostGroups)], parts) && CardDigits.LookLikeACard(digits[..count]))
            {
                return true;
            }
        }

        return false;
    }

    // One run of digits and of single gaps between digits; what is beyond the longest number is counted and not kept.
    private static (int Count, int Parts) Take(ReadOnlySpan<byte> utf8, ref int at, Span<byte> digits, Span<int> groups)
    {
        var (count, parts) = (0, 1);
        groups.Clear();
        for (; at < utf8.Length; at++)
        {
            if (IsDigit(utf8[at]))
            {
                if (count < Longest) digits[count] = (byte)(utf8[at] - '0');
                if (parts <= MostGroups) groups[parts - 1]++;
                count++;
            }
            else if (IsGap(utf8[at]) && at + 1 < utf8.Length && IsDigit(utf8[at + 1]))
            {
                parts++;
            }
            else
            {
                break;
            }
        }

        return (count, parts);
    }

    private static bool IsGrouped(ReadOnlySpan<int> groups, int parts) => parts switch
    {
        1 => true,
        3 => groups is [4, 6, 5],
        4 => groups is [4, 4, 4, 4],
        5 => groups is [4, 4, 4, 4, >= 1 and <= 3],
        _ => false,
    };

    private static bool IsDigit(byte unit) => unit is >= (byte)'0' and <= (byte)'9';

    private static bool IsGap(byte unit) => unit is (byte)' ' or (byte)'-' or (byte)'.';

    private static bool IsWord(byte unit) => IsDigit(unit) || unit is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_';
}
