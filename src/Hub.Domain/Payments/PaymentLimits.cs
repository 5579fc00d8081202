namespace Hub.Domain.Payments;

/// <summary>The bounds a payment lives within. Decision 0005 says where they come from.</summary>
public static class PaymentLimits
{
    /// <summary>Attempts with any instruments; the decline of the last cancels the payment.</summary>
    public const int Attempts = 5;

    /// <summary>Wrong answers over all confirmations and channels; the last exhausts the confirmation.</summary>
    public const int WrongAnswers = 5;

    /// <summary>Times a confirmation is sent again on request.</summary>
    public const int Resends = 3;

    /// <summary>Time between two sendings on request, in seconds.</summary>
    public const long ResendSeconds = 30;

    /// <summary>How long a confirmation can be answered, in minutes.</summary>
    /// <remarks>2 to 10 are usual; source: DESIGN of the confirmation, PSD2 RTS art. 4.</remarks>
    public const long ConfirmationMinutes = 5;

    /// <summary>Calendar months after a capture within which one person can refund it.</summary>
    public const int RefundMonths = 3;

    /// <summary>Calendar months after a capture within which two persons can refund it; from then on no bank is asked.</summary>
    /// <remarks>As long as a payer may contest a payment at the bank. Source: PSD2, art. 71.</remarks>
    public const int LateRefundMonths = 13;

    /// <summary>How long before evidence is too late somebody is told that none was given.</summary>
    public static TimeSpan DisputeWarning => TimeSpan.FromDays(1L);

    /// <summary>The longest evidence, in characters.</summary>
    public const int EvidenceLength = 4_000;

    /// <summary>Calls that never reached the bank before an authorization is given up: the customer waits.</summary>
    public const int AuthorizeTries = 3;

    /// <summary>Calls that never reached the bank before a capture, void or refund becomes a case.</summary>
    public const int SettledTries = 10;

    private static readonly int[] QuerySeconds = [2, 5, 15, 60, 300, 900, 3_600, 21_600];

    // Days after the one before: 1, 2, 3, 5, 7, 10, 15, 22, 36 and 60 days after the money moved.
    private static readonly int[] ClearingDays = [1, 1, 1, 2, 2, 3, 5, 7, 14, 24];

    // Days after the one before: weekly, then more seldom; 120 days in all.
    private static readonly int[] DisputeDays = [7, 7, 7, 7, 14, 14, 14, 20, 30];

    private static readonly int[] RetrySeconds = [1, 3, 10, 30, 120, 600, 1_800, 3_600, 7_200];

    /// <summary>Times the bank is asked what became of an operation before it becomes a case.</summary>
    public static int Queries => QuerySeconds.Length;

    /// <summary>Days until the bank is asked the next time whether money that moved without a hold has cleared or went back.</summary>
    /// <param name="asked">How often it was asked.</param>
    /// <returns><c>null</c> when it is asked no more: 60 days, within which a debit can come back as not authorized. Source: Nacha operating rules, return code R10.</returns>
    public static int? ClearingQuery(int asked) => asked < ClearingDays.Length ? ClearingDays[asked] : null;

    /// <summary>Days until the bank is asked the next time how a dispute stands.</summary>
    /// <param name="asked">How often it was asked.</param>
    /// <returns><c>null</c> when it is asked no more: then a case is open.</returns>
    public static int? DisputeQuery(int asked) => asked < DisputeDays.Length ? DisputeDays[asked] : null;

    /// <summary>How long to wait before asking the bank the next time.</summary>
    /// <param name="asked">How often it was asked; less than <see cref="Queries"/>.</param>
    public static TimeSpan QueryDelay(int asked) => TimeSpan.FromSeconds((long)QuerySeconds[asked]);

    /// <summary>How long to wait before a call that never reached the bank is made again.</summary>
    /// <param name="tries">How often it was tried, from 1.</param>
    public static TimeSpan RetryDelay(int tries) => TimeSpan.FromSeconds((long)RetrySeconds[Math.Clamp(tries, 1, RetrySeconds.Length) - 1]);
}
