namespace Hub.Gateways.Stripe;

/// <summary>Stripe's times: seconds since 1970.</summary>
internal static class StripeTime
{
    // The last second of the year 9999.
    private const long Last = 253_402_300_799;

    /// <summary>A time; <c>null</c> where it is none between 1970 and 9999.</summary>
    internal static DateTimeOffset? Read(long? seconds) => seconds is >= 0 and <= Last and { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
}
