using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Email.Inbound;

/// <summary>What a mail that came in is.</summary>
public abstract record InboundMail
{
    private InboundMail()
    {
    }

    /// <summary>A mail server tells what became of a mail of ours.</summary>
    /// <param name="Fate">What.</param>
    /// <param name="Status">The server's own code, such as <c>5.1.1</c>.</param>
    public sealed record Report(MailFate Fate, string Status) : InboundMail;

    /// <summary>A person told their mail provider that a mail of ours is unwanted, and the provider passes it on.</summary>
    /// <param name="Traces">What the report holds of the mail: envelope senders and unsubscribe links, any of which may name it.</param>
    public sealed record Complaint(EquatableArray<string> Traces) : InboundMail;

    /// <summary>A person wrote.</summary>
    /// <param name="Text">What they wrote, without what they quoted; never empty, at most <see cref="ReplyText.MaxLength"/> characters.</param>
    public sealed record Reply(string Text) : InboundMail
    {
        /// <summary>Without the words.</summary>
        public override string ToString() => nameof(Reply);
    }

    /// <summary>A machine wrote: an out-of-office note, a list, another hub. Nobody reads it, and above all nothing answers it.</summary>
    public sealed record Automatic : InboundMail;

    /// <summary>Nothing can be made of it.</summary>
    public sealed record Unreadable : InboundMail;
}

/// <summary>What became of a mail, as a mail server tells.</summary>
public abstract record MailFate
{
    private MailFate()
    {
    }

    /// <summary>It did not arrive, and nobody tries any more.</summary>
    public sealed record Failed(ErrorClass Error) : MailFate;

    /// <summary>It has not arrived yet; the server goes on trying.</summary>
    public sealed record Delayed : MailFate;

    /// <summary>It arrived.</summary>
    public sealed record Delivered : MailFate;
}
