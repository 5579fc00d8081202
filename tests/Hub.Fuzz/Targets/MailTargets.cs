using Hub.Channels;
using Hub.Channels.Email;
using Hub.Channels.Email.Inbound;
using Hub.Domain.Notifications.Planning;

namespace Hub.Fuzz;

/// <summary>A raw mail that a relay hands in.</summary>
internal sealed class InboundMailTarget : FuzzTarget
{
    public override string Name => "inbound-mail";

    public override IReadOnlyList<string> Words { get; } =
    [
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n", "Content-Type: message/delivery-status\r\n\r\n", "Content-Type: message/feedback-report\r\n\r\n",
        "Content-Type: message/rfc822\r\n\r\n", "Content-Type: text/html; charset=gb2312\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n",
        "Action: failed\r\n", "Action: delayed\r\n", "Status: 5.1.1\r\n", "Status: 4.4.7\r\n", "Final-Recipient: rfc822; a@b.example\r\n", "Original-Mail-From: <bounce+x@b.example>\r\n",
        "Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "\r\n\r\n", "\r\n--x\r\n", "\r\n--x--\r\n", "boundary=\"\"", "> ", "-- \r\n", "<blockquote>", "</blockquote>", "<p>", "&amp;",
        "=?utf-8?q?=", "\0", "=00", "On x wrote:\r\n",
    ];

    public override string Try(byte[] input)
    {
        // The reader has nothing to wait for: its stream lies in memory.
        var mail = MailReader.ReadAsync(input, CancellationToken.None).GetAwaiter().GetResult();
        switch (mail)
        {
            case InboundMail.Report { Fate: MailFate.Failed failed } report:
                Must(EnhancedStatus.Read(report.Status) == failed.Error, "A failure without a code");
                Must(report.Status.Length <= 9, "A code of any length");
                break;
            case InboundMail.Reply reply:
                Must(reply.Text.Length is > 0 and <= ReplyText.MaxLength, "A reply of any length");
                Must(!reply.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')), "A reply with control characters");
                Must(reply.ToString() == nameof(InboundMail.Reply), "A reply prints its words");
                break;
            case InboundMail.Complaint complaint:
                Must(complaint.Traces.Count <= 16, "A complaint with any number of traces");
                break;
        }

        return $"{mail.GetType().Name} {(mail as InboundMail.Report)?.Fate.GetType().Name} {((mail as InboundMail.Report)?.Fate as MailFate.Failed)?.Error.WhatToDo()}";
    }
}

/// <summary>A mailbox or a link, as it comes back.</summary>
internal sealed class MailTokenTarget : FuzzTarget
{
    private static readonly MailTokens Tokens = new(new FakeKeys(), Options());

    public override string Name => "mail-token";

    public override IReadOnlyList<string> Words { get; } =
    [
        "bounce+", "reply+", "dlv_01jd7c5q3m9x0w2v4b6n8k1r5tv1_1", "-", "@omnihub.example", "@", "+", Tokens.BounceTo("dlv_1_1")!, Tokens.ReplyTo("dlv_1_1")!,
        Tokens.Unsubscribe("dlv_1_1").Segments[^1], "/unsubscribe/",
    ];

    public override string Try(byte[] input)
    {
        var text = Text(input);
        var read = Tokens.TryReadMailbox(text, out var use, out var delivery);
        if (read)
        {
            var made = (use is MailUse.Bounce ? Tokens.BounceTo(delivery!) : Tokens.ReplyTo(delivery!))!;
            Must(text.Split('@')[0].Equals(made.Split('@')[0], StringComparison.OrdinalIgnoreCase), "A mailbox that this hub would not make");
        }

        var link = Tokens.ReadUnsubscribe(text);
        Must(link is null || Tokens.Unsubscribe(link).Segments[^1] == text, "A link that this hub would not make");
        Must(!read || Tokens.Trace(text) == delivery, "A trace that is another mail's");
        return $"{read} {use} {link is not null}";
    }

    private static ChannelOptions Options()
    {
        var options = new ChannelOptions();
        options.Smtp.InboundSecrets.Add("a secret of the relay");
        return options;
    }
}
