namespace Hub.Sandbox.Mail;

/// <summary>A mail as it is shown: headers and parts decoded.</summary>
/// <param name="Subject">The decoded subject; empty when there is none.</param>
/// <param name="From">The decoded From header.</param>
/// <param name="Text">The first text/plain part.</param>
/// <param name="Html">The first text/html part. Shown in a sandboxed frame or not at all: it comes from outside.</param>
/// <param name="Headers">Every header, decoded, in order.</param>
internal sealed record ReadMail(string Subject, string From, string? Text, string? Html, IReadOnlyList<MailHeader> Headers)
{
    /// <summary>The first header of a name; <c>null</c> when there is none.</summary>
    internal string? Value(string name) => Headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}

/// <summary>One header.</summary>
internal sealed record MailHeader(string Name, string Value);

/// <summary>A mail in the box.</summary>
/// <param name="Id">Its place in the box.</param>
/// <param name="To">Whom the envelope names; one mail per recipient.</param>
/// <param name="From">The envelope's sender.</param>
/// <param name="Subject">The decoded subject.</param>
/// <param name="At">When it came.</param>
internal sealed record MailSummary(string Id, string To, string From, string Subject, DateTimeOffset At);
