using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Hub.Channels.Email;

/// <summary>The framework's SMTP client behind the seam.</summary>
/// <param name="options">Server and credentials.</param>
/// <param name="time">Measures the time limit; the client's own does not hold for asynchronous calls.</param>
public sealed partial class SystemSmtpTransport(SmtpOptions options, TimeProvider time) : ISmtpTransport
{
    /// <inheritdoc/>
    public async Task<SmtpResult> SendAsync(MailMessage mail, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Encrypted || options.Password is not null };
        if (options.User is not null) client.Credentials = new NetworkCredential(options.User, options.Password);
        try
        {
            await client.SendMailAsync(mail, either.Token);
            return new SmtpResult.Accepted();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SmtpResult.Broken("timeout");
        }
        catch (SmtpException e)
        {
            // Being canceled may show as a broken connection; a reply that came all the same is still the reply.
            var result = Translate(e);
            if (result is SmtpResult.Broken) cancel.ThrowIfCancellationRequested();
            return result;
        }
    }

    private static SmtpResult Translate(SmtpException e)
    {
        var code = (int)e.StatusCode;
        if (code >= 400) return new SmtpResult.Refused(code, e is SmtpFailedRecipientException, StatusIn(e.Message, code / 100));

        // Without a reply: either no connection came about, which a socket error says, or one was lost.
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket && NeverConnected(socket.SocketErrorCode)) return new SmtpResult.NotConnected(socket.SocketErrorCode.ToString());
        }

        return new SmtpResult.Broken(e.InnerException?.GetType().Name ?? e.StatusCode.ToString());
    }

    // The framework keeps the server's words in the message alone; the enhanced code begins them, and is of the reply's own class.
    private static string? StatusIn(string message, int replyClass) =>
        EnhancedCode().Match(message) is { Success: true } found && found.Value[0] - '0' == replyClass ? found.Value : null;

    // Not a part of a network address, which has four numbers.
    [GeneratedRegex(@"(?<![\w.])[45]\.\d{1,3}\.\d{1,3}(?![\w.])", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedCode();

    private static bool NeverConnected(SocketError error) => error
        is SocketError.ConnectionRefused
        or SocketError.HostNotFound
        or SocketError.TryAgain
        or SocketError.NoData
        or SocketError.HostUnreachable
        or SocketError.NetworkUnreachable;
}
