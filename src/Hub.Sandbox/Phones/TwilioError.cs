using System.Globalization;

namespace Hub.Sandbox.Phones;

/// <summary>An error in Twilio's shape.</summary>
/// <param name="Code">Twilio's number.</param>
/// <param name="Message">For developers; never repeats a message's text.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record TwilioError(int Code, string Message, int Status)
{
    /// <summary>Where Twilio explains the number.</summary>
    public string MoreInfo => "https://www.twilio.com/docs/errors/" + Code.ToString(CultureInfo.InvariantCulture);

    internal static TwilioError Unauthenticated { get; } = new(20003, "Authenticate", 401);

    internal static TwilioError NotFound { get; } = new(20404, "The requested resource was not found", 404);

    internal static TwilioError TooMany { get; } = new(20429, "Too Many Requests", 429);

    internal static TwilioError Broken { get; } = new(20500, "Internal Server Error", 500);

    internal static TwilioError NoBody { get; } = new(21602, "Message body is required.", 400);

    internal static TwilioError NoFrom { get; } = new(21603, "A 'From' phone number is required.", 400);

    internal static TwilioError NoTo { get; } = new(21604, "A 'To' phone number is required.", 400);

    internal static TwilioError NotOurs { get; } = new(21606, "The 'From' phone number provided is not a valid, message-capable number for this account.", 400);

    internal static TwilioError OptedOut { get; } = new(21610, "Attempt to send to unsubscribed recipient", 400);

    internal static TwilioError NotMobile { get; } = new(21614, "'To' number is not a valid mobile number", 400);

    internal static TwilioError TooLong { get; } = new(21617, "The concatenated message body exceeds the 1600 character limit", 400);

    internal static TwilioError BadCallback { get; } = new(21609, "The StatusCallback URL is not a valid URL", 400);

    internal static TwilioError BadContent { get; } = new(21655, "The ContentSid or its ContentVariables are invalid", 400);

    internal static TwilioError NotAPair { get; } = new(21910, "Invalid From and To pair. From and To should be of the same channel", 400);

    internal static TwilioError InvalidTo(string to) => new(21211, $"The 'To' number {to} is not a valid phone number", 400);
}
