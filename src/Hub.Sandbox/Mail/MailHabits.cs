namespace Hub.Sandbox.Mail;

/// <summary>What becomes of a mail to a mailbox with a name of its own.</summary>
/// <param name="Kept">Whether it shows in the mailbox.</param>
/// <param name="Answer">What is handed in at the hub about it; <c>null</c>: nothing.</param>
internal sealed record MailHabit(bool Kept, string? Answer);

/// <summary>Mailboxes that are there to misbehave, for tests of what the hub does then: known by what stands before the @.</summary>
/// <remarks>Source: RFC 3464 (delivery reports), RFC 5965 (complaints), RFC 3834 (automatic answers).</remarks>
internal static class MailHabits
{
    private const string Server = "sandbox.omnihub.example";

    /// <summary>What becomes of one mail.</summary>
    /// <param name="receiver">The mailbox.</param>
    /// <param name="sender">The envelope's sender: where reports go.</param>
    /// <param name="raw">The mail.</param>
    internal static MailHabit Of(string receiver, string sender, string raw) => receiver.Split('@', '+')[0].ToLowerInvariant() switch
    {
        "bounce" => new(false, Report(receiver, sender, raw, "failed", "5.1.1", "The mailbox does not exist.")),
        "full" => new(false, Report(receiver, sender, raw, "failed", "5.2.2", "The mailbox is full.")),
        "slow" => new(true, Report(receiver, sender, raw, "delayed", "4.4.7", "It has not been delivered for four hours, and is tried again.")),
        "complain" => new(true, Complaint(receiver, sender, raw)),
        "away" => new(true, Away(receiver, sender, raw)),
        _ => new(true, null),
    };

    private static string Report(string receiver, string sender, string raw, string action, string status, string words) => $"""
        From: Mail server <mailer-daemon@{Server}>
        To: {sender}
        Subject: Delivery report
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="report"

        --report
        Content-Type: text/plain; charset=utf-8

        Your mail to {receiver}: {words}

        --report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; {Server}

        Final-Recipient: rfc822; {receiver}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {(status[0] == '5' ? 550 : 450)} {status} {words}

        --report
        Content-Type: text/rfc822-headers

        {Headers(raw)}

        --report--

        """.ReplaceLineEndings("\r\n");

    private static string Complaint(string receiver, string sender, string raw) => $"""
        From: Complaints <feedback@{Server}>
        To: {sender}
        Subject: Complaint
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="report"

        --report
        Content-Type: text/plain; charset=utf-8

        {receiver} says that this mail is unwanted.

        --report
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: OmniHub-Sandbox/1
        Version: 1
        Original-Mail-From: <{sender}>

        --report
        Content-Type: text/rfc822-headers

        {Headers(raw)}

        --report--

        """.ReplaceLineEndings("\r\n");

    private static string Away(string receiver, string sender, string raw) => $"""
        From: {receiver}
        To: {sender}
        Subject: Out of the office
        In-Reply-To: {MailReader.Read(System.Text.Encoding.Latin1.GetBytes(raw)).Value("Message-ID")}
        Auto-Submitted: auto-replied
        Precedence: auto_reply
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        I am away until Monday.

        """.ReplaceLineEndings("\r\n");

    private static string Headers(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? raw : raw[..end];
    }
}
