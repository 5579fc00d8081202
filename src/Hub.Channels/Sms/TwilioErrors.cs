using System.Globalization;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Sms;

/// <summary>Twilio's error codes in the hub's words.</summary>
/// <remarks>Source: Twilio's error dictionary, <c>https://www.twilio.com/docs/api/errors</c>.</remarks>
public static class TwilioErrors
{
    /// <summary>The class of a code; <see cref="ErrorClass.Other"/> for one that is not in the table.</summary>
    public static ErrorClass Classify(int code) => code switch
    {
        20003 => ErrorClass.Credentials,
        20429 or 63018 => ErrorClass.Throttled,
        21211 or 21614 or 21635 or 63003 or 63024 => ErrorClass.InvalidAddress,
        21610 => ErrorClass.OptedOut,
        21611 or 30001 => ErrorClass.QueueFull,
        30003 => ErrorClass.Unreachable,
        30004 or 30008 or 63032 => ErrorClass.Blocked,
        30005 or 30006 => ErrorClass.AddressGone,
        30007 or 30034 or 63013 => ErrorClass.ContentRefused,
        30036 => ErrorClass.Expired,

        // WhatsApp: nobody wrote from there within a day, and the words are none that were agreed on.
        63016 => ErrorClass.NotAllowed,
        _ => ErrorClass.Other,
    };

    /// <inheritdoc cref="Classify(int)"/>
    public static ErrorClass Classify(string? code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Classify(number) : ErrorClass.Other;

    /// <summary>Why a message failed, by its status and code; <c>null</c> when it did not.</summary>
    /// <remarks>A failure without a code (Twilio leaves it out at times) says nothing more than that it did not arrive.</remarks>
    public static ErrorClass? OfStatus(TwilioStatus status, string? code)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (status.State != TryState.Failed) return null;
        return string.IsNullOrEmpty(code) ? ErrorClass.Blocked : Classify(code);
    }
}
