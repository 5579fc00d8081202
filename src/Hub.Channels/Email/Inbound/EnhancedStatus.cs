using System.Globalization;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Email.Inbound;

/// <summary>What a mail server's enhanced status code means for the mailbox it is about.</summary>
/// <remarks>
/// Only what says that the mailbox itself is no more marks it dead: a full mailbox, a filter or a broken route passes. Source: RFC 3463, 3 (codes),
/// and the registry of enhanced status codes at IANA (5.1.9, 5.1.10: a domain that takes no mail).
/// </remarks>
public static class EnhancedStatus
{
    /// <summary>Why a mail failed for good.</summary>
    /// <param name="status">Such as <c>5.1.1</c>.</param>
    /// <returns><c>null</c> when it is no such code.</returns>
    public static ErrorClass? Read(string? status) => Parts(status) switch
    {
        null => null,

        // A server that gave up what it had kept trying: the mailbox may be fine tomorrow.
        (4, _, _) => ErrorClass.Expired,
        (5, 1, 1 or 2 or 3 or 6 or 9 or 10) => ErrorClass.InvalidAddress,
        (5, 2, 1) => ErrorClass.AddressGone,
        (5, 2, 3) or (5, 3, 4) or (5, 6, _) => ErrorClass.ContentRefused,
        (5, _, _) => ErrorClass.Blocked,
        _ => null,
    };

    /// <summary>Whether it is a code at all: class 2, 4 or 5, and two numbers of at most three digits.</summary>
    public static bool IsOne(string? status) => Parts(status) is not null;

    private static (int Class, int Subject, int Detail)? Parts(string? status)
    {
        if (status is not { Length: >= 5 and <= 9 }) return null;
        var parts = status.Split('.');
        return parts is not ["2" or "4" or "5", { Length: <= 3 } subject, { Length: <= 3 } detail]
            || !int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            || !int.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out var third)
            ? null
            : (parts[0][0] - '0', second, third);
    }
}
