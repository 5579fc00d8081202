using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Notifications.Planning;

/// <summary>Why a message was refused or not delivered, whatever the provider calls it. Numbers are never reused.</summary>
/// <remarks>Source: the table of Twilio's error codes; SMTP replies (RFC 5321, 4.2.1) map onto the same classes.</remarks>
[JsonConverter(typeof(SnakeCaseNames<ErrorClass>))]
public enum ErrorClass
{
    /// <summary>The provider does not accept the hub's own credentials (20003).</summary>
    Credentials = 1,

    /// <summary>Too many requests; this one was never processed (20429).</summary>
    Throttled = 2,

    /// <summary>The address cannot exist or cannot take this kind of message (21211, 21614, 21635; SMTP 550).</summary>
    InvalidAddress = 3,

    /// <summary>The person said STOP to this sender (21610).</summary>
    OptedOut = 4,

    /// <summary>The provider's queue is hours long (21611, 30001).</summary>
    QueueFull = 5,

    /// <summary>The phone is off or out of reach (30003), or the mail server asks to come back (SMTP 4xx).</summary>
    Unreachable = 6,

    /// <summary>Blocked or lost on the way, with nothing more to learn (30004, 30008).</summary>
    Blocked = 7,

    /// <summary>The number does not exist any more, or is a land line (30005, 30006).</summary>
    AddressGone = 8,

    /// <summary>A filter or a missing registration (30007, 30034): the same words will be refused again.</summary>
    ContentRefused = 9,

    /// <summary>The provider kept it longer than it was valid (30036).</summary>
    Expired = 10,

    /// <summary>A country or sender the hub does not send to or from, by its own list.</summary>
    NotAllowed = 11,

    /// <summary>The provider refused the request for a reason that is not in the table.</summary>
    Other = 12,

    /// <summary>The channel shows messages only while somebody looks, and nobody does.</summary>
    NobodyThere = 13,
}

/// <summary>What a refusal asks for.</summary>
public enum WhatToDo
{
    /// <summary>The same message to the same address, later, a bounded number of times; then the next candidate.</summary>
    RetryLater,

    /// <summary>The same message once more, later; then the next candidate.</summary>
    RetryOnce,

    /// <summary>The next candidate at once.</summary>
    FallBack,

    /// <summary>Mark the address dead; the next candidate at once.</summary>
    AddressDead,

    /// <summary>Record the opt-out; the next candidate at once.</summary>
    OptedOut,

    /// <summary>Never again on this channel with these words; a candidate on another channel at once.</summary>
    NeverRetry,

    /// <summary>Raise a case: the channel itself is broken; a candidate on another channel at once.</summary>
    StopAndAlert,
}

/// <summary>What is known of every error class.</summary>
public static class ErrorClasses
{
    /// <summary>What to do after a refusal of this class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such class: a caller's bug.</exception>
    public static WhatToDo WhatToDo(this ErrorClass error) => error switch
    {
        ErrorClass.Throttled or ErrorClass.QueueFull => Planning.WhatToDo.RetryLater,
        ErrorClass.Unreachable => Planning.WhatToDo.RetryOnce,
        ErrorClass.Blocked or ErrorClass.Expired or ErrorClass.NotAllowed or ErrorClass.NobodyThere => Planning.WhatToDo.FallBack,
        ErrorClass.InvalidAddress or ErrorClass.AddressGone => Planning.WhatToDo.AddressDead,
        ErrorClass.OptedOut => Planning.WhatToDo.OptedOut,
        ErrorClass.ContentRefused or ErrorClass.Other => Planning.WhatToDo.NeverRetry,
        ErrorClass.Credentials => Planning.WhatToDo.StopAndAlert,
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "No such error class."),
    };
}
