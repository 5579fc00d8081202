namespace Hub.Domain.Notifications.Planning;

/// <summary>What one channel can do; the planner and the templates go by it.</summary>
/// <param name="Channel">Its name: <c>sms</c>, <c>email</c>, …</param>
/// <param name="Buttons">Whether an answer can be a button.</param>
/// <param name="MaxLength">The longest text it takes, in UTF-16 code units.</param>
/// <param name="Receipts">Whether it reports delivery. Where it does not, acceptance is the last that is heard.</param>
/// <param name="RichText">Whether it shows HTML and a subject.</param>
/// <param name="Answers">Whether the person can answer on the channel itself; else a code is typed on a page.</param>
/// <param name="Intrusive">Whether it rings, so that quiet hours apply.</param>
/// <param name="SessionWindow">How long after the person last wrote it may be used; <c>null</c>: always.</param>
public sealed record Capabilities(
    string Channel,
    bool Buttons,
    int MaxLength,
    bool Receipts,
    bool RichText,
    bool Answers,
    bool Intrusive,
    TimeSpan? SessionWindow = null)
{
    /// <summary>Text messages; at most 1,600 characters, in parts.</summary>
    public static Capabilities Sms { get; } = new("sms", Buttons: false, 1_600, Receipts: true, RichText: false, Answers: true, Intrusive: true);

    /// <summary>WhatsApp; at most 1,600 characters, never in parts. Words of one's own reach only who wrote within a day.</summary>
    /// <remarks>Source: Twilio, "WhatsApp key concepts": the 24-hour customer service window.</remarks>
    public static Capabilities Whatsapp { get; } = new(
        "whatsapp", Buttons: false, 1_600, Receipts: true, RichText: false, Answers: true, Intrusive: true, SessionWindow: TimeSpan.FromHours(24));

    /// <summary>E-mail; a mail server's "accepted" is the last that is heard.</summary>
    public static Capabilities Email { get; } = new("email", Buttons: false, 100_000, Receipts: false, RichText: true, Answers: false, Intrusive: false);

    /// <summary>The chat on a page of the customer's; shown while that page is open, and nothing more is heard of it but the answer.</summary>
    public static Capabilities Chat { get; } = new("chat", Buttons: true, 2_000, Receipts: false, RichText: false, Answers: true, Intrusive: false);

    /// <summary>What the hub knows of a channel by its name.</summary>
    /// <exception cref="ArgumentException">The hub has no such channel: a caller's bug.</exception>
    public static Capabilities Of(string channel) => channel switch
    {
        "sms" => Sms,
        "whatsapp" => Whatsapp,
        "email" => Email,
        "chat" => Chat,
        _ => throw new ArgumentException($"There is no channel '{channel}'.", nameof(channel)),
    };
}
