namespace Hub.Sandbox.Phones;

/// <summary>Numbers on which sending goes wrong, each in its own way.</summary>
internal static class MagicNumbers
{
    internal const string Invalid = "+15005550001";
    internal const string OptedOut = "+15005550004";
    internal const string NotMobile = "+15005550009";
    internal const string Unreachable = "+15005550011";
    internal const string Unknown = "+15005550012";
    internal const string Busy = "+15005550013";
    internal const string ErrorButSent = "+15005550014";
    internal const string Filtered = "+15005550015";

    /// <summary>The refusal a number meets at once.</summary>
    internal static TwilioError? Refusal(string to) => to switch
    {
        Invalid => TwilioError.InvalidTo(to),
        OptedOut => TwilioError.OptedOut,
        NotMobile => TwilioError.NotMobile,
        _ => null,
    };

    /// <summary>The error a message meets on its way; <c>null</c> when it is delivered.</summary>
    internal static int? Undelivered(string to) => to switch
    {
        Unreachable => 30003,
        Unknown => 30005,
        Filtered => 30007,
        _ => null,
    };
}
