using System.Net.Mail;

namespace Hub.Channels.Email;

/// <summary>Carries one mail to a mail server. The seam under which the simulator has a server of its own.</summary>
public interface ISmtpTransport
{
    /// <summary>Makes one connection and one attempt.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was triggered.</exception>
    Task<SmtpResult> SendAsync(MailMessage mail, CancellationToken cancel);
}

/// <summary>What one attempt came to, in SMTP's terms.</summary>
public abstract record SmtpResult
{
    private SmtpResult()
    {
    }

    /// <summary>The server took the mail: 250 after the data.</summary>
    public sealed record Accepted : SmtpResult;

    /// <summary>The server answered with a refusal.</summary>
    /// <param name="Code">The reply's code, 400 to 599.</param>
    /// <param name="AboutRecipient">Whether it refused this recipient, rather than the hub or the mail.</param>
    /// <param name="Status">The server's enhanced code, such as <c>5.7.1</c>, where it said one. Source: RFC 2034, 4.</param>
    public sealed record Refused(int Code, bool AboutRecipient, string? Status = null) : SmtpResult;

    /// <summary>No connection came about.</summary>
    public sealed record NotConnected(string Reason) : SmtpResult;

    /// <summary>The connection broke or went silent; the server may have the mail.</summary>
    public sealed record Broken(string Reason) : SmtpResult;
}
