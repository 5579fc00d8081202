using System.Text;
using Hub.Channels.Email.Inbound;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Email.Inbound;

/// <summary>What a raw mail is to the hub.</summary>
public sealed class MailReaderTests
{
    [Theory]
    [InlineData("5.1.1", ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData("5.1.10", ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData("5.2.1", ErrorClass.AddressGone, WhatToDo.AddressDead)]
    [InlineData("5.2.2", ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData("5.0.0", ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData("5.7.1", ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData("5.1.8", ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData("5.3.4", ErrorClass.ContentRefused, WhatToDo.NeverRetry)]
    [InlineData("4.4.7", ErrorClass.Expired, WhatToDo.FallBack)]
    public async Task A_failure_is_read_by_its_code(string status, ErrorClass error, WhatToDo whatToDo)
    {
        Assert.Equal(new InboundMail.Report(new MailFate.Failed(error), status), await ReadAsync(Report("failed", status)));
        Assert.Equal(whatToDo, error.WhatToDo());
    }

    [Fact]
    public async Task A_delay_is_no_failure_whatever_its_code()
    {
        Assert.Equal(new InboundMail.Report(new MailFate.Delayed(), "4.4.7"), await ReadAsync(Report("delayed", "4.4.7")));
        Assert.Equal(new InboundMail.Report(new MailFate.Delivered(), "2.0.0"), await ReadAsync(Report("Delivered", "2.0.0")));
    }

    [Theory]
    [InlineData("relayed", "2.0.0")]
    [InlineData("failed", "")]
    [InlineData("failed", "5")]
    [InlineData("failed", "5.1")]
    [InlineData("failed", "6.1.1")]
    [InlineData("failed", "5.1.1.1")]
    [InlineData("failed", "5.1.1000")]
    [InlineData("failed", "5.-1.1")]
    [InlineData("failed", "2.0.0")]
    [InlineData("", "5.1.1")]
    public async Task A_report_that_says_nothing_certain_says_nothing(string action, string status) =>
        Assert.IsType<InboundMail.Unreadable>(await ReadAsync(Report(action, status)));

    [Fact]
    public async Task Of_several_words_in_one_report_the_worst_counts()
    {
        var raw = Report("delayed", "4.4.7").Replace("--x--", "\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n--x--", StringComparison.Ordinal);

        Assert.Equal(new InboundMail.Report(new MailFate.Failed(ErrorClass.InvalidAddress), "5.1.1"), await ReadAsync(raw));
    }

    [Fact]
    public async Task A_complaint_tells_what_may_name_the_mail()
    {
        const string raw = """
            Content-Type: multipart/report; report-type=feedback-report; boundary=x

            --x
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            Original-Mail-From: <bounce+a@omnihub.example>

            --x
            Content-Type: message/rfc822

            Return-Path: <bounce+b@omnihub.example>
            List-Unsubscribe: <https://hub.example/unsubscribe/c>
            Subject: Receipt

            words
            --x--

            """;

        var complaint = Assert.IsType<InboundMail.Complaint>(await ReadAsync(raw));

        Assert.Equal(["bounce+a@omnihub.example", "bounce+b@omnihub.example", "https://hub.example/unsubscribe/c"], complaint.Traces);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("List-Id: <all.example>")]
    [InlineData("Return-Path: <>")]
    [InlineData("Content-Type: multipart/report; report-type=disposition-notification; boundary=x")]
    public async Task A_machine_is_not_answered_and_not_read(string header) =>
        Assert.IsType<InboundMail.Automatic>(await ReadAsync($"From: ada@example.com\n{header}\n\nI am away.\n"));

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("Precedence: first-class")]
    public async Task A_person_is_read(string header) =>
        Assert.Equal(new InboundMail.Reply("Where is it?"), await ReadAsync($"From: ada@example.com\n{header}\n\nWhere is it?\n"));

    [Theory]
    [InlineData("utf-8", "8bit", "Größe 你好")]
    [InlineData("windows-1252", "quoted-printable", "Größe – ja")]
    [InlineData("gb2312", "base64", "你好")]
    public async Task A_reply_is_read_in_its_own_letters(string charset, string transfer, string words)
    {
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.UTF8).GetBytes(words);
        var body = transfer switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)),
            "quoted-printable" => Encoding.ASCII.GetBytes(string.Concat(bytes.Select(b => b is > 32 and < 127 and not (byte)'=' ? $"{(char)b}" : $"={b:X2}"))),
            _ => bytes,
        };
        var head = Encoding.ASCII.GetBytes($"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n");

        Assert.Equal(new InboundMail.Reply(words), await MailReader.ReadAsync((byte[])[.. head, .. body], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_both_forms_the_text_is_read_and_where_there_is_only_HTML_its_words()
    {
        const string both = "Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nplain\n--x\nContent-Type: text/html\n\n<p>rich</p>\n--x--\n";
        const string html = "Content-Type: text/html\n\n<style>p{}</style><p>Where &amp; when?</p><script>alert(1)</script><br>Ada<blockquote>PAY 4839<blockquote>x</blockquote></blockquote>\n";

        Assert.Equal(new InboundMail.Reply("plain"), await ReadAsync(both));
        Assert.Equal(new InboundMail.Reply("Where & when?\n\nAda"), await ReadAsync(html));
    }

    [Theory]
    [InlineData("Yes.\n\nOn Mon, 2 Mar 2026, OmniHub <hub@omnihub.example> wrote:\n> Your receipt\n> EUR 44.70\n", "Yes.")]
    [InlineData("Ja.\n\nAm 02.03.2026 um 12:00 schrieb OmniHub\n<hub@omnihub.example>:\n> Ihr Beleg\n", "Ja.")]
    [InlineData("好的\n\n在 2026年3月2日，OmniHub 写道：\n> 收据\n", "好的")]
    [InlineData("Yes.\n-----Original Message-----\nFrom: x\n\nold", "Yes.")]
    [InlineData("Yes.\n________________________________\nFrom: x\n\nold", "Yes.")]
    [InlineData("Yes.\n-- \nAda Lovelace\n", "Yes.")]
    [InlineData("> Is it blue?\nNo, red.\n> And big?\nSmall.", "No, red.\nSmall.")]
    [InlineData("On Monday she wrote: come.", "On Monday she wrote: come.")]
    [InlineData("My wishes:", "My wishes:")]
    [InlineData("> only a quote\n", "")]
    [InlineData("a\0\u0007b\u001b[31m", "ab[31m")]
    public void What_was_quoted_and_signed_is_left_out(string text, string words) => Assert.Equal(words, ReplyText.Trim(text));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void A_reply_has_a_length(int beside)
    {
        var read = ReplyText.Trim(new string('x', ReplyText.MaxLength + beside));

        Assert.Equal((ReplyText.MaxLength + Math.Min(0, beside), beside > 0), (read.Length, read.EndsWith('…')));
    }

    private static Task<InboundMail> ReadAsync(string raw) =>
        MailReader.ReadAsync(Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n")), TestContext.Current.CancellationToken);

    private static string Report(string action, string status) => $"""
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x
        Content-Type: text/plain

        Sorry.
        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; ada@example.com
        Action: {action}
        Status: {status}

        --x--

        """;
}
